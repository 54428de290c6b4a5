import type { Fact, Gateways } from '../gateways/index.ts';
import { type Db, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { move } from './move.ts';
import { settle } from './settle.ts';
import { tokensOf } from './withdraw.ts';

type Deps = { db: Db; gateways: Gateways };
type Silent = { payment_id: string; gateway: string; gateway_object: string | null };

/**
 * Asks gateways about payments that have not reported for a while (their webhook was lost), and settles what they say; also about those
 * we gave up a short while ago, since somebody may have paid on a page that was still open. Each is asked again after as long as it has been silent, at most every hour. Answers how many were settled.
 */
export async function askSilentPayments(deps: Deps, limit = 100): Promise<number> {
  const silent = await rows<Silent>(
    deps.db,
    sql`update payments set asked_again_at = moment() where id in (
          select id from payments where (state = 'asked' or (state = 'abandoned' and created_at > moment() - interval '2 days'))
             and gateway = 'sandbox' and purpose <> 'collect' and gateway_object is not null and created_at < moment() - interval '30 seconds'
             and (asked_again_at is null or asked_again_at < moment() - least(interval '1 hour', asked_again_at - created_at))
           order by created_at, id limit ${limit} for update skip locked)
        returning id as payment_id, gateway, gateway_object`,
  );
  return settleAnswers(deps, silent);
}

/** The person came back from the gateway's page: ask at once rather than wait for the webhook. */
export async function askNow(deps: Deps, contribution_id: string): Promise<void> {
  const open = await rows<Silent>(
    deps.db,
    sql`select id as payment_id, gateway, gateway_object from payments
         where contribution_id = ${contribution_id} and state = 'asked' and gateway = 'sandbox' and purpose <> 'collect' and gateway_object is not null`,
  );
  await settleAnswers(deps, open);
}

async function settleAnswers({ db, gateways }: Deps, silent: readonly Silent[]): Promise<number> {
  const facts: Fact[] = [];
  for (const payment of silent) {
    const fact = await gateways[payment.gateway as keyof Gateways].askStatus(payment).catch(() => null);
    if (fact) facts.push(fact);
  }
  if (facts.length === 0) return 0;
  const settled = await transact(db, (trx) => settle(trx, facts));
  for (const token of settled.forget) await gateways.sandbox.forget(token).catch(() => {});
  return settled.moved.length;
}

/**
 * Ends checkouts that were not finished in time (their reservation is free again) and declined contributions whose grace is over.
 * A gateway is asked first: money that is already there is not given up. Answers how many lapsed.
 */
export async function lapseDue(deps: Deps, limit = 200): Promise<number> {
  const unfinished = await rows<Silent>(
    deps.db,
    sql`select p.id as payment_id, p.gateway, p.gateway_object from contributions c join payments p on p.contribution_id = c.id
         where c.state = 'started' and c.lapses_at <= moment() and p.state = 'asked' and p.gateway = 'sandbox' and p.gateway_object is not null
         order by c.lapses_at, c.id limit ${limit}`,
  );
  await settleAnswers(deps, unfinished);
  const { lapsed, forget } = await transact(deps.db, (trx) => lapseNow(trx, limit));
  for (const token of forget) await deps.gateways.sandbox.forget(token).catch(() => {});
  return lapsed;
}

async function lapseNow(trx: Trx, limit: number): Promise<{ lapsed: number; forget: string[] }> {
  const due = await rows<{ id: string; now: Temporal.Instant }>(
    trx,
    sql`select id, moment() as now from contributions
         where (state = 'started' and lapses_at <= moment()) or (state = 'declined' and grace_ends_at <= moment() and (next_retry_at is null or next_retry_at > moment()))
         order by id limit ${limit} for update skip locked`,
  );
  const moved = await move(
    trx,
    due.map(({ id, now }) => ({ id, to: 'lapsed', at: now })),
  );
  const ids = moved.map((m) => m.id);
  await run(
    trx,
    sql`update payments set state = 'abandoned', settled_at = moment() where contribution_id = any(${ids}::uuid[]) and state = 'asked'`,
  );
  return { lapsed: moved.length, forget: await tokensOf(trx, ids) };
}
