import type { Promises } from '../platform/promises.ts';

/** What must never be false of contributions, payments and refunds (money.md 3, 4, 5, 8, 9, 10, 11). Each returns no row. */
export const promises: Promises = {
  totals_equal_contributions: `
    select t.campaign_id, t.secured_cents, t.collected_cents, t.declined_cents, t.contributions from campaign_totals t
      left join (select campaign_id, coalesce(sum(amount_cents) filter (where state = 'secured'), 0) as secured,
                        coalesce(sum(amount_cents) filter (where state in ('collected', 'disputed')), 0) as collected,
                        coalesce(sum(amount_cents) filter (where state = 'declined'), 0) as declined,
                        count(*) filter (where state in ('secured', 'collected', 'declined', 'disputed')) as live
                   from contributions group by campaign_id) c on c.campaign_id = t.campaign_id
     where (t.secured_cents, t.collected_cents, t.declined_cents, t.contributions)
           is distinct from (coalesce(c.secured, 0), coalesce(c.collected, 0), coalesce(c.declined, 0), coalesce(c.live, 0))`,
  collected_is_held: `
    select t.campaign_id, t.collected_cents, coalesce(a.balance_cents, 0) as held_cents from campaign_totals t
      join campaigns k on k.id = t.campaign_id
      left join accounts a on a.host_id = k.host_id and a.kind = 'held' and a.owner = t.campaign_id::text and a.currency = k.currency
      left join (select m.from_account, sum(m.amount_cents) as cents from movements m join accounts o on o.id = m.to_account
                  where o.kind in ('payable', 'fees', 'vat') group by m.from_account) paid on paid.from_account = a.id
     where t.collected_cents <> coalesce(a.balance_cents, 0) + coalesce(paid.cents, 0)`,
  collected_once: `
    select contribution_id from payments where state = 'collected' group by contribution_id having count(*) > 1`,
  collected_is_booked: `
    select c.id, c.state from contributions c
     where c.collected_at is not null and c.method <> 'redirect'
       and not exists (select from entries e where e.kind = 'contribution_collected' and e.subject_id = c.id)
    union all
    select e.subject_id, 'booked only' from entries e where e.kind = 'contribution_collected'
       and not exists (select from contributions c where c.id = e.subject_id and c.collected_at is not null)`,
  ended_is_booked: `
    select c.id, c.state from contributions c
     where c.state in ('refunded', 'credited', 'redirected')
       and not exists (select from entries e where e.kind = 'contribution_' || c.state and e.subject_id = c.id)`,
  refund_rows_agree: `
    select r.id, r.state, c.state as contribution_state from refunds r join contributions c on c.id = r.contribution_id
     where (r.state = 'done') <> (c.state = 'refunded') or r.amount_cents <> c.amount_cents + c.tip_cents
    union all
    select c.id, 'no refund row', c.state from contributions c where c.state = 'refunded' and not exists (select from refunds r where r.contribution_id = c.id)`,
  failed_campaign_gave_everything_back: `
    select k.id, k.state, a.balance_cents from campaigns k
      join accounts a on a.host_id = k.host_id and a.kind = 'held' and a.owner = k.id::text and a.currency = k.currency
     where k.state in ('failed', 'stopped') and a.balance_cents <> 0
       and not exists (select from contributions c where c.campaign_id = k.id and c.state in ('started', 'secured', 'declined', 'collected', 'disputed'))`,
  no_method_kept_without_need: `
    select p.id, c.state from payments p join contributions c on c.id = p.contribution_id
     where p.method_token is not null and c.state not in ('started', 'secured', 'declined')`,
  reward_units_agree: `
    select r.id, r.units, r.taken, count(c.id) as held from rewards r
      left join contributions c on c.reward_id = r.id and c.state in ('started', 'secured', 'collected', 'declined', 'disputed')
     group by r.id having r.taken <> count(c.id) or r.taken < 0 or r.taken > r.units`,
  what_left_is_what_came: `
    select c.id, e.kind, sum(m.amount_cents) as cents from contributions c
      join entries e on e.subject_id = c.id and e.kind in ('contribution_refunded', 'contribution_credited', 'contribution_redirected')
      join movements m on m.entry_id = e.id join accounts f on f.id = m.from_account
     group by c.id, e.kind, c.amount_cents, c.tip_cents
    having sum(m.amount_cents) filter (where f.kind = 'held') is distinct from c.amount_cents
        or coalesce(sum(m.amount_cents) filter (where f.kind = 'tips'), 0)
           <> case e.kind when 'contribution_redirected' then 0 else c.tip_cents end`,
  nothing_passes_for_ever: `
    select id, state, 'contribution' as what from contributions where state = 'started' and lapses_at < moment() - interval '1 day'
    union all
    select id, state, 'contribution' from contributions where state = 'declined' and grace_ends_at < moment() - interval '1 day'
    union all
    select id, state, 'refund' from refunds where state in ('due', 'sent') and created_at < moment() - interval '2 days'
    union all
    select id, state, 'charge' from payments where purpose = 'collect' and state = 'asked' and created_at < moment() - interval '1 day'
    union all
    select id, state, 'campaign' from campaigns where state = 'collecting' and grace_ends_at < moment() - interval '1 day'
    union all
    select c.id, c.state, 'contribution' from contributions c join campaigns k on k.id = c.campaign_id
     where c.state in ('secured', 'declined') and k.state in ('failed', 'stopped') and k.closed_at < moment() - interval '1 day'`,
  acts_on_money_are_audited: `
    select c.id, 'transfer_received' as act from contributions c where c.method = 'transfer' and c.collected_at is not null
       and not exists (select from audit a where a.target_id = c.id and a.act = 'transfer_received')
    union all
    select c.id, 'cash_recorded' from contributions c where c.method = 'cash'
       and not exists (select from audit a where a.target_id = c.id and a.act = 'cash_recorded')
    union all
    select p.id, 'parked_resolved' from parked p where p.resolved_at is not null
       and (select count(*) from audit a where a.target_id = p.id and a.act = 'parked_resolved') <> 1`,
  parked_money_is_booked: `
    select p.id, p.why from parked p
     where p.host_id is not null and p.details ->> 'outcome' = 'collected' and p.amount_cents > 0
       and not exists (select from entries e where e.kind = 'money_parked' and e.subject_id = p.id)`,
  clearing_agrees_with_the_sandbox: `
    select 'paid_there_unknown_here' as what, s.id as object, s.amount_cents from (
        select id, client_key, amount_cents, ended_at as at from sandbox.checkouts where state = 'paid'
        union all select id, client_key, amount_cents, created_at from sandbox.charges where state = 'paid') s
      left join payments p on p.gateway = 'sandbox' and p.id::text = s.client_key and p.state in ('collected', 'parked')
     where p.id is null and s.at < moment() - interval '1 day'
    union all
    select 'collected_here_unknown_there', p.gateway_object, p.amount_cents from payments p
     where p.gateway = 'sandbox' and p.state = 'collected'
       and not exists (select from sandbox.checkouts k where k.id = p.gateway_object and k.state = 'paid' and k.amount_cents = p.amount_cents)
       and not exists (select from sandbox.charges h where h.id = p.gateway_object and h.state = 'paid' and h.amount_cents = p.amount_cents)
       and exists (select from sandbox.checkouts where client_key = p.id::text union all select from sandbox.charges where client_key = p.id::text)`,
  refunds_agree_with_the_sandbox: `
    select 'refunded_there_unknown_here' as what, s.id, s.amount_cents from sandbox.refunds s
     where s.state = 'done' and s.created_at < moment() - interval '1 day'
       and not exists (select from refunds r where r.id::text = s.client_key and r.state = 'done' and r.amount_cents = s.amount_cents)
    union all
    select 'refunded_here_unknown_there', r.id::text, r.amount_cents from refunds r
     where r.gateway = 'sandbox' and r.state = 'done' and r.failure is null
       and exists (select from payments p join sandbox.checkouts k on k.client_key = p.id::text where p.contribution_id = r.contribution_id)
       and not exists (select from sandbox.refunds s where s.client_key = r.id::text and s.state = 'done')`,
  tips_and_held_follow_collections: `
    select c.id from contributions c join entries e on e.kind = 'contribution_collected' and e.subject_id = c.id
      join movements m on m.entry_id = e.id join accounts a on a.id = m.to_account
     where a.kind in ('held', 'tips') group by c.id, c.amount_cents, c.tip_cents
    having sum(m.amount_cents) filter (where a.kind = 'held') <> c.amount_cents
        or coalesce(sum(m.amount_cents) filter (where a.kind = 'tips'), 0) <> c.tip_cents`,
};
