import { auditAct, record } from '../activity/index.ts';
import { refuse } from '../kit/index.ts';
import { type Db, row, sql, transact } from '../platform/db.ts';

/**
 * A steward stops a campaign with a published reason; everything goes back (`tend` does it). Refusals: `reason_is_missing`,
 * `campaign_is_decided` when it is not running any more, or is another node's.
 */
export async function stopCampaign(
  db: Db,
  steward_id: string,
  node_id: string,
  campaign_id: string,
  reason: string,
): Promise<void> {
  if (reason.trim().length < 10) refuse('reason_is_missing', 422, { fields: { reason: 'reason_is_missing' } });
  await transact(db, async (trx) => {
    const stopped = await row<{ from_state: string }>(
      trx,
      sql`with old as (
            select k.id, k.state, coalesce(t.secured_cents + t.collected_cents + t.declined_cents, 0) as pledged_cents, coalesce(t.contributions, 0) as contributions,
                   coalesce(t.collected_cents, 0) as collected_cents
              from campaigns k left join campaign_totals t on t.campaign_id = k.id
             where k.id = ${campaign_id} and k.node_id = ${node_id} and k.state in ('scheduled', 'round_one', 'collecting', 'round_two') for update of k
          )
          update campaigns k set state = 'stopped', stop_reason = ${reason.trim()}, closed_at = moment(), final_collected_cents = old.collected_cents,
                 closing_pledged_cents = coalesce(k.closing_pledged_cents, old.pledged_cents),
                 closing_contributions = coalesce(k.closing_contributions, old.contributions)
            from old where k.id = old.id returning old.state as from_state`,
    );
    if (!stopped) return refuse('campaign_is_decided', 409);
    await auditAct(trx, {
      actor_id: steward_id,
      act: 'campaign_stopped',
      target_kind: 'campaign',
      target_id: campaign_id,
      before: { state: stopped.from_state },
      after: { state: 'stopped' },
      reason,
    });
    await record(trx, {
      kind: 'campaign_stopped',
      node_id,
      campaign_id,
      subject_id: campaign_id,
      person_id: steward_id,
      data: { from: stopped.from_state },
    });
  });
}
