import type { Fact, Gateways } from '../gateways/index.ts';
import { type Db, rows, run, sql, transact } from '../platform/db.ts';
import { inParallel } from './collect.ts';
import { settle } from './settle.ts';

type Deps = { db: Db; gateways: Gateways };
type Open = { payment_id: string; contribution_id: string; gateway: keyof Gateways; gateway_object: string | null };

/** `no_news`: the gateway answered that it knows of nothing yet. `unanswered`: it did not answer, so nobody knows. */
type Answers = { moved: number; no_news: Open[]; unanswered: Open[] };

/**
 * Asks gateways about payments that have not reported for a while (their webhook or their answer was lost), and settles what they say; also
 * about those we gave up a short while ago, since somebody may have paid on a page that was still open. Each is asked again after as long as it
 * has been silent, at most every hour. Answers how many were settled.
 */
export async function askSilentPayments(deps: Deps, limit = 100): Promise<number> {
  const silent = await rows<Open>(
    deps.db,
    sql`update payments set asked_again_at = moment() where id in (
          select id from payments where (state = 'asked' or (state = 'abandoned' and created_at > moment() - interval '2 days'))
             and gateway = 'sandbox' and created_at < moment() - interval '30 seconds'
             and (asked_again_at is null or asked_again_at < moment() - least(interval '1 hour', asked_again_at - created_at))
           order by created_at, id limit ${limit} for update skip locked)
        returning id as payment_id, contribution_id, gateway, gateway_object`,
  );
  return (await askPayments(deps, silent)).moved;
}

/** The person came back from the gateway's page: ask at once rather than wait for the webhook. */
export async function askNow(deps: Deps, contribution_id: string): Promise<void> {
  await askPayments(deps, await openOf(deps.db, sql`p.contribution_id = ${contribution_id} and p.purpose <> 'collect'`));
}

/**
 * Before a campaign is decided every open checkout and every charge without an outcome is asked about: a card saved in the last minute counts,
 * though its report is still on the way. Answers how many the gateway said nothing about.
 */
export async function askBeforeDeciding(deps: Deps, campaign_id: string): Promise<number> {
  const open = await openOf(deps.db, sql`c.campaign_id = ${campaign_id} and c.state in ('started', 'secured', 'declined')`);
  return (await askPayments(deps, open)).unanswered.length;
}

/**
 * Before money goes back: charges whose outcome nobody knows. One that was made is settled, and follows the giver's choice; one that the
 * gateway never heard of is given up. What is not answered stays open, and its contribution waits.
 */
export async function askOpenCharges(deps: Deps, campaign_id: string): Promise<void> {
  const open = await openOf(deps.db, sql`c.campaign_id = ${campaign_id} and p.purpose = 'collect'`);
  const { no_news } = await askPayments(deps, open);
  const ids = no_news.map(({ payment_id }) => payment_id);
  await transact(deps.db, (trx) =>
    run(
      trx,
      sql`update payments set state = 'abandoned', settled_at = moment() where id = any(${ids}::uuid[]) and state = 'asked'`,
    ),
  );
}

/** Asks about the open payments of these contributions; answers those about which the gateway said nothing. */
export async function askBeforeLapsing(deps: Deps, contribution_ids: readonly string[]): Promise<Set<string>> {
  const open = await openOf(deps.db, sql`p.contribution_id = any(${contribution_ids}::uuid[])`);
  return new Set((await askPayments(deps, open)).unanswered.map(({ contribution_id }) => contribution_id));
}

function openOf(db: Db, which: ReturnType<typeof sql>): Promise<Open[]> {
  return rows<Open>(
    db,
    sql`select p.id as payment_id, p.contribution_id, p.gateway, p.gateway_object from payments p join contributions c on c.id = p.contribution_id
         where p.state = 'asked' and p.gateway = 'sandbox' and ${which} order by p.id`,
  );
}

async function askPayments({ db, gateways }: Deps, open: readonly Open[]): Promise<Answers> {
  const answers = await inParallel(
    open,
    8,
    async (payment): Promise<{ payment: Open; fact: Fact | null | undefined }> => ({
      payment,
      fact: await gateways[payment.gateway].askStatus(payment).catch(() => undefined),
    }),
  );
  const facts = answers.flatMap(({ fact }) => fact ?? []);
  const of = (what: null | undefined) => answers.filter(({ fact }) => fact === what).map(({ payment }) => payment);
  const answered = { no_news: of(null), unanswered: of(undefined) };
  if (facts.length === 0) return { moved: 0, ...answered };
  const settled = await transact(db, (trx) => settle(trx, facts));
  await inParallel(settled.forget, 8, (token) => gateways.sandbox.forget(token).catch(() => {}));
  return { moved: settled.moved.length, ...answered };
}
