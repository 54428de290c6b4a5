import type { Promises } from '../platform/promises.ts';

/** What must never be false of figures and lists: they say what the books and the projects say. */
export const promises: Promises = {
  held_equals_the_open_accounts: `
    select coalesce(m.host_id, a.host_id) as host_id, m.cents as open_accounts_cents, a.cents as balance_cents
      from (select host_id, currency, sum(collected_cents + moved_in_cents - returned_cents - paid_out_cents) as cents
              from stats_money group by host_id, currency) m
      full join (select host_id, currency, sum(balance_cents) as cents from accounts where kind = 'held' group by host_id, currency) a
        on a.host_id = m.host_id and a.currency = m.currency
     where coalesce(m.cents, 0) <> coalesce(a.cents, 0)`,
  every_listing_is_current: `
    select c.project_id, c.campaign_id, c.state, l.tags
      from (select distinct on (project_id) * from stats_campaigns order by project_id, run desc) c
      left join listings l on l.project_id = c.project_id
     where l.project_id is null or l.campaign_id <> c.campaign_id or l.live <> c.live
        or (not c.live and l.raised_cents <> c.raised_cents)
        or not l.tags @> array['state:' || case c.state when 'round_two' then 'second_round' when 'fulfilled' then 'funded' else c.state end]`,
};
