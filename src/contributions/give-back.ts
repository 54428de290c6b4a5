import type { Gateways } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { book, recipes } from '../ledger/index.ts';
import { passing } from '../platform/crash.ts';
import { type Db, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { inParallel } from './collect.ts';
import type { Contribution } from './contribution.ts';
import { type Moved, move } from './move.ts';
import { isOwn } from './own.ts';
import { tokensOf } from './withdraw.ts';

type Deps = { db: Db; gateways: Gateways };

/**
 * A campaign failed or was stopped: everything goes back, one batch a call, in the order of ids: begin without `after`, call again with the
 * id it answers until it answers null. Secured and declined ones
 * are released and their method forgotten, once it is known that no charge is on its way (`askOpenCharges`); collected ones follow their giver's choice: wallet, another campaign, the node's fund, or
 * back the way they came (then a refund is written here, and `sendRefunds` sends it). Resumable at any point: the state of each
 * contribution says what is left to do.
 */
export async function giveBack(
  { db, gateways }: Deps,
  campaign_id: string,
  after = first_id,
  batch = 200,
): Promise<string | null> {
  const { last, forget } = await transact(db, async (trx) => {
    const live = await lockUnreturned(trx, campaign_id, after, batch);
    const now = live[0]?.now;
    if (!now) return { last: null, forget: [] };
    const uncharged = live.filter((c) => c.state === 'secured' || c.state === 'declined');
    const unfinished = live.filter((c) => c.state === 'started');
    const released = await move(trx, [
      ...uncharged.map((c) => ({ id: c.id, to: 'released', at: now }) as const),
      ...unfinished.map((c) => ({ id: c.id, to: 'lapsed', at: now }) as const),
    ]);
    await run(
      trx,
      sql`update payments set state = 'abandoned', settled_at = moment() where contribution_id = any(${released.map((m) => m.id)}::uuid[]) and state = 'asked'`,
    );
    const collected = live.filter((c) => c.state === 'collected');
    await byChoice(trx, collected, now);
    passing('return_written');
    return {
      last: live.at(-1)?.id ?? null,
      forget: await tokensOf(
        trx,
        released.map((m) => m.id),
      ),
    };
  });
  await inParallel(forget, 8, (token) => gateways.sandbox.forget(token).catch(() => {}));
  return last;
}

const first_id = '00000000-0000-0000-0000-000000000000';

type Unreturned = Contribution & { other_is_open: boolean; now: Temporal.Instant };

/** State by state, so that the index leads to the place where the last batch ended. */
function lockUnreturned(trx: Trx, campaign_id: string, after: string, batch: number): Promise<Unreturned[]> {
  return rows(
    trx,
    sql`select c.*, moment() as now,
               exists (select from campaigns o where o.id = c.redirect_campaign_id and o.host_id = c.host_id and o.state in ('round_one', 'collecting', 'round_two')
                       and not ${isOwn('o', sql.ref('c.person_id'))}) as other_is_open
          from unnest(array['started', 'secured', 'declined', 'collected']) s(state) cross join lateral (
            select c.* from contributions c join campaigns k on k.id = c.campaign_id
             where c.campaign_id = ${campaign_id} and k.state in ('failed', 'stopped') and c.state = s.state and c.id > ${after}
               and not exists (select from refunds r where r.contribution_id = c.id)
               and not exists (select from payments p where p.contribution_id = c.id and p.purpose = 'collect' and p.state = 'asked')
             order by c.id limit ${batch} for update of c skip locked
          ) c order by c.id limit ${batch}`,
  );
}

type Collected = Contribution & { other_is_open: boolean };

async function byChoice(trx: Trx, collected: readonly Collected[], now: Temporal.Instant): Promise<void> {
  const credited = collected.filter((c) => c.if_failed === 'wallet' && c.person_id);
  const to_fund = collected.filter((c) => c.if_failed === 'node_fund');
  const redirected = collected.filter((c) => c.if_failed === 'another_campaign' && c.other_is_open);
  const kept = new Set([...credited, ...to_fund, ...redirected].map((c) => c.id));
  await writeRefunds(
    trx,
    collected.filter((c) => !kept.has(c.id)),
    'campaign_failed',
  );
  const moved = await move(trx, [
    ...credited.map((c) => ({ id: c.id, to: 'credited', at: now }) as const),
    ...to_fund.map((c) => ({ id: c.id, to: 'redirected', at: now }) as const),
    ...redirected.map((c) => ({ id: c.id, to: 'redirected', at: now }) as const),
  ]);
  const is_redirected = new Set(redirected.map((c) => c.id));
  for (const m of moved) if (is_redirected.has(m.id)) await startRedirected(trx, m, now);
  await book(
    trx,
    now,
    moved.flatMap((m) => {
      const given = { ...m, contribution_id: m.id };
      if (m.state === 'credited') return recipes.contributionCredited(given, m.person_id ?? '');
      return is_redirected.has(m.id)
        ? recipes.contributionToCampaign(given, m.redirect_campaign_id ?? '')
        : recipes.contributionToFund(given);
    }),
  );
}

/** The same person's contribution in the other campaign, without tip or reward; its money arrives by the redirecting entry. */
async function startRedirected(trx: Trx, from: Moved, now: Temporal.Instant): Promise<void> {
  const id = newId<'contribution'>();
  await run(
    trx,
    sql`insert into contributions (id, campaign_id, host_id, node_id, made_node_id, giver_node_id, person_id, email, name, locale, amount_cents, currency,
            visibility, if_failed, method, started_at)
        select ${id}, k.id, c.host_id, k.node_id, c.made_node_id, c.giver_node_id, c.person_id, c.email, c.name, c.locale, c.amount_cents, c.currency,
               c.visibility, 'back_to_me', 'redirect', moment()
          from contributions c join campaigns k on k.id = c.redirect_campaign_id where c.id = ${from.id}`,
  );
  await move(trx, [{ id, to: 'collected', at: now }]);
}

/** Writes the refunds that are due, before any gateway is called; once per contribution. What no gateway can send waits for a treasurer. */
export async function writeRefunds(trx: Trx, collected: readonly Contribution[], reason: string): Promise<void> {
  if (collected.length === 0) return;
  const ids = collected.map(() => newId<'refund'>());
  await run(
    trx,
    sql`insert into refunds (id, contribution_id, payment_id, gateway, amount_cents, currency, reason, state, next_try_at, created_at)
        select f.id, c.id, p.id, c.method, c.amount_cents + c.tip_cents, c.currency, ${reason},
               case when p.id is null or c.method in ('transfer', 'cash', 'redirect') then 'by_hand' else 'due' end, moment(), moment()
          from unnest(${ids}::uuid[], ${collected.map((c) => c.id)}::uuid[]) as f(id, contribution_id) join contributions c on c.id = f.contribution_id
          left join payments p on p.contribution_id = c.id and p.state = 'collected'
        on conflict (contribution_id) do nothing`,
  );
}

type DueRefund = {
  refund_id: string;
  contribution_id: string;
  gateway: keyof Gateways;
  gateway_object: string;
  amount_cents: bigint;
  currency: string;
};

/**
 * Sends refunds that are due, one batch a call; call again until it answers 0. The key is the refund's own id, so after an unknown
 * outcome the same refund is asked again, never a second one. What the gateway refuses goes to the treasurer's queue (`by_hand`).
 */
export async function sendRefunds({ db, gateways }: Deps, batch = 100): Promise<number> {
  const due = await rows<DueRefund>(
    db,
    sql`update refunds r set state = 'sent', attempts = attempts + 1, next_try_at = moment() + least(attempts + 1, 12) * interval '5 minutes'
          from payments p where p.id = r.payment_id and r.id in (
            select id from refunds where state in ('due', 'sent') and next_try_at <= moment() order by next_try_at, id limit ${batch} for update skip locked)
        returning r.id as refund_id, r.contribution_id, r.gateway, p.gateway_object, r.amount_cents, r.currency`,
  );
  passing('refund_written');
  const answers = await inParallel(due, 8, async (refund) => ({
    refund,
    outcome: await gateways[refund.gateway].refund(refund).catch(() => 'unknown' as const),
  }));
  passing('refund_sent');
  const done = answers.filter((a) => a.outcome === 'done').map((a) => a.refund);
  const by_hand = answers.filter((a) => a.outcome === 'refused' || a.outcome === 'by_hand').map((a) => a.refund.refund_id);
  await transact(db, async (trx) => {
    await run(
      trx,
      sql`update refunds set state = 'by_hand', failure = 'not_by_gateway' where id = any(${by_hand}::uuid[]) and state = 'sent'`,
    );
    await finishRefunds(
      trx,
      done.map((refund) => refund.refund_id),
      'gateway',
    );
  });
  return due.length;
}

/** Money is back with the giver: the contribution is refunded and the books say so. `by_hand`: the treasurer paid it another way. */
export async function finishRefunds(trx: Trx, refund_ids: readonly string[], way: 'gateway' | 'by_hand'): Promise<Moved[]> {
  const finished = await rows<{ contribution_id: string; now: Temporal.Instant }>(
    trx,
    sql`update refunds set state = 'done', done_at = moment() where id = any(${refund_ids}::uuid[]) and state = ${way === 'gateway' ? 'sent' : 'by_hand'}
        returning contribution_id, moment() as now`,
  );
  const now = finished[0]?.now;
  if (!now) return [];
  const moved = await move(
    trx,
    finished.map((refund) => ({ id: refund.contribution_id, to: 'refunded', at: now })),
  );
  await book(
    trx,
    now,
    moved.flatMap((m) => {
      const given = { ...m, contribution_id: m.id };
      const same_way = way === 'gateway' || m.method === 'transfer' || m.method === 'cash';
      return same_way ? recipes.contributionRefunded(given, m) : recipes.contributionRefundedByHand(given);
    }),
  );
  return moved;
}
