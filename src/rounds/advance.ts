import { record } from '../activity/index.ts';
import { endOfRound } from '../kit/index.ts';
import { passing } from '../platform/crash.ts';
import { type Db, only, row, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { type CampaignState, type Course, type Standing, whatNext } from '../projects/index.ts';

type Campaign = Course & {
  id: string;
  node_id: string;
  project_id: string;
  round_days: number;
  grace_days: number;
  time_zone: string;
  now: Temporal.Instant;
};

/** Campaigns whose time may have come: opening, closing, or deciding. */
export async function campaignsToAdvance(db: Db): Promise<string[]> {
  const due = await rows<{ id: string }>(
    db,
    sql`select id from campaigns
         where (state = 'scheduled' and opened_at <= moment()) or (state in ('round_one', 'round_two') and ends_at < moment()) or state = 'collecting'
         order by coalesce(ends_at, opened_at), id`,
  );
  return due.map((campaign) => campaign.id);
}

/**
 * Moves a campaign on if it is time, exactly once with any number of workers: whoever holds its row decides, the others find it moved or
 * busy. The totals are locked before they are read, so nothing can be secured, collected or withdrawn between counting and deciding.
 * Answers the new state, or null. Rule: money.md, "Closing a round: two phases".
 */
export async function advance(db: Db, campaign_id: string): Promise<CampaignState | null> {
  return transact(db, async (trx) => {
    const campaign = await row<Campaign>(
      trx,
      sql`select id, node_id, project_id, state, rounds, minimum_cents, tolerance_bp, opened_at, ends_at, grace_ends_at, round_days, grace_days, time_zone,
                 moment() as now from campaigns where id = ${campaign_id} for update skip locked`,
    );
    if (!campaign) return null;
    const standing = await lockStanding(trx, campaign);
    const to = whatNext(campaign, standing, campaign.now);
    if (to === null) return null;
    await moveCampaign(trx, campaign, to, standing);
    passing('round_decided');
    return to;
  });
}

async function lockStanding(trx: Trx, campaign: Campaign): Promise<Standing & { pledged_contributions: bigint }> {
  await sql`select from campaign_totals where campaign_id = ${campaign.id} for update`.execute(trx);
  return only(
    trx,
    sql`select coalesce(sum(amount_cents) filter (where secured_at <= ${campaign.ends_at}), 0)::bigint as pledged_cents,
               count(*) filter (where secured_at <= ${campaign.ends_at}) as pledged_contributions,
               coalesce(sum(amount_cents) filter (where state = 'secured'), 0)::bigint as secured_cents,
               coalesce(sum(amount_cents) filter (where state in ('collected', 'disputed')), 0)::bigint as collected_cents,
               coalesce(sum(amount_cents) filter (where state = 'declined'), 0)::bigint as declined_cents
          from contributions where campaign_id = ${campaign.id} and state in ('secured', 'collected', 'declined', 'disputed')`,
  );
}

async function moveCampaign(
  trx: Trx,
  campaign: Campaign,
  to: CampaignState,
  standing: Standing & { pledged_contributions: bigint },
): Promise<void> {
  const { id, now } = campaign;
  const changes = {
    round_one: () => openRound(trx, id, campaign.opened_at ?? now, campaign),
    collecting: () =>
      run(
        trx,
        sql`update campaigns set state = 'collecting', round_one_ended_at = ${now}, grace_ends_at = ${now.add({ hours: 24 * campaign.grace_days })},
              closing_pledged_cents = ${standing.pledged_cents}, closing_contributions = ${standing.pledged_contributions} where id = ${id}`,
      ),
    round_two: () =>
      run(
        trx,
        sql`update campaigns set state = 'round_two', secured_at = ${now}, ends_at = ${endOfRoundTwo(campaign)} where id = ${id}`,
      ),
    funded: () => fund(trx, campaign, standing),
    failed: () =>
      run(
        trx,
        sql`update campaigns set state = 'failed', closed_at = ${now}, round_one_ended_at = coalesce(round_one_ended_at, ${now}),
              final_collected_cents = ${standing.collected_cents}, closing_pledged_cents = coalesce(closing_pledged_cents, ${standing.pledged_cents}),
              closing_contributions = coalesce(closing_contributions, ${standing.pledged_contributions}) where id = ${id}`,
      ),
  };
  await changes[to as keyof typeof changes]();
  const data = { from: campaign.state, pledged_cents: standing.pledged_cents, collected_cents: standing.collected_cents };
  await record(trx, { kind: `campaign_${to}`, node_id: campaign.node_id, campaign_id: id, subject_id: id, data });
}

/** The first round begins at `opened_at`; it ends at the end of a local day, stored as an instant once and for all. */
async function openRound(
  trx: Trx,
  campaign_id: string,
  opened_at: Temporal.Instant,
  of: { round_days: number; time_zone: string },
): Promise<void> {
  const ends_at = endOfRound(opened_at, of.round_days, of.time_zone);
  await run(
    trx,
    sql`update campaigns set state = 'round_one', opened_at = ${opened_at}, ends_at = ${ends_at} where id = ${campaign_id}`,
  );
  await run(trx, sql`insert into campaign_totals (campaign_id) values (${campaign_id}) on conflict do nothing`);
  await run(trx, sql`select account(host_id, 'held', id::text, currency) from campaigns where id = ${campaign_id}`);
}

/** Round two follows round one without a gap when collecting took less than a day; otherwise it has its full length from now on. */
function endOfRoundTwo(campaign: Campaign): Temporal.Instant {
  const { ends_at, now, round_days, time_zone } = campaign;
  const at_once = ends_at !== null && Temporal.Instant.compare(now, ends_at.add({ hours: 24 })) <= 0;
  return endOfRound(at_once ? ends_at.subtract({ nanoseconds: 1 }) : now, round_days, time_zone);
}

async function fund(trx: Trx, campaign: Campaign, standing: Standing): Promise<void> {
  const { id, now } = campaign;
  await run(
    trx,
    sql`update campaigns set state = 'funded', secured_at = coalesce(secured_at, ${now}), closed_at = ${now},
          final_collected_cents = ${standing.collected_cents} where id = ${id}`,
  );
  await run(
    trx,
    sql`update returns set due_on = ((${now}::timestamptz at time zone ${campaign.time_zone})::date + make_interval(months => due_months))::date
         where campaign_id = ${id} and due_on is null`,
  );
}
