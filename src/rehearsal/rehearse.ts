import type { Gateways } from '../gateways/index.ts';
import { rehearseIds, seeded } from '../kit/index.ts';
import type { Db } from '../platform/db.ts';
import { type Broken, brokenPromises, type Promises } from '../platform/promises.ts';
import { actions } from './actions.ts';
import { finish } from './time.ts';
import { digest, raiseTown } from './town.ts';

export type Rehearsal = {
  db: Db;
  owner: Db;
  gateways: Gateways;
  secret: string;
  promises: Promises;
  seed: string;
  steps: number;
  say?: (line: string) => void;
};
export type Told = { steps: string[]; digest: string[] };

/** A promise broke (or something unexpected was thrown): the message says at which step and how to see it again. */
export class RehearsalFailed extends Error {
  override readonly name = 'RehearsalFailed';
}

/**
 * Lives whole campaigns in seconds on a fresh database: gifts, faults, races, crashes and jumps of the clock, drawn from a seed; after
 * every step all promises are asked. The same seed tells the same story. Throws RehearsalFailed with the last steps and the command that
 * replays it. Rule: money.md, "The rehearsal".
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Told> {
  const { seed, promises, say } = rehearsal;
  rehearseIds(seeded(`ids of ${seed}`));
  const told: string[] = [];
  try {
    const town = await raiseTown(rehearsal);
    const deck = actions.flatMap((action) => Array.from({ length: action.weight }, () => action));
    for (let step = 1; step <= rehearsal.steps; step += 1) {
      const action = town.random.pick(deck);
      told.push(`${step}. ${action.name}: …`);
      told[told.length - 1] = `${step}. ${action.name}: ${await action.act(town)}`;
      say?.(told[told.length - 1] ?? '');
      await hold(rehearsal.db, promises);
    }
    await finish(town);
    await hold(rehearsal.db, promises);
    return { steps: told, digest: await digest(town) };
  } catch (error) {
    throw new RehearsalFailed(
      `${error instanceof Error ? error.message : String(error)}\nThe last steps:\n${told.slice(-12).join('\n')}\nSee it again: npm run rehearse -- --seed ${seed} --steps ${told.length}`,
      { cause: error },
    );
  } finally {
    rehearseIds(null);
  }
}

async function hold(db: Db, promises: Promises): Promise<void> {
  const broken = await brokenPromises(db, promises);
  if (broken.length > 0) throw new Error(`Promises are broken:\n${broken.map(describe).join('\n')}`);
}

function describe({ promise, rows }: Broken): string {
  return `- ${promise}: ${rows
    .map((offending) =>
      Object.entries(offending)
        .map(([key, value]) => `${key}=${String(value)}`)
        .join(' '),
    )
    .join(' | ')}`;
}
