import { type Db, row, rows, sql } from '../platform/db.ts';
import type { BudgetLine } from './budget.ts';
import { type Ask, type Campaign, type Project, type Update, unpublished_states } from './project.ts';
import './tables.ts';

/** A public project with the campaign it shows: the latest that was published, or none when it never asked. */
export type ProjectWithCampaign = { project: Project; campaign: Campaign | null };

/** What the public sees of a campaign, by the project's slug; null when there is none. To be used inside another statement. */
export function publicCampaignOf(slug: string) {
  return sql`(select shown.id from campaigns shown join projects its on its.id = shown.project_id
               where its.slug = ${slug} and shown.state <> all(${unpublished_states}::text[]) order by shown.run desc limit 1)`;
}

/** Lists asked in the same statement as their project (`p`) and campaign (`k`), each one JSON. Amounts come as text: cents may be large. */
const lists = {
  lines: sql`(select coalesce(json_agg(l order by l.position), '[]') from (
      select id, position, kind, title, why, amount_cents::text, essential, starts_on, ends_on from budget_lines where campaign_id = k.id) l)`,
  asks: sql`(select coalesce(json_agg(a order by a.position), '[]') from (
      select id, position, type, title, why, quantity::text, unit, place, remote from asks where campaign_id = k.id) a)`,
};

type Row = Omit<Project, 'id'> &
  Omit<Campaign, 'id'> & { project_id: string; campaign_id: string | null; lines: JsonLine[]; asks: Ask[]; updates: number };
type JsonLine = Omit<BudgetLine, 'amount_cents'> & { amount_cents: string };

/**
 * A project's page in one statement: the project, the campaign it shows with its figures, budget lines, asks and the number of updates.
 * Undefined when nobody published it.
 */
export async function projectBySlug(
  db: Db,
  slug: string,
): Promise<(ProjectWithCampaign & { lines: BudgetLine[]; asks: Ask[]; updates_count: number }) | undefined> {
  const found = await row<Row>(
    db,
    sql`select p.id as project_id, p.slug, p.node_id, p.locale, p.title, p.claim, p.sections, p.cover, p.video, p.place, p.region, p.scope,
               p.keywords, p.promoter_name, p.companion, p.demonstration, p.facts,
               array(select c.name from categories c where c.id = any(p.categories) order by c.position) as categories,
               (select m.name from commitments m where m.id = p.commitment_id) as commitment,
               (select coalesce(json_agg(g order by g.id), '[]') from (select id, name from goals where id = any(p.goals)) g) as goals,
               k.id as campaign_id, k.run, k.state, k.currency, k.minimum_cents, k.optimum_cents, k.rounds, k.round_days, k.time_zone,
               k.tolerance_bp, k.grace_days, k.opened_at, k.ends_at, k.round_one_ended_at, k.grace_ends_at, k.secured_at, k.closed_at,
               k.stop_reason, k.closing_pledged_cents, k.closing_contributions, k.final_collected_cents,
               coalesce(t.secured_cents, 0) as secured_cents, coalesce(t.collected_cents, 0) as collected_cents,
               coalesce(t.declined_cents, 0) as declined_cents, coalesce(t.contributions, 0) as contributions,
               ${lists.lines} as lines, ${lists.asks} as asks,
               (select count(*)::int from updates u where u.project_id = p.id and u.published_at <= moment()) as updates
          from projects p
          left join campaigns k on k.id = ${publicCampaignOf(slug)}
          left join campaign_totals t on t.campaign_id = k.id
         where p.slug = ${slug} and (k.id is not null or not exists (select from campaigns any_run where any_run.project_id = p.id))`,
  );
  if (!found) return undefined;
  const { project_id, campaign_id, lines, asks, updates, ...rest } = found;
  return {
    project: { ...rest, id: project_id },
    campaign: campaign_id === null ? null : { ...rest, id: campaign_id },
    lines: lines.map((line) => ({ ...line, amount_cents: BigInt(line.amount_cents) })),
    asks,
    updates_count: updates,
  };
}

/** News of a project, newest first. */
export function updatesOf(db: Db, slug: string, limit: number): Promise<Update[]> {
  return rows<Update>(
    db,
    sql`select u.id, u.title, u.body, u.author_name, u.published_at, u.demonstration
          from updates u where u.project_id = (select id from projects where slug = ${slug}) and u.published_at <= moment()
         order by u.published_at desc, u.id desc limit ${limit}`,
  );
}

/** Budget lines of a campaign in the promoter's order. */
export function linesOf(db: Db, campaign_id: string): Promise<BudgetLine[]> {
  return rows<BudgetLine>(
    db,
    sql`select id, position, kind, title, why, amount_cents, essential, starts_on::text, ends_on::text
          from budget_lines where campaign_id = ${campaign_id} order by position`,
  );
}
