-- What everyone may look for and add up: the list of published campaigns with its words and filters, and the figures of the open accounts,
-- each defined once.

-- The folding of kit/text.ts (a test compares them): lower case, without accents, and words apart.
-- Everything that is no letter or digit parts words, so that "peer-to-peer" is three.
create function folded(words text) returns text language sql immutable strict parallel safe as $$
  select trim(regexp_replace(
    replace(replace(replace(translate(lower(regexp_replace(normalize(words, nfkd),
      '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g')), 'ØøŁłĐđı', 'oollddi'),
      'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
    '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u02b0-\u02ff\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f]+', ' ', 'g'))
$$;

-- A name as a filter writes it in an address: "Pays de la Loire" becomes "pays-de-la-loire".
create function filter_word(words text) returns text language sql immutable strict parallel safe
  as $$ select replace(folded(words), ' ', '-') $$;

-- What somebody typed, as a question: every word must be there; the last one, and every word of three letters and more, may go on. At most
-- eight words. Null when there is no word in it.
create function asked_words(typed text) returns tsquery language sql immutable strict parallel safe as $$
  select case when count(*) = 0 then null
              else to_tsquery('simple', string_agg(left(word, 40) || case when length(word) >= 3 or position = most then ':*' else '' end, ' & ')) end
    from (select word, position, max(position) over () as most
            from regexp_split_to_table(folded(typed), ' ') with ordinality w(word, position) where word <> '' and position <= 8) words
$$;

-- Every language of a text kept in several; arrays of words too.
create function all_words(texts jsonb) returns text language sql immutable strict parallel safe
  as $$ select coalesce(string_agg(word #>> '{}', ' '), '') from jsonb_path_query(texts, 'strict $.**') word where jsonb_typeof(word) = 'string' $$;

-- One row per published campaign: what it raised, by one definition (the same as raisedBy in projects/project.ts; a test compares them).
-- Live: promised and collected, with what was declined and may still be mended. Funded: what was collected. Failed or stopped: what stood
-- on it when it was decided.
create view stats_campaigns as
select c.id as campaign_id, c.project_id, c.node_id, c.host_id, c.currency, c.run, c.state, p.slug, p.demonstration,
       c.state in ('round_one', 'collecting', 'round_two', 'open') as live,
       c.state in ('funded', 'fulfilled') as succeeded,
       c.minimum_cents, c.optimum_cents, c.opened_at, c.ends_at, c.grace_ends_at, c.closed_at,
       extract(year from c.opened_at at time zone c.time_zone)::int as opened_year,
       extract(year from c.closed_at at time zone c.time_zone)::int as closed_year,
       case when c.state in ('round_one', 'collecting', 'round_two', 'open') then t.standing_cents
            when c.state in ('funded', 'fulfilled', 'closed') then coalesce(c.final_collected_cents, t.collected_cents)
            else coalesce(c.closing_pledged_cents, 0) end as raised_cents,
       case when c.state in ('failed', 'stopped') then coalesce(c.closing_contributions, 0)
            else coalesce(nullif(t.contributions, 0), c.closing_contributions, 0) end as contributions
  from campaigns c
  join projects p on p.id = c.project_id
  left join lateral (
    select coalesce(sum(secured_cents + collected_cents + declined_cents), 0)::bigint as standing_cents,
           coalesce(sum(collected_cents), 0)::bigint as collected_cents, coalesce(sum(contributions), 0)::int as contributions
      from campaign_totals where campaign_id = c.id) t on true
 where c.state in ('round_one', 'collecting', 'round_two', 'open', 'funded', 'fulfilled', 'failed', 'stopped', 'closed')
   and c.opened_at is not null;

-- The list that people explore: one row for each project that has a published campaign (its latest). Every filter is a tag, and one index
-- answers words and tags together.
alter table projects drop column if exists search;
create table listings (
  project_id uuid primary key references projects on delete cascade,
  campaign_id uuid not null references campaigns,
  live boolean not null,
  turn timestamptz not null,             -- usual order: live ones by their end, then the others, last ended first (after the year 3000)
  opened_at timestamptz not null,
  ends_at timestamptz,                   -- while contributions are welcome: when that ends
  minimum_cents bigint not null,
  optimum_cents bigint not null,
  raised_cents bigint not null,          -- once it is over; while it is live campaign_totals knows
  hands int not null,                    -- asks while it is live
  licences text[] not null,              -- short names, in the order of the returns
  tags text[] not null,                  -- 'category:culture', 'state:open', 'licence:ccby' ...
  search tsvector not null               -- title A, claim, keywords and names B, place and node C, sections D
) with (toast_tuple_target = 512);       -- words out of line: lists read many rows and few words
create index listings_found on listings using gin (search, tags) with (fastupdate = off);
create index listings_turn on listings (turn, project_id);
create index listings_newest on listings (opened_at desc, project_id);
create index listings_raised on listings (raised_cents desc, project_id) where not live;
create index listings_ending on listings (ends_at) where live;

-- Writes the rows of these projects anew. Locks them first, so that of two changes at once the later sees the earlier.
create function list_projects(ids uuid[]) returns void language plpgsql as $$
begin
  perform from listings where project_id = any(ids) order by project_id for update;
  insert into listings
  select p.id, c.campaign_id, c.live,
         case when c.live then coalesce(case when c.state = 'collecting' then c.grace_ends_at else c.ends_at end, timestamptz '2900-01-01')
              else timestamptz '3000-01-01' + (timestamptz '3000-01-01' - coalesce(c.closed_at, c.ends_at, c.opened_at)) end,
         c.opened_at,
         case when c.state = 'collecting' then c.grace_ends_at when c.live then c.ends_at end,
         c.minimum_cents, c.optimum_cents, c.raised_cents,
         case when c.live then a.count else 0 end,
         r.licences,
         array_remove(
           array['node:' || n.slug, 'commitment:' || p.commitment_id, 'place:' || nullif(filter_word(coalesce(nullif(p.region, ''), p.place)), ''),
                 case when c.live then 'state:open' end,
                 case c.state when 'round_two' then 'state:second_round' when 'fulfilled' then 'state:funded' else null end,
                 case when c.state not in ('round_two', 'open') then 'state:' || c.state end,
                 case when c.live and a.count > 0 then 'needs:hands' end]
           || array(select 'category:' || category from unnest(p.categories) category) || r.tags, null),
         setweight(to_tsvector('simple', folded(all_words(p.title))), 'A')
           || setweight(to_tsvector('simple', folded(concat_ws(' ', all_words(p.claim), array_to_string(p.keywords, ' '), p.promoter_name,
                p.companion ->> 'name', (select string_agg(all_words(name), ' ') from categories where id = any(p.categories))))), 'B')
           || setweight(to_tsvector('simple', folded(concat_ws(' ', p.place, p.region, all_words(n.name)))), 'C')
           || setweight(to_tsvector('simple', left(folded(all_words(p.sections)), 200000)), 'D')
    from projects p
    join nodes n on n.id = p.node_id
    cross join lateral (select * from stats_campaigns s where s.project_id = p.id order by s.run desc limit 1) c
    cross join lateral (select count(*)::int as count from asks where campaign_id = c.campaign_id) a
    cross join lateral (
      select coalesce(array_agg(name order by position), '{}') as licences, coalesce(array_agg('licence:' || id), '{}') as tags
        from (select l.id, l.short_name as name, min(r.position) as position
                from returns r join licences l on l.id = r.licence_id where r.campaign_id = c.campaign_id group by 1, 2) used) r
   where p.id = any(ids)
  on conflict (project_id) do update set
    campaign_id = excluded.campaign_id, live = excluded.live, turn = excluded.turn, opened_at = excluded.opened_at, ends_at = excluded.ends_at,
    minimum_cents = excluded.minimum_cents, optimum_cents = excluded.optimum_cents, raised_cents = excluded.raised_cents,
    hands = excluded.hands, licences = excluded.licences, tags = excluded.tags, search = excluded.search;
end $$;

create function list_again() returns trigger language plpgsql as $$
declare changed jsonb = to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform list_projects(case tg_table_name
    when 'projects' then array[(changed ->> 'id')::uuid]
    when 'nodes' then array(select id from projects where node_id = (changed ->> 'id')::uuid)
    when 'asks' then array(select project_id from campaigns where id = (changed ->> 'campaign_id')::uuid)
    else array[(changed ->> 'project_id')::uuid] end);
  return null;
end $$;
create trigger listed after update on projects for each row execute function list_again();
create trigger listed after update of state, opened_at, ends_at, grace_ends_at, closed_at, minimum_cents, optimum_cents, closing_pledged_cents,
  final_collected_cents on campaigns for each row execute function list_again();
create trigger listed after insert or update or delete on asks for each row execute function list_again();
create trigger listed after insert or delete or update of licence_id, position on returns for each row execute function list_again();
create trigger listed after update of name, slug on nodes for each row execute function list_again();

-- Every movement into or out of what is held for a campaign, with the contribution it speaks of: the ledger, read from the campaign's side.
create view stats_held_movements as
select m.id, e.at, e.kind as entry, c.node_id, c.host_id, m.currency, c.id as campaign_id, p.demonstration,
       extract(year from e.at at time zone c.time_zone)::int as year, coalesce(g.method, '') as method,
       case when side.into and e.kind = 'contribution_collected' then m.amount_cents else 0 end as collected_cents,
       case when side.into and e.kind <> 'contribution_collected' then m.amount_cents else 0 end as moved_in_cents,
       case when not side.into and e.kind like 'contribution\_%' then m.amount_cents else 0 end as returned_cents,
       case when not side.into and e.kind not like 'contribution\_%' then m.amount_cents else 0 end as paid_out_cents
  from campaigns c
  join accounts a on a.host_id = c.host_id and a.kind = 'held' and a.owner = c.id::text
  join projects p on p.id = c.project_id
  cross join lateral (select id, entry_id, amount_cents, currency, true as into from movements where to_account = a.id
                      union all select id, entry_id, amount_cents, currency, false from movements where from_account = a.id) m
  cross join lateral (select m.into) side
  join entries e on e.id = m.entry_id
  left join contributions g on g.id = e.subject_id;

-- Money by node, year and method. Every total of the open accounts is a sum of these rows:
-- collected + moved_in - returned - paid_out = what is held for campaigns now.
create view stats_money as
select node_id, host_id, currency, demonstration, year, method,
       sum(collected_cents)::bigint as collected_cents, sum(moved_in_cents)::bigint as moved_in_cents,
       sum(returned_cents)::bigint as returned_cents, sum(paid_out_cents)::bigint as paid_out_cents,
       count(*) filter (where collected_cents > 0) as collections
  from stats_held_movements group by node_id, host_id, currency, demonstration, year, method;

-- What stands in accounts now that belongs to no campaign: tips and common fund of a node, wallets owed to people by a host.
create view stats_balances as
select n.id as node_id, a.host_id, a.currency, a.kind, sum(a.balance_cents)::bigint as balance_cents, count(*) filter (where a.balance_cents > 0) as accounts
  from accounts a left join nodes n on a.kind in ('tips', 'fund') and n.id::text = a.owner
 where a.kind in ('held', 'tips', 'fund', 'wallet') group by n.id, a.host_id, a.currency, a.kind;

-- Money that fits nothing and waits for a treasurer.
create view stats_parked as
select host_id, coalesce(currency, 'EUR') as currency, count(*) as cases, coalesce(sum(amount_cents), 0)::bigint as parked_cents
  from parked where resolved_at is null group by host_id, coalesce(currency, 'EUR');

-- The commons: what was promised to everybody by campaigns that reached their minimum, or are still running. Late as soon as the day is over,
-- whether or not somebody has noted it yet.
create view stats_commons as
select r.id, r.project_id, r.campaign_id, r.position, r.type, r.title, r.about, r.licence_id, r.due_on, r.due_months, r.url, r.delivered_on, r.verified_on,
       r.demonstration or p.demonstration as demonstration,
       case when r.state = 'promised' and r.due_on < (moment() at time zone c.time_zone)::date then 'late' else r.state end as state,
       p.node_id, p.slug, p.title as project_title, p.locale, p.place, c.state as campaign_state
  from returns r
  join projects p on p.id = r.project_id
  join campaigns c on c.id = r.campaign_id
 where c.state in ('round_one', 'collecting', 'round_two', 'open', 'funded', 'fulfilled', 'closed');
create index returns_of_project on returns (project_id);
create index returns_delivered on returns (delivered_on desc) where state in ('delivered', 'verified');

-- Each time the promises were asked: the public page says when, how many, and which of them were broken.
create table promise_checks (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  took_ms int not null,
  promises text[] not null,
  broken text[] not null
);
