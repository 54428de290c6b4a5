import type { Child } from 'hono/jsx';
import { nodeName, Tabs, type TocEntry } from '../../look/index.ts';
import { may } from '../../people/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { Waiting } from '../money-queries.ts';

export type StewardTab = 'campaigns' | 'cash' | 'log';
export type TreasurerTab = 'overview' | 'transfers' | 'parked' | 'refunds' | 'declined' | 'acts';

/** The steward's desk around one of its pages. */
export function StewardFrame(props: { visit: Visit; current: StewardTab; children?: Child }) {
  const { visit, current } = props;
  const { t } = visit;
  const is_treasurer = may(visit, 'treasurer', 'host', visit.node.host.id);
  const tabs: TocEntry[] = [
    { href: visit.to('/desk'), label: t('desk.tab_campaigns'), current: current === 'campaigns' },
    { href: visit.to('/desk/cash'), label: t('desk.tab_cash'), current: current === 'cash' },
    { href: visit.to('/desk/log'), label: t('desk.tab_log'), current: current === 'log' },
  ];
  return (
    <Frame
      visit={visit}
      title={t('desk.steward_title')}
      of={nodeName(visit).text}
      tabs={tabs}
      other={is_treasurer ? { href: visit.to('/desk/money'), label: t('desk.to_money') } : null}
    >
      {props.children}
    </Frame>
  );
}

/** The treasurer's desk around one of its pages; the tabs say how much waits. */
export function TreasurerFrame(props: { visit: Visit; current: TreasurerTab; waiting: Waiting; children?: Child }) {
  const { visit, current, waiting } = props;
  const { t } = visit;
  const is_steward = may(visit, 'steward', 'node', visit.node.id);
  const countOf = (tab: keyof Waiting) => waiting[tab] + (tab === 'refunds' ? waiting.unanswered : 0);
  const counted = (tab: 'transfers' | 'parked' | 'refunds' | 'declined', label: string): TocEntry => ({
    href: visit.to(`/desk/money/${tab}`),
    label,
    current: current === tab,
    ...(countOf(tab) > 0 ? { count: visit.number(countOf(tab)) } : {}),
  });
  const tabs: TocEntry[] = [
    { href: visit.to('/desk/money'), label: t('desk.tab_overview'), current: current === 'overview' },
    counted('transfers', t('desk.tab_transfers')),
    counted('parked', t('desk.tab_parked')),
    counted('refunds', t('desk.tab_refunds')),
    counted('declined', t('desk.tab_declined')),
    { href: visit.to('/desk/money/acts'), label: t('desk.tab_acts'), current: current === 'acts' },
  ];
  return (
    <Frame
      visit={visit}
      title={t('desk.treasurer_title')}
      of={visit.node.host.name}
      tabs={tabs}
      other={is_steward ? { href: visit.to('/desk'), label: t('desk.to_steward') } : null}
    >
      {props.children}
    </Frame>
  );
}

type FrameFacts = {
  visit: Visit;
  title: string;
  of: string;
  tabs: TocEntry[];
  other: { href: string; label: string } | null;
  children?: Child;
};

function Frame({ title, of, tabs, other, children }: FrameFacts) {
  return (
    <div class="desk">
      <header class="desk-head">
        <div>
          <p class="muted">{of}</p>
          <h1>{title}</h1>
        </div>
        {other && <a href={other.href}>{other.label}</a>}
      </header>
      <Tabs label={title} tabs={tabs} />
      <div class="stack is-loose">{children}</div>
    </div>
  );
}
