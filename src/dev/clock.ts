import { assert, refuse } from '../kit/index.ts';
import { type Db, only, row, sql, type Trx, transact } from '../platform/db.ts';
import { comingMoments } from './coming.ts';

/** How far: whole hours and days, forwards only; or to an instant. */
export type Span = { hours?: number; days?: number } | { to: Temporal.Instant };

const hours_max = 24 * 400;

/**
 * Moves the installation's clock forward. Only outside production, which whoever calls has made sure of (`config.clock`). Money has been
 * promised for certain days, so time never goes back. A clock that stands still (tests) is set on and keeps standing still.
 * @throws Refusal `clock_only_goes_forward`, `clock_goes_too_far` (more than 400 days at once)
 */
export async function moveClock(db: Db, span: Span): Promise<{ from: Temporal.Instant; to: Temporal.Instant }> {
  return transact(db, async (trx) => {
    const from = await readNow(trx);
    const to = 'to' in span ? span.to : from.add({ hours: (span.hours ?? 0) + 24 * (span.days ?? 0) });
    if (Temporal.Instant.compare(to, from) <= 0) refuse('clock_only_goes_forward');
    if (to.since(from).total('hours') > hours_max) refuse('clock_goes_too_far');
    const moved = await row(
      trx,
      sql`update clock set shift = case when frozen_at is null then ${to}::timestamptz - now() else shift end,
                           frozen_at = case when frozen_at is null then null else ${to}::timestamptz end returning only_row`,
    );
    assert(moved !== undefined, 'there is one clock');
    return { from, to };
  });
}

/** `catchUp`: does everything whose time has come, and what follows from it. */
export type Living = { db: Db; catchUp(): Promise<void> };

const stops_max = 60;

/**
 * Lives through a span instead of jumping over it: stops at each moment at which something is due, does it there, and goes on. What a week
 * brings comes on its days, as it would have.
 */
export async function liveThrough(living: Living, span: Span): Promise<void> {
  const until = 'to' in span ? span.to : (await readNow(living.db)).add({ hours: (span.hours ?? 0) + 24 * (span.days ?? 0) });
  await living.catchUp();
  for (let stops = 0; stops < stops_max; stops += 1) {
    const next = (await comingMoments(living.db, 1))[0];
    // One second later: rounds end after their last instant.
    const at = next?.at.add({ seconds: 1 });
    if (!at || Temporal.Instant.compare(at, until) >= 0) break;
    if (Temporal.Instant.compare(at, await readNow(living.db)) > 0) await moveClock(living.db, { to: at });
    await living.catchUp();
  }
  if (Temporal.Instant.compare(until, await readNow(living.db)) > 0) await moveClock(living.db, { to: until });
  await living.catchUp();
}

async function readNow(db: Db | Trx): Promise<Temporal.Instant> {
  return (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
}
