import type { Fact } from '../gateways/index.ts';
import { book, recipes } from '../ledger/index.ts';
import { rows, run, sql, type Trx } from '../platform/db.ts';
import type { State } from './contribution.ts';
import { type Move, type Moved, move } from './move.ts';
import { park } from './park.ts';
import { tokensOf } from './withdraw.ts';

/** What became of one reported fact. `known_already`: it was true before, nothing changed. */
export type Outcome = { fact: Fact; result: 'settled' | 'known_already' | 'parked' | 'came_too_late' | 'unknown'; why?: string };
export type Settled = { outcomes: Outcome[]; moved: Moved[]; forget: string[] };

/**
 * Makes facts reported by gateways true here: each once, in any order, any number of times. Webhook, redirect and poller all end here,
 * so the final state depends only on the set of facts (money.md, "Asking and settling"). A fact that does not agree with what we asked
 * is parked for a treasurer; money that came too late is parked too, never dropped. Methods in `forget`, those that have done their work
 * included, are to be forgotten by their gateway after the commit.
 */
export async function settle(trx: Trx, facts: readonly Fact[]): Promise<Settled> {
  const asked = await paymentsOf(trx, facts);
  const outcomes: Outcome[] = [];
  const believed: { fact: Fact; payment: Asked }[] = [];
  for (const fact of facts) {
    const payment = asked.get(fact.payment_id);
    // A person decides about it already; the same money is not parked twice.
    if (payment?.state === 'parked') {
      outcomes.push({ fact, result: 'known_already' });
      continue;
    }
    const why = payment ? whyNotBelieve(fact, payment) : 'payment_is_unknown';
    if (payment && why === null) believed.push({ fact, payment });
    else outcomes.push(await disbelieve(trx, fact, payment, why ?? ''));
  }
  const fresh = await markPayments(trx, believed);
  const moved = await move(trx, movesOf(believed.filter(({ payment }) => fresh.has(payment.id))));
  const moved_ids = new Set(moved.map((m) => m.id));
  const forget: string[] = [];
  for (const { fact, payment } of believed) {
    if (!fresh.has(payment.id)) outcomes.push({ fact, result: 'known_already' });
    else if (moved_ids.has(payment.contribution_id)) outcomes.push({ fact, result: 'settled' });
    else outcomes.push(await cameTooLate(trx, fact, payment, forget));
  }
  const collected = moved.filter((m) => m.state === 'collected').map((m) => m.id);
  forget.push(...(await tokensOf(trx, collected)));
  await setRetries(trx, moved);
  await bookCollected(trx, moved);
  return { outcomes, moved, forget };
}

type Asked = {
  id: string;
  contribution_id: string;
  host_id: string;
  gateway: string;
  purpose: 'secure' | 'pay' | 'collect';
  attempt: number;
  amount_cents: bigint;
  currency: string;
  live: boolean;
  gateway_object: string | null;
  state: string;
};

async function paymentsOf(trx: Trx, facts: readonly Fact[]): Promise<Map<string, Asked>> {
  const ids = facts.map((fact) => fact.payment_id).filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const found = await rows<Asked>(
    trx,
    sql`select p.id, p.contribution_id, c.host_id, p.gateway, p.purpose, p.attempt, p.amount_cents, p.currency, p.live, p.gateway_object, p.state
          from payments p join contributions c on c.id = p.contribution_id where p.id = any(${ids}::uuid[])`,
  );
  return new Map(found.map((payment) => [payment.id, payment]));
}

/** Compares a report with what we asked. The object of a collection is first known from its answer, so it may be new. */
function whyNotBelieve(fact: Fact, payment: Asked): null | string {
  if (fact.gateway !== payment.gateway) return 'other_gateway';
  if (payment.gateway_object !== null && payment.gateway_object !== fact.gateway_object) return 'other_object';
  if (fact.live !== payment.live) return 'other_mode';
  if (fact.outcome === 'abandoned' || fact.outcome === 'declined') return null;
  if (fact.currency !== payment.currency) return 'other_currency';
  return fact.amount_cents === payment.amount_cents ? null : 'other_amount';
}

async function disbelieve(trx: Trx, fact: Fact, payment: Asked | undefined, why: string): Promise<Outcome> {
  if (fact.outcome !== 'collected' && fact.outcome !== 'secured') return { fact, result: 'unknown', why };
  await park(trx, fact, why, payment ?? null);
  if (payment)
    await run(
      trx,
      sql`update payments set state = 'parked', failure = ${why} where id = ${payment.id} and state in ('asked', 'abandoned')`,
    );
  return { fact, result: 'parked', why };
}

/** Guarded: each payment takes its outcome once. An abandoned one may still turn out paid. */
async function markPayments(trx: Trx, believed: readonly { fact: Fact; payment: Asked }[]): Promise<Set<string>> {
  const facts = believed.map(({ fact }) => fact);
  const marked = await rows<{ id: string }>(
    trx,
    sql`update payments p set state = f.outcome, settled_at = moment(), gateway_object = f.object, failure = f.failure,
               method_token = coalesce(f.token, p.method_token)
          from unnest(${facts.map((f) => f.payment_id)}::uuid[], ${facts.map((f) => f.outcome)}::text[], ${facts.map((f) => f.gateway_object)}::text[],
                      ${facts.map((f) => f.method_token ?? null)}::text[], ${facts.map((f) => f.failure ?? null)}::text[])
            as f(id, outcome, object, token, failure)
         where p.id = f.id and p.state in ('asked', 'abandoned') and p.state <> f.outcome
        returning p.id`,
  );
  return new Set(marked.map(({ id }) => id));
}

const state_of: Record<Fact['outcome'], State> = {
  secured: 'secured',
  collected: 'collected',
  declined: 'declined',
  abandoned: 'lapsed',
};

function movesOf(fresh: readonly { fact: Fact; payment: Asked }[]): Move[] {
  // Giving up a checkout that would mend a declined card must not end the contribution: only its own first checkout does.
  const deciding = fresh.filter(({ fact, payment }) => fact.outcome !== 'abandoned' || payment.attempt === 1);
  return deciding.map(({ fact, payment }) => ({ id: payment.contribution_id, to: state_of[fact.outcome], at: fact.at }));
}

async function cameTooLate(trx: Trx, fact: Fact, payment: Asked, forget: string[]): Promise<Outcome> {
  if (fact.outcome === 'secured' && (await changedCard(trx, payment, forget))) return { fact, result: 'settled' };
  if (fact.outcome === 'collected') await park(trx, fact, 'contribution_had_ended', payment);
  if (fact.method_token) forget.push(fact.method_token);
  await run(trx, sql`update payments set method_token = null where id = ${payment.id}`);
  return { fact, result: fact.outcome === 'collected' ? 'parked' : 'came_too_late', why: 'contribution_had_ended' };
}

/** The giver saved another card for a contribution that is secured already: the last one they asked for counts, the others are forgotten. */
async function changedCard(trx: Trx, payment: Asked, forget: string[]): Promise<boolean> {
  const kept = await rows<{ id: string; method_token: string | null }>(
    trx,
    sql`select p.id, p.method_token from contributions c join payments p on p.contribution_id = c.id and p.method_token is not null
         where c.id = ${payment.contribution_id} and c.state = 'secured' order by p.attempt desc for update of c`,
  );
  const older = kept.slice(1);
  for (const { method_token } of older) if (method_token) forget.push(method_token);
  await run(trx, sql`update payments set method_token = null where id = any(${older.map(({ id }) => id)}::uuid[])`);
  return kept.length > 0;
}

/** A declined one is tried again on the node's retry days after the close, and may be mended until its grace ends. */
async function setRetries(trx: Trx, moved: readonly Moved[]): Promise<void> {
  const declined = moved.filter((m) => m.state === 'declined').map((m) => m.id);
  if (declined.length === 0) return;
  await run(
    trx,
    sql`update contributions c set
          grace_ends_at = coalesce(c.grace_ends_at, k.grace_ends_at, moment() + k.grace_days * interval '24 hours'),
          next_retry_at = (select min(k.round_one_ended_at + d::int * interval '24 hours')
                             from jsonb_array_elements_text(coalesce(n.settings -> 'retry_days', '[1, 3, 5, 7]')) d
                            where k.round_one_ended_at + d::int * interval '24 hours' > moment())
          from campaigns k join nodes n on n.id = k.node_id
         where k.id = c.campaign_id and c.id = any(${declined}::uuid[])`,
  );
}

async function bookCollected(trx: Trx, moved: readonly Moved[]): Promise<void> {
  const collected = moved.filter((m) => m.state === 'collected' && m.from_state !== 'disputed' && m.method !== 'redirect');
  const now = collected[0]?.collected_at;
  if (!now) return;
  await book(
    trx,
    now,
    collected.flatMap((m) => recipes.contributionCollected({ ...m, contribution_id: m.id }, m)),
  );
}
