import { DataTable, nodeName, Time } from '../look/index.ts';
import type { LedgerRow, Side } from './ledger-facts.ts';
import { addressOf, isOpen, momentIn, moneyOf, type View } from './project-words.ts';

/** The public ledger: every movement of the campaign's money, with what was held after it. `alone`: all of it, by pages. */
export function LedgerPart({ view, alone, before }: { view: View; alone: boolean; before: string | null }) {
  const { t } = view.visit;
  const { ledger, campaign } = view.facts;
  if (ledger.lines.length === 0 && before === null) {
    return (
      <p class="muted measure">{t(isOpen(campaign, view.visit.now) ? 'project.ledger_none' : 'project.ledger_none_at_all')}</p>
    );
  }
  // Most lines of a ledger go the same few ways: each is put into words once.
  const ways = new Map<string, string>();
  return (
    <>
      <p class="muted measure">{t('project.ledger_intro')}</p>
      <p>
        <b>{t('project.ledger_holds', { held: moneyOf(view, ledger.held_cents) })}</b>
      </p>
      <DataTable
        caption={t('project.ledger_caption')}
        quiet_caption
        columns={columns(view)}
        rows={ledger.lines.map((line) => cells(view, line, ways))}
        class="ledger"
      />
      <Onward view={view} alone={alone} before={before} />
    </>
  );
}

function columns({ visit: { t } }: View) {
  return [
    { label: t('project.ledger_what') },
    { label: t('project.ledger_when') },
    { label: t('project.ledger_way') },
    { label: t('project.ledger_amount'), numeric: true },
    { label: t('project.ledger_held'), numeric: true },
  ];
}

function cells(view: View, line: LedgerRow, ways: Map<string, string>) {
  const { visit } = view;
  const way = `${line.from.kind} ${line.from.gateway} ${line.from.project?.slug} ${line.to.kind} ${line.to.gateway} ${line.to.project?.slug}`;
  if (!ways.has(way))
    ways.set(way, visit.t('project.ledger_from_to', { from: nameOf(view, line.from), to: nameOf(view, line.to) }));
  const zone = view.facts.campaign?.time_zone ?? visit.node.time_zone;
  const sign = line.came_in ? '+' : '−';
  return [
    <span id={`m${line.id}`}>{visit.t.maybe(`project.entry_${line.entry}`) ?? line.entry.replaceAll('_', ' ')}</span>,
    <Time at={line.at}>{momentIn(visit, line.at, zone)}</Time>,
    ways.get(way) ?? '',
    `${sign} ${moneyOf(view, line.amount_cents)}`,
    moneyOf(view, line.balance_cents),
  ];
}

/** An account in words: whose wallet it was is nobody's business. */
function nameOf({ visit }: View, side: Side): string {
  const { t } = visit;
  if (side.project) return t('project.account_held_other', { title: visit.text(side.project.title).text });
  const gateway = side.gateway ? (t.maybe(`project.gateway_${side.gateway}`) ?? side.gateway) : '';
  return t(`project.account_${side.kind}`, { gateway, host: visit.node.host.name, node: nodeName(visit).text });
}

function Onward({ view, alone, before }: { view: View; alone: boolean; before: string | null }) {
  const { t } = view.visit;
  const { older } = view.facts.ledger;
  if (!alone) {
    return older === null ? null : (
      <p>
        <a href={addressOf(view, 'ledger')}>{t('project.ledger_all')}</a>
      </p>
    );
  }
  if (older === null && before === null) return null;
  return (
    <nav class="pages" aria-label={t('project.part_ledger')}>
      <ul>
        {before !== null && (
          <li>
            <a href={addressOf(view, 'ledger')}>{t('project.ledger_newest')}</a>
          </li>
        )}
        {older !== null && (
          <li>
            <a href={addressOf(view, 'ledger', `?before=${older}`)} rel="next">
              {t('project.ledger_older')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
