import { auditAct } from '../activity/index.ts';
import { finishRefunds } from '../contributions/index.ts';
import { refuse } from '../kit/index.ts';
import { type Db, row, sql, transact } from '../platform/db.ts';

/**
 * A treasurer sent a refund no gateway could send: from now on it is done, in the books too. Two people who press at once do it once.
 * @throws Refusal `refund_is_not_waiting` (409): it was done, or is another host's
 */
export async function refundSent(db: Db, treasurer_id: string, host_id: string, refund_id: string): Promise<void> {
  await transact(db, async (trx) => {
    const refund = await row<{ amount_cents: bigint; contribution_id: string }>(
      trx,
      sql`select r.amount_cents, r.contribution_id from refunds r join contributions c on c.id = r.contribution_id
           where r.id = ${refund_id} and c.host_id = ${host_id} and r.state = 'by_hand' for update of r`,
    );
    if (!refund) return refuse('refund_is_not_waiting', 409);
    const after = { amount_cents: refund.amount_cents, contribution_id: refund.contribution_id };
    await auditAct(trx, {
      actor_id: treasurer_id,
      act: 'refund_sent_by_hand',
      target_kind: 'refund',
      target_id: refund_id,
      after,
    });
    const moved = await finishRefunds(trx, [refund_id], 'by_hand');
    if (moved.length !== 1) refuse('refund_is_not_waiting', 409);
  });
}
