-- Closing a campaign takes contributions, then refunds, in the order of their ids: with the id in the index each batch finds its place at once,
-- however many came before.
create index contributions_in_turn on contributions (campaign_id, state, id);
drop index contributions_of_campaign;
drop index refunds_due;
create index refunds_due on refunds (next_try_at, id) where state in ('due', 'sent');
-- The public ledger of a campaign, newest first: without the id the database reads every movement there is when this account has few or none.
drop index movements_from;
drop index movements_to;
create index movements_from on movements (from_account, id);
create index movements_to on movements (to_account, id);
