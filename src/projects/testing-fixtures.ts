import { endOfRound, newId } from '../kit/index.ts';
import { type Db, json, row, sql } from '../platform/db.ts';
import type { Texts } from '../platform/i18n.ts';

/** Small towns for tests: everything has a default, so a test says only what it is about. Use the owner's connection. */
export type PlantedNode = { id: string; slug: string; host_id: string; time_zone: string };
export type PlantedLine = { id: string; amount_cents: bigint; essential: boolean };
export type PlantedReward = { id: string; amount_cents: bigint; units: number | null };
export type PlantedCampaign = {
  node: PlantedNode;
  node_id: string;
  host_id: string;
  project_id: string;
  slug: string;
  campaign_id: string;
  minimum_cents: bigint;
  optimum_cents: bigint;
  opened_at: Temporal.Instant;
  ends_at: Temporal.Instant;
  lines: PlantedLine[];
  rewards: PlantedReward[];
};

export type CampaignPlan = {
  state?: keyof typeof ways;
  node?: PlantedNode;
  slug?: string;
  locale?: 'en' | 'fr' | 'es';
  title?: Texts;
  claim?: Texts;
  promoter_id?: string;
  /** Essential and additional lines; 3,000 + 2,200 essential and 4,000 additional euros when not said. */
  lines?: { amount_cents: bigint; essential: boolean; title?: Texts; why?: Texts }[];
  rewards?: { amount_cents: bigint; units?: number | null; title?: Texts; needs_address?: boolean; question?: Texts }[];
  rounds?: 1 | 2;
  round_days?: number;
  /** Ten days before now when not said. */
  opened_at?: Temporal.Instant;
  demonstration?: boolean;
  stop_reason?: string;
  /** What an ended campaign had raised: the minimum when it was funded, nothing otherwise. */
  raised_cents?: bigint;
};

/** A node with a host of its own. Asked twice for the same slug it is the same node. The first one is the main node. */
export async function plantNode(
  owner: Db,
  plan: { slug?: string; time_zone?: string; settings?: Record<string, unknown> } = {},
): Promise<PlantedNode> {
  const slug = plan.slug ?? 'main';
  const found = await row<PlantedNode>(owner, sql`select id, slug, host_id, time_zone from nodes where slug = ${slug}`);
  if (found) return found;
  const node = { id: newId<'node'>(), slug, host_id: newId<'host'>(), time_zone: plan.time_zone ?? 'Europe/Madrid' };
  const name = slug === 'main' ? 'Acequia' : slug.charAt(0).toUpperCase() + slug.slice(1);
  const look = {
    light: { water: 'oklch(0.49 0.09 220)', clay: 'oklch(0.53 0.145 38)' },
    dark: { water: 'oklch(0.78 0.09 215)', clay: 'oklch(0.7 0.14 45)' },
  };
  const all = (text: string) => json({ en: text, fr: text, es: text });
  await sql`insert into hosts (id, slug, name, country, currency, iban, account_holder, demonstration)
    values (${node.host_id}, ${`host-of-${slug}`}, ${`Host of ${name}`}, 'ES', 'EUR', 'ES91 2100 0418 4502 0005 1332', ${`Host of ${name}`}, true)`.execute(
    owner,
  );
  await sql`insert into nodes (id, host_id, slug, kind, name, tagline, about, terms, look, time_zone, settings)
    values (${node.id}, ${node.host_id}, ${slug}, ${slug === 'main' ? 'main' : 'local'}, ${all(name)}, ${all('What is ours')}, ${all('About')},
            ${all('Terms')}, ${json(look)}, ${node.time_zone}, ${json(plan.settings ?? {})})`.execute(owner);
  return node;
}

/** A person with an address that was proven. */
export async function plantPerson(
  owner: Db,
  plan: { name?: string; email?: string } = {},
): Promise<{ id: string; name: string; email: string }> {
  const id = newId<'person'>();
  const person = { id, name: plan.name ?? 'Ana López', email: plan.email ?? `person-${id}@example.org` };
  await sql`insert into people (id, name, email, email_verified) values (${id}, ${person.name}, ${person.email}, true)`.execute(
    owner,
  );
  return person;
}

/**
 * A project with one campaign in the state that is asked for (round one when not said), having walked the edges, with its lines, rewards
 * and totals at zero.
 */
export async function plantCampaign(owner: Db, plan: CampaignPlan = {}): Promise<PlantedCampaign> {
  const node = plan.node ?? (await plantNode(owner));
  const lines = (plan.lines ?? usual_lines).map((line) => ({ ...line, id: newId<'line'>() as string }));
  const rewards = (plan.rewards ?? usual_rewards).map((reward) => ({
    ...reward,
    id: newId<'reward'>() as string,
    units: reward.units ?? null,
  }));
  const project_id = newId<'project'>();
  const campaign_id = newId<'campaign'>();
  const slug = plan.slug ?? `project-${project_id.slice(-12)}`;
  const minimum_cents = sumOf(lines.filter((line) => line.essential));
  const optimum_cents = sumOf(lines);
  const opened_at = plan.opened_at ?? Temporal.Now.instant().subtract({ hours: 240 });
  const ends_at = endOfRound(opened_at, plan.round_days ?? 40, node.time_zone);
  await plantProject(owner, plan, { project_id, slug, node });
  await sql`insert into campaigns (id, project_id, node_id, host_id, currency, minimum_cents, optimum_cents, rounds, round_days, time_zone)
    values (${campaign_id}, ${project_id}, ${node.id}, ${node.host_id}, 'EUR', ${minimum_cents}, ${optimum_cents}, ${plan.rounds ?? 2},
            ${plan.round_days ?? 40}, ${node.time_zone})`.execute(owner);
  await sql`insert into campaign_totals (campaign_id) values (${campaign_id})`.execute(owner);
  for (const [position, line] of lines.entries()) {
    await sql`insert into budget_lines (id, campaign_id, position, kind, title, why, amount_cents, essential)
      values (${line.id}, ${campaign_id}, ${position + 1}, 'task', ${json(line.title ?? { en: `Line ${position + 1}` })}, ${json(line.why ?? {})},
              ${line.amount_cents}, ${line.essential})`.execute(owner);
  }
  for (const [position, reward] of rewards.entries()) {
    await sql`insert into rewards (id, campaign_id, position, type, title, amount_cents, units, needs_address, question)
      values (${reward.id}, ${campaign_id}, ${position + 1}, 'product', ${json(reward.title ?? { en: `Reward ${position + 1}` })}, ${reward.amount_cents},
              ${reward.units}, ${reward.needs_address ?? false}, ${reward.question ? json(reward.question) : null})`.execute(
      owner,
    );
  }
  await walk(owner, campaign_id, plan, opened_at, ends_at);
  return {
    node,
    node_id: node.id,
    host_id: node.host_id,
    project_id,
    slug,
    campaign_id,
    minimum_cents,
    optimum_cents,
    opened_at,
    ends_at,
    lines,
    rewards,
  };
}

const usual_lines: NonNullable<CampaignPlan['lines']> = [
  { amount_cents: 300_000n, essential: true },
  { amount_cents: 220_000n, essential: true },
  { amount_cents: 400_000n, essential: false },
];
const usual_rewards: NonNullable<CampaignPlan['rewards']> = [
  { amount_cents: 1_500n, units: null },
  { amount_cents: 5_000n, units: 20 },
];

type Placed = { project_id: string; slug: string; node: PlantedNode };

async function plantProject(owner: Db, plan: CampaignPlan, { project_id, slug, node }: Placed): Promise<void> {
  const title = plan.title ?? { en: 'A garden on the roof', fr: 'Un jardin sur le toit', es: 'Un huerto en el tejado' };
  const claim = plan.claim ?? {
    en: 'Vegetables for a whole street.',
    fr: 'Des légumes pour toute une rue.',
    es: 'Verduras para toda una calle.',
  };
  const what = { en: 'What it is.', fr: 'Ce que c’est.', es: 'Qué es.' };
  await sql`insert into projects (id, node_id, slug, locale, title, claim, sections, place, scope, categories, promoter_id, promoter_name, demonstration, created_at)
    values (${project_id}, ${node.id}, ${slug}, ${plan.locale ?? 'en'}, ${json(title)}, ${json(claim)}, ${json({ what })}, 'Nantes', 'local',
            '{ecology}', ${plan.promoter_id ?? null}, 'Colectivo Bancal', ${plan.demonstration ?? false}, moment())`.execute(
    owner,
  );
}

const to_open = ['in_review', 'scheduled'] as const;
/** The states passed on the way, each an edge of the database. */
const ways = {
  draft: [],
  in_review: ['in_review'],
  changes_requested: ['in_review', 'changes_requested'],
  rejected: ['in_review', 'rejected'],
  withdrawn: ['withdrawn'],
  scheduled: to_open,
  open: [...to_open, 'open'],
  closed: [...to_open, 'open', 'closed'],
  round_one: [...to_open, 'round_one'],
  failed: [...to_open, 'round_one', 'failed'],
  collecting: [...to_open, 'round_one', 'collecting'],
  stopped: [...to_open, 'round_one', 'stopped'],
  round_two: [...to_open, 'round_one', 'collecting', 'round_two'],
  funded: [...to_open, 'round_one', 'collecting', 'round_two', 'funded'],
  fulfilled: [...to_open, 'round_one', 'collecting', 'round_two', 'funded', 'fulfilled'],
} as const satisfies Record<string, readonly string[]>;

/** Moves the campaign along and writes the dates each state leaves behind. */
async function walk(
  owner: Db,
  campaign_id: string,
  plan: CampaignPlan,
  opened_at: Temporal.Instant,
  ends_at: Temporal.Instant,
): Promise<void> {
  const way: readonly string[] = ways[plan.state ?? 'round_one'];
  for (const state of way) await sql`update campaigns set state = ${state} where id = ${campaign_id}`.execute(owner);
  const passed = (state: string) => way.includes(state);
  if (passed('round_one'))
    await sql`update campaigns set opened_at = ${opened_at}, ends_at = ${ends_at} where id = ${campaign_id}`.execute(owner);
  if (passed('open')) await sql`update campaigns set opened_at = ${opened_at} where id = ${campaign_id}`.execute(owner);
  if (passed('collecting') || passed('failed'))
    await sql`update campaigns set round_one_ended_at = ends_at where id = ${campaign_id}`.execute(owner);
  if (passed('collecting')) {
    await sql`update campaigns set grace_ends_at = ends_at + grace_days * interval '24 hours' where id = ${campaign_id}`.execute(
      owner,
    );
  }
  if (passed('round_two')) {
    await sql`update campaigns set secured_at = round_one_ended_at, ends_at = ends_at + round_days * interval '24 hours' where id = ${campaign_id}`.execute(
      owner,
    );
  }
  if (['failed', 'stopped', 'funded', 'closed'].some(passed)) {
    await sql`update campaigns set closing_pledged_cents = ${plan.raised_cents ?? null}::bigint, final_collected_cents = case when state in ('funded', 'fulfilled') then
                       coalesce(${plan.raised_cents ?? null}::bigint, minimum_cents) else 0 end, closing_contributions = ${plan.raised_cents ? 1 : 0},
                     closed_at = case when state = 'stopped' then moment() else coalesce(ends_at, moment()) end,
                     stop_reason = ${plan.stop_reason ?? (passed('stopped') ? 'The place is no longer available.' : null)}
               where id = ${campaign_id}`.execute(owner);
  }
}

export type ContributionPlan = {
  state?: keyof typeof contribution_ways;
  amount_cents?: bigint;
  tip_cents?: bigint;
  name?: string;
  email?: string;
  person_id?: string;
  visibility?: 'public' | 'name_only' | 'anonymous';
  if_failed?: 'back_to_me' | 'wallet' | 'node_fund';
  method?: string;
  reward_id?: string;
  wish?: string[];
  message?: string;
  /** An hour ago when not said. */
  at?: Temporal.Instant;
};

/**
 * A contribution in the state that is asked for, with its payment, its reward's unit, the campaign's totals and, where money came in, its
 * movements in the ledger: the books of a test are real books. Secured, 20 euros, public when not said.
 */
export async function plantContribution(
  owner: Db,
  campaign: PlantedCampaign,
  plan: ContributionPlan = {},
): Promise<{ id: string; payment_id: string; amount_cents: bigint }> {
  const id = newId<'contribution'>();
  const payment_id = newId<'payment'>();
  const { amount_cents = 2_000n, tip_cents = 0n, state = 'secured', method = 'sandbox' } = plan;
  const at = plan.at ?? Temporal.Now.instant().subtract({ hours: 1 });
  await sql`insert into contributions (id, campaign_id, host_id, node_id, made_node_id, person_id, email, name, locale, amount_cents, tip_cents,
      currency, reward_id, wish, message, visibility, if_failed, method, started_at, lapses_at)
    values (${id}, ${campaign.campaign_id}, ${campaign.host_id}, ${campaign.node_id}, ${campaign.node_id}, ${plan.person_id ?? null},
      ${plan.email ?? `giver-${id}@example.org`}, ${plan.name ?? 'Miren Etxeberria'}, 'en', ${amount_cents}, ${tip_cents}, 'EUR', ${plan.reward_id ?? null},
      ${plan.wish ?? []}, ${plan.message ?? null}, ${plan.visibility ?? 'public'}, ${plan.if_failed ?? 'back_to_me'}, ${method}, ${at},
      ${at}::timestamptz + interval '1 hour')`.execute(owner);
  await sql`insert into payments (id, contribution_id, gateway, purpose, amount_cents, currency, gateway_object, state, created_at)
    values (${payment_id}, ${id}, ${method}, ${state === 'collected' ? 'pay' : 'secure'}, ${amount_cents + tip_cents}, 'EUR', ${`${method}_${payment_id}`},
            ${state === 'started' ? 'asked' : state === 'collected' ? 'collected' : 'secured'}, ${at})`.execute(owner);
  for (const step of contribution_ways[state])
    await sql`update contributions set state = ${step} where id = ${id}`.execute(owner);
  await sql`update contributions set secured_at = case when ${state} <> 'started' then ${at}::timestamptz end,
      collected_at = case when ${state} = 'collected' then ${at}::timestamptz end,
      ended_at = case when ${state} in ('lapsed', 'withdrawn', 'released') then ${at}::timestamptz end where id = ${id}`.execute(
    owner,
  );
  await standOn(owner, campaign, { state, amount_cents, reward_id: plan.reward_id ?? null });
  const act = method === 'cash' ? 'cash_recorded' : method === 'transfer' && state === 'collected' ? 'transfer_received' : null;
  if (act)
    await sql`insert into audit (at, act, target_kind, target_id) values (${at}, ${act}, 'contribution', ${id})`.execute(owner);
  if (state === 'collected')
    await bookCollected(owner, campaign, { id, amount_cents, tip_cents, method, person_id: plan.person_id ?? '', at });
  return { id, payment_id, amount_cents };
}

const contribution_ways = {
  started: [],
  lapsed: ['lapsed'],
  withdrawn: ['secured', 'withdrawn'],
  released: ['secured', 'released'],
  secured: ['secured'],
  declined: ['secured', 'declined'],
  collected: ['collected'],
} as const satisfies Record<string, readonly string[]>;

type Standing = { state: string; amount_cents: bigint; reward_id: string | null };

async function standOn(owner: Db, campaign: PlantedCampaign, { state, amount_cents, reward_id }: Standing): Promise<void> {
  if (['started', 'secured', 'declined', 'collected'].includes(state)) {
    await sql`update rewards set taken = taken + 1 where id = ${reward_id}`.execute(owner);
  }
  await sql`update campaign_totals set
      secured_cents = secured_cents + case when ${state} = 'secured' then ${amount_cents}::bigint else 0 end,
      collected_cents = collected_cents + case when ${state} = 'collected' then ${amount_cents}::bigint else 0 end,
      declined_cents = declined_cents + case when ${state} = 'declined' then ${amount_cents}::bigint else 0 end,
      contributions = contributions + case when ${state} in ('secured', 'collected', 'declined') then 1 else 0 end
    where campaign_id = ${campaign.campaign_id}`.execute(owner);
}

type Booked = { id: string; amount_cents: bigint; tip_cents: bigint; method: string; person_id: string; at: Temporal.Instant };

/** The same movements as the recipe `contributionCollected` of the ledger. */
async function bookCollected(owner: Db, campaign: PlantedCampaign, given: Booked): Promise<void> {
  const from =
    given.method === 'wallet'
      ? ['wallet', given.person_id]
      : given.method === 'transfer'
        ? ['bank', '']
        : given.method === 'cash'
          ? ['outside', '']
          : ['clearing', given.method];
  const entry = { entry: 'contribution_collected', subject: given.id, ordinal: 0, host: campaign.host_id, currency: 'EUR' };
  const way = { from_kind: from[0], from_owner: from[1] };
  const total_cents = given.amount_cents + given.tip_cents;
  const arrived = {
    ...entry,
    campaign: null,
    from_kind: 'outside',
    from_owner: '',
    to_kind: 'bank',
    to_owner: '',
    cents: total_cents,
  };
  const tip = { ...entry, campaign: null, ...way, to_kind: 'tips', to_owner: campaign.node_id, cents: given.tip_cents };
  const held = {
    ...entry,
    campaign: campaign.campaign_id,
    ...way,
    to_kind: 'held',
    to_owner: campaign.campaign_id,
    cents: given.amount_cents,
  };
  const lines = [...(given.method === 'transfer' ? [arrived] : []), held, ...(given.tip_cents > 0n ? [tip] : [])];
  await sql`select book(${given.at}, ${json(lines)})`.execute(owner);
}

function sumOf(lines: readonly { amount_cents: bigint }[]): bigint {
  return lines.reduce((sum, line) => sum + line.amount_cents, 0n);
}
