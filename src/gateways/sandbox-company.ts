import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Db, only, row, rows, run, sql, type Trx, transact } from '../platform/db.ts';

/**
 * The sandbox company: a believable payment company with play money, the default of a fresh installation. It keeps its own books in the
 * schema `sandbox`, hosts its own payment page (src/sandbox), saves cards, charges them later and sends signed webhooks that may come
 * late, twice or not at all. For the rest of Acequia it is a foreign company: only `gateways/sandbox.ts` and its own pages talk to it.
 */

/** What a test card does. The number ends with these digits. */
export const cards = {
  '4242': 'succeeds',
  '0002': 'declined',
  '3155': 'asks_authentication',
  '0341': 'declined_at_collection',
  '0368': 'declined_once_at_collection',
  '0119': 'webhook_lost',
  '0127': 'webhook_doubled',
  '0135': 'webhook_late',
  '0143': 'wrong_amount',
  '0151': 'refund_refused',
} as const;
export type Script = (typeof cards)[keyof typeof cards];

export type Checkout = {
  id: string;
  merchant: string;
  client_key: string;
  purpose: 'secure' | 'pay';
  amount_cents: bigint;
  currency: string;
  description: string;
  locale: string;
  return_url: string;
  expires_at: Temporal.Instant;
  state: 'open' | 'secured' | 'paid' | 'declined';
  token: string | null;
  card: string | null;
  created_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
};

type NewCheckout = Pick<
  Checkout,
  'client_key' | 'purpose' | 'amount_cents' | 'currency' | 'description' | 'locale' | 'return_url' | 'expires_at'
>;

/** Opens a checkout, or finds the one opened before with the same client key. */
export async function openCheckout(db: Db, merchant: string, asked: NewCheckout): Promise<{ id: string }> {
  return only(
    db,
    sql`insert into sandbox.checkouts (id, merchant, client_key, purpose, amount_cents, currency, description, locale, return_url, expires_at, created_at)
        values (${`sbx_${asked.client_key}`}, ${merchant}, ${asked.client_key}, ${asked.purpose}, ${asked.amount_cents}, ${asked.currency},
                ${asked.description}, ${asked.locale}, ${asked.return_url}, ${asked.expires_at}, moment())
        on conflict (client_key) do update set client_key = excluded.client_key returning id`,
  );
}

export async function readCheckout(db: Db, id: string): Promise<Checkout | undefined> {
  return row<Checkout>(db, sql`select * from sandbox.checkouts where id = ${id}`);
}

export async function readCheckoutOf(db: Db, client_key: string): Promise<Checkout | undefined> {
  return row<Checkout>(db, sql`select * from sandbox.checkouts where client_key = ${client_key}`);
}

/** The script of a card number typed on the payment page; undefined when it is none of the test cards. */
export function scriptOf(number: string): Script | undefined {
  const digits = number.replaceAll(/[\s-]/g, '');
  return /^4[0-9]{15}$/.test(digits) ? cards[digits.slice(-4) as keyof typeof cards] : undefined;
}

/**
 * The payer pressed the button. Answers the checkout as it is afterwards; pressing again, or after it expired, changes nothing. A declined card leaves the
 * checkout open for another card.
 */
export async function payCheckout(db: Db, id: string, number: string): Promise<Checkout | 'card_was_declined' | undefined> {
  const script = scriptOf(number);
  if (script === undefined || script === 'declined') return 'card_was_declined';
  return transact(db, async (trx) => {
    const digits = number.replaceAll(/\D/g, '').slice(-4);
    const paid = await row<Checkout>(
      trx,
      sql`update sandbox.checkouts set state = case purpose when 'secure' then 'secured' else 'paid' end, card = ${digits},
                 token = case purpose when 'secure' then 'card_' || client_key end, ended_at = moment()
           where id = ${id} and state = 'open' and expires_at >= moment() returning *`,
    );
    if (!paid) return readCheckout(trx, id);
    await announce(trx, `evt_${paid.id}`, paid, script);
    return paid;
  });
}

/** The payer gave up on the payment page. */
export async function abandonCheckout(db: Db, id: string): Promise<Checkout | undefined> {
  return transact(db, async (trx) => {
    const left = await row<Checkout>(
      trx,
      sql`update sandbox.checkouts set state = 'declined', ended_at = moment() where id = ${id} and state = 'open' returning *`,
    );
    if (left) await announce(trx, `evt_${left.id}`, left, 'succeeds');
    return left ?? readCheckout(trx, id);
  });
}

export type ChargeRow = {
  id: string;
  client_key: string;
  checkout_id: string;
  amount_cents: bigint;
  currency: string;
  state: 'paid' | 'declined';
  created_at: Temporal.Instant;
};

/** Charges a saved card. The same client key gives the same charge. */
export async function chargeCard(
  db: Db,
  token: string,
  client_key: string,
  cents: bigint,
  currency: string,
): Promise<ChargeRow | undefined> {
  return row<ChargeRow>(
    db,
    sql`with card as (
          select id, card, (select count(*) from sandbox.charges h where h.checkout_id = k.id) as earlier
            from sandbox.checkouts k where token = ${token} and client_key = ${token.slice(5)}
        ), charged as (
          insert into sandbox.charges (id, client_key, checkout_id, amount_cents, currency, state, created_at)
          select ${`chg_${client_key}`}, ${client_key}, card.id, ${cents}, ${currency},
                 case when card.card = '0341' or (card.card = '0368' and card.earlier = 0) then 'declined' else 'paid' end, moment()
            from card on conflict (client_key) do nothing returning *
        )
        select * from charged union all select * from sandbox.charges where client_key = ${client_key} limit 1`,
  );
}

export async function readChargeOf(db: Db, client_key: string): Promise<ChargeRow | undefined> {
  return row<ChargeRow>(db, sql`select * from sandbox.charges where client_key = ${client_key}`);
}

/** Gives money back; a card ending 0151 refuses. The same client key gives the same refund. */
export async function refundObject(db: Db, client_key: string, object_id: string, cents: bigint): Promise<'done' | 'refused'> {
  const refunded = await only<{ state: 'done' | 'refused' }>(
    db,
    sql`insert into sandbox.refunds (id, client_key, object_id, amount_cents, state, created_at)
        select ${`ref_${client_key}`}, ${client_key}, ${object_id}, ${cents},
               case when coalesce((select card from sandbox.checkouts where id = ${object_id}),
                                   (select k.card from sandbox.charges h join sandbox.checkouts k on k.id = h.checkout_id where h.id = ${object_id})) = '0151'
                    then 'refused' else 'done' end, moment()
        on conflict (client_key) do update set client_key = excluded.client_key returning state`,
  );
  return refunded.state;
}

export async function forgetCard(db: Db, token: string): Promise<void> {
  await sql`update sandbox.checkouts set token = null where token = ${token} and client_key = ${token.slice(5)}`.execute(db);
}

async function announce(trx: Trx, event_id: string, checkout: Checkout, script: Script): Promise<void> {
  if (script === 'webhook_lost') return;
  const body = JSON.stringify({ id: event_id, ...reportOf(checkout) });
  const delay = script === 'webhook_late' ? '90 seconds' : '0';
  const copies = script === 'webhook_doubled' ? 2 : 1;
  await run(
    trx,
    sql`insert into sandbox.deliveries (event_id, body, due_at) select ${event_id}, ${body}, moment() + ${delay}::interval from generate_series(1, ${copies}::int)`,
  );
}

export type CheckoutReport = {
  object: string;
  client_key: string;
  state: Checkout['state'];
  amount: string;
  currency: string;
  token: string | null;
  livemode: false;
  at: string;
};

/** A checkout as the company tells it to its merchant. */
export function reportOf(checkout: Checkout): CheckoutReport {
  return {
    object: checkout.id,
    client_key: checkout.client_key,
    state: checkout.state,
    amount: (checkout.amount_cents + (checkout.card === '0143' ? 100n : 0n)).toString(),
    currency: checkout.currency,
    token: checkout.token,
    livemode: false,
    at: (checkout.ended_at ?? checkout.created_at).toString(),
  };
}

export type Delivery = { id: bigint; body: string };

/** Webhooks whose time has come; each is handed out once (a crash in between loses it, as webhooks do: the poller finds out). */
export async function takeDueDeliveries(db: Db, limit: number): Promise<Delivery[]> {
  return rows<Delivery>(
    db,
    sql`update sandbox.deliveries set delivered_at = moment() where id in (
          select id from sandbox.deliveries where delivered_at is null and due_at <= moment() order by id limit ${limit} for update skip locked)
        returning id, body`,
  );
}

/** Signs a webhook body: `t=<unix seconds>,v1=<hmac>`. */
export function sign(secret: string, body: string, at: Temporal.Instant): string {
  const t = Math.floor(at.epochMilliseconds / 1000);
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${body}`).digest('hex')}`;
}

/** Is this signature ours and at most `tolerance_seconds` away from `now`? */
export function verify(secret: string, body: string, signature: string, now: Temporal.Instant, tolerance_seconds = 600): boolean {
  const found = /^t=([0-9]{1,12}),v1=([0-9a-f]{64})$/.exec(signature);
  if (!found?.[1] || !found[2]) return false;
  const expected = createHmac('sha256', secret).update(`${found[1]}.${body}`).digest();
  if (!timingSafeEqual(expected, Buffer.from(found[2], 'hex'))) return false;
  return Math.abs(Math.floor(now.epochMilliseconds / 1000) - Number(found[1])) <= tolerance_seconds;
}
