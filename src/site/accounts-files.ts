import { formatCents } from '../kit/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Db } from '../platform/db.ts';
import type { T } from '../platform/i18n.ts';
import { type Books, byMethod, byYear, campaignAccounts, csv, type Scope, totalsOf } from '../stats/index.ts';

type Row = (string | number | bigint | null)[];

/** All totals as one long table: a figure, whose it is, of which year or method, and its definition in the reader's language. */
export function totalsFile(t: T, books: Books, nodes: readonly Node[], scope: Scope): string {
  const head: Row = ['figure', 'node', 'year', 'method', 'value', 'unit', 'definition', 'at'];
  const at = books.at.round('second').toString();
  const of = (figure: string, node: string, year: number | null, method: string, value: bigint | number, unit: string): Row => {
    const shown = typeof value === 'bigint' ? formatCents(value) : value;
    return [figure, node, year, method, shown, unit, t.maybe(`accounts.def_${figure}`) ?? '', at];
  };
  const chosen = nodes.filter((node) => scope.node_id === null || node.id === scope.node_id);
  const scopes: [string, Scope][] = chosen.map((node) => [
    node.slug,
    { node_id: node.id, host_id: node.host.id, currency: scope.currency },
  ]);
  if (scope.node_id === null) scopes.unshift(['', scope]);
  const rows = scopes.flatMap(([node, own]) => [
    ...Object.entries(figuresOf(books, own)).map(([figure, value]) =>
      of(figure, node, null, '', value, typeof value === 'bigint' ? scope.currency : 'count'),
    ),
    ...byYear(books, own).flatMap((line) => [
      of('collected', node, line.year, '', line.collected_cents, scope.currency),
      of('returned', node, line.year, '', line.returned_cents, scope.currency),
      of('campaigns', node, line.year, '', line.opened, 'count'),
      of('funded', node, line.year, '', line.succeeded, 'count'),
      of('failed', node, line.year, '', line.failed, 'count'),
    ]),
    ...byMethod(books, own).flatMap((line) => [
      of('collected', node, null, line.method, line.collected_cents, scope.currency),
      of('returned', node, null, line.method, line.returned_cents, scope.currency),
    ]),
  ]);
  return csv([head, ...rows]);
}

/** The names of the page's figures with their values. */
function figuresOf(books: Books, scope: Scope): Record<string, bigint | number> {
  const totals = totalsOf(books, scope);
  return {
    raised: totals.raised_cents,
    collected: totals.collected_cents,
    returned: totals.returned_cents,
    paid: totals.paid_out_cents,
    held: totals.held_cents,
    contributions: totals.contributions,
    campaigns: totals.campaigns,
    live: totals.live,
    funded: totals.succeeded,
    failed: totals.failed,
    stopped: totals.stopped,
    commons: totals.returns_delivered,
    owed: totals.returns_promised,
    late: totals.returns_late,
    tips: totals.tips_cents,
    fund: totals.fund_cents,
    wallets: totals.wallets_cents,
    parked: totals.parked_cents,
  };
}

const chunk = 1_000;

/** Every campaign with its sums, written as it is read: as long as the list may be. */
export function campaignsFile(db: Db, nodes: readonly Node[], node_id: string | null): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let skip = 0;
  const head = [
    'slug',
    'title',
    'node',
    'state',
    'demonstration',
    'opened',
    'closed',
    'currency',
    'minimum',
    'optimum',
    'raised',
  ];
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(csv([[...head, 'contributions', 'collected', 'returned', 'held']]))),
    async pull(controller) {
      const campaigns = await campaignAccounts(db, node_id, chunk, skip);
      skip += chunk;
      const rows: Row[] = campaigns.map((each) => [
        each.slug,
        each.title[each.locale] ?? Object.values(each.title)[0] ?? '',
        nodes.find((node) => node.id === each.node_id)?.slug ?? '',
        each.state,
        each.demonstration ? 'yes' : 'no',
        each.opened_at.toString().slice(0, 10),
        each.closed_at?.toString().slice(0, 10) ?? null,
        each.currency,
        ...[each.minimum_cents, each.optimum_cents, each.raised_cents].map(formatCents),
        each.contributions,
        ...[each.collected_cents, each.returned_cents, each.held_cents].map(formatCents),
      ]);
      if (rows.length > 0) controller.enqueue(encoder.encode(csv(rows)));
      if (campaigns.length < chunk) controller.close();
    },
  });
}
