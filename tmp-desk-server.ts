import { chmodSync, mkdtempSync } from 'node:fs';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { record } from './src/activity/index.ts';
import * as admin from './src/admin/index.ts';
import * as dev from './src/dev/index.ts';
import { openGateways } from './src/gateways/index.ts';
import { newId } from './src/kit/index.ts';
import { prepareLook, serveAsset } from './src/look/index.ts';
import { allNodes } from './src/nodes/index.ts';
import * as notifications from './src/notifications/index.ts';
import { openClock } from './src/platform/clock.ts';
import { readConfig } from './src/platform/config.ts';
import { connect, rows, sql, transact } from './src/platform/db.ts';
import { cookiesOf } from './src/platform/http.ts';
import { createLog } from './src/platform/log.ts';
import { migrate } from './src/platform/migrate.ts';
import { startPostgres } from './src/platform/postgres.ts';
import { plantCampaign, plantContribution, plantNode, plantPerson } from './src/projects/testing-fixtures.ts';
import { react } from './src/reactions.ts';
import { tend } from './src/rounds/index.ts';
import { takeFlash } from './src/visits/flash.ts';
import { type AppEnv, barePath, makeVisit, pathnameOf, placeOf, sayNext } from './src/visits/index.ts';

const dir = mkdtempSync('/tmp/desk/data-');
chmodSync(dir, 0o711);
chmodSync('/tmp/desk', 0o711);
const port = Number(process.env.PORT ?? 4711);
const config = readConfig({ NODE_ENV: 'development', DATA_DIR: dir, PORT: String(port), LOG_LEVEL: 'warn' });
const pgs = await startPostgres({ data_dir: dir, fast: true } as never);
await migrate(pgs.url);
const owner = connect(pgs.url, { as_app: false, role: 'worker' });
const { db } = connect(pgs.url, { role: 'worker' });
const log = createLog('warn');
const gateways = openGateways(db, { origin: config.origin, webhook_secret: 'x' });
const post = { origin: config.origin, secret: config.secret };
const catchUp = async () => {
  await tend({ db, gateways });
  while ((await react({ db, log, post })) > 0);
};
const deps = { config, db, log, clock: openClock(db, 'movable'), gateways, catchUp };

const o = owner.db;
const node = await plantNode(o);
const promoter = await plantPerson(o, { name: 'Colectivo Bancal', email: 'promoter@example.org' });
const me = await plantPerson(o, { name: 'Nerea Solís', email: 'nerea@example.org' });
const other = await plantPerson(o, { name: 'Tomás Valdearcos', email: 'tomas@example.org' });
await sql`insert into roles (person_id, role, scope, scope_id) values (${me.id},'steward','node',${node.id}),(${me.id},'treasurer','host',${node.host_id}),(${other.id},'steward','node',${node.id}),(${me.id},'operator','installation',null)`.execute(
  o,
);
const now = Temporal.Now.instant();
const a = await plantCampaign(o, { node, promoter_id: promoter.id, slug: 'garden', opened_at: now.subtract({ hours: 24 * 10 }) });
const b = await plantCampaign(o, {
  node,
  promoter_id: promoter.id,
  slug: 'hedges',
  title: { fr: 'Un atlas collaboratif des haies du bocage nantais', en: 'A shared atlas of hedges' },
  opened_at: now.subtract({ hours: 24 * 40 }),
});
const c2 = await plantCampaign(o, {
  node,
  promoter_id: promoter.id,
  slug: 'radio',
  title: { es: 'Radio sin antena', en: 'Radio without antenna', fr: 'Radio sans antenne' },
  state: 'round_two',
  opened_at: now.subtract({ hours: 24 * 60 }),
});
const d = await plantCampaign(o, { node, slug: 'stopped-one', state: 'stopped', title: { en: 'A workshop that had to stop' } });
await plantCampaign(o, { node, slug: 'funded-one', state: 'funded', title: { en: 'FoldaRap' } });
await plantCampaign(o, {
  node,
  slug: 'collecting-one',
  state: 'collecting',
  title: { en: 'School of repair' },
  opened_at: now.subtract({ hours: 24 * 42 }),
});
for (let n = 0; n < 12; n++)
  await plantContribution(o, a, { state: 'secured', amount_cents: 21_000n, email: `g${n}@example.org`, name: `Giver ${n}` });
for (let n = 0; n < 6; n++)
  await plantContribution(o, b, { state: 'secured', amount_cents: 100_000n, email: `b${n}@example.org` });
await plantContribution(o, c2, {
  state: 'collected',
  amount_cents: 530_000n,
  method: 'transfer',
  email: 'big@example.org',
  name: 'Ana Belén Ruiz',
});
for (let n = 0; n < 3; n++) {
  const g = await plantContribution(o, a, {
    state: 'started',
    amount_cents: 4_500n,
    method: 'transfer',
    email: `t${n}@example.org`,
    name: ['Itziar Mendoza', 'Léa Guillou', 'Jon Arrieta'][n],
  });
  const { reference } = await import('./src/kit/index.ts');
  await sql`update contributions set reference = ${reference(g.id)}, lapses_at = moment() + interval '9 days' where id = ${g.id}`.execute(
    o,
  );
  await transact(o, (trx) =>
    record(trx, { kind: 'contribution_started', node_id: a.node_id, campaign_id: a.campaign_id, subject_id: g.id }),
  );
}
await sql`insert into parked (id, host_id, gateway, gateway_object, why, amount_cents, currency, parked_at, details) values (${newId()}, ${node.host_id}, 'sandbox', 'sbx_9912', 'other_amount', 2100, 'EUR', moment(), '{}'), (${newId()}, null, 'sandbox', 'sbx_771', 'payment_is_unknown', 5000, 'EUR', moment(), '{}')`.execute(
  o,
);
const dc = await plantContribution(o, c2, { state: 'declined', amount_cents: 3_000n, email: 'declined@example.org' });
await sql`update contributions set next_retry_at = moment() + interval '2 days', grace_ends_at = moment() + interval '6 days' where id = ${dc.id}`.execute(
  o,
);
await plantContribution(o, d, {
  state: 'collected',
  method: 'transfer',
  amount_cents: 2500n,
  tip_cents: 100n,
  name: 'Maialen Uriarte',
  email: 'maialen@example.org',
});
for (const [kind, camp] of [
  ['campaign_round_one', a],
  ['campaign_round_two', c2],
  ['campaign_stopped', d],
] as const)
  await transact(o, (trx) =>
    record(trx, { kind, node_id: camp.node_id, campaign_id: camp.campaign_id, subject_id: camp.campaign_id, person_id: me.id }),
  );
const gifts = await rows<{ id: string; campaign_id: string; node_id: string; state: string }>(
  o,
  sql`select id, campaign_id, node_id, state from contributions where state in ('secured','collected','declined')`,
);
for (const g of gifts.slice(0, 30))
  await transact(o, (trx) =>
    record(trx, {
      kind: `contribution_${g.state}`,
      node_id: g.node_id,
      campaign_id: g.campaign_id,
      subject_id: g.id,
      data: { from: 'started' },
    }),
  );
await catchUp();
await prepareLook({ development: true });
const app = new Hono<AppEnv>({ getPath: barePath });
app.get('/assets/*', (c) => serveAsset(c));
app.use(async (c, next) => {
  const place = placeOf(pathnameOf(c.req.url));
  const nodes = await allNodes(db);
  const person = { ...(c.req.header('x-as') === 'other' ? other : me), email_verified: true, locale: 'en' } as never;
  const search = c.req.url.includes('?') ? c.req.url.slice(c.req.url.indexOf('?')) : '';
  const cookies = cookiesOf(c.req.header('cookie'));
  c.set(
    'visit',
    makeVisit({
      node: nodes[0]!,
      locale: place.locale ?? 'en',
      now: await deps.clock.now(),
      path: c.req.path + search,
      origin: config.origin,
      person,
      roles: [
        { role: 'steward', scope: 'node', scope_id: nodes[0]!.id },
        { role: 'treasurer', scope: 'host', scope_id: nodes[0]!.host.id },
      ],
      csrf: 't',
      flash: takeFlash(c, config, cookies),
    } as never),
  );
  await next();
  if (!c.res.headers.has('content-security-policy')) {
    const { content_security_policy } = await import('./src/platform/http.ts');
    c.res.headers.set('content-security-policy', content_security_policy);
  }
});
app.onError((e, c) => {
  console.error(e);
  return c.text(String(e), 500);
});
app.route('/', admin.routes(deps));
app.route('/', dev.routes(deps));
app.route('/', notifications.routes(deps));
createAdaptorServer({ fetch: app.fetch }).listen(port, () => console.log('ready', port, a.campaign_id));
process.on('SIGTERM', async () => {
  await pgs.stop();
  process.exit(0);
});
