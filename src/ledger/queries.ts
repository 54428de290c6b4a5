import { type Db, row, rows, sql } from '../platform/db.ts';
import type { AccountKind } from './ledger.ts';

/** What a guarded account holds now, in cents; 0 when it was never used. */
export async function balanceOf(db: Db, host_id: string, kind: AccountKind, owner: string, currency: string): Promise<bigint> {
  const found = await row<{ balance_cents: bigint }>(
    db,
    sql`select balance_cents from accounts where host_id = ${host_id} and kind = ${kind} and owner = ${owner} and currency = ${currency}`,
  );
  return found?.balance_cents ?? 0n;
}

/** A line of a public ledger: nothing of the person, only the fact, its accounts and its amount. */
export type LedgerLine = {
  id: bigint;
  at: Temporal.Instant;
  entry: string;
  subject_id: string;
  from_kind: AccountKind;
  from_owner: string;
  to_kind: AccountKind;
  to_owner: string;
  amount_cents: bigint;
  currency: string;
};

/** The movements of one campaign, newest first: `limit` lines before the movement `before` (null: from the newest). */
export async function ledgerOf(db: Db, campaign_id: string, before: bigint | null, limit: number): Promise<LedgerLine[]> {
  return rows<LedgerLine>(
    db,
    sql`select m.id, e.at, e.kind as entry, e.subject_id, f.kind as from_kind, f.owner as from_owner, t.kind as to_kind,
               t.owner as to_owner, m.amount_cents, m.currency
          from movements m join entries e on e.id = m.entry_id
          join accounts f on f.id = m.from_account join accounts t on t.id = m.to_account
         where (m.campaign_id = ${campaign_id} or (t.kind = 'held' and t.owner = ${campaign_id}::text))
           and (${before}::bigint is null or m.id < ${before})
         order by m.id desc limit ${limit}`,
  );
}

/** The movements of one person's wallet at a host, newest first. `amount_cents` is negative when money left it. */
export type WalletLine = { at: Temporal.Instant; entry: string; subject_id: string; amount_cents: bigint };

export async function walletLines(db: Db, host_id: string, person_id: string, limit: number): Promise<WalletLine[]> {
  return rows<WalletLine>(
    db,
    sql`select e.at, e.kind as entry, e.subject_id, case when m.to_account = a.id then m.amount_cents else -m.amount_cents end as amount_cents
          from accounts a join movements m on a.id in (m.from_account, m.to_account) join entries e on e.id = m.entry_id
         where a.host_id = ${host_id} and a.kind = 'wallet' and a.owner = ${person_id}::text
         order by m.id desc limit ${limit}`,
  );
}
