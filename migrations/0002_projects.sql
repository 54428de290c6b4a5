-- Projects (the lasting thing), campaigns (one run of asking), rewards, collective returns, and the reference tables they use.

create table categories (id text primary key, position int not null, name jsonb not null);
create table commitments (id text primary key, position int not null, name jsonb not null, goals int[] not null default '{}');
create table goals (id int primary key, name jsonb not null);
create table licences (
  id text primary key,
  position int not null,
  spdx text,
  name text not null,
  short_name text not null,
  url text,
  open_definition boolean not null,
  osi boolean not null,
  oshwa boolean not null,
  non_commercial boolean not null,
  no_derivatives boolean not null,
  return_types text[] not null
);
create table return_types (id text primary key, position int not null, name jsonb not null);

create table projects (
  id uuid primary key,
  node_id uuid not null references nodes,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  locale text not null,                  -- the language it was written in
  title jsonb not null,                  -- {en?, fr?, es?}: the original and its translations
  claim jsonb not null,
  sections jsonb not null default '{}',  -- {what: {fr: markdown}, why, open, team, how, last, about}
  cover text,                            -- null: drawn from the slug
  video text,
  place text not null,
  region text,
  latitude double precision,
  longitude double precision,
  scope text not null check (scope in ('local', 'regional', 'national', 'global')),
  categories text[] not null,
  commitment_id text references commitments,
  goals int[] not null default '{}',
  keywords text[] not null default '{}',
  promoter_id uuid references people,
  promoter_name text not null,
  companion jsonb,                       -- {name, url?}
  demonstration boolean not null default false,
  facts jsonb not null default '{}',     -- what is known and from where: {sources: [], notes: {en, fr, es}}
  created_at timestamptz not null,
  search tsvector not null default ''    -- folded words (kit/text fold): title A, claim and keywords B, place and node C, sections D
);
create index projects_search on projects using gin (search);
create index projects_categories on projects using gin (categories);
create index projects_node on projects (node_id);

create table campaigns (
  id uuid primary key,
  project_id uuid not null references projects,
  node_id uuid not null references nodes,
  host_id uuid not null references hosts,
  run int not null default 1,
  state text not null default 'draft',
  currency text not null,
  minimum_cents bigint not null check (minimum_cents > 0),
  optimum_cents bigint not null,
  rounds int not null default 2 check (rounds in (1, 2)),
  round_days int not null default 40 check (round_days between 1 and 365),
  time_zone text not null,
  tolerance_bp int not null default 500 check (tolerance_bp between 0 and 10000),
  grace_days int not null default 7,
  opened_at timestamptz,
  ends_at timestamptz,                   -- the end of the round that runs now, or of the last one
  round_one_ended_at timestamptz,        -- set when that round is closed
  grace_ends_at timestamptz,             -- collecting lasts at most until then
  secured_at timestamptz,                -- the minimum was collected: later refunds never fail the campaign
  closed_at timestamptz,                 -- funded, failed or stopped
  stop_reason text,
  closing_pledged_cents bigint,          -- what stood pledged when round one closed (kept when everything goes back)
  closing_contributions int,
  final_collected_cents bigint,          -- what was collected when the campaign ended
  constraint optimum_below_minimum check (optimum_cents >= minimum_cents),
  unique (project_id, run)
);
create unique index one_live_campaign on campaigns (project_id)
  where state in ('draft', 'in_review', 'changes_requested', 'scheduled', 'round_one', 'collecting', 'round_two', 'open');
create index campaigns_due on campaigns (state, ends_at) where state in ('round_one', 'collecting', 'round_two');
create index campaigns_node on campaigns (node_id, state);
create index campaigns_state on campaigns (state, ends_at);

-- The only moves a campaign may make (domain.md 2). The database refuses any other.
create table campaign_edges (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into campaign_edges values
  ('draft', 'in_review'), ('in_review', 'changes_requested'), ('changes_requested', 'in_review'),
  ('in_review', 'scheduled'), ('scheduled', 'round_one'), ('in_review', 'rejected'),
  ('round_one', 'failed'), ('round_one', 'collecting'),
  ('collecting', 'round_two'), ('collecting', 'funded'), ('collecting', 'failed'),
  ('round_two', 'funded'), ('funded', 'fulfilled'),
  ('draft', 'withdrawn'), ('in_review', 'withdrawn'), ('changes_requested', 'withdrawn'), ('scheduled', 'withdrawn'),
  ('scheduled', 'stopped'), ('round_one', 'stopped'), ('collecting', 'stopped'), ('round_two', 'stopped'),
  ('scheduled', 'open'), ('open', 'closed'), ('open', 'stopped');
create function refuse_campaign_edge() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' then
      raise exception 'a campaign begins as a draft, not as %', new.state using errcode = 'check_violation', constraint = 'campaign_edge';
    end if;
  elsif not exists (select from campaign_edges where from_state = old.state and to_state = new.state) then
    raise exception 'a campaign cannot go from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'campaign_edge';
  end if;
  return new;
end $$;
create trigger campaign_begins before insert on campaigns for each row execute function refuse_campaign_edge();
create trigger campaign_edge before update of state on campaigns for each row when (old.state is distinct from new.state)
  execute function refuse_campaign_edge();

-- What stands on a campaign now, kept in the same statement that moves a contribution, compared with the rows by a promise.
create table campaign_totals (
  campaign_id uuid primary key references campaigns,
  secured_cents bigint not null default 0 check (secured_cents >= 0),
  collected_cents bigint not null default 0 check (collected_cents >= 0),
  declined_cents bigint not null default 0 check (declined_cents >= 0),
  contributions int not null default 0 check (contributions >= 0)   -- secured + collected + declined in grace (+ disputed)
) with (fillfactor = 50);

create table budget_lines (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  position int not null,
  kind text not null check (kind in ('task', 'infrastructure', 'material', 'other')),
  title jsonb not null,
  why jsonb not null default '{}',
  amount_cents bigint not null check (amount_cents > 0),
  essential boolean not null,
  starts_on date,
  ends_on date,
  unique (campaign_id, position)
);

create table rewards (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  position int not null,
  type text not null check (type in ('product', 'service', 'file', 'thanks', 'other')),
  title jsonb not null,
  about jsonb not null default '{}',
  amount_cents bigint not null check (amount_cents > 0),
  units int check (units > 0),
  taken int not null default 0,          -- reserved by a checkout or held by a live contribution
  delivery_on date,
  question jsonb,
  needs_address boolean not null default false,
  symbolic boolean not null default true,
  demonstration boolean not null default false,
  note jsonb,
  constraint reward_is_sold_out check (taken >= 0 and (units is null or taken <= units)),
  unique (campaign_id, position)
) with (fillfactor = 70);

create table asks (
  id uuid primary key,
  campaign_id uuid not null references campaigns,
  position int not null,
  type text not null,
  title jsonb not null,
  why jsonb not null default '{}',
  quantity numeric not null default 1,
  unit text not null default 'pieces',
  place text,
  remote boolean not null default false,
  unique (campaign_id, position)
);

create table returns (
  id uuid primary key,
  project_id uuid not null references projects,
  campaign_id uuid not null references campaigns,
  position int not null,
  type text not null references return_types,
  title jsonb not null,
  about jsonb not null default '{}',
  licence_id text references licences,
  due_months int not null default 6,
  due_on date,                           -- set when the campaign is funded
  state text not null default 'promised' check (state in ('promised', 'late', 'delivered', 'verified', 'contested')),
  url text,
  delivered_on date,
  verified_on date,
  verified_by text,
  demonstration boolean not null default false,
  constraint delivered_has_a_place check (state not in ('delivered', 'verified') or url is not null),
  unique (campaign_id, position)
);
create index returns_catalogue on returns (state, type, licence_id);

create table updates (
  id uuid primary key,
  project_id uuid not null references projects,
  title jsonb not null,
  body jsonb not null,
  author_name text not null,
  published_at timestamptz not null,
  demonstration boolean not null default false
);
create index updates_of_project on updates (project_id, published_at desc);
