import type { Child } from 'hono/jsx';
import { ButtonLink, DataTable, Notice, Toc } from '../look/index.ts';
import type { Node } from '../nodes/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import {
  type Books,
  byMethod,
  byYear,
  type CampaignAccount,
  type Check,
  type Scope,
  type Totals,
  totalsOf,
} from '../stats/index.ts';
import type { Visit } from '../visits/index.ts';
import { CampaignsTable } from './accounts-campaigns.tsx';
import { ChartKey, YearChart } from './accounts-chart.tsx';
import { Promised } from './accounts-promises.tsx';

export type AccountsView = {
  visit: Visit;
  books: Books;
  scope: Scope;
  totals: Totals;
  nodes: readonly Node[];
  campaigns: readonly CampaignAccount[];
  check: Check | undefined;
};

/** Every total with its definition, year by year and node by node, each campaign's ledger, and how to check all of it. */
export function AccountsPage({ view }: { view: AccountsView }) {
  const { visit, books } = view;
  const { t } = visit;
  const parts = ['figures', 'years', 'methods', 'ledgers', 'verify'] as const;
  return (
    <>
      <header class="accounts-head">
        <div class="stack is-tight">
          <h1>{t('accounts.title')}</h1>
          <p class="lede">{t('accounts.lede')}</p>
        </div>
        <p class="row">
          <ButtonLink href={visit.to('/accounts.csv')} download small>
            {t('accounts.download')}
          </ButtonLink>
          <span class="small muted">{t('accounts.as_of', { moment: visit.moment(books.at) })}</span>
        </p>
        {visit.node.host.demonstration && <Notice kind="attention">{demonstrationWords(view)}</Notice>}
      </header>
      <Toc t={t} entries={parts.map((part) => ({ href: `#${part}`, label: t(`accounts.part_${part}`) }))} />
      <Figures view={view} />
      <Years view={view} />
      <Methods view={view} />
      <section class="stack" id="ledgers" aria-labelledby="ledgers-title">
        <h2 id="ledgers-title">{t('accounts.part_ledgers')}</h2>
        <p class="measure">{t('accounts.ledgers_text')}</p>
        <CampaignsTable visit={visit} nodes={view.nodes} campaigns={view.campaigns} caption={t('accounts.campaigns_latest')} />
        <p class="row">
          {view.totals.campaigns > 0 && (
            <a href={visit.to('/accounts/campaigns')}>{t('accounts.campaigns_all', { n: view.totals.campaigns })}</a>
          )}
          <a href={visit.to('/accounts/campaigns.csv')} download>
            {t('accounts.campaigns_download')}
          </a>
        </p>
      </section>
      <Promised visit={visit} check={view.check} />
    </>
  );
}

function demonstrationWords({ visit, totals }: AccountsView): string {
  return visit.t('accounts.demonstration', {
    invented: visit.money(totals.demonstration_cents),
    raised: visit.money(totals.raised_cents),
  });
}

type Figure = { id: string; sum: string };

function Figures({ view: { visit, totals } }: { view: AccountsView }) {
  const { t } = visit;
  const money = (cents: bigint) => visit.money(cents);
  const number = (n: number) => visit.number(n);
  const groups: { title: MessageKey; figures: Figure[] }[] = [
    {
      title: 'accounts.group_money',
      figures: [
        { id: 'raised', sum: money(totals.raised_cents) },
        { id: 'collected', sum: money(totals.collected_cents) },
        { id: 'returned', sum: money(totals.returned_cents) },
        { id: 'paid', sum: money(totals.paid_out_cents) },
        { id: 'held', sum: money(totals.held_cents) },
        { id: 'contributions', sum: number(totals.contributions) },
      ],
    },
    {
      title: 'accounts.group_campaigns',
      figures: [
        { id: 'campaigns', sum: number(totals.campaigns) },
        { id: 'live', sum: number(totals.live) },
        { id: 'funded', sum: number(totals.succeeded) },
        { id: 'failed', sum: number(totals.failed) },
        { id: 'stopped', sum: number(totals.stopped) },
        {
          id: 'success',
          sum: totals.success === null ? '—' : t('accounts.percent', { n: Math.round(totals.success * 1000) / 10 }),
        },
      ],
    },
    {
      title: 'accounts.group_commons',
      figures: [
        { id: 'commons', sum: number(totals.returns_delivered) },
        { id: 'owed', sum: number(totals.returns_promised) },
        { id: 'late', sum: number(totals.returns_late) },
      ],
    },
    {
      title: 'accounts.group_kept',
      figures: [
        { id: 'tips', sum: money(totals.tips_cents) },
        { id: 'fund', sum: money(totals.fund_cents) },
        { id: 'wallets', sum: money(totals.wallets_cents) },
        { id: 'parked', sum: money(totals.parked_cents) },
      ],
    },
  ];
  return (
    <section class="stack is-loose" id="figures" aria-labelledby="figures-title">
      <h2 id="figures-title">{t('accounts.part_figures')}</h2>
      {groups.map((group) => (
        <div class="stack">
          <h3>{t(group.title)}</h3>
          <dl class="accounts-figures">
            {group.figures.map((figure) => (
              <div id={`def-${figure.id}`}>
                <dt>{t(`accounts.name_${figure.id}` as MessageKey)}</dt>
                <dd class="big-num">{figure.sum}</dd>
                <dd class="accounts-definition">{t(`accounts.def_${figure.id}` as MessageKey)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </section>
  );
}

function Years({ view: { visit, books, scope } }: { view: AccountsView }) {
  const { t } = visit;
  const lines = byYear(books, scope);
  const columns = [
    { label: t('accounts.year') },
    ...(['collected', 'returned', 'opened', 'funded', 'failed'] as const).map((name) => ({
      label: t(`accounts.column_${name}`),
      numeric: true,
    })),
  ];
  const rows: Child[][] = lines
    .toReversed()
    .map((line) => [
      String(line.year),
      visit.money(line.collected_cents),
      visit.money(line.returned_cents),
      visit.number(line.opened),
      visit.number(line.succeeded),
      visit.number(line.failed),
    ]);
  return (
    <section class="stack" id="years" aria-labelledby="years-title">
      <h2 id="years-title">{t('accounts.part_years')}</h2>
      <p class="measure">{t('accounts.years_text')}</p>
      {lines.some((line) => line.collected_cents > 0n) && (
        <div class="panel">
          <YearChart visit={visit} lines={lines} />
          <ChartKey visit={visit} />
        </div>
      )}
      <DataTable
        caption={t('accounts.by_year')}
        quiet_caption
        columns={columns}
        rows={rows}
        narrow="scroll"
        empty={<p class="muted">{t('accounts.nothing_yet')}</p>}
      />
    </section>
  );
}

function Methods({ view: { visit, books, scope, nodes } }: { view: AccountsView }) {
  const { t } = visit;
  const number = (label: string) => ({ label, numeric: true });
  const methods = byMethod(books, scope).map((line) => [
    t.maybe(`accounts.method_${line.method || 'none'}`) ?? line.method,
    visit.number(line.collections),
    visit.money(line.collected_cents),
    visit.money(line.returned_cents),
  ]);
  const own = nodes.map((node) => {
    const totals = totalsOf(books, { node_id: node.id, host_id: null, currency: scope.currency });
    const name = visit.text(node.name, node.default_locale);
    return [
      <a href={visit.toNode(node, '/accounts')} lang={name.lang}>
        {name.text}
      </a>,
      visit.number(totals.campaigns),
      visit.number(totals.succeeded),
      visit.money(totals.raised_cents),
      visit.money(totals.collected_cents),
      visit.number(totals.contributions),
    ];
  });
  return (
    <section class="stack is-loose" id="methods" aria-labelledby="methods-title">
      <h2 id="methods-title">{t('accounts.part_methods')}</h2>
      <DataTable
        caption={t('accounts.by_method')}
        columns={[
          { label: t('accounts.method') },
          number(t('accounts.name_contributions')),
          number(t('accounts.column_collected')),
          number(t('accounts.column_returned')),
        ]}
        rows={methods}
        empty={<p class="muted">{t('accounts.nothing_yet')}</p>}
      />
      {scope.node_id === null && nodes.length > 1 && (
        <DataTable
          caption={t('accounts.by_node')}
          columns={[
            { label: t('accounts.node') },
            ...(['campaigns', 'funded', 'raised', 'collected', 'contributions'] as const).map((name) =>
              number(t(`accounts.name_${name}`)),
            ),
          ]}
          rows={own}
        />
      )}
    </section>
  );
}
