-- The ground: the installation's clock, outgoing mail, hosts and nodes, people and roles, what happened (events) and who did what (audit).
-- Constraint names are refusal codes: what the schema refuses, the page can explain.

-- Time. Outside production the clock can be moved forward (`/dev/clock`) or frozen (tests, rehearsals). Rules ask moment(), never now().
create table clock (
  only_row boolean primary key default true check (only_row),
  shift interval not null default '0',
  frozen_at timestamptz
);
insert into clock default values;
create function moment() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(frozen_at, now() + shift) from clock $$;

create table mails (
  id uuid primary key,
  key text unique,                       -- a mail with a key is queued at most once
  kind text not null,
  to_address text not null,
  locale text not null,
  subject text not null,
  html text not null,
  body_text text not null,
  headers jsonb not null default '{}',
  created_at timestamptz not null default now(),
  next_try_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts int not null default 0,
  failed_because text
);
create index mails_waiting on mails (next_try_at) where sent_at is null and failed_because is null;
create index mails_of_address on mails (lower(to_address), created_at desc);

create table hosts (
  id uuid primary key,
  slug text not null unique,
  name text not null,
  legal_form text not null default '',
  country text not null check (country ~ '^[A-Z]{2}$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  iban text not null,
  account_holder text not null,
  demonstration boolean not null default false
);

create table nodes (
  id uuid primary key,
  host_id uuid not null references hosts,
  slug text not null unique check (slug ~ '^[a-z0-9-]{2,40}$'),
  kind text not null check (kind in ('main', 'local', 'thematic')),
  domain text unique,                    -- own domain, beside the path /n/<slug>
  name jsonb not null,
  tagline jsonb not null,
  about jsonb not null,
  terms jsonb not null,
  team jsonb not null default '[]',
  look jsonb not null,                   -- {light: {water, clay}, dark: {water, clay}} as oklch(), contrast checked when saved
  locales text[] not null default '{en,fr,es}',
  default_locale text not null default 'en',
  time_zone text not null,
  currency text not null default 'EUR',
  settings jsonb not null default '{}',  -- what differs from the defaults in nodes/node.ts
  created_at timestamptz not null default now()
);
create unique index one_main_node on nodes (kind) where kind = 'main';

-- Accounts of persons: the tables of better-auth under our words.
create table people (
  id uuid primary key,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  locale text not null default 'en',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index people_email on people (lower(email));
create table sessions (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_of_person on sessions (person_id);
create table credentials (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credentials_of_person on credentials (person_id);
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on verifications (identifier);
create table attempts (                  -- limits per account and per network: a window of counted attempts
  key text not null,
  window_start timestamptz not null,
  count int not null default 1,
  primary key (key, window_start)
);

-- Roles are held on something (domain.md 1). scope_id is null only for the installation.
create table roles (
  person_id uuid not null references people on delete cascade,
  role text not null,
  scope text not null check (scope in ('installation', 'host', 'node', 'project')),
  scope_id uuid,
  granted_at timestamptz not null default now(),
  granted_by uuid references people,
  constraint role_fits_scope check ((scope, role) in (
    ('installation', 'operator'), ('installation', 'auditor'), ('host', 'treasurer'),
    ('node', 'steward'), ('node', 'companion'), ('node', 'reviewer'), ('node', 'editor'), ('node', 'moderator'),
    ('project', 'promoter'), ('project', 'team_member'), ('project', 'spokesperson'))),
  constraint role_needs_scope check ((scope = 'installation') = (scope_id is null))
);
create unique index roles_once on roles (person_id, role, scope, coalesce(scope_id, '00000000-0000-0000-0000-000000000000'));
create index roles_of_scope on roles (scope, scope_id);

-- What happened: news travels up only as events. Inserted with the fact itself; reactions follow afterwards, once.
create table events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  kind text not null,
  node_id uuid,
  campaign_id uuid,
  subject_id uuid,                       -- the contribution, refund, return ... it speaks of
  person_id uuid,                        -- who did it, when a person did
  data jsonb not null default '{}',
  reacted_at timestamptz
);
create index events_waiting on events (id) where reacted_at is null;
create index events_of_campaign on events (campaign_id, id desc);
create unique index milestones_once on events (campaign_id, (data ->> 'milestone')) where kind = 'milestone_reached';
create index events_of_subject on events (subject_id, id);

-- Every act of a person on money, rights or bank details: one row, in the same transaction, never edited.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id uuid,                         -- null: the system itself
  act text not null,
  target_kind text not null,
  target_id uuid,
  before jsonb,
  after jsonb,
  reason text
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed nor deleted', tg_table_name using errcode = 'restrict_violation', constraint = 'never_changed';
end $$;
create trigger never_changed before update or delete on audit for each row execute function refuse_change();
create trigger never_emptied before truncate on audit execute function refuse_change();
