import type { AccountKind } from '../ledger/index.ts';
import { sql } from '../platform/db.ts';
import type { Texts } from '../platform/i18n.ts';

/** A side of a movement, with nothing of the person: whose wallet it was is nobody's business. */
export type Side = { kind: AccountKind; gateway: string | null; project: { slug: string; title: Texts } | null };

/** One movement of a campaign's public ledger. `balance_cents`: what was held for the campaign after it. */
export type LedgerRow = {
  id: string;
  at: Temporal.Instant;
  entry: string;
  from: Side;
  to: Side;
  amount_cents: bigint;
  came_in: boolean;
  balance_cents: bigint;
};

/** `held_cents`: held for the campaign now. `older`: ask the next page with this `before`; null on the last one. */
export type LedgerPage = { lines: LedgerRow[]; older: string | null; held_cents: bigint };

/**
 * Every movement of the account that holds the money of campaign `k`, newest first: `limit` of them older than movement `before`, to be
 * asked inside another statement and read with `readLedger`. By key, so that page 500 costs what page 1 does; the running balance is
 * walked back from what the account holds now, in the same statement.
 */
export function ledgerJson(limit: number, before: bigint | null) {
  const older = before === null ? sql`true` : sql`m.id < ${before}`;
  const newer_cents =
    before === null
      ? sql`0`
      : sql`(select coalesce(sum(case when m.to_account = held.id then m.amount_cents else -m.amount_cents end), 0) from movements m
              where held.id in (m.from_account, m.to_account) and m.id >= ${before})`;
  return sql`(select coalesce(json_agg(x), '[]') from (
    with held as (
      select a.id, a.balance_cents from accounts a where a.host_id = k.host_id and a.kind = 'held' and a.owner = k.id::text and a.currency = k.currency
    ), line as (
      (select m.*, true as came_in from movements m where m.to_account = (select id from held) and ${older} order by m.id desc limit ${limit + 1})
      union all
      (select m.*, false from movements m where m.from_account = (select id from held) and ${older} order by m.id desc limit ${limit + 1})
      order by id desc limit ${limit + 1}
    )
    select line.id::text, e.at, e.kind as entry, f.kind as from_kind, u.kind as to_kind,
           case when f.kind = 'clearing' then f.owner when u.kind = 'clearing' then u.owner end as gateway,
           other_p.slug as other_slug, other_p.title as other_title, line.amount_cents::text, line.came_in,
           (held.balance_cents - ${newer_cents})::text as top_cents, held.balance_cents::text as held_cents
      from held left join line on true left join entries e on e.id = line.entry_id
      left join accounts f on f.id = line.from_account left join accounts u on u.id = line.to_account
      left join campaigns other_k on other_k.id = case when f.kind = 'held' and u.kind = 'held'
                                                       then (case when line.came_in then f.owner else u.owner end)::uuid end
      left join projects other_p on other_p.id = other_k.project_id
     order by line.id desc) x)`;
}

export type LedgerJson = {
  /** null: the account exists and nothing moved on it yet. */
  id: string | null;
  at: string;
  entry: string;
  from_kind: AccountKind;
  to_kind: AccountKind;
  gateway: string | null;
  other_slug: string | null;
  other_title: Texts;
  amount_cents: string;
  came_in: boolean;
  top_cents: string;
  held_cents: string;
};
type Moved = LedgerJson & { id: string };

export function readLedger(json: readonly LedgerJson[], limit: number): LedgerPage {
  const moved = json.filter((row): row is Moved => row.id !== null);
  const shown = moved.slice(0, limit);
  let balance_cents = BigInt(shown[0]?.top_cents ?? '0');
  const lines = shown.map((row) => {
    const line = lineOf(row, balance_cents);
    balance_cents -= row.came_in ? line.amount_cents : -line.amount_cents;
    return line;
  });
  return {
    lines,
    older: moved.length > limit ? (shown.at(-1)?.id ?? null) : null,
    held_cents: BigInt(json[0]?.held_cents ?? '0'),
  };
}

function lineOf(row: Moved, balance_cents: bigint): LedgerRow {
  const other = row.other_slug === null ? null : { slug: row.other_slug, title: row.other_title };
  const side = (kind: AccountKind, is_own: boolean): Side => ({
    kind,
    gateway: kind === 'clearing' ? row.gateway : null,
    project: is_own ? null : other,
  });
  const { id, entry, came_in } = row;
  const [from, to] = [side(row.from_kind, !came_in), side(row.to_kind, came_in)];
  return {
    id,
    at: Temporal.Instant.from(row.at),
    entry,
    from,
    to,
    amount_cents: BigInt(row.amount_cents),
    came_in,
    balance_cents,
  };
}
