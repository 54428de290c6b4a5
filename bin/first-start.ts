import { plant, planted } from '../seeds/plant.ts';
import { openGateways } from '../src/gateways/index.ts';
import type { Installation } from '../src/installation.ts';
import { allNodes } from '../src/nodes/index.ts';
import type { Config } from '../src/platform/config.ts';
import { connect } from '../src/platform/db.ts';
import { migrate } from '../src/platform/migrate.ts';
import { webhookSecret } from '../src/sandbox/index.ts';

type Say = (sentence: string) => void;

/**
 * Migrates, and lets nobody into an empty house: outside production a small town is planted into it; in production somebody founds it.
 * A town whose planting was interrupted is planted anew.
 * @throws Error whose sentence says what to do
 */
export async function prepareInstallation(config: Config, installation: Installation, say: Say): Promise<void> {
  await migrate(installation.url, { log: say });
  if (config.production) return refuseEmpty(installation);
  const state = await stateOf(installation);
  if (state === 'done') return;
  if (state === 'begun') {
    if (!installation.remake) throw new Error(emptyItYourself(installation));
    say('The last run was ended while it planted the town: the database is made anew.');
    await installation.remake();
    await migrate(installation.url);
  }
  await plantTown(config, installation, say);
}

async function refuseEmpty({ url }: Installation): Promise<void> {
  const { db, close } = connect(url, { max: 1 });
  const nodes = await allNodes(db).finally(close);
  if (nodes.length > 0) return;
  throw new Error('This installation has no node yet: found it once with "npm run cli found", which says what it needs to know.');
}

async function stateOf({ url }: Installation): Promise<'nothing' | 'begun' | 'done'> {
  const { db, close } = connect(url, { max: 1, as_app: false });
  return planted(db).finally(close);
}

function emptyItYourself({ url }: Installation): string {
  const name = /^[a-z]+:\/\/[^/]*\/([^?]+)/.exec(url)?.[1] ?? 'acequia';
  return `The last run was ended while it planted the town in the database of DATABASE_URL: empty it ("dropdb ${name} && createdb ${name}"), then start again.`;
}

async function plantTown(config: Config, { url }: Installation, say: Say): Promise<void> {
  say('Planting a small town, once. This takes a moment.');
  const { db, close } = connect(url, { role: 'worker', as_app: false, max: 8 });
  const gateways = openGateways(db, { origin: config.origin, webhook_secret: webhookSecret(config.secret) });
  await plant({ db, gateways, now: Temporal.Now.instant(), say }).finally(close);
}
