import type { Event } from '../activity/index.ts';
import type { Currency } from '../kit/index.ts';
import { type Db, only, row, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import type { CampaignState } from '../projects/index.ts';

/** A campaign as a steward sees it in a list. Amounts in cents. */
export type DeskCampaign = {
  id: string;
  slug: string;
  title: Texts;
  locale: Locale;
  state: CampaignState;
  currency: Currency;
  minimum_cents: bigint;
  raised_cents: bigint;
  collected_cents: bigint;
  secured_cents: bigint;
  declined_cents: bigint;
  contributions: number;
  opened_at: Temporal.Instant | null;
  ends_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  closed_at: Temporal.Instant | null;
};

const campaign_columns = sql`k.id, p.slug, p.title, p.locale, k.state, k.currency, k.minimum_cents, k.opened_at, k.ends_at, k.grace_ends_at, k.closed_at,
  coalesce(s.raised_cents, 0) as raised_cents, coalesce(t.collected_cents, 0) as collected_cents, coalesce(t.secured_cents, 0) as secured_cents,
  coalesce(t.declined_cents, 0) as declined_cents, coalesce(s.contributions, 0) as contributions`;
const campaign_tables = sql`campaigns k join projects p on p.id = k.project_id left join campaign_totals t on t.campaign_id = k.id
  left join stats_campaigns s on s.campaign_id = k.id`;

/** Campaigns under way in a node, those that need a decision soonest first. */
export function campaignsUnderWay(db: Db, node_id: string): Promise<DeskCampaign[]> {
  return rows<DeskCampaign>(
    db,
    sql`select ${campaign_columns} from ${campaign_tables}
         where k.node_id = ${node_id} and k.state in ('in_review', 'changes_requested', 'scheduled', 'round_one', 'collecting', 'round_two', 'open')
         order by case k.state when 'collecting' then k.grace_ends_at when 'scheduled' then k.opened_at else k.ends_at end nulls last, p.slug`,
  );
}

export type Page<R> = { found: R[]; page: number; pages: number };

/** Campaigns that are over, latest first. */
export async function campaignsOver(db: Db, node_id: string, page: number, per_page = 25): Promise<Page<DeskCampaign>> {
  const over = sql`k.node_id = ${node_id} and k.state in ('funded', 'fulfilled', 'failed', 'stopped', 'rejected', 'withdrawn', 'closed')`;
  const [found, count] = await Promise.all([
    rows<DeskCampaign>(
      db,
      sql`select ${campaign_columns} from ${campaign_tables} where ${over}
           order by k.closed_at desc nulls last, k.id limit ${per_page} offset ${(page - 1) * per_page}`,
    ),
    only<{ n: bigint }>(db, sql`select count(*) as n from campaigns k where ${over}`),
  ]);
  return { found, page, pages: Math.max(1, Math.ceil(Number(count.n) / per_page)) };
}

/** One campaign of this node, with what stopping it would send back; undefined when it is another node's. */
export type Stoppable = DeskCampaign & { uncharged: number; arrived: number; arrived_cents: bigint; stop_reason: string | null };

export function campaignToStop(db: Db, node_id: string, campaign_id: string): Promise<Stoppable | undefined> {
  return row<Stoppable>(
    db,
    sql`select ${campaign_columns}, k.stop_reason,
               (select count(*)::int from contributions c where c.campaign_id = k.id and c.state in ('secured', 'declined')) as uncharged,
               (select count(*)::int from contributions c where c.campaign_id = k.id and c.state = 'collected') as arrived,
               coalesce(t.collected_cents, 0) as arrived_cents
          from ${campaign_tables} where k.id = ${campaign_id} and k.node_id = ${node_id}`,
  );
}

/** What happened in a node, newest first: `limit` events before the event `before` (null: from the newest). */
export type DeskEvent = Event & {
  slug: string | null;
  title: Texts | null;
  locale: Locale | null;
  amount_cents: bigint | null;
  currency: Currency | null;
  by: string | null;
};

export function eventsOfNode(db: Db, node_id: string, before: bigint | null, limit: number): Promise<DeskEvent[]> {
  return rows<DeskEvent>(
    db,
    sql`select e.id, e.at, e.kind, e.node_id, e.campaign_id, e.subject_id, e.person_id, e.data, p.slug, p.title, p.locale,
               c.amount_cents, coalesce(c.currency, k.currency) as currency, case when e.kind = 'campaign_stopped' then m.name end as by
          from events e
          left join campaigns k on k.id = e.campaign_id left join projects p on p.id = k.project_id
          left join contributions c on c.id = e.subject_id and e.kind like 'contribution\\_%'
          left join people m on m.id = e.person_id
         where e.node_id = ${node_id} and e.kind <> 'giver_news' and (${before}::bigint is null or e.id < ${before})
         order by e.id desc limit ${limit}`,
  );
}

/** Cash given lately in a node; what waits for a second person first. */
export type CashLine = {
  id: string;
  name: string;
  amount_cents: bigint;
  currency: Currency;
  state: string;
  started_at: Temporal.Instant;
  slug: string;
  title: Texts;
  locale: Locale;
  recorded_by: string | null;
  recorded_by_id: string | null;
  /** Nobody has confirmed it, even if its contribution has ended meanwhile. */
  waits: boolean;
};

const cash_select = sql`select c.id, c.name, c.amount_cents, c.currency, c.state, c.started_at, p.slug, p.title, p.locale, m.name as recorded_by, a.actor_id as recorded_by_id,
  exists (select from payments y where y.contribution_id = c.id and y.state in ('asked', 'abandoned')) as waits
  from contributions c join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id
  left join lateral (select actor_id from audit where target_id = c.id and act = 'cash_recorded' order by id limit 1) a on true
  left join people m on m.id = a.actor_id`;

export function cashOf(db: Db, node_id: string, limit = 30): Promise<CashLine[]> {
  return rows<CashLine>(
    db,
    sql`${cash_select} where c.node_id = ${node_id} and c.method = 'cash' order by waits desc, c.started_at desc, c.id limit ${limit}`,
  );
}

export function cashById(db: Db, node_id: string, id: string): Promise<CashLine | undefined> {
  return row<CashLine>(db, sql`${cash_select} where c.id = ${id} and c.node_id = ${node_id} and c.method = 'cash'`);
}

/** Campaigns of a node that take money at this moment: what cash may be given to. */
export function openCampaigns(
  db: Db,
  node_id: string,
): Promise<{ id: string; title: Texts; locale: Locale; currency: Currency }[]> {
  return rows(
    db,
    sql`select k.id, p.title, p.locale, k.currency from campaigns k join projects p on p.id = k.project_id
         where k.node_id = ${node_id} and ((k.state in ('round_one', 'round_two') and k.ends_at >= moment())
               or (k.state = 'collecting' and k.grace_ends_at >= moment()) or k.state = 'open') order by p.slug`,
  );
}
