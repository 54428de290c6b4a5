import type { Audited } from '../activity/index.ts';
import type { Currency } from '../kit/index.ts';
import { type Db, only, row, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';

/** Sent more than a day ago, and nobody knows whether it arrived: it is asked again and again with the same key. */
const isUnanswered = sql`r.state = 'sent' and r.created_at < moment() - interval '1 day'`;

/** How much waits for a treasurer of this host, by queue. `nameless`: also what belongs to no known host (for the main node's host). */
export type Waiting = { transfers: number; parked: number; refunds: number; unanswered: number; declined: number };

export function waitingFor(db: Db, host_id: string, nameless: boolean): Promise<Waiting> {
  return only<Waiting>(
    db,
    sql`select (select count(*)::int from contributions where host_id = ${host_id} and method = 'transfer' and state = 'started') as transfers,
               (select count(*)::int from parked where resolved_at is null and (host_id = ${host_id} or (${nameless} and host_id is null))) as parked,
               (select count(*)::int from refunds r join contributions c on c.id = r.contribution_id where c.host_id = ${host_id} and r.state = 'by_hand') as refunds,
               (select count(*)::int from refunds r join contributions c on c.id = r.contribution_id where c.host_id = ${host_id} and ${isUnanswered}) as unanswered,
               (select count(*)::int from contributions where host_id = ${host_id} and state = 'declined') as declined`,
  );
}

/** What each kind of account of a host holds now. Accounts that may be negative (the world, gateways) are summed from their movements. */
export type AccountTotal = { kind: string; owner: string; currency: Currency; accounts: number; balance_cents: bigint };

export function accountTotals(db: Db, host_id: string): Promise<AccountTotal[]> {
  return rows<AccountTotal>(
    db,
    sql`select a.kind, case when a.kind = 'clearing' then a.owner else '' end as owner, a.currency, count(*)::int as accounts,
               sum(case when a.stored then a.balance_cents else coalesce(m.cents, 0) end)::bigint as balance_cents
          from accounts a left join lateral (
            select coalesce((select sum(amount_cents) from movements where to_account = a.id), 0)
                 - coalesce((select sum(amount_cents) from movements where from_account = a.id), 0) as cents) m on not a.stored
         where a.host_id = ${host_id} group by 1, 2, 3
         order by array_position(array['bank', 'clearing', 'held', 'wallet', 'fund', 'tips', 'pot', 'payable', 'fees', 'vat', 'gateway_costs', 'receivable', 'outside'], a.kind), 2`,
  );
}

type OfProject = { slug: string; title: Texts; locale: Locale };

/** A transfer somebody announced. */
export type Expected = OfProject & {
  id: string;
  reference: string;
  name: string;
  total_cents: bigint;
  currency: Currency;
  started_at: Temporal.Instant;
  lapses_at: Temporal.Instant;
};

export function expectedTransfers(db: Db, host_id: string): Promise<Expected[]> {
  return rows<Expected>(
    db,
    sql`select c.id, c.reference, c.name, c.amount_cents + c.tip_cents as total_cents, c.currency, c.started_at, c.lapses_at, p.slug, p.title, p.locale
          from contributions c join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id
         where c.host_id = ${host_id} and c.method = 'transfer' and c.state = 'started' order by c.lapses_at, c.id limit 200`,
  );
}

export type ParkedLine = {
  id: string;
  host_id: string | null;
  gateway: string;
  /** What names it over there: the gateway's object, or the line of the bank statement. */
  gateway_object: string;
  /** When it happened over there, where that is known. */
  at: Temporal.Instant | null;
  contribution_id: string | null;
  reference: string | null;
  asked_cents: bigint | null;
  why: string;
  amount_cents: bigint | null;
  currency: Currency | null;
  parked_at: Temporal.Instant;
  resolved_at: Temporal.Instant | null;
  resolution: string | null;
  booked: boolean;
};

const parked_columns = sql`p.id, p.host_id, p.gateway, p.contribution_id, coalesce(p.details ->> 'reference', c.reference) as reference,
  coalesce(p.details ->> 'line', p.gateway_object) as gateway_object, (p.details ->> 'at')::timestamptz as at, c.amount_cents + c.tip_cents as asked_cents, p.why,
  p.amount_cents, p.currency, p.parked_at, p.resolved_at, p.resolution,
  exists (select from entries e where e.kind = 'money_parked' and e.subject_id = p.id) as booked`;

/** Money that fits nothing: what waits, oldest first, then what was resolved lately. */
export function parkedMoney(db: Db, host_id: string, nameless: boolean): Promise<ParkedLine[]> {
  return rows<ParkedLine>(
    db,
    sql`select ${parked_columns} from parked p left join contributions c on c.id = p.contribution_id
         where p.host_id = ${host_id} or (${nameless} and p.host_id is null)
         order by p.resolved_at is not null, p.resolved_at desc, p.parked_at limit 100`,
  );
}

export function parkedById(db: Db, host_id: string, nameless: boolean, id: string): Promise<ParkedLine | undefined> {
  return row<ParkedLine>(
    db,
    sql`select ${parked_columns} from parked p left join contributions c on c.id = p.contribution_id
         where p.id = ${id} and (p.host_id = ${host_id} or (${nameless} and p.host_id is null))`,
  );
}

/** A refund that waits for a treasurer: no gateway can send it, or none says what became of it. */
export type HandRefund = OfProject & {
  id: string;
  contribution_id: string;
  reference: string | null;
  name: string;
  email: string;
  amount_cents: bigint;
  currency: Currency;
  method: string;
  attempts: number;
  created_at: Temporal.Instant;
};

const refund_select = sql`select r.id, r.contribution_id, c.reference, c.name, c.email, r.amount_cents, r.currency, c.method, r.attempts, r.created_at, p.slug, p.title, p.locale
  from refunds r join contributions c on c.id = r.contribution_id join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id`;

export function refundsByHand(db: Db, host_id: string): Promise<HandRefund[]> {
  return rows<HandRefund>(
    db,
    sql`${refund_select} where c.host_id = ${host_id} and r.state = 'by_hand' order by r.created_at, r.id limit 200`,
  );
}

/** Refunds whose outcome the payment company does not say. */
export function refundsUnanswered(db: Db, host_id: string): Promise<HandRefund[]> {
  return rows<HandRefund>(
    db,
    sql`${refund_select} where c.host_id = ${host_id} and ${isUnanswered} order by r.created_at, r.id limit 200`,
  );
}

export function refundByHand(db: Db, host_id: string, id: string): Promise<HandRefund | undefined> {
  return row<HandRefund>(db, sql`${refund_select} where r.id = ${id} and c.host_id = ${host_id} and r.state = 'by_hand'`);
}

/** Cards that were declined, campaign by campaign. */
export type DeclinedLine = OfProject & {
  campaign_id: string;
  n: number;
  cents: bigint;
  currency: Currency;
  next_retry_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
};

export function declinedByCampaign(db: Db, host_id: string): Promise<DeclinedLine[]> {
  return rows<DeclinedLine>(
    db,
    sql`select k.id as campaign_id, p.slug, p.title, p.locale, k.currency, count(*)::int as n, sum(c.amount_cents + c.tip_cents)::bigint as cents,
               min(c.next_retry_at) as next_retry_at, max(c.grace_ends_at) as grace_ends_at
          from contributions c join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id
         where c.host_id = ${host_id} and c.state = 'declined' group by k.id, p.id order by min(c.grace_ends_at), k.id`,
  );
}

/** What people did with the money of a host, newest first. */
export type ActLine = Audited & { actor: string | null };

export function actsOnMoney(db: Db, host_id: string, limit = 30): Promise<ActLine[]> {
  return rows<ActLine>(
    db,
    sql`select a.id, a.at, a.actor_id, a.act, a.target_kind, a.target_id, a.before, a.after, a.reason, m.name as actor
          from audit a left join people m on m.id = a.actor_id
         where (a.target_kind = 'contribution' and exists (select from contributions c where c.id = a.target_id and c.host_id = ${host_id}))
            or (a.target_kind = 'parked' and exists (select from parked p where p.id = a.target_id and p.host_id = ${host_id}))
            or (a.target_kind = 'refund' and exists (select from refunds r join contributions c on c.id = r.contribution_id where r.id = a.target_id and c.host_id = ${host_id}))
            or (a.target_kind = 'campaign' and exists (select from campaigns k where k.id = a.target_id and k.host_id = ${host_id}))
         order by a.id desc limit ${limit}`,
  );
}
