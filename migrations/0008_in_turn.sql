-- Who gave to a campaign is shown by name, so that the order says nothing of when: beside the public ledger it would tell the amounts of those who
-- show only their name. Folding may make a name longer; sixty characters of it fit into an index, whatever they are.
create index contributions_by_name on contributions (campaign_id, (left(folded(name), 60)) collate "C", md5(id::text))
  where state in ('secured', 'collected', 'declined', 'disputed') and visibility in ('public', 'name_only');
-- Nothing is shown by time any more, and what is counted of a campaign is found by contributions_in_turn.
drop index contributions_recent;
-- What waits unpaid for a reward is counted each time somebody wants it.
create index contributions_unpaid on contributions (reward_id) where state = 'started' and reward_id is not null;
