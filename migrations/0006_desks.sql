-- What the desks ask: what was done to a thing, what happened in a node, which cash came in.
create index audit_of_target on audit (target_id, id);
create index events_of_node on events (node_id, id desc) where node_id is not null;
create index contributions_cash on contributions (node_id, started_at desc) where method = 'cash';
