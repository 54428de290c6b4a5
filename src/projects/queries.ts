import type { Currency } from '../kit/index.ts';
import { type Db, row, rows, sql } from '../platform/db.ts';
import type { BudgetLine } from './budget.ts';
import { type Campaign, type Project, type Update, unpublished_states } from './project.ts';
import './tables.ts';

/**
 * A page asks everything in one statement. Each room gives its part as one JSON value over the project `p`, the campaign it shows `k` and
 * that campaign's totals `t`, with the function that reads it. Amounts travel as text: cents may be larger than a JSON number.
 */
export function fromPublicProject(slug: string) {
  return sql`projects p
    left join lateral (select * from campaigns run where run.project_id = p.id and run.state <> all(${unpublished_states}::text[])
                        order by run.run desc limit 1) k on true
    left join campaign_totals t on t.campaign_id = k.id
   where p.slug = ${slug} and (k.id is not null or not exists (select from campaigns any_run where any_run.project_id = p.id))`;
}

/** The project itself with the names of its topics. Read it with `readProject`. */
export const project_json = sql`(select row_to_json(x) from (
  select p.id, p.slug, p.node_id, p.locale, p.title, p.claim, p.sections, p.cover, p.video, p.place, p.region, p.scope, p.keywords,
         p.promoter_name, p.companion, p.demonstration, p.facts,
         (select coalesce(json_agg(c.name order by c.position), '[]') from categories c where c.id = any(p.categories)) as categories,
         (select m.name from commitments m where m.id = p.commitment_id) as commitment,
         (select coalesce(json_agg(g order by g.id), '[]') from (select id, name from goals where id = any(p.goals)) g) as goals,
         (select count(*) from updates u where u.project_id = p.id and u.published_at <= moment()) as updates_count) x)`;

/** The campaign with what stands on it; null when there is none. Read it with `readCampaign`. */
export const campaign_json = sql`case when k.id is not null then (select row_to_json(x) from (
  select k.id, k.run, k.state, k.currency, k.minimum_cents::text, k.optimum_cents::text, k.rounds, k.round_days, k.time_zone, k.tolerance_bp,
         k.grace_days, k.opened_at, k.ends_at, k.round_one_ended_at, k.grace_ends_at, k.secured_at, k.closed_at, k.stop_reason,
         k.closing_pledged_cents::text, k.closing_contributions, k.final_collected_cents::text, coalesce(t.secured_cents, 0)::text as secured_cents,
         coalesce(t.collected_cents, 0)::text as collected_cents, coalesce(t.declined_cents, 0)::text as declined_cents,
         coalesce(t.contributions, 0) as contributions) x) end`;

/** Budget lines in the promoter's order. Read them with `readLines`. */
export const lines_json = sql`(select coalesce(json_agg(l order by l.position), '[]') from (
  select id, position, kind, title, why, amount_cents::text, essential, starts_on, ends_on from budget_lines where campaign_id = k.id) l)`;

/** What is asked besides money. */
export const asks_json = sql`(select coalesce(json_agg(a order by a.position), '[]') from (
  select id, position, type, title, why, quantity::text, unit, place, remote from asks where campaign_id = k.id) a)`;

/** News, newest first. Read them with `readUpdates`. */
export function updatesJson(limit: number) {
  return sql`(select coalesce(json_agg(u), '[]') from (
    select id, title, body, author_name, published_at, demonstration from updates
     where project_id = p.id and published_at <= moment() order by published_at desc, id desc limit ${limit}) u)`;
}

export type ProjectJson = Project & { updates_count: number };

type Instants = 'opened_at' | 'ends_at' | 'round_one_ended_at' | 'grace_ends_at' | 'secured_at' | 'closed_at';
type Nullable = 'closing_pledged_cents' | 'final_collected_cents';
type Cents = 'minimum_cents' | 'optimum_cents' | 'secured_cents' | 'collected_cents' | 'declined_cents';
export type CampaignJson = Omit<Campaign, Instants | Nullable | Cents> &
  Record<Instants | Nullable, string | null> &
  Record<Cents, string>;
export type LineJson = Omit<BudgetLine, 'amount_cents'> & { amount_cents: string };
export type UpdateJson = Omit<Update, 'published_at'> & { published_at: string };

export function readCampaign(json: CampaignJson): Campaign {
  return {
    ...json,
    currency: json.currency as Currency,
    minimum_cents: BigInt(json.minimum_cents),
    optimum_cents: BigInt(json.optimum_cents),
    secured_cents: BigInt(json.secured_cents),
    collected_cents: BigInt(json.collected_cents),
    declined_cents: BigInt(json.declined_cents),
    closing_pledged_cents: json.closing_pledged_cents === null ? null : BigInt(json.closing_pledged_cents),
    final_collected_cents: json.final_collected_cents === null ? null : BigInt(json.final_collected_cents),
    opened_at: instant(json.opened_at),
    ends_at: instant(json.ends_at),
    round_one_ended_at: instant(json.round_one_ended_at),
    grace_ends_at: instant(json.grace_ends_at),
    secured_at: instant(json.secured_at),
    closed_at: instant(json.closed_at),
  };
}

export function readLines(json: readonly LineJson[]): BudgetLine[] {
  return json.map((line) => ({ ...line, amount_cents: BigInt(line.amount_cents) }));
}

export function readUpdates(json: readonly UpdateJson[]): Update[] {
  return json.map((update) => ({ ...update, published_at: Temporal.Instant.from(update.published_at) }));
}

function instant(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text);
}

/** A public project, the campaign it shows (null when it never asked for money) and its budget lines; undefined when there is none. */
export async function projectBySlug(
  db: Db,
  slug: string,
): Promise<{ project: Project; campaign: Campaign | null; lines: BudgetLine[] } | undefined> {
  const found = await row<{ project: ProjectJson; campaign: CampaignJson | null; lines: LineJson[] }>(
    db,
    sql`select ${project_json} as project, ${campaign_json} as campaign, ${lines_json} as lines from ${fromPublicProject(slug)}`,
  );
  if (!found) return undefined;
  return { project: found.project, campaign: found.campaign && readCampaign(found.campaign), lines: readLines(found.lines) };
}

/** Budget lines of a campaign in the promoter's order. */
export function linesOf(db: Db, campaign_id: string): Promise<BudgetLine[]> {
  return rows<BudgetLine>(
    db,
    sql`select id, position, kind, title, why, amount_cents, essential, starts_on::text, ends_on::text
          from budget_lines where campaign_id = ${campaign_id} order by position`,
  );
}
