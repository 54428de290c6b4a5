-- Closing a campaign takes contributions, then refunds, in the order of their ids: with the id in the index each batch finds its place at once,
-- however many came before.
create index contributions_in_turn on contributions (campaign_id, state, id);
drop index contributions_of_campaign;
drop index refunds_due;
create index refunds_due on refunds (next_try_at, id) where state in ('due', 'sent');
