import { performance } from 'node:perf_hooks';
import { seeded } from '../src/kit/index.ts';
import { type Db, only, rows, sql } from '../src/platform/db.ts';

/**
 * 100,000 invented projects for measuring the list: words of three languages with a long tail, 4 % live, the rest over. Needs the owner's
 * connection and at least one node; everything it writes is set-based. Returns how long it took, in milliseconds.
 */
export async function plantProjects(owner: Db, count = 100_000, chunk = 5_000): Promise<number> {
  const began = performance.now();
  await sql`select set_config('statement_timeout', '0', false), set_config('maintenance_work_mem', '512MB', false)`.execute(
    owner,
  );
  const node = await only<{ id: string; host_id: string }>(
    owner,
    sql`select id, host_id from nodes order by kind <> 'main' limit 1`,
  );
  await plantReference(owner);
  await sql`drop index listings_found`.execute(owner);
  for (const table of watched) await sql`alter table ${sql.table(table)} disable trigger user`.execute(owner);
  for (let from = 0; from < count; from += chunk) await plantChunk(owner, node, from, Math.min(chunk, count - from));
  for (const table of watched) await sql`alter table ${sql.table(table)} enable trigger user`.execute(owner);
  await sql`create index listings_found on listings using gin (search, tags) with (fastupdate = off)`.execute(owner);
  for (const table of [...watched, 'listings', 'campaign_totals']) await sql`analyze ${sql.table(table)}`.execute(owner);
  return performance.now() - began;
}

const watched = ['projects', 'campaigns', 'asks', 'returns'] as const;
const categories = [
  'social',
  'communication',
  'technology',
  'enterprise',
  'education',
  'culture',
  'ecology',
  'science',
  'design',
  'solidarity',
];
const commitments = ['free_software', 'education', 'culture', 'climate_action', 'open_data', 'health_and_care'];
const licences = ['ccby', 'ccbysa', 'cc0', 'gpl', 'agpl', 'mit', 'cernohl', 'odbl'];
const places = [
  'Nantes',
  'Bilbao',
  'Madrid',
  'Sevilla',
  'Angers',
  'Donostia',
  'Barcelona',
  'Lyon',
  'Le Mans',
  'Granada',
  'Porto',
  'Bristol',
];

async function plantReference(owner: Db): Promise<void> {
  const named = (id: string) => JSON.stringify({ en: id, fr: id, es: id });
  for (const [position, id] of categories.entries()) {
    await sql`insert into categories values (${id}, ${position}, ${named(id)}::jsonb) on conflict do nothing`.execute(owner);
  }
  for (const [position, id] of commitments.entries()) {
    await sql`insert into commitments (id, position, name) values (${id}, ${position}, ${named(id)}::jsonb) on conflict do nothing`.execute(
      owner,
    );
  }
  for (const [position, id] of licences.entries()) {
    await sql`insert into licences (id, position, name, short_name, open_definition, osi, oshwa, non_commercial, no_derivatives, return_types)
      values (${id}, ${position}, ${id}, ${id}, true, false, false, false, false, '{}') on conflict do nothing`.execute(owner);
  }
  await sql`insert into return_types values ('manual', 1, ${named('manual')}::jsonb) on conflict do nothing`.execute(owner);
}

type Planted = { id: string; campaign_id: string; [column: string]: unknown };

async function plantChunk(owner: Db, node: { id: string; host_id: string }, from: number, count: number): Promise<void> {
  const projects = Array.from({ length: count }, (_, index) => inventProject(from + index));
  const given = JSON.stringify(projects);
  await sql`insert into projects (id, node_id, slug, locale, title, claim, sections, place, scope, categories, commitment_id, keywords, promoter_name, created_at)
    select id, ${node.id}, slug, 'en', title, claim, sections, place, 'local', categories, commitment, keywords, 'Invented', opened_at
      from jsonb_to_recordset(${given}::jsonb) as p (id uuid, slug text, title jsonb, claim jsonb, sections jsonb, place text, categories text[],
           commitment text, keywords text[], opened_at timestamptz)`.execute(owner);
  await sql`insert into campaigns (id, project_id, node_id, host_id, state, currency, minimum_cents, optimum_cents, time_zone, opened_at, ends_at, closed_at,
           closing_pledged_cents, final_collected_cents)
    select campaign_id, id, ${node.id}, ${node.host_id}, state, 'EUR', minimum, minimum * 2, 'Europe/Madrid', opened_at, ends_at,
           case when state in ('funded', 'failed') then ends_at end, raised, case when state = 'funded' then raised end
      from jsonb_to_recordset(${given}::jsonb) as p (id uuid, campaign_id uuid, state text, minimum bigint, raised bigint, opened_at timestamptz, ends_at timestamptz)`.execute(
    owner,
  );
  await sql`insert into campaign_totals (campaign_id, secured_cents, contributions)
    select campaign_id, case when state = 'round_one' then raised else 0 end, 1
      from jsonb_to_recordset(${given}::jsonb) as p (campaign_id uuid, state text, raised bigint)`.execute(owner);
  await sql`insert into asks (id, campaign_id, position, type, title)
    select gen_random_uuid(), campaign_id, 1, 'skill', '{"en": "Help"}' from jsonb_to_recordset(${given}::jsonb) as p (campaign_id uuid, asks boolean) where asks`.execute(
    owner,
  );
  await sql`insert into returns (id, project_id, campaign_id, position, type, title, licence_id)
    select gen_random_uuid(), id, campaign_id, 1, 'manual', '{"en": "Manual"}', licence
      from jsonb_to_recordset(${given}::jsonb) as p (id uuid, campaign_id uuid, licence text)`.execute(owner);
  await rows(owner, sql`select list_projects(${projects.map((project) => project.id)}::uuid[])`);
}

/** The same number gives the same project. Words follow the law of real texts (Zipf): few of them everywhere, most of them rare. */
function inventProject(number: number): Planted {
  const random = seeded(`project ${number}`);
  const say = (count: number) =>
    Array.from({ length: count }, () =>
      wordAt(Math.floor(Math.exp((random.int(0, 1_000_000) / 1_000_000) * Math.log(vocabulary))) - 1),
    ).join(' ');
  const live = number % 25 === 0;
  const opened_at = new Date(Date.UTC(2012, 0, 1) + number * 4_000_000);
  const minimum = random.int(1_000, 20_000) * 100;
  return {
    id: uuidAt(number, 1),
    campaign_id: uuidAt(number, 2),
    slug: `bench-${number}`,
    title: { en: say(4), fr: say(5), es: say(5) },
    claim: { en: say(12), fr: say(13), es: say(12) },
    sections: { what: { en: say(60), fr: say(60) }, why: { en: say(60) } },
    place: random.pick(places),
    categories: [...new Set([random.pick(categories), random.pick(categories)])],
    commitment: random.pick(commitments),
    keywords: say(4).split(' '),
    licence: random.pick(licences),
    asks: random.int(0, 2) === 0,
    minimum,
    raised: Math.floor((minimum * random.int(0, 180)) / 100),
    state: live ? 'round_one' : random.int(0, 4) > 0 ? 'funded' : 'failed',
    opened_at: live ? new Date(Date.now() - random.int(0, 39) * 86_400_000) : opened_at,
    ends_at: live ? new Date(Date.now() + random.int(1, 40) * 86_400_000) : new Date(opened_at.getTime() + 80 * 86_400_000),
  };
}

const vocabulary = 30_000;
const [heads, hearts] = ['bcdfghjlmnprstvz', 'aeiouéñœ'].map((letters) => [...letters]) as [string[], string[]];

/** The n-th word of an invented tongue: the first ones short, as in real ones. */
export function wordAt(n: number): string {
  // Spread over the alphabet, so that few words begin alike.
  let rest = (n * 7_919) % vocabulary;
  let word = '';
  const length = n < 60 ? 1 : 3;
  for (let part = 0; part < length || rest > 0; part += 1) {
    word += (heads[rest % heads.length] ?? '') + (hearts[Math.floor(rest / heads.length) % hearts.length] ?? '');
    rest = Math.floor(rest / (heads.length * hearts.length));
  }
  return word + (n < 60 ? '' : (heads[n % heads.length] ?? ''));
}

function uuidAt(number: number, kind: number): string {
  const hex = number.toString(16).padStart(8, '0');
  return `${hex}-0000-7000-8000-${kind.toString(16).padStart(12, '0')}`;
}
