import { type Db, rows, sql } from '../platform/db.ts';
import { kept } from './kept.ts';

/** Campaigns of one node, state and year, added up. Amounts in cents of `currency`. */
export type CampaignsRow = {
  node_id: string;
  currency: string;
  demonstration: boolean;
  state: string;
  live: boolean;
  succeeded: boolean;
  opened_year: number;
  closed_year: number | null;
  campaigns: number;
  raised_cents: bigint;
  contributions: number;
};

/** Money of one node, year and method, as the ledger has it. */
export type MoneyRow = {
  node_id: string;
  host_id: string;
  currency: string;
  demonstration: boolean;
  year: number;
  method: string;
  collected_cents: bigint;
  moved_in_cents: bigint;
  returned_cents: bigint;
  paid_out_cents: bigint;
  collections: number;
};

type BalanceRow = {
  node_id: string | null;
  host_id: string;
  currency: string;
  kind: string;
  balance_cents: bigint;
  accounts: number;
};
type ParkedRow = { host_id: string; currency: string; cases: number; parked_cents: bigint };
type CommonsRow = { node_id: string; state: string; returns: number };

/** Every row from which the open accounts are added up, read at one moment. */
export type Books = {
  at: Temporal.Instant;
  campaigns: CampaignsRow[];
  money: MoneyRow[];
  balances: BalanceRow[];
  parked: ParkedRow[];
  commons: CommonsRow[];
};

/** The books as they stand now: each figure by its one definition, the views of migration 0004. */
export async function readBooks(db: Db): Promise<Books> {
  const [moment, campaigns, money, balances, parked, commons] = await Promise.all([
    rows<{ at: Temporal.Instant }>(db, sql`select moment() as at`),
    rows<CampaignsRow>(
      db,
      sql`select node_id, currency, demonstration, state, live, succeeded, opened_year, closed_year, count(*)::int as campaigns,
                 sum(raised_cents)::bigint as raised_cents, sum(contributions)::int as contributions
            from stats_campaigns group by node_id, currency, demonstration, state, live, succeeded, opened_year, closed_year`,
    ),
    rows<MoneyRow>(db, sql`select *, collections::int as collections from stats_money`),
    rows<BalanceRow>(
      db,
      sql`select node_id, host_id, currency, kind, balance_cents, accounts::int as accounts from stats_balances`,
    ),
    rows<ParkedRow>(db, sql`select host_id, currency, cases::int as cases, parked_cents from stats_parked`),
    rows<CommonsRow>(db, sql`select node_id, state, count(*)::int as returns from stats_commons group by node_id, state`),
  ]);
  return { at: moment[0]?.at ?? Temporal.Now.instant(), campaigns, money, balances, parked, commons };
}

/** The same, at most a minute old: adding up everything costs more than any one reader should wait for. */
export const books = kept(readBooks, 60_000);

/** Whose figures: one node's (with its host's wallets), or the whole installation's. */
export type Scope = { node_id: string | null; host_id: string | null; currency: string };

export type Totals = {
  raised_cents: bigint;
  funded_cents: bigint;
  collected_cents: bigint;
  returned_cents: bigint;
  paid_out_cents: bigint;
  held_cents: bigint;
  tips_cents: bigint;
  fund_cents: bigint;
  wallets_cents: bigint;
  wallets: number;
  parked_cents: bigint;
  parked: number;
  contributions: number;
  campaigns: number;
  live: number;
  succeeded: number;
  failed: number;
  stopped: number;
  /** Of those that were decided, from 0 to 1; null before the first. */
  success: number | null;
  returns_promised: number;
  returns_late: number;
  returns_delivered: number;
  demonstration_cents: bigint;
};

/** All totals of a scope. Definitions: `accounts.def_*` in the locales. */
export function totalsOf(all: Books, scope: Scope): Totals {
  const campaigns = within(all.campaigns, scope);
  const money = within(all.money, scope);
  const balance = (kind: string) => sumCents(ofHostOrNode(all.balances, scope, kind), (row) => row.balance_cents);
  const counted = (chosen: CampaignsRow[]) => chosen.reduce((sum, row) => sum + row.campaigns, 0);
  const [succeeded, failed] = [
    counted(campaigns.filter((row) => row.succeeded)),
    counted(campaigns.filter((row) => row.state === 'failed')),
  ];
  const parked = all.parked.filter(
    (row) => row.currency === scope.currency && (scope.host_id === null || row.host_id === scope.host_id),
  );
  const returns = (...states: string[]) =>
    all.commons
      .filter((row) => (scope.node_id === null || row.node_id === scope.node_id) && states.includes(row.state))
      .reduce((sum, row) => sum + row.returns, 0);
  const flows = flowsOf(money);
  return {
    ...flows,
    held_cents:
      flows.collected_cents + sumCents(money, (row) => row.moved_in_cents) - flows.returned_cents - flows.paid_out_cents,
    raised_cents: sumCents(campaigns, (row) => row.raised_cents),
    funded_cents: sumCents(
      campaigns.filter((row) => row.succeeded),
      (row) => row.raised_cents,
    ),
    demonstration_cents: sumCents(
      campaigns.filter((row) => row.demonstration),
      (row) => row.raised_cents,
    ),
    tips_cents: balance('tips'),
    fund_cents: balance('fund'),
    wallets_cents: balance('wallet'),
    wallets: ofHostOrNode(all.balances, scope, 'wallet').reduce((sum, row) => sum + row.accounts, 0),
    parked_cents: sumCents(parked, (row) => row.parked_cents),
    parked: parked.reduce((sum, row) => sum + row.cases, 0),
    contributions: campaigns.reduce((sum, row) => sum + row.contributions, 0),
    campaigns: counted(campaigns),
    live: counted(campaigns.filter((row) => row.live)),
    succeeded,
    failed,
    stopped: counted(campaigns.filter((row) => row.state === 'stopped')),
    success: succeeded + failed > 0 ? succeeded / (succeeded + failed) : null,
    returns_promised: returns('promised', 'late', 'contested'),
    returns_late: returns('late'),
    returns_delivered: returns('delivered', 'verified'),
  };
}

export type YearLine = {
  year: number;
  opened: number;
  succeeded: number;
  failed: number;
  collected_cents: bigint;
  returned_cents: bigint;
};

/** Year by year, oldest first, without gaps: when campaigns opened, when they were decided, when money moved. */
export function byYear(all: Books, scope: Scope): YearLine[] {
  const campaigns = within(all.campaigns, scope);
  const money = within(all.money, scope);
  const years = [...campaigns.flatMap((row) => [row.opened_year, row.closed_year]), ...money.map((row) => row.year)].filter(
    (year) => year !== null,
  );
  if (years.length === 0) return [];
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const counted = (chosen: CampaignsRow[]) => chosen.reduce((sum, row) => sum + row.campaigns, 0);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    const flows = flowsOf(money.filter((row) => row.year === year));
    return {
      year,
      opened: counted(campaigns.filter((row) => row.opened_year === year)),
      succeeded: counted(campaigns.filter((row) => row.succeeded && row.closed_year === year)),
      failed: counted(campaigns.filter((row) => row.state === 'failed' && row.closed_year === year)),
      collected_cents: flows.collected_cents,
      returned_cents: flows.returned_cents,
    };
  });
}

export type MethodLine = { method: string; collections: number; collected_cents: bigint; returned_cents: bigint };

/** By the way it was paid, the largest first; methods nobody used are left out. */
export function byMethod(all: Books, scope: Scope): MethodLine[] {
  const money = within(all.money, scope);
  return [...new Set(money.map((row) => row.method))]
    .map((method) => {
      const own = money.filter((row) => row.method === method);
      const { collected_cents, returned_cents } = flowsOf(own);
      return { method, collected_cents, returned_cents, collections: own.reduce((sum, row) => sum + row.collections, 0) };
    })
    .filter((line) => line.collections > 0 || line.returned_cents > 0n)
    .sort((a, b) => Number(b.collected_cents - a.collected_cents) || (a.method < b.method ? -1 : 1));
}

function flowsOf(money: readonly MoneyRow[]): { collected_cents: bigint; returned_cents: bigint; paid_out_cents: bigint } {
  return {
    collected_cents: sumCents(money, (row) => row.collected_cents),
    returned_cents: sumCents(money, (row) => row.returned_cents),
    paid_out_cents: sumCents(money, (row) => row.paid_out_cents),
  };
}

function within<Row extends { node_id: string; currency: string }>(list: readonly Row[], scope: Scope): Row[] {
  return list.filter((row) => row.currency === scope.currency && (scope.node_id === null || row.node_id === scope.node_id));
}

/** Tips and fund belong to a node, wallets to its host. */
function ofHostOrNode(list: readonly BalanceRow[], scope: Scope, kind: string): BalanceRow[] {
  return list.filter((row) => {
    if (row.kind !== kind || row.currency !== scope.currency) return false;
    if (kind === 'wallet') return scope.host_id === null || row.host_id === scope.host_id;
    return scope.node_id === null || row.node_id === scope.node_id;
  });
}

function sumCents<Row>(list: readonly Row[], of: (row: Row) => bigint): bigint {
  return list.reduce((sum, row) => sum + of(row), 0n);
}
