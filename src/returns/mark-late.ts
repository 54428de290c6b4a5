import { recordAll } from '../activity/index.ts';
import { rows, sql, type Trx } from '../platform/db.ts';

/**
 * Returns whose date has passed and that nobody delivered become late, in public, each told by an event `return_late`. Safe to run at any
 * time and by any number of workers. The date is over when its day is over where the campaign lives. Answers how many became late.
 */
export async function markLate(trx: Trx): Promise<number> {
  const late = await rows<{ id: string; campaign_id: string; node_id: string }>(
    trx,
    sql`update returns r set state = 'late' from campaigns k
         where k.id = r.campaign_id and r.state = 'promised' and r.due_on < (moment() at time zone k.time_zone)::date
        returning r.id, r.campaign_id, k.node_id`,
  );
  await recordAll(
    trx,
    late.map((r) => ({ kind: 'return_late', node_id: r.node_id, campaign_id: r.campaign_id, subject_id: r.id })),
  );
  return late.length;
}
