import { hashPassword } from 'better-auth/crypto';
import { type Gateways, takeDueDeliveries } from '../src/gateways/index.ts';
import { endOfRound, newId, seeded } from '../src/kit/index.ts';
import { book, recipes } from '../src/ledger/index.ts';
import { type Db, row, rows, sql, type Trx, transact } from '../src/platform/db.ts';
import { amountsFor, momentsBetween } from './gifts.ts';
import { type PlantedNode, plantNodes, plantReferences } from './plant-ground.ts';
import { type PlantedProject, plantFigures, plantWhole } from './plant-project.ts';
import { readSeeds } from './read.ts';
import type { HistoricCampaign, LiveProject, PastProject, Seeds } from './shape.ts';
import { type Gift, inventedGivers, live, setClock } from './timeline.ts';

export type Planting = {
  db: Db;
  gateways: Gateways;
  now: Temporal.Instant;
  say?: (sentence: string) => void;
  without_history?: boolean;
};

/** How far planting went: `begun` without `done` means that it was interrupted, and the database should be made anew. */
export async function planted(db: Db): Promise<'nothing' | 'begun' | 'done'> {
  const found = await row<{ nodes: boolean; done: boolean }>(
    db,
    sql`select exists (select from nodes) as nodes, exists (select from events where kind = 'town_planted') as done`,
  );
  return found?.done ? 'done' : found?.nodes ? 'begun' : 'nothing';
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
    const promoter_id = await plantPerson(trx, p.promoter.name, `${p.slug}@acequia.example`, null);
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
  return [
    opened_at.subtract({ hours: 1 }),
    opened_at,
    first.add({ hours: 1 }),
    first.add({ hours: 2 }),
    second.add({ hours: 1 }),
    second.add({ hours: 2 }),
  ];
}

type Figures = Pick<HistoricCampaign, 'slug' | 'status' | 'raised_cents' | 'contributors' | 'of_which_call_cents' | 'call'>;

/** Individual gifts are not published: they are drawn so that their sum, and their number where it is known, are the published ones. */
function giftsOfThePast(project: PlantedProject, h: Figures | (PastProject & Figures)): Gift[] {
  const raised_cents = BigInt(h.raised_cents);
  const call_cents = BigInt(h.of_which_call_cents);
  const from_people_cents = raised_cents - call_cents;
  const count = (h.contributors ?? Math.max(3, Math.round(Number(from_people_cents) / 5_000))) - (call_cents > 0n ? 1 : 0);
  const fixed = soldRewards(project);
  const fixed_cents = fixed.reduce((sum, gift) => sum + gift.amount_cents, 0n);
  const amounts = [
    ...fixed,
    ...amountsFor(from_people_cents - fixed_cents, count - fixed.length, h.slug).map((amount_cents) => ({
      amount_cents,
      reward_id: null,
    })),
  ];
  if (call_cents > 0n) amounts.push({ amount_cents: call_cents, reward_id: null });
  const shuffled = seeded(`order ${h.slug}`).shuffle(amounts);
  const failed = h.status === 'failed';
  const first_end = endOfRound(project.opened_at, 40, project.node.zone);
  const in_first = failed ? shuffled.length : firstRoundCount(shuffled, project.minimum_cents, raised_cents);
  const second_end = endOfRound(first_end.subtract({ hours: 1 }), 40, project.node.zone);
  const times = [
    ...momentsBetween(project.opened_at.add({ hours: 1 }), first_end.subtract({ hours: 2 }), in_first, h.slug),
    ...momentsBetween(
      first_end.add({ hours: 4 }),
      second_end.subtract({ hours: 2 }),
      shuffled.length - in_first,
      `${h.slug} two`,
    ),
  ];
  const call = h.call ?? 'Match-funding call';
  return shuffled.map((gift, n) => {
    const is_call = call_cents > 0n && gift.amount_cents === call_cents && gift === amounts.at(-1);
    return {
      at: times[n] as Temporal.Instant,
      project,
      amount_cents: gift.amount_cents,
      tip_cents: 0n,
      reward_id: gift.reward_id,
      wish: [],
      name: is_call ? call : 'Name not carried over',
      email: 'history@example.org',
      message: null,
      visibility: is_call ? 'public' : 'anonymous',
      method: 'archive',
      card: '',
    };
  });
}

/** Rewards whose sales are known: as many as the stock allows keep the reward; what was sold beyond it stays as money without a reward. */
function soldRewards(project: PlantedProject): { amount_cents: bigint; reward_id: string | null }[] {
  return project.rewards.flatMap((reward) =>
    Array.from({ length: reward.sold }, (_, n) => ({
      amount_cents: reward.amount_cents,
      reward_id: reward.units === null || n < reward.units ? reward.id : null,
    })),
  );
}

/** How many of these gifts came in round one: its money reaches the minimum, and leaves about 16 % for round two (the published mean). */
function firstRoundCount(gifts: readonly { amount_cents: bigint }[], minimum_cents: bigint, raised_cents: bigint): number {
  const share_cents = (raised_cents * 84n) / 100n;
  const wanted_cents = share_cents > minimum_cents ? share_cents : minimum_cents;
  let sum_cents = 0n;
  for (const [n, gift] of gifts.entries()) {
    sum_cents += gift.amount_cents;
    if (sum_cents >= wanted_cents) return n + 1;
  }
  return gifts.length;
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

function giftsOfToday(project: PlantedProject, p: LiveProject, now: Temporal.Instant): Gift[] {
  const random = seeded(`today ${p.slug}`);
  const count = p.target.contributors;
  const total_cents = (project.minimum_cents * BigInt(Math.round(p.target.raised_share_of_minimum * 1000))) / 1000n;
  const amounts = random.shuffle(amountsFor((total_cents / 100n) * 100n, count, p.slug));
  const first_end = endOfRound(project.opened_at, 40, project.node.zone);
  const over = Temporal.Instant.compare(first_end, now) < 0;
  const in_first =
    p.moment === 'second_round'
      ? firstRoundCount(
          amounts.map((amount_cents) => ({ amount_cents })),
          project.minimum_cents,
          total_cents,
        )
      : count;
  const last = over ? first_end.subtract({ hours: 2 }) : now.subtract({ hours: 1 });
  const times = [
    ...momentsBetween(project.opened_at.add({ hours: 1 }), last, in_first, p.slug),
    ...momentsBetween(first_end.add({ hours: 5 }), now.subtract({ hours: 1 }), count - in_first, `${p.slug} two`),
  ];
  const givers = inventedGivers(count, p.slug);
  const left = new Map(project.rewards.map((reward) => [reward.id, reward.units ?? Number.POSITIVE_INFINITY]));
  return amounts.map((amount_cents, n) => {
    const reward = random.chance(0.765)
      ? [...project.rewards].reverse().find((r) => r.amount_cents <= amount_cents && (left.get(r.id) ?? 0) > 1)
      : undefined;
    if (reward) left.set(reward.id, (left.get(reward.id) ?? 0) - 1);
    return {
      at: times[n] as Temporal.Instant,
      project,
      amount_cents,
      tip_cents: random.chance(0.15) ? 200n : 0n,
      reward_id: reward?.id ?? null,
      wish: random.chance(0.25) ? [random.pick(project.lines)] : [],
      ...(givers[n] as { name: string; email: string }),
      message: null,
      visibility: random.chance(0.1) ? 'anonymous' : random.chance(0.25) ? 'name_only' : 'public',
      method: 'sandbox',
      card: p.moment === 'collecting' && n % 9 === 4 ? '4000000000000341' : '4242424242424242',
    };
  });
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

async function plantPerson(trx: Trx, name: string, email: string, password: string | null): Promise<string> {
  const id = newId<'person'>();
  await sql`insert into people (id, name, email, email_verified) values (${id}, ${name}, ${email}, true)`.execute(trx);
  if (password) {
    await sql`insert into credentials (id, person_id, account_id, provider_id, password) values (${newId()}, ${id}, ${id}, 'credential', ${password})`.execute(
      trx,
    );
  }
  return id;
}
