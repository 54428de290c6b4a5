-- Money: ledger, contributions, payments through gateways, refunds, parked money.

-- A movement has one source and one destination: "unbalanced" cannot be written down (money.md).
create table accounts (
  id uuid primary key,
  host_id uuid not null references hosts,
  kind text not null check (kind in ('outside', 'clearing', 'bank', 'held', 'wallet', 'pot', 'fund', 'payable',
                                     'fees', 'tips', 'vat', 'gateway_costs', 'receivable')),
  owner text not null,                   -- campaign, person, node, project id; gateway name; '' for the host itself
  currency text not null,
  stored boolean not null,               -- keeps a running balance, guarded at zero; the others are summed
  balance_cents bigint not null default 0,
  constraint account_would_go_negative check (balance_cents >= 0),
  constraint only_guarded_balances_are_stored check (stored or balance_cents = 0),
  unique (host_id, kind, owner, currency)
) with (fillfactor = 70);

create table entries (                   -- one business fact, bookable once
  id bigint generated always as identity primary key,
  kind text not null,
  subject_id uuid not null,
  ordinal int not null default 0,
  at timestamptz not null,
  constraint booked_twice unique (kind, subject_id, ordinal)
);
create table movements (
  id bigint generated always as identity primary key,
  entry_id bigint not null references entries,
  campaign_id uuid,                      -- whose public ledger shows it
  from_account uuid not null references accounts,
  to_account uuid not null references accounts,
  amount_cents bigint not null check (amount_cents > 0),
  currency text not null,
  check (from_account <> to_account)
);
create index movements_of_entry on movements (entry_id);
create index movements_of_campaign on movements (campaign_id, id);
create index movements_from on movements (from_account);
create index movements_to on movements (to_account);
create trigger never_changed before update or delete on entries for each row execute function refuse_change();
create trigger never_changed before update or delete on movements for each row execute function refuse_change();
create trigger never_emptied before truncate on entries execute function refuse_change();
create trigger never_emptied before truncate on movements execute function refuse_change();

-- The account of that kind and owner, opened the first time somebody needs it.
create function account(host uuid, kind text, owner text, currency text) returns uuid language plpgsql as $$
declare found_id uuid;
begin
  select a.id into found_id from accounts a
   where a.host_id = account.host and a.kind = account.kind and a.owner = account.owner and a.currency = account.currency;
  if found_id is null then
    insert into accounts (id, host_id, kind, owner, currency, stored)
    values (gen_random_uuid(), account.host, account.kind, account.owner, account.currency,
            account.kind not in ('outside', 'clearing', 'gateway_costs', 'receivable'))
    on conflict do nothing;
    select a.id into found_id from accounts a
     where a.host_id = account.host and a.kind = account.kind and a.owner = account.owner and a.currency = account.currency;
  end if;
  return found_id;
end $$;

create table contributions (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  host_id uuid not null references hosts,
  node_id uuid not null references nodes,        -- the project's
  made_node_id uuid not null references nodes,   -- where it was made
  giver_node_id uuid references nodes,           -- the giver's own
  person_id uuid references people,
  email text not null,
  name text not null,
  locale text not null,
  amount_cents bigint not null,
  tip_cents bigint not null default 0,
  currency text not null,
  reward_id uuid references rewards,
  reward_answer text,
  address text,
  wish uuid[] not null default '{}',             -- budget lines it would rather pay for
  message text,
  visibility text not null check (visibility in ('public', 'name_only', 'anonymous')),
  if_failed text not null check (if_failed in ('back_to_me', 'wallet', 'another_campaign', 'node_fund')),
  redirect_campaign_id uuid references campaigns,
  method text not null,                          -- the gateway
  reference text unique,                         -- what a bank transfer must quote (kit/ids)
  state text not null default 'started',
  standby boolean not null default false,        -- made during collecting: fills gaps
  started_at timestamptz not null,
  lapses_at timestamptz,                         -- a checkout that is not finished by then frees its reservation
  secured_at timestamptz,                        -- when the gateway made sure of it
  collected_at timestamptz,
  ended_at timestamptz,
  declines int not null default 0,
  next_retry_at timestamptz,
  grace_ends_at timestamptz,                     -- a declined one may be mended until then
  form_key text unique,                          -- one form, one contribution: double click, back, two tabs
  constraint amount_is_too_small check (amount_cents > 0),
  constraint tip_is_negative check (tip_cents >= 0),
  constraint own_wallet_only check (method <> 'wallet' or person_id is not null),
  constraint wallet_needs_account check (if_failed <> 'wallet' or person_id is not null),
  constraint redirect_names_campaign check (if_failed <> 'another_campaign' or redirect_campaign_id is not null)
);
create index contributions_of_campaign on contributions (campaign_id, state);
create index contributions_recent on contributions (campaign_id, secured_at desc, id desc) where state in ('secured', 'collected', 'declined', 'disputed');
create index contributions_of_person on contributions (person_id, started_at desc) where person_id is not null;
create index contributions_of_email on contributions (lower(email)) where person_id is null;
create index contributions_lapsing on contributions (lapses_at) where state = 'started';
create index contributions_retrying on contributions (next_retry_at) where state = 'declined';
create index contributions_of_reward on contributions (reward_id) where reward_id is not null;

create table contribution_edges (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into contribution_edges values
  ('started', 'secured'), ('started', 'collected'), ('started', 'lapsed'), ('started', 'withdrawn'),
  ('secured', 'collected'), ('secured', 'declined'), ('secured', 'released'), ('secured', 'withdrawn'),
  ('declined', 'collected'), ('declined', 'declined'), ('declined', 'secured'), ('declined', 'lapsed'), ('declined', 'released'), ('declined', 'withdrawn'),
  ('collected', 'refunded'), ('collected', 'credited'), ('collected', 'redirected'),
  ('collected', 'disputed'), ('disputed', 'collected'), ('disputed', 'charged_back');
create function refuse_contribution_edge() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'started' then
      raise exception 'a contribution begins as started, not as %', new.state using errcode = 'check_violation', constraint = 'contribution_edge';
    end if;
  elsif not exists (select from contribution_edges where from_state = old.state and to_state = new.state) then
    raise exception 'a contribution cannot go from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'contribution_edge';
  end if;
  return new;
end $$;
create trigger contribution_begins before insert on contributions for each row when (new.state <> 'started') execute function refuse_contribution_edge();
create trigger contribution_edge before update of state on contributions for each row when (old.state is distinct from new.state)
  execute function refuse_contribution_edge();

-- One row for each thing we asked a gateway to do: a checkout (setup or payment), a later collection (one row an attempt), or a mending.
create table payments (
  id uuid primary key,                           -- our id, and the idempotency key of the call
  contribution_id uuid not null references contributions,
  gateway text not null,
  purpose text not null check (purpose in ('secure', 'pay', 'collect')),
  attempt int not null default 1,
  amount_cents bigint not null check (amount_cents > 0),  -- contribution and tip
  currency text not null,
  live boolean not null default false,
  state text not null default 'asked' check (state in ('asked', 'secured', 'collected', 'declined', 'abandoned', 'parked')),
  gateway_object text,
  method_token text,                             -- what the gateway lets us charge later; forgotten afterwards
  failure text,
  created_at timestamptz not null,
  asked_again_at timestamptz,                    -- the poller's last look
  settled_at timestamptz,
  unique (contribution_id, purpose, attempt),
  constraint gateway_object_known_once unique (gateway, gateway_object)
);
create index payments_silent on payments (created_at) where state in ('asked', 'abandoned');

create table webhooks (                          -- the inbox: stored raw once, answered at once, handled afterwards
  id bigint generated always as identity primary key,
  gateway text not null,
  event_id text not null,
  body text not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  outcome text,
  unique (gateway, event_id)
);
create index webhooks_waiting on webhooks (id) where handled_at is null;

create table parked (                            -- strangers' money is parked, never dropped: a treasurer decides
  id uuid primary key,
  host_id uuid references hosts,
  gateway text not null,
  gateway_object text not null,
  contribution_id uuid references contributions,
  why text not null,
  amount_cents bigint,
  currency text,
  details jsonb not null default '{}',
  parked_at timestamptz not null,
  resolved_at timestamptz,
  resolution text
);
-- The same report parks once; another transfer with the same reference may come when the first one is resolved.
create unique index parked_once on parked (gateway, gateway_object, why) where resolved_at is null;

create table refunds (                           -- written before the gateway is called; the id is the idempotency key
  id uuid primary key,
  contribution_id uuid not null references contributions,
  payment_id uuid references payments,
  gateway text not null,
  amount_cents bigint not null check (amount_cents > 0),
  currency text not null,
  state text not null default 'due' check (state in ('due', 'sent', 'refused', 'by_hand', 'done')),
  reason text not null,
  attempts int not null default 0,
  next_try_at timestamptz,
  failure text,
  gateway_object text,
  created_at timestamptz not null,
  done_at timestamptz,
  constraint refunded_once unique (contribution_id)
);
create index refunds_due on refunds (next_try_at) where state in ('due', 'sent');

-- The sandbox gateway's own books: another company's database as far as we are concerned, kept in its own schema.
create schema sandbox;
create table sandbox.checkouts (
  id text primary key,
  merchant text not null,
  client_key text not null unique,               -- the merchant's idempotency key
  purpose text not null,                         -- secure: save the card for later; pay: now
  amount_cents bigint not null,
  currency text not null,
  description text not null,
  locale text not null,
  return_url text not null,
  expires_at timestamptz not null,
  state text not null default 'open',            -- open, secured, paid, declined
  token text,                                    -- the saved card
  card text,                                     -- last digits, and the script it follows
  created_at timestamptz not null,
  ended_at timestamptz
);
create table sandbox.charges (
  id text primary key,
  client_key text not null unique,
  checkout_id text not null references sandbox.checkouts,
  amount_cents bigint not null,
  currency text not null,
  state text not null,                           -- paid, declined
  created_at timestamptz not null
);
create index charges_of_checkout on sandbox.charges (checkout_id);
create table sandbox.refunds (
  id text primary key,
  client_key text not null unique,
  object_id text not null,
  amount_cents bigint not null,
  state text not null,                           -- done, refused
  created_at timestamptz not null
);
create table sandbox.deliveries (                -- webhooks on their way; scripted to be late, doubled or lost
  id bigint generated always as identity primary key,
  event_id text not null,
  body text not null,
  due_at timestamptz not null,
  delivered_at timestamptz
);
create index deliveries_waiting on sandbox.deliveries (due_at) where delivered_at is null;

-- Books entries with their movements: the only way into the ledger. Balances of guarded accounts move with them, locked in the
-- order of their ids, last and once. An entry that exists already is refused (booked_twice), a balance below zero too.
create function book(booked_at timestamptz, lines jsonb) returns int language plpgsql as $$
declare written int;
declare posted bigint[];
begin
  with line as (
    select * from jsonb_to_recordset(lines) as x(entry text, subject uuid, ordinal int, campaign uuid, host uuid,
      from_kind text, from_owner text, to_kind text, to_owner text, cents bigint, currency text)
  ), entry as (
    insert into entries (kind, subject_id, ordinal, at)
    select distinct line.entry, line.subject, line.ordinal, booked_at from line
    returning id, kind, subject_id, ordinal
  ), movement as (
    insert into movements (entry_id, campaign_id, from_account, to_account, amount_cents, currency)
    select entry.id, line.campaign, account(line.host, line.from_kind, line.from_owner, line.currency),
           account(line.host, line.to_kind, line.to_owner, line.currency), line.cents, line.currency
      from line join entry on (entry.kind, entry.subject_id, entry.ordinal) = (line.entry, line.subject, line.ordinal)
    returning entry_id
  )
  select array_agg(distinct entry_id), count(*) into posted, written from movement;

  perform from accounts where stored and id in (
    select from_account from movements where entry_id = any(posted)
    union select to_account from movements where entry_id = any(posted))
    order by id for update;
  update accounts a set balance_cents = a.balance_cents + d.cents
    from (select id, sum(cents) as cents from (
            select from_account as id, -amount_cents as cents from movements where entry_id = any(posted)
            union all select to_account, amount_cents from movements where entry_id = any(posted)) m group by id) d
   where a.id = d.id and a.stored and d.cents <> 0;
  return written;
end $$;
