import { json, only, sql, type Trx } from '../platform/db.ts';

/** The kinds of account of money.md. `outside`, `clearing`, `gateway_costs` and `receivable` may be negative; the others may not. */
export type AccountKind =
  | 'outside'
  | 'clearing'
  | 'bank'
  | 'held'
  | 'wallet'
  | 'pot'
  | 'fund'
  | 'payable'
  | 'fees'
  | 'tips'
  | 'vat'
  | 'gateway_costs'
  | 'receivable';

type Account = readonly [kind: AccountKind, owner: string];

/** One source, one destination, a positive amount. Movements with the same (entry, subject, ordinal) form one entry. */
export type Movement = {
  entry: string;
  subject_id: string;
  ordinal: number;
  host_id: string;
  /** The campaign whose public ledger shows it; null for what concerns the host alone. */
  campaign_id: string | null;
  from: Account;
  to: Account;
  cents: bigint;
  currency: string;
};

/**
 * Writes movements into the ledger, all together, and moves the guarded balances with them. Amounts in cents; `at` is the moment
 * of the fact. Refused by the database when an entry exists already (`booked_twice`) or a guarded account would fall below zero
 * (`account_would_go_negative`). Rule: money.md, "The ledger". Locks accounts in the order of their ids, so call it last.
 */
export async function book(trx: Trx, at: Temporal.Instant, movements: Movement[]): Promise<void> {
  if (movements.length === 0) return;
  const lines = movements.map((m) => ({
    entry: m.entry,
    subject: m.subject_id,
    ordinal: m.ordinal,
    campaign: m.campaign_id,
    host: m.host_id,
    from_kind: m.from[0],
    from_owner: m.from[1],
    to_kind: m.to[0],
    to_owner: m.to[1],
    cents: m.cents,
    currency: m.currency,
  }));
  await only(trx, sql`select book(${at}, ${json(lines)})`);
}
