import { type Db, only, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';

/** A collective return in the catalogue. Dates as the database writes them: "2027-02-01". */
export type CommonsLine = {
  id: string;
  node_id: string;
  slug: string;
  project_title: Texts;
  locale: Locale;
  place: string;
  position: number;
  type: string;
  title: Texts;
  about: Texts;
  licence_id: string | null;
  state: string;
  due_on: string | null;
  url: string | null;
  delivered_on: string | null;
  verified_on: string | null;
  demonstration: boolean;
};

export const commons_states = ['delivered', 'verified', 'promised', 'late', 'contested'] as const;
/** What a licence lets people do, as filters. */
export const freedoms = ['open', 'noncommercial', 'noderivatives', 'none'] as const;
export const commons_per_page = 30;
export const commons_max = 1_000;

export type CommonsWish = {
  type: string | null;
  licence: string | null;
  state: (typeof commons_states)[number] | null;
  freedom: (typeof freedoms)[number] | null;
  page: number;
};

export type CommonsFound = {
  lines: CommonsLine[];
  total: number;
  types: Record<string, number>;
  states: Record<string, number>;
  licences: Record<string, number>;
};

/** Reads an address; what makes no sense is as if it had not been said. */
export function readCommonsWish(params: URLSearchParams): CommonsWish {
  const one = (name: string) => params.getAll(name).at(-1) ?? '';
  const word = (name: string) => (/^[a-z0-9_-]{1,40}$/.test(one(name)) ? one(name) : null);
  const page = /^\d{1,3}$/.test(one('page')) ? Number(one('page')) : 1;
  return {
    type: word('type'),
    licence: word('licence'),
    state: commons_states.find((state) => state === one('state')) ?? null,
    freedom: freedoms.find((freedom) => freedom === one('freedom')) ?? null,
    page: Math.min(Math.ceil(commons_max / commons_per_page), Math.max(1, page)),
  };
}

export function commonsPath(wish: Partial<CommonsWish>, change: Partial<CommonsWish> = {}): string {
  const to = { ...wish, page: 1, ...change };
  const params = new URLSearchParams();
  for (const name of ['type', 'licence', 'state', 'freedom'] as const) if (to[name]) params.set(name, to[name]);
  if (to.page > 1) params.set('page', String(to.page));
  const query = params.toString();
  return query ? `/commons?${query}` : '/commons';
}

/** One page of the catalogue, of one node or of all: what can be fetched first, the latest at the top; then what is due next. */
export async function findCommons(db: Db, wish: CommonsWish, node_id: string | null): Promise<CommonsFound> {
  return only<CommonsFound>(
    db,
    sql`
    with found as materialized (
      select s.* from stats_commons s left join licences l on l.id = s.licence_id
       where ${where(wish, node_id)}
       order by s.state not in ('delivered', 'verified'), s.delivered_on desc nulls last, s.due_on nulls last, s.id limit ${commons_max + 1}::int)
    select (select count(*)::int from found) as total,
           (select coalesce(jsonb_agg(to_jsonb(shown)), '[]') from (
             select * from found limit ${commons_per_page}::int offset ${(wish.page - 1) * commons_per_page}::int) shown) as lines,
           (${counted('type')}) as types, (${counted('state')}) as states, (${counted('licence_id')}) as licences`,
  );
}

/** What was delivered last. */
export function commonsLately(db: Db, node_id: string | null, limit: number): Promise<CommonsLine[]> {
  return rows<CommonsLine>(
    db,
    sql`select s.*, s.due_on::text as due_on, s.delivered_on::text as delivered_on, s.verified_on::text as verified_on from stats_commons s
         where s.state in ('delivered', 'verified') and (${node_id}::uuid is null or s.node_id = ${node_id}::uuid)
         order by s.delivered_on desc nulls last, s.id limit ${limit}::int`,
  );
}

function where(wish: CommonsWish, node_id: string | null): ReturnType<typeof sql> {
  const freedom = {
    open: sql`(l.open_definition or l.osi or l.oshwa)`,
    noncommercial: sql`l.non_commercial`,
    noderivatives: sql`l.no_derivatives`,
    none: sql`s.licence_id is null`,
  };
  const parts = [
    node_id !== null && sql`s.node_id = ${node_id}::uuid`,
    wish.type !== null && sql`s.type = ${wish.type}`,
    wish.licence !== null && sql`s.licence_id = ${wish.licence}`,
    wish.state !== null && sql`s.state = ${wish.state}`,
    wish.freedom !== null && freedom[wish.freedom],
  ].filter((part) => part !== false);
  return parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`;
}

function counted(column: 'type' | 'state' | 'licence_id'): ReturnType<typeof sql> {
  return sql`select coalesce(jsonb_object_agg(word, n), '{}') from (
    select ${sql.ref(column)} as word, count(*) as n from found where ${sql.ref(column)} is not null group by 1) counts`;
}
