import { type Db, row, sql } from '../platform/db.ts';
import type { AccountKind } from './ledger.ts';

/** What a guarded account holds now, in cents; 0 when it was never used. */
export async function balanceOf(db: Db, host_id: string, kind: AccountKind, owner: string, currency: string): Promise<bigint> {
  const found = await row<{ balance_cents: bigint }>(
    db,
    sql`select balance_cents from accounts where host_id = ${host_id} and kind = ${kind} and owner = ${owner} and currency = ${currency}`,
  );
  return found?.balance_cents ?? 0n;
}
