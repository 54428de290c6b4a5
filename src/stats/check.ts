import { type Db, row, run, sql, transact } from '../platform/db.ts';
import { type Broken, brokenPromises, type Promises } from '../platform/promises.ts';

/** One asking of all promises: when, which, and which of them were broken. */
export type Check = { at: Temporal.Instant; took_ms: number; promises: string[]; broken: string[] };

const kept_days = 90;

/** Asks every promise and writes down the outcome, which the open accounts show. Answers those that are broken, with their rows. */
export async function checkPromises(db: Db, promises: Promises): Promise<Broken[]> {
  const began = performance.now();
  const broken = await brokenPromises(db, promises);
  const took_ms = Math.round(performance.now() - began);
  await transact(db, async (trx) => {
    await run(
      trx,
      sql`insert into promise_checks (at, took_ms, promises, broken)
      values (moment(), ${took_ms}, ${Object.keys(promises)}::text[], ${broken.map((each) => each.promise)}::text[])`,
    );
    await run(trx, sql`delete from promise_checks where at < moment() - make_interval(days => ${kept_days}::int)`);
  });
  return broken;
}

/** The last check, or undefined when there was none yet. */
export function lastCheck(db: Db): Promise<Check | undefined> {
  return row<Check>(db, sql`select at, took_ms, promises, broken from promise_checks order by id desc limit 1`);
}
