import { type Db, rows, sql } from '../platform/db.ts';

/**
 * Writes down the milestones a campaign has passed since it was last looked at: 20, 50, 90, 100, 200 % of the minimum; the 1st, 10th, 50th,
 * 100th, 500th, 1,000th contribution. Each once (the database keeps it so). Rule: domain.md 2, "Time".
 */
export async function markMilestones(db: Db, campaign_ids: readonly string[]): Promise<void> {
  if (campaign_ids.length === 0) return;
  await rows(
    db,
    sql`with standing as (
          select k.id, k.node_id, k.minimum_cents, t.contributions, t.secured_cents + t.collected_cents + t.declined_cents as raised_cents
            from campaigns k join campaign_totals t on t.campaign_id = k.id where k.id = any(${campaign_ids}::uuid[])
        ), passed as (
          select s.*, 'percent_' || p as milestone, p as n from standing s, unnest(array[20, 50, 90, 100, 200]) p where s.raised_cents * 100 >= s.minimum_cents * p
          union all
          select s.*, 'contribution_' || n, n from standing s, unnest(array[1, 10, 50, 100, 500, 1000]) n where s.contributions >= n
        )
        insert into events (at, kind, node_id, campaign_id, subject_id, data)
        select moment(), 'milestone_reached', node_id, id, id, jsonb_build_object('milestone', milestone, 'n', n) from passed
         order by id, n on conflict (campaign_id, (data ->> 'milestone')) where kind = 'milestone_reached' do nothing`,
  );
}
