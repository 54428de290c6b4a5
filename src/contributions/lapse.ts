import type { Gateways } from '../gateways/index.ts';
import { type Db, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { askBeforeLapsing } from './ask.ts';
import { inParallel } from './collect.ts';
import { move } from './move.ts';
import { tokensOf } from './withdraw.ts';

type Deps = { db: Db; gateways: Gateways };

/**
 * Ends checkouts that were not finished in time (their reservation is free again) and declined contributions whose grace is over; those of
 * campaigns that failed or were stopped are given back instead. The gateway is asked first: what is already there is not given up, and
 * while it says nothing, nobody is given up for a day. Answers how many lapsed.
 */
export async function lapseDue(deps: Deps, limit = 200): Promise<number> {
  const due = await rows<{ id: string; is_late: boolean }>(
    deps.db,
    sql`select c.id, coalesce(c.lapses_at, c.grace_ends_at) < moment() - interval '20 hours' as is_late
          from contributions c join campaigns k on k.id = c.campaign_id where ${lapses} order by c.id limit ${limit}`,
  );
  if (due.length === 0) return 0;
  const waiting = await askBeforeLapsing(
    deps,
    due.map(({ id }) => id),
  );
  const ids = due.filter(({ id, is_late }) => is_late || !waiting.has(id)).map(({ id }) => id);
  const { lapsed, forget } = await transact(deps.db, (trx) => lapseNow(trx, ids));
  await inParallel(forget, 8, (token) => deps.gateways.sandbox.forget(token).catch(() => {}));
  return lapsed;
}

const lapses = sql`((c.state = 'started' and c.lapses_at <= moment())
  or (c.state = 'declined' and c.grace_ends_at <= moment() and (c.next_retry_at is null or c.next_retry_at > moment()) and k.state not in ('failed', 'stopped')))`;

async function lapseNow(trx: Trx, ids: readonly string[]): Promise<{ lapsed: number; forget: string[] }> {
  const due = await rows<{ id: string; now: Temporal.Instant }>(
    trx,
    sql`select c.id, moment() as now from contributions c join campaigns k on k.id = c.campaign_id
         where c.id = any(${ids}::uuid[]) and ${lapses} order by c.id for update of c skip locked`,
  );
  const moved = await move(
    trx,
    due.map(({ id, now }) => ({ id, to: 'lapsed', at: now })),
  );
  const moved_ids = moved.map((m) => m.id);
  await run(
    trx,
    sql`update payments set state = 'abandoned', settled_at = moment() where contribution_id = any(${moved_ids}::uuid[]) and state = 'asked'`,
  );
  return { lapsed: moved.length, forget: await tokensOf(trx, moved_ids) };
}
