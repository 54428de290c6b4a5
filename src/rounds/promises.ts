import type { Promises } from '../platform/promises.ts';

/** What must never be false of campaigns and their rounds. Each returns no row. */
export const promises: Promises = {
  round_closes_in_time: `
    select id, state, ends_at from campaigns where state in ('round_one', 'round_two') and ends_at < moment() - interval '1 day'`,
  campaign_closed_once: `
    select campaign_id, kind, count(*) from events
     where kind in ('campaign_collecting', 'campaign_round_two', 'campaign_funded', 'campaign_failed', 'campaign_stopped')
     group by campaign_id, kind having count(*) > 1`,
  secured_campaign_never_fails: `
    select id, state from campaigns where state = 'failed' and secured_at is not null`,
  funded_reached_its_minimum: `
    select id, final_collected_cents, minimum_cents from campaigns
     where state in ('funded', 'fulfilled') and final_collected_cents * 10000 < minimum_cents * (10000 - tolerance_bp)`,
  ended_campaign_has_its_figures: `
    select id, state from campaigns where state in ('funded', 'fulfilled', 'failed', 'stopped') and (closed_at is null or final_collected_cents is null)`,
  stop_is_audited: `
    select k.id from campaigns k where k.state = 'stopped'
       and (select count(*) from audit a where a.target_id = k.id and a.act = 'campaign_stopped') <> 1`,
  running_campaign_has_its_end: `
    select id, state from campaigns where state in ('round_one', 'collecting', 'round_two')
       and (opened_at is null or ends_at is null or (state = 'collecting' and grace_ends_at is null))`,
};
