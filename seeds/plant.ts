import { hashPassword } from 'better-auth/crypto';
import { type Gateways, takeDueDeliveries } from '../src/gateways/index.ts';
import { endOfRound, newId } from '../src/kit/index.ts';
import { book, recipes } from '../src/ledger/index.ts';
import { type Db, only, rows, sql, type Trx, transact } from '../src/platform/db.ts';
import { giftsOfThePast, giftsOfToday } from './gifts-of.ts';
import { type PlantedNode, plantNodes, plantReferences } from './plant-ground.ts';
import { type PlantedProject, plantFigures, plantWhole } from './plant-project.ts';
import { readSeeds } from './read.ts';
import type { LiveProject, Seeds } from './shape.ts';
import { type Gift, live, setClock } from './timeline.ts';

export type Planting = {
  db: Db;
  gateways: Gateways;
  now: Temporal.Instant;
  say?: (sentence: string) => void;
  without_history?: boolean;
};

/**
 * What stands here: `nothing`; a town half planted, because planting was interrupted (`begun`: make the database anew); or an
 * installation, planted or founded (`done`).
 */
export async function planted(db: Db): Promise<'nothing' | 'begun' | 'done'> {
  const { nodes, begun, done } = await only<{ nodes: boolean; begun: boolean; done: boolean }>(
    db,
    sql`select exists (select from nodes) as nodes, exists (select from events where kind = 'planting_begun') as begun,
               exists (select from events where kind = 'town_planted') as done`,
  );
  if (begun && !done) return 'begun';
  return nodes ? 'done' : 'nothing';
}

/**
 * Plants a small town into an empty installation: reference tables, three nodes, the campaigns of history replayed through the same verbs that
 * serve people, so that the books of the past are real books; and six demonstration campaigns at telling moments of today. Outside production. `db` is the owner's connection.
 */
export async function plant(planting: Planting): Promise<void> {
  const { db, gateways, now } = planting;
  const say = planting.say ?? (() => {});
  const seeds = readSeeds();
  if (planting.without_history) seeds.history = seeds.history.slice(0, 3);
  const { projects, gifts } = await transact(db, (trx) => plantTown(trx, seeds, now));
  say(`Replaying ${gifts.length} contributions of ${projects.length} campaigns…`);
  const moments = projects.flatMap((project) => turningPoints(project));
  await live({ db, gateways }, gifts, moments, now);
  await transact(db, (trx) => closeTheBooksOfThePast(trx, seeds));
  await setClock(db, null);
  // What happened in the story was told in its time: nobody gets mail about it today.
  while ((await takeDueDeliveries(db, 1000)).length > 0);
  await sql`update sandbox.deliveries set delivered_at = moment() where delivered_at is null`.execute(db);
  await sql`update events set reacted_at = at where reacted_at is null`.execute(db);
  await sql`insert into events (at, kind, reacted_at) values (moment(), 'town_planted', moment())`.execute(db);
}

type Town = { projects: PlantedProject[]; gifts: Gift[] };

async function plantTown(trx: Trx, seeds: Seeds, now: Temporal.Instant): Promise<Town> {
  await sql`insert into events (at, kind, reacted_at) values (moment(), 'planting_begun', moment())`.execute(trx);
  await plantReferences(trx, seeds);
  const nodes = await plantNodes(trx, seeds.nodes);
  const nodeOf = (slug: string) => nodes.get(slug) as PlantedNode;
  await plantStaff(trx, nodes);
  const projects: PlantedProject[] = [];
  const gifts: Gift[] = [];
  const add = (project: PlantedProject, planned: Gift[]) => {
    projects.push(project);
    gifts.push(...planned);
  };
  for (const h of seeds.history) {
    const project = await plantFigures(trx, h, nodeOf(h.node), morningOf(h.published, nodeOf(h.node)));
    add(project, giftsOfThePast(project, h));
  }
  for (const p of seeds.past) {
    const project = await plantWhole(trx, p, nodeOf(p.node), morningOf(p.published, nodeOf(p.node)), null);
    add(project, giftsOfThePast(project, { ...p, of_which_call_cents: 0, call: null }));
  }
  for (const p of seeds.live) {
    const promoter_id = await plantPerson(trx, p.promoter.name, `${p.slug}@acequia.example`, null, p.locale);
    const project = await plantWhole(trx, p, nodeOf(p.node), openingOf(p, now, nodeOf(p.node)), promoter_id);
    await sql`insert into roles (person_id, role, scope, scope_id) values (${promoter_id}, 'promoter', 'project', ${project.project_id})`.execute(
      trx,
    );
    add(project, giftsOfToday(project, p, now));
  }
  return { projects, gifts };
}

function morningOf(day: string, node: PlantedNode): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: node.zone, plainTime: '10:00' }).toInstant();
}

/** Moments at which a campaign turns: it opens, its rounds end. */
function turningPoints({ opened_at, node }: PlantedProject): Temporal.Instant[] {
  const first = endOfRound(opened_at, 40, node.zone);
  const second = endOfRound(first.subtract({ hours: 1 }), 40, node.zone);
  return [opened_at.subtract({ hours: 1 }), opened_at, first, first.add({ hours: 1 }), second, second.add({ hours: 1 })];
}

const days_ago: Record<LiveProject['moment'], number> = {
  first_day: 0,
  half_way: 19,
  minimum_reached: 31,
  collecting: 41,
  second_round: 58,
  last_hours: 40,
};

/** When a demonstration campaign opened, so that it stands at its moment now. */
function openingOf(p: LiveProject, now: Temporal.Instant, node: PlantedNode): Temporal.Instant {
  const local = now.toZonedDateTimeISO(node.zone);
  if (p.moment === 'first_day') return now.subtract({ hours: 5 });
  return local
    .subtract({ days: days_ago[p.moment] })
    .with({ hour: 10, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
    .toInstant();
}

/** Money of past campaigns went to their promoters then; campaigns whose commons are known to be delivered are fulfilled. */
async function closeTheBooksOfThePast(trx: Trx, seeds: Seeds): Promise<void> {
  const past = [...seeds.history, ...seeds.past];
  const ended = await rows<{
    id: string;
    project_id: string;
    host_id: string;
    currency: string;
    cents: bigint;
    at: Temporal.Instant;
    slug: string;
  }>(
    trx,
    sql`select k.id, k.project_id, k.host_id, k.currency, t.collected_cents as cents, k.closed_at as at, p.slug
          from campaigns k join projects p on p.id = k.project_id join campaign_totals t on t.campaign_id = k.id
         where k.state = 'funded' and p.slug = any(${past.map((p) => p.slug)}::text[])`,
  );
  for (const campaign of ended) {
    await book(
      trx,
      campaign.at.add({ hours: 24 * 30 }),
      recipes.paidOutBefore(campaign, campaign.id, campaign.project_id, campaign.cents),
    );
    if (past.find((p) => p.slug === campaign.slug)?.status === 'fulfilled')
      await sql`update campaigns set state = 'fulfilled' where id = ${campaign.id}`.execute(trx);
  }
}

/** People who run the demonstration; the start message says how to sign in. */
export const demonstration_password = 'water-finds-its-way';
const staff = [
  { email: 'operator@acequia.example', name: 'Olga Operadora', role: 'operator', scope: 'installation' },
  { email: 'steward@acequia.example', name: 'Esteban Acequiero', role: 'steward', scope: 'node' },
  { email: 'treasurer@acequia.example', name: 'Teresa Tesorera', role: 'treasurer', scope: 'host' },
  { email: 'ana@acequia.example', name: 'Ana Colaboradora', role: null, scope: null },
] as const;

async function plantStaff(trx: Trx, nodes: ReadonlyMap<string, PlantedNode>): Promise<void> {
  const password = await hashPassword(demonstration_password);
  for (const { email, name, role, scope } of staff) {
    const person_id = await plantPerson(trx, name, email, password);
    const hosts = [...new Set([...nodes.values()].map((node) => node.host_id))];
    const of = scope === 'node' ? [...nodes.values()].map((node) => node.id) : scope === 'host' ? hosts : [null];
    if (role)
      for (const scope_id of of)
        await sql`insert into roles (person_id, role, scope, scope_id) values (${person_id}, ${role}, ${scope}, ${scope_id})`.execute(
          trx,
        );
    const host_id = hosts[0] ?? '';
    if (!role)
      await book(trx, Temporal.Now.instant(), recipes.walletFilled({ host_id, currency: 'EUR' }, person_id, newId(), 10_000n));
  }
}

async function plantPerson(trx: Trx, name: string, email: string, password: string | null, locale = 'en'): Promise<string> {
  const id = newId<'person'>();
  await sql`insert into people (id, name, email, email_verified, locale) values (${id}, ${name}, ${email}, true, ${locale})`.execute(
    trx,
  );
  if (password) {
    await sql`insert into credentials (id, person_id, account_id, provider_id, password) values (${newId()}, ${id}, ${id}, 'credential', ${password})`.execute(
      trx,
    );
  }
  return id;
}
