import type { Gift } from '../kit/index.ts';
import { type Db, sql } from '../platform/db.ts';

/** Who gave, counted by what may be seen of them, and what they gave, summed by wish. */
export type Crowd = { gifts: Gift[]; named: number; anonymous: number };

/** A giver who may be seen: without an amount where only the name may. Nothing of an anonymous one ever leaves the database. */
export type Giver = { name: string; amount_cents: bigint | null; message: string | null };

const live = sql`c.state in ('secured', 'collected', 'declined', 'disputed')`;

/** The crowd of campaign `k`, to be asked inside another statement. Read it with `readCrowd`. */
export const crowd_json = sql`(select coalesce(json_agg(g), '[]') from (
  select c.wish, c.visibility = 'anonymous' as anonymous, sum(c.amount_cents)::text as amount_cents, count(*) as n
    from contributions c where c.campaign_id = k.id and ${live} group by 1, 2) g)`;

export type CrowdJson = { wish: string[]; anonymous: boolean; amount_cents: string; n: number }[];

export function readCrowd(groups: CrowdJson): Crowd {
  const sum = (anonymous: boolean) => groups.reduce((n, group) => (group.anonymous === anonymous ? n + group.n : n), 0);
  return {
    gifts: groups.map(({ wish, amount_cents }) => ({ wish, amount_cents: BigInt(amount_cents) })),
    named: sum(false),
    anonymous: sum(true),
  };
}

/**
 * Givers of campaign `k` who may be seen, by name: the public ledger is in the order of time, and one that shows names in that order tells
 * the amounts of those who show only their name. Written as the index `contributions_by_name` has it, so that it is used. Read them with
 * `readGivers`.
 */
export function giversJson(limit: number, offset: number) {
  return sql`(select coalesce(json_agg(g), '[]') from (
    select c.name, case when c.visibility = 'public' then c.amount_cents::text end as amount_cents, c.message
      from contributions c where c.campaign_id = k.id and ${live} and c.visibility in ('public', 'name_only')
     order by (left(folded(c.name), 60)) collate "C", md5(c.id::text) limit ${limit} offset ${offset}) g)`;
}

export type GiverJson = Omit<Giver, 'amount_cents'> & { amount_cents: string | null };

export function readGivers(json: readonly GiverJson[]): Giver[] {
  return json.map((giver) => ({ ...giver, amount_cents: giver.amount_cents === null ? null : BigInt(giver.amount_cents) }));
}

/**
 * A crowd of thousands is counted once a second at most, in the viral hour of a campaign too: its bars may be a second old, its sum
 * (kept by the database) never is. Smaller ones are counted every time.
 */
const kept_ms = 1_000;
const large = 1_000;
const shelves = new WeakMap<object, Map<string, { counted_at: number; crowd: Crowd }>>();

export function keptCrowd(db: Db, slug: string): Crowd | undefined {
  const known = shelves.get(db)?.get(slug);
  return known && performance.now() - known.counted_at < kept_ms ? known.crowd : undefined;
}

export function keepCrowd(db: Db, slug: string, crowd: Crowd): Crowd {
  if (crowd.named + crowd.anonymous < large) return crowd;
  const shelf = shelves.get(db) ?? new Map();
  if (shelf.size > 200) shelf.clear();
  shelves.set(db, shelf.set(slug, { counted_at: performance.now(), crowd }));
  return crowd;
}
