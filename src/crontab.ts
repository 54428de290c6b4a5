import { record } from './activity/index.ts';
import type { Gateways } from './gateways/index.ts';
import { type Db, run, sql, type Trx, transact } from './platform/db.ts';
import type { Jobs } from './platform/jobs.ts';
import { sweepAttempts } from './platform/limits.ts';
import type { Log } from './platform/log.ts';
import { promises } from './promises.ts';
import { markLate } from './returns/index.ts';
import { tend } from './rounds/index.ts';
import { checkPromises, lastCheck } from './stats/index.ts';

/** What happens by the clock, in UTC. Each reads from the state of things what is to be done: a time missed or done twice changes nothing. */
export const crontab = `
* * * * * tend
*/10 * * * * check_promises
7 * * * * mark_late
23 3 * * * sweep
`;

export type Working = { db: Db; log: Log; gateways: Gateways };

/** The jobs of the crontab, by name. */
export function jobs(deps: Working): Jobs {
  return {
    tend: () => tend(deps),
    check_promises: () => watchPromises(deps),
    mark_late: async () => void (await transact(deps.db, markLate)),
    sweep: () => transact(deps.db, sweep),
  };
}

/** Asks every promise. One that is broken is logged each time; the operators are woken when it is news. */
export async function watchPromises({ db, log }: Pick<Working, 'db' | 'log'>): Promise<void> {
  const before = new Set((await lastCheck(db))?.broken);
  const broken = await checkPromises(db, promises);
  for (const { promise, rows } of broken) log.error({ promise, rows }, 'a promise about money is broken');
  const fresh = broken.map((each) => each.promise).filter((promise) => !before.has(promise));
  if (fresh.length > 0) await transact(db, (trx) => record(trx, { kind: 'promises_broken', data: { promises: fresh } }));
}

/**
 * What has done its service: keys that are over, sessions long ended, windows of attempts, mails sent (or kept to be read here) long ago.
 * By real time, as those who wrote them count.
 */
export async function sweep(trx: Trx): Promise<void> {
  await sweepAttempts(trx);
  await run(trx, sql`delete from verifications where expires_at < now() - interval '1 day'`);
  await run(trx, sql`delete from sessions where expires_at < now() - interval '7 days'`);
  await run(
    trx,
    sql`delete from mails where coalesce(sent_at, created_at) < now() - interval '90 days' and (sent_at is not null or failed_because is null)`,
  );
}
