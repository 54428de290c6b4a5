import { auditAct } from '../activity/index.ts';
import { newId, refuse } from '../kit/index.ts';
import { book, recipes } from '../ledger/index.ts';
import { type Db, row, run, sql, type Trx, transact } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import type { Visibility } from './contribution.ts';
import { move } from './move.ts';
import { type Settled, settle } from './settle.ts';
import { tokensOf } from './withdraw.ts';

/**
 * A treasurer found a bank transfer with this reference on the account. The right amount is collected; any other amount, or one for a
 * contribution that has ended, is parked for a decision. Refusals: `reference_is_unknown`, `transfer_is_received_already`,
 * `transfer_is_parked` while an earlier one with another amount waits for a decision.
 */
export async function receiveTransfer(
  db: Db,
  treasurer_id: string,
  reference: string,
  cents: bigint,
  host_id: string,
): Promise<Settled['outcomes'][number]> {
  return transact(db, async (trx) => {
    const found = await lockAnnounced(trx, reference, host_id);
    if (!found) return refuse('reference_is_unknown', 422, { fields: { reference: 'reference_is_unknown' } });
    if (found.state === 'collected') return refuseAsReceived();
    if (found.state === 'parked') await reopenParked(trx, found.id, found.contribution_id);
    const fact = { gateway: 'transfer', outcome: 'collected', live: false } as const;
    const { outcomes } = await settle(trx, [
      {
        ...fact,
        gateway_object: found.gateway_object,
        payment_id: found.id,
        amount_cents: cents,
        currency: found.currency,
        at: found.now,
      },
    ]);
    const outcome = outcomes[0];
    if (!outcome) throw new Error('settling a transfer gave no outcome');
    if (outcome.result === 'known_already') return refuseAsReceived();
    const after = { reference, cents, result: outcome.result, why: outcome.why ?? null };
    await auditAct(trx, {
      actor_id: treasurer_id,
      act: 'transfer_received',
      target_kind: 'contribution',
      target_id: found.contribution_id,
      after,
    });
    return outcome;
  });
}

type Announced = {
  id: string;
  gateway_object: string;
  currency: string;
  contribution_id: string;
  now: Temporal.Instant;
  state: string;
};

/** The lock first, then what is: whoever waited for the lock sees what the other one did. */
async function lockAnnounced(trx: Trx, reference: string, host_id: string): Promise<Announced | undefined> {
  const locked = await row<{ id: string }>(
    trx,
    sql`select id from contributions where reference = ${reference} and method = 'transfer' and host_id = ${host_id} for update`,
  );
  if (!locked) return undefined;
  return row<Announced>(
    trx,
    sql`select id, gateway_object, currency, contribution_id, moment() as now, state from payments where contribution_id = ${locked.id}`,
  );
}

function refuseAsReceived(): never {
  return refuse('transfer_is_received_already', 409, { fields: { reference: 'transfer_is_received_already' } });
}

/** An earlier transfer with this reference had another amount. Once that one is resolved, the right amount may come. */
async function reopenParked(trx: Trx, payment_id: string, contribution_id: string): Promise<void> {
  const open = await row(
    trx,
    sql`select id from parked where contribution_id = ${contribution_id} and resolved_at is null limit 1`,
  );
  if (open) refuse('transfer_is_parked', 409, { fields: { reference: 'transfer_is_parked' } });
  await run(trx, sql`update payments set state = 'asked', failure = null, settled_at = null where id = ${payment_id}`);
}

export type CashGift = {
  campaign_id: string;
  made_node_id: string;
  name: string;
  email: string;
  locale: Locale;
  amount_cents: bigint;
  visibility: Visibility;
  form_key: string;
  two_eyes_above_cents: bigint;
};

/**
 * The node's staff received coins and notes. Up to the node's limit it is collected at once; above it, a second person must confirm
 * (`confirmCash`). Refusals: `round_is_closed` when the campaign takes no money at this moment, `cash_is_recorded_already`.
 */
export async function recordCash(
  db: Db,
  actor_id: string,
  gift: CashGift,
): Promise<{ contribution_id: string; waits_for_second: boolean }> {
  const ids = { contribution_id: newId<'contribution'>(), payment_id: newId<'payment'>() };
  const waits_for_second = gift.amount_cents > gift.two_eyes_above_cents;
  return transact(db, async (trx) => {
    const made = await run(
      trx,
      sql`insert into contributions (id, campaign_id, host_id, node_id, made_node_id, email, name, locale, amount_cents, currency, visibility, if_failed,
              method, started_at, lapses_at, form_key)
          select ${ids.contribution_id}, k.id, k.host_id, k.node_id, ${gift.made_node_id}, ${gift.email}, ${gift.name}, ${gift.locale}, ${gift.amount_cents},
                 k.currency, ${gift.visibility}, 'back_to_me', 'cash', moment(), moment() + interval '10 days', ${gift.form_key}
            from campaigns k where k.id = ${gift.campaign_id}
             and ((k.state in ('round_one', 'round_two') and k.ends_at >= moment()) or (k.state = 'collecting' and k.grace_ends_at >= moment()) or k.state = 'open')
          on conflict (form_key) do nothing`,
    );
    if (made !== 1) return refuse((await isRecorded(trx, gift.form_key)) ? 'cash_is_recorded_already' : 'round_is_closed', 409);
    await run(
      trx,
      sql`insert into payments (id, contribution_id, gateway, purpose, amount_cents, currency, gateway_object, created_at)
          select ${ids.payment_id}, id, 'cash', 'pay', amount_cents, currency, ${`cash_${ids.payment_id}`}, moment() from contributions where id = ${ids.contribution_id}`,
    );
    const after = { amount_cents: gift.amount_cents, waits_for_second };
    await auditAct(trx, { actor_id, act: 'cash_recorded', target_kind: 'contribution', target_id: ids.contribution_id, after });
    if (!waits_for_second) await settleCash(trx, ids.contribution_id);
    return { contribution_id: ids.contribution_id, waits_for_second };
  });
}

/**
 * A second person saw the money. The one who recorded it may not confirm it (`needs_second_person`). When its contribution has ended
 * meanwhile the money is parked: `parked` says so. Refused (`contribution_has_ended`) when this was decided already.
 */
export async function confirmCash(
  db: Db,
  actor_id: string,
  contribution_id: string,
  node_id: string,
): Promise<{ parked: boolean }> {
  return transact(db, async (trx) => {
    const first = await row<{ actor_id: string | null }>(
      trx,
      sql`select a.actor_id from contributions c join audit a on a.target_id = c.id and a.act = 'cash_recorded'
           where c.id = ${contribution_id} and c.node_id = ${node_id} and c.method = 'cash' for update of c`,
    );
    if (!first) return refuse('contribution_has_ended', 409);
    if (first.actor_id === actor_id) return refuse('needs_second_person', 403);
    await auditAct(trx, { actor_id, act: 'cash_confirmed', target_kind: 'contribution', target_id: contribution_id });
    return settleCash(trx, contribution_id);
  });
}

/** Money that is here is never refused: a payment that was given up still takes it, and settling parks what came too late. */
async function settleCash(trx: Trx, contribution_id: string): Promise<{ parked: boolean }> {
  const paid = await row<{ id: string; gateway_object: string; amount_cents: bigint; currency: string; now: Temporal.Instant }>(
    trx,
    sql`select id, gateway_object, amount_cents, currency, moment() as now from payments
         where contribution_id = ${contribution_id} and state in ('asked', 'abandoned')`,
  );
  if (!paid) return refuse('contribution_has_ended', 409);
  const { outcomes } = await settle(trx, [
    { ...paid, payment_id: paid.id, gateway: 'cash', outcome: 'collected', live: false, at: paid.now },
  ]);
  const result = outcomes[0]?.result;
  if (result !== 'settled' && result !== 'parked') refuse('contribution_has_ended', 409);
  return { parked: result === 'parked' };
}

async function isRecorded(trx: Trx, form_key: string): Promise<boolean> {
  return (await row(trx, sql`select id from contributions where form_key = ${form_key}`)) !== undefined;
}

/**
 * The treasurer sent parked money back, or explained it (`resolution` is what they wrote). A charge that was parked ends its promise
 * either way: it is not made again. Answers the kept methods to forget afterwards. Refusal: `parked_is_resolved`.
 */
export async function resolveParked(
  db: Db,
  treasurer_id: string,
  parked_id: string,
  host_id: string,
  resolution: string,
  returned: boolean,
): Promise<{ forget: string[] }> {
  return transact(db, async (trx) => {
    const parked = await row<Resolved>(
      trx,
      sql`update parked p set resolved_at = moment(), resolution = ${resolution}
           where p.id = ${parked_id} and (p.host_id = ${host_id} or p.host_id is null) and p.resolved_at is null
          returning p.id, p.gateway, p.amount_cents, p.currency, moment() as now,
                    exists (select from entries e where e.kind = 'money_parked' and e.subject_id = p.id) as booked,
                    (select y.contribution_id from payments y where y.id::text = p.details ->> 'payment_id' and y.contribution_id = p.contribution_id
                        and y.purpose = 'collect' and y.state = 'parked') as charged_id`,
    );
    if (!parked) return refuse('parked_is_resolved', 409);
    const after = { resolution, returned };
    await auditAct(trx, { actor_id: treasurer_id, act: 'parked_resolved', target_kind: 'parked', target_id: parked_id, after });
    const forget = await releaseCharged(trx, parked);
    if (!returned || !parked.booked || parked.amount_cents === null || !parked.currency) return { forget };
    const stray = { host_id, currency: parked.currency, parked_id, gateway: parked.gateway, cents: parked.amount_cents };
    await book(trx, parked.now, recipes.parkedReturned(stray));
    return { forget };
  });
}

type Resolved = {
  id: string;
  gateway: string;
  amount_cents: bigint | null;
  currency: string | null;
  now: Temporal.Instant;
  booked: boolean;
  charged_id: string | null;
};

/** Its one charge is spent: without another state it would stand as a promise for ever. What has moved on meanwhile is left alone. */
async function releaseCharged(trx: Trx, { charged_id, now }: Resolved): Promise<string[]> {
  if (charged_id === null) return [];
  const waits = await row(
    trx,
    sql`select id from contributions where id = ${charged_id} and state in ('secured', 'declined') for update`,
  );
  if (!waits) return [];
  await move(trx, [{ id: charged_id, to: 'released', at: now }]);
  return tokensOf(trx, [charged_id]);
}
