import { newId } from '../src/kit/index.ts';
import { json, sql, type Trx } from '../src/platform/db.ts';
import type { PlantedNode } from './plant-ground.ts';
import type { BudgetLine, HistoricCampaign, LiveProject, LocaleText, PastProject, ProjectCore } from './shape.ts';

export type PlantedProject = {
  slug: string;
  node: PlantedNode;
  project_id: string;
  campaign_id: string;
  opened_at: Temporal.Instant;
  minimum_cents: bigint;
  optimum_cents: bigint;
  rewards: { id: string; amount_cents: bigint; units: number | null; sold: number }[];
  lines: string[];
};

type Texts = Record<string, LocaleText>;
type Row = {
  slug: string;
  locale: string;
  title: LocaleText;
  claim: LocaleText;
  sections: Texts;
  place: string;
  region: string | null;
  latitude: number | null;
  longitude: number | null;
  scope: string;
  categories: string[];
  commitment: string | null;
  goals: number[];
  keywords: string[];
  promoter_id: string | null;
  promoter_name: string;
  companion: { name: string } | null;
  demonstration: boolean;
  facts: Record<string, unknown>;
};

/** A project whose story, lines, rewards, returns, asks and updates are all written down. */
export async function plantWhole(
  trx: Trx,
  p: LiveProject | PastProject,
  node: PlantedNode,
  opened_at: Temporal.Instant,
  promoter_id: string | null,
): Promise<PlantedProject> {
  const planted = await plantCore(
    trx,
    rowOf(p, promoter_id),
    node,
    opened_at,
    sumOf(p.budget_lines.filter((l) => l.essential)),
    sumOf(p.budget_lines),
    2,
  );
  await plantLines(trx, planted, p.budget_lines);
  await plantRewards(trx, planted, p);
  await plantReturns(trx, planted, p, node);
  for (const [position, ask] of p.asks.entries()) {
    await sql`insert into asks (id, campaign_id, position, type, title, why, quantity, unit, place, remote)
      values (${newId()}, ${planted.campaign_id}, ${position + 1}, ${ask.type}, ${json(ask.title)}, ${json(ask.why)}, ${ask.quantity ?? 1}, ${ask.unit ?? 'pieces'},
              ${ask.where === 'place' ? (p.place?.name[p.locale] ?? null) : null}, ${ask.where === 'remote'})`.execute(trx);
  }
  for (const update of p.updates) {
    await sql`insert into updates (id, project_id, title, body, author_name, published_at, demonstration)
      values (${newId()}, ${planted.project_id}, ${json(update.title)}, ${json(update.body)}, ${p.promoter.name}, ${opened_at.add({ hours: update.day * 24 + 3 })},
              ${update.demonstration ?? p.demonstration})`.execute(trx);
  }
  return planted;
}

/** A campaign of which only the figures are known: one essential line for the minimum, one additional line up to the optimum. */
export async function plantFigures(
  trx: Trx,
  h: HistoricCampaign,
  node: PlantedNode,
  opened_at: Temporal.Instant,
): Promise<PlantedProject> {
  const title = { en: h.title, fr: h.title, es: h.title };
  const place = h.place?.name[h.locale] ?? '';
  const row: Row = {
    slug: h.slug,
    locale: h.locale,
    title,
    claim: h.claim,
    sections: { about: h.about },
    place,
    region: place || null,
    latitude: h.place?.lat ?? null,
    longitude: h.place?.lon ?? null,
    scope: 'regional',
    categories: h.categories,
    commitment: h.commitment,
    goals: [],
    keywords: [],
    promoter_id: null,
    promoter_name: '',
    companion: null,
    demonstration: false,
    facts: {
      carried_over: true,
      sources: h.source,
      derived: h.derived,
      call: h.call,
      of_which_call_cents: h.of_which_call_cents,
      status: h.status,
    },
  };
  const planted = await plantCore(trx, row, node, opened_at, BigInt(h.minimum_cents), BigInt(h.optimum_cents), h.rounds);
  const lines: BudgetLine[] = [
    {
      kind: 'other',
      title: { en: 'The minimum, as published', fr: 'Le minimum, tel que publié', es: 'El mínimo, tal como se publicó' },
      why: no_text,
      amount_cents: h.minimum_cents,
      essential: true,
    },
    {
      kind: 'other',
      title: { en: 'Up to the optimum', fr: 'Jusqu’à l’optimum', es: 'Hasta el óptimo' },
      why: no_text,
      amount_cents: h.optimum_cents - h.minimum_cents,
      essential: false,
    },
  ];
  await plantLines(
    trx,
    planted,
    lines.filter((line) => line.amount_cents > 0),
  );
  return planted;
}

const no_text = { en: '', fr: '', es: '' };

function rowOf(p: LiveProject | PastProject, promoter_id: string | null): Row {
  const core: ProjectCore = p;
  const facts = p.demonstration
    ? {}
    : { notes: p.notice, facts: p.facts, invented: p.invented, derived: p.derived, sources: p.source, status: p.status };
  const place = core.place?.name[core.locale] ?? '';
  const { slug, locale, title, claim, sections, scope, categories, commitment, goals, demonstration } = core;
  return {
    ...{
      slug,
      locale,
      title,
      claim,
      scope,
      categories,
      commitment,
      goals,
      facts,
      promoter_id,
      demonstration: demonstration ?? false,
    },
    sections: core.commitment_text ? { ...sections, commitment: core.commitment_text } : sections,
    place,
    region: null,
    latitude: core.place?.lat ?? null,
    longitude: core.place?.lon ?? null,
    keywords: [...new Set([...core.keywords.en, ...core.keywords.fr, ...core.keywords.es])],
    promoter_name: core.promoter.name,
    companion: core.companion ? { name: core.companion.name } : null,
  };
}

async function plantCore(
  trx: Trx,
  p: Row,
  node: PlantedNode,
  opened_at: Temporal.Instant,
  minimum_cents: bigint,
  optimum_cents: bigint,
  rounds: 1 | 2,
): Promise<PlantedProject> {
  const [project_id, campaign_id] = [newId<'project'>(), newId<'campaign'>()];
  await sql`insert into projects (id, node_id, slug, locale, title, claim, sections, place, region, latitude, longitude, scope, categories, commitment_id, goals,
        keywords, promoter_id, promoter_name, companion, demonstration, facts, created_at)
    values (${project_id}, ${node.id}, ${p.slug}, ${p.locale}, ${json(p.title)}, ${json(p.claim)}, ${json(p.sections)}, ${p.place}, ${p.region}, ${p.latitude},
        ${p.longitude}, ${p.scope}, ${p.categories}, ${p.commitment}, ${p.goals}, ${p.keywords}, ${p.promoter_id}, ${p.promoter_name},
        ${p.companion ? json(p.companion) : null}, ${p.demonstration}, ${json(p.facts)}, ${opened_at.subtract({ hours: 24 * 20 })})`.execute(
    trx,
  );
  await sql`insert into campaigns (id, project_id, node_id, host_id, currency, minimum_cents, optimum_cents, rounds, time_zone, opened_at)
    values (${campaign_id}, ${project_id}, ${node.id}, ${node.host_id}, 'EUR', ${minimum_cents}, ${optimum_cents}, ${rounds}, ${node.zone}, ${opened_at})`.execute(
    trx,
  );
  await sql`update campaigns set state = 'in_review' where id = ${campaign_id}`.execute(trx);
  await sql`update campaigns set state = 'scheduled' where id = ${campaign_id}`.execute(trx);
  return { slug: p.slug, node, project_id, campaign_id, opened_at, minimum_cents, optimum_cents, rewards: [], lines: [] };
}

async function plantLines(trx: Trx, planted: PlantedProject, lines: readonly BudgetLine[]): Promise<void> {
  for (const [position, line] of lines.entries()) {
    const id = newId<'line'>();
    planted.lines.push(id);
    await sql`insert into budget_lines (id, campaign_id, position, kind, title, why, amount_cents, essential, starts_on, ends_on)
      values (${id}, ${planted.campaign_id}, ${position + 1}, ${line.kind}, ${json(line.title)}, ${json(line.why.en ? line.why : {})}, ${line.amount_cents}, ${line.essential},
              ${line.starts_on ?? null}, ${line.ends_on ?? null})`.execute(trx);
  }
}

async function plantRewards(trx: Trx, planted: PlantedProject, p: LiveProject | PastProject): Promise<void> {
  for (const [position, reward] of p.rewards.entries()) {
    const id = newId<'reward'>();
    planted.rewards.push({ id, amount_cents: BigInt(reward.amount_cents), units: reward.units, sold: reward.sold ?? 0 });
    await sql`insert into rewards (id, campaign_id, position, type, title, about, amount_cents, units, delivery_on, question, needs_address, symbolic, demonstration, note)
      values (${id}, ${planted.campaign_id}, ${position + 1}, ${reward.type}, ${json(reward.title)}, ${json(reward.about)}, ${reward.amount_cents}, ${reward.units},
              (${planted.opened_at}::timestamptz + interval '80 days' + make_interval(months => ${reward.delivery_months}::int))::date,
              ${reward.question ? json(reward.question) : null}, ${reward.needs_address}, ${reward.symbolic}, ${reward.demonstration ?? false},
              ${reward.note ? json(reward.note) : null})`.execute(trx);
  }
}

async function plantReturns(trx: Trx, planted: PlantedProject, p: LiveProject | PastProject, node: PlantedNode): Promise<void> {
  const verifier = p.companion?.name ?? node.slug;
  for (const [position, r] of p.returns.entries()) {
    const due_on = sql`(${planted.opened_at}::timestamptz + interval '80 days' + make_interval(months => ${r.due_months}::int))::date`;
    const delivered = r.state === 'delivered' || r.state === 'verified';
    await sql`insert into returns (id, project_id, campaign_id, position, type, title, about, licence_id, due_months, state, url, delivered_on, verified_on, verified_by, demonstration)
      values (${newId()}, ${planted.project_id}, ${planted.campaign_id}, ${position + 1}, ${r.type}, ${json(r.title)}, ${json(r.about)}, ${r.licence}, ${r.due_months},
              ${r.state ?? 'promised'}, ${r.url ?? null}, ${delivered ? due_on : null}, ${r.state === 'verified' ? due_on : null},
              ${r.state === 'verified' ? verifier : null}, ${r.demonstration ?? p.demonstration})`.execute(trx);
  }
}

function sumOf(lines: readonly BudgetLine[]): bigint {
  return lines.reduce((sum, line) => sum + BigInt(line.amount_cents), 0n);
}
