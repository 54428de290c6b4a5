import { type Db, only, run, sql, transact } from '../platform/db.ts';
import { found_max, per_page, type Sort, sortOf, type Wish } from './explore-wish.ts';

export type Found = {
  /** The projects of this page, in order. */
  project_ids: string[];
  /** How many were found; `found_max + 1` stands for more than that. */
  total: number;
  /** How many of those found carry each tag; null where there are too many to count. */
  counts: Readonly<Record<string, number>> | null;
};

export type FindOptions = {
  /** Slug of the node whose projects are meant, or null for all. */
  node: string | null;
  now: Temporal.Instant;
  limit?: number;
};

type Sql = ReturnType<typeof sql>;

const ending_days = 7;

/**
 * One page of the list, how long the list is, and what it is made of. Every filter and every word is answered by one index
 * (`listings_found`). The list ends at `found_max`: of more matches than that the first in order are kept, and words rank the most
 * current ones of them.
 */
export async function findProjects(db: Db, wish: Wish, options: FindOptions): Promise<Found> {
  const limit = options.limit ?? per_page;
  const sort = sortOf(wish);
  const query = sql`
    with asked as materialized (select asked_words(${wish.q}::text) as words),
    found as materialized (${orders[sort](conditions(wish, options))}),
    page as (${sort === 'relevance' ? ranked : sql`select project_id, row_number() over () as position from found`}
      order by position limit ${limit}::int offset ${(wish.page - 1) * limit}::int)
    select (select count(*)::int from found) as total,
           (select coalesce(array_agg(project_id order by position), '{}') from page) as project_ids,
           (${tag_counts}) as counts`;
  if (wish.q === '') return only<Found>(db, query);
  // The words lie apart from the rows, which the database does not count when it compares the index with reading everything.
  return transact(db, async (trx) => {
    await run(trx, sql`set local enable_seqscan = off`);
    return only<Found>(trx, query);
  });
}

/** Read once: written out, the database would read the question anew for each row that it ranks. */
const asked = sql`(select words from asked)`;
const most = sql`${found_max + 1}::int`;
const standing = sql`(t.secured_cents + t.collected_cents + t.declined_cents)`;

/** The first `found_max` projects in each order. What live campaigns raised changes by the minute and is asked of their totals. */
const orders: Record<Sort, (where: Sql) => Sql> = {
  soon: (where) => sql`select l.project_id, l.turn from listings l where ${where} order by l.turn, l.project_id limit ${most}`,
  newest: (where) =>
    sql`select l.project_id, l.turn from listings l where ${where} order by l.opened_at desc, l.project_id limit ${most}`,
  // Not the bare column: the database would walk its index and unpack the words of every row on the way.
  relevance: (where) =>
    sql`select l.project_id, l.turn from listings l where ${where} order by l.turn + interval '0', l.project_id limit ${most}`,
  closest: (where) => sql`
    select * from (
      (select l.project_id, l.turn, case when ${standing} < l.minimum_cents then ${standing}::float8 / l.minimum_cents end as share
         from listings l join campaign_totals t on t.campaign_id = l.campaign_id where l.live and ${where}
        order by share desc nulls last, l.turn, l.project_id limit ${most})
      union all
      (select l.project_id, l.turn, null from listings l where not l.live and ${where} order by l.turn, l.project_id limit ${most})) parts
    order by share desc nulls last, turn, project_id limit ${most}`,
  raised: (where) => sql`
    select * from (
      (select l.project_id, l.turn, ${standing} as raised_cents
         from listings l join campaign_totals t on t.campaign_id = l.campaign_id where l.live and ${where}
        order by raised_cents desc, l.project_id limit ${most})
      union all
      (select l.project_id, l.turn, l.raised_cents from listings l where not l.live and ${where}
        order by l.raised_cents desc, l.project_id limit ${most})) parts
    order by raised_cents desc, project_id limit ${most}`,
};

function conditions(wish: Wish, { node, now }: FindOptions): Sql {
  const tags = [
    wish.category && `category:${wish.category}`,
    wish.commitment && `commitment:${wish.commitment}`,
    wish.place && `place:${wish.place}`,
    node && `node:${node}`,
    wish.state && `state:${wish.state}`,
    wish.licence && `licence:${wish.licence}`,
    wish.needs === 'hands' && 'needs:hands',
    (wish.needs === 'money' || wish.ends === 'soon') && 'state:open',
  ].filter((tag) => typeof tag === 'string');
  const parts = [
    wish.q !== '' && sql`l.search @@ ${asked}`,
    tags.length > 0 && sql`l.tags @> ${tags}::text[]`,
    wish.ends === 'soon' &&
      sql`l.live and l.ends_at between ${now}::timestamptz and ${now.add({ hours: 24 * ending_days })}::timestamptz`,
    wish.needs === 'money' &&
      sql`l.optimum_cents > (select secured_cents + collected_cents + declined_cents from campaign_totals where campaign_id = l.campaign_id)`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

/** Of the most current ones, so many are ordered by their words; the rest follow by date. */
export const ranked_max = 400;

/**
 * Words in the title count most, then claim, keywords and names, then the place, then the long text. Each rank is looked up by itself: how many
 * are found cannot be foreseen, and a join planned for few ranks all of them again for each.
 */
const ranked = sql`
  select project_id, row_number() over (order by rank desc nulls last, turn, project_id) as position
    from (select project_id, turn, case when place <= ${ranked_max}::int then (
                   select ts_rank('{0.05, 0.2, 0.4, 1}', l.search, ${asked}) from listings l where l.project_id = f.project_id) end as rank
            from (select project_id, turn, row_number() over () as place from found) f) each`;

const tag_counts = sql`
  select case when (select count(*) from found) <= ${found_max}::int then coalesce(jsonb_object_agg(tag, n), '{}') end
    from (select tag, count(*) as n from found f join listings l on l.project_id = f.project_id, unnest(l.tags) tag
           where (select count(*) from found) <= ${found_max}::int group by tag) tags`;
