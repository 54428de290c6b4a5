import { auditAct } from '../activity/index.ts';
import { refuse } from '../kit/index.ts';
import { type Db, row, sql, transact } from '../platform/db.ts';
import { park } from './park.ts';

/** A line of the bank statement that fits nothing. Cents of the host's currency; `line`: how the statement itself names it. */
export type Stray = {
  host_id: string;
  cents: bigint;
  currency: string;
  at: Temporal.Instant;
  line: string;
  /** What the payer wrote, as the treasurer reads it; it may name a contribution. */
  reference: string | null;
};

/**
 * Money that arrived and fits nothing: a transfer without a reference we know, or one that came a second time. It is parked and booked.
 * Day and line make it unique, so a form sent twice parks it once. Refusal: `line_is_parked_already`.
 */
export async function parkStray(db: Db, treasurer_id: string, stray: Stray): Promise<void> {
  const { host_id, line, reference, cents, currency, at } = stray;
  await transact(db, async (trx) => {
    const known = await row<{ id: string | null; seen: boolean }>(
      trx,
      sql`select (select id from contributions where reference = ${reference} and host_id = ${host_id}) as id,
                 exists (select from parked where gateway = 'transfer' and gateway_object = ${objectOf(stray)}) as seen`,
    );
    const fact = { gateway: 'transfer', outcome: 'collected', live: false, payment_id: '', amount_cents: cents } as const;
    const about = { host_id, contribution_id: known?.id ?? null };
    const parked_id = known?.seen
      ? null
      : await park(trx, { ...fact, gateway_object: objectOf(stray), currency, at }, 'fits_nothing', about, { line, reference });
    if (!parked_id) return refuse('line_is_parked_already', 409, { fields: { line: 'line_is_parked_already' } });
    const after = { cents, reference, line };
    await auditAct(trx, { actor_id: treasurer_id, act: 'stray_parked', target_kind: 'parked', target_id: parked_id, after });
  });
}

function objectOf({ host_id, at, line }: Stray): string {
  return `${host_id}/${at}/${line}`;
}
