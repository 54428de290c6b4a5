import type { Gateways } from '../gateways/index.ts';
import { newId, Refusal, reference, refuse } from '../kit/index.ts';
import { Crash, passing } from '../platform/crash.ts';
import { constraintOf, type Db, row, run, sql, type Trx, transact } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import { type IfFailed, type Method, type Visibility, whyNotOpen } from './contribution.ts';
import { isOwn } from './own.ts';
import { settle } from './settle.ts';

/** What the form says, already read strictly. Amounts in cents of the campaign's currency. */
export type Giving = {
  campaign_id: string;
  made_node_id: string;
  giver_node_id: string | null;
  person_id: string | null;
  email: string;
  name: string;
  locale: Locale;
  amount_cents: bigint;
  tip_cents: bigint;
  reward_id: string | null;
  reward_answer: string | null;
  address: string | null;
  wish: string[];
  message: string | null;
  visibility: Visibility;
  if_failed: IfFailed;
  redirect_campaign_id: string | null;
  method: Method;
  /** One form, one contribution: a second post of the same form finds the first one. */
  form_key: string;
};

export type Deps = { db: Db; gateways: Gateways };
/** Where to send the giver: the gateway's page, or null when there is nothing to do there (transfer, wallet, a form posted twice). */
export type Begun = { contribution_id: string; url: string | null; again: boolean };

/**
 * From the form to a started contribution and an open checkout. Everything that may say no is asked here, and the reward's unit is
 * reserved, in one guarded statement (law 1: ask before, never after). Refusals: whyNotOpen's words, `reward_is_sold_out`,
 * `reward_waits_unpaid`, `amount_is_below_reward`, `reward_is_gone`, `own_campaign`, `wallet_is_short`, `gateway_is_down` (the contribution is kept: resume it).
 */
export async function contribute(deps: Deps, giving: Giving, returnUrl: (contribution_id: string) => string): Promise<Begun> {
  const ids = { contribution_id: newId<'contribution'>(), payment_id: newId<'payment'>() };
  try {
    if (giving.method === 'wallet') await transact(deps.db, (trx) => payFromWallet(trx, ids, giving));
    else if (giving.reward_id) await transact(deps.db, (trx) => beginInTurn(trx, ids, giving));
    else if (!(await begin(deps.db, ids, giving))) await explain(deps.db, giving);
  } catch (error) {
    const constraint = constraintOf(error);
    if (constraint === 'contributions_form_key_key')
      return { ...(await theFirst(deps.db, giving.form_key)), url: null, again: true };
    if (constraint === 'account_would_go_negative') refuse('wallet_is_short', 422, { fields: { method: 'wallet_is_short' } });
    throw error;
  }
  passing('contribution_begun');
  if (giving.method !== 'sandbox') return { contribution_id: ids.contribution_id, url: null, again: false };
  return {
    contribution_id: ids.contribution_id,
    url: await openCheckout(deps, ids.payment_id, returnUrl(ids.contribution_id)),
    again: false,
  };
}

type Ids = { contribution_id: string; payment_id: string };

/** So many units of one reward are kept for whoever has not paid them yet: nobody takes a whole stock out of reach for nothing. */
const unpaid_max = 3;

/**
 * One statement: the campaign must be open at this moment, the giver not of its team, the reward of this campaign, affordable and in
 * stock; only then the contribution and its payment exist. Answers false when something said no.
 */
async function begin(db: Db | Trx, ids: Ids, giving: Giving): Promise<boolean> {
  const begun = await sql`
    with campaign as (
      select k.*, n.settings from campaigns k join nodes n on n.id = k.node_id
       where k.id = ${giving.campaign_id}
         and ((k.state in ('round_one', 'round_two') and k.ends_at >= moment()) or (k.state = 'collecting' and k.grace_ends_at >= moment()) or k.state = 'open')
         and not ${isOwn('k', giving.person_id)}
    ), reserved as (
      update rewards r set taken = r.taken + 1 from campaign k
       where r.id = ${giving.reward_id} and r.campaign_id = k.id and r.amount_cents <= ${giving.amount_cents}
         and (r.units is null or r.taken < r.units) and ${unpaidOf(giving)} < ${unpaid_max}
      returning r.id
    ), made as (
      insert into contributions (id, campaign_id, host_id, node_id, made_node_id, giver_node_id, person_id, email, name, locale,
          amount_cents, tip_cents, currency, reward_id, reward_answer, address, wish, message, visibility, if_failed, redirect_campaign_id,
          method, reference, standby, started_at, lapses_at, form_key)
      select ${ids.contribution_id}, k.id, k.host_id, k.node_id, ${giving.made_node_id}, ${giving.giver_node_id}, ${giving.person_id}, ${giving.email},
             ${giving.name}, ${giving.locale}, ${giving.amount_cents}, ${giving.tip_cents}, k.currency, (select id from reserved),
             ${giving.reward_answer}, ${giving.address}, array(select l.id from budget_lines l where l.campaign_id = k.id and l.id = any(${giving.wish}::uuid[])),
             ${giving.message}, ${giving.visibility}, ${giving.if_failed}, ${giving.redirect_campaign_id}, ${giving.method},
             ${giving.method === 'transfer' ? reference(ids.contribution_id) : null}, k.state = 'collecting', moment(),
             moment() + case when ${giving.method} = 'transfer' then coalesce((k.settings ->> 'transfer_days')::int, 10) * interval '24 hours'
                             else coalesce((k.settings ->> 'card_minutes')::int, 60) * interval '1 minute' end,
             ${giving.form_key}
        from campaign k where ${giving.reward_id}::uuid is null or exists (select from reserved)
      returning id, node_id, campaign_id, person_id, amount_cents + tip_cents as total_cents, currency, method
    ), told as (
      insert into events (at, kind, node_id, campaign_id, subject_id, person_id)
      select moment(), 'contribution_started', node_id, campaign_id, id, person_id from made where method = 'transfer'
    )
    insert into payments (id, contribution_id, gateway, purpose, amount_cents, currency, gateway_object, created_at)
    select ${ids.payment_id}, made.id, made.method, case when made.method in ('sandbox', 'archive') and k.state not in ('round_two', 'open') then 'secure' else 'pay' end,
           made.total_cents, made.currency, case when made.method <> 'sandbox' then made.method || '_' || ${ids.payment_id}::text end, moment()
      from made, campaign k`.execute(db);
  return begun.numAffectedRows === 1n;
}

/** The reward is locked first, so that what waits unpaid is counted one giver after the other. */
async function beginInTurn(trx: Trx, ids: Ids, giving: Giving): Promise<void> {
  await run(trx, sql`select from rewards where id = ${giving.reward_id} for update`);
  if (!(await begin(trx, ids, giving))) await explain(trx, giving);
}

/** Of the reward `r`: what was begun with this mailbox, or by this person, and is not paid. */
function unpaidOf({ email, person_id }: Giving) {
  return sql<number>`(select count(*)::int from contributions u where u.reward_id = r.id and u.state = 'started'
    and (lower(u.email) = lower(${email}) or u.person_id = ${person_id}::uuid))`;
}

/** The wallet pays in the same transaction: it either holds the money and pays, or nothing happened. */
async function payFromWallet(trx: Trx, ids: Ids, giving: Giving): Promise<void> {
  await beginInTurn(trx, ids, giving);
  const paid = await row<{ now: Temporal.Instant; currency: string; total_cents: bigint }>(
    trx,
    sql`select moment() as now, currency, amount_cents as total_cents from payments where id = ${ids.payment_id}`,
  );
  if (!paid) throw new Error('a payment that was just written is not there');
  const fact = { gateway: 'wallet', gateway_object: `wallet_${ids.payment_id}`, outcome: 'collected', live: false } as const;
  await settle(trx, [
    { ...fact, payment_id: ids.payment_id, amount_cents: paid.total_cents, currency: paid.currency, at: paid.now },
  ]);
}

/**
 * Asks the gateway for its page. Safe to call again with the same payment. When the gateway does not answer, nothing is lost: the
 * contribution waits, and the person is told to try again.
 */
export async function openCheckout({ db, gateways }: Deps, payment_id: string, return_url: string): Promise<string> {
  const asked = await row<Checkout>(
    db,
    sql`select p.id, p.purpose, p.amount_cents, p.currency, p.gateway, c.locale, pr.title ->> pr.locale as description, c.lapses_at,
               moment() + interval '1 hour' as in_an_hour
          from payments p join contributions c on c.id = p.contribution_id join campaigns k on k.id = c.campaign_id join projects pr on pr.id = k.project_id
         where p.id = ${payment_id} and p.state = 'asked'`,
  );
  if (!asked) return refuse('checkout_has_ended', 409);
  try {
    const { purpose, amount_cents, currency, locale, description } = asked;
    const expires_at = asked.lapses_at ?? asked.in_an_hour;
    const started = await gateways[asked.gateway].start({
      payment_id,
      purpose,
      amount_cents,
      currency,
      description,
      locale,
      return_url,
      expires_at,
    });
    passing('checkout_opened');
    await sql`update payments set gateway_object = ${started.gateway_object} where id = ${payment_id} and gateway_object is null`.execute(
      db,
    );
    return 'url' in started ? started.url : return_url;
  } catch (error) {
    if (error instanceof Refusal || error instanceof Crash) throw error;
    const refusal = new Refusal('gateway_is_down', 503);
    refusal.cause = error;
    throw refusal;
  }
}

type Checkout = {
  id: string;
  purpose: 'secure' | 'pay';
  amount_cents: bigint;
  currency: string;
  gateway: Method;
  locale: Locale;
  description: string;
  lapses_at: Temporal.Instant | null;
  in_an_hour: Temporal.Instant;
};

/** Nothing was written: says why, in the order in which the person can do something about it. */
async function explain(db: Db | Trx, giving: Giving): Promise<never> {
  const found = await row<Explained>(
    db as Db,
    sql`select k.state, k.ends_at, k.grace_ends_at, moment() as now, r.amount_cents as reward_cents, r.campaign_id = k.id as reward_fits,
               ${unpaidOf(giving)} >= ${unpaid_max} as waits_unpaid,
               ${isOwn('k', giving.person_id)} as own
          from campaigns k left join rewards r on r.id = ${giving.reward_id} where k.id = ${giving.campaign_id}`,
  );
  if (!found) return refuse('campaign_is_unknown', 404);
  const why = whyNotOpen(found, found.now);
  if (why) return refuse(why, 409);
  if (found.own) return refuse('own_campaign', 403);
  if (giving.reward_id && !found.reward_fits) return refuse('reward_is_gone', 422, { fields: { reward: 'reward_is_gone' } });
  if (found.reward_cents !== null && found.reward_cents > giving.amount_cents) {
    return refuse('amount_is_below_reward', 422, { fields: { amount: 'amount_is_below_reward' } });
  }
  if (found.waits_unpaid) return refuse('reward_waits_unpaid', 409, { fields: { reward: 'reward_waits_unpaid' } });
  return refuse('reward_is_sold_out', 409, { fields: { reward: 'reward_is_sold_out' } });
}

type Explained = {
  state: string;
  ends_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  now: Temporal.Instant;
  reward_cents: bigint | null;
  reward_fits: boolean | null;
  waits_unpaid: boolean;
  own: boolean;
};

async function theFirst(db: Db, form_key: string): Promise<{ contribution_id: string }> {
  const first = await row<{ contribution_id: string }>(
    db,
    sql`select id as contribution_id from contributions where form_key = ${form_key}`,
  );
  return first ?? refuse('checkout_has_ended', 409);
}

/** The person comes back to a checkout they did not finish: the same payment, the same page. */
export async function resume(deps: Deps, contribution_id: string, return_url: string): Promise<string> {
  const open = await row<{ id: string }>(
    deps.db,
    sql`select id from payments where contribution_id = ${contribution_id} and state = 'asked' and gateway = 'sandbox' and purpose <> 'collect'
         order by attempt desc limit 1`,
  );
  return open ? openCheckout(deps, open.id, return_url) : refuse('checkout_has_ended', 409);
}

/**
 * Mends a declined contribution, or changes the card of a secured one: a new checkout that saves another card, or the one that is open
 * already. A declined one is charged as soon as the card is saved. Refused (`checkout_has_ended`) when there is nothing to mend any more.
 */
export async function mend(deps: Deps, contribution_id: string, return_url: string): Promise<string> {
  const payment_id = await transact(deps.db, (trx) => mendingPayment(trx, contribution_id));
  return openCheckout(deps, payment_id, return_url);
}

/** The lock first: of two presses at once the second finds what the first one wrote. A page that is about to expire is not handed out. */
async function mendingPayment(trx: Trx, contribution_id: string): Promise<string> {
  const mendable = await row<{ id: string }>(
    trx,
    sql`select id from contributions where id = ${contribution_id} and method = 'sandbox' and state in ('secured', 'declined') for update`,
  );
  if (!mendable) return refuse('checkout_has_ended', 409);
  const open = await row<{ id: string }>(
    trx,
    sql`select id from payments where contribution_id = ${contribution_id} and purpose = 'secure' and state = 'asked'
           and created_at > moment() - interval '45 minutes' order by attempt desc limit 1`,
  );
  if (open) return open.id;
  const payment_id = newId<'payment'>();
  const made = await run(
    trx,
    sql`insert into payments (id, contribution_id, gateway, purpose, attempt, amount_cents, currency, created_at)
        select ${payment_id}, c.id, 'sandbox', 'secure', max(p.attempt) + 1, c.amount_cents + c.tip_cents, c.currency, moment()
          from contributions c join payments p on p.contribution_id = c.id and p.purpose = 'secure' where c.id = ${contribution_id} group by c.id`,
  );
  return made === 1 ? payment_id : refuse('checkout_has_ended', 409);
}
