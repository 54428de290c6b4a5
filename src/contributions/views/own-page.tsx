import { ButtonLink, DataTable, Empty, Pagination, StateChip } from '../../look/index.ts';
import type { Node } from '../../nodes/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { OwnLine } from '../page-queries.ts';
import { dayIn, deadline, instant, moneyIn } from './words.ts';

type Props = { visit: Visit; lines: OwnLine[]; nodes: readonly Node[]; page: number; pages: number };

/** All one gave, newest first, each with what comes next. */
export function OwnPage({ visit, lines, nodes, page, pages }: Props) {
  const { t } = visit;
  if (lines.length === 0) {
    return (
      <>
        <h1>{t('contribution.own_title')}</h1>
        <Empty
          title={t('contribution.own_none')}
          action={<ButtonLink href={visit.to('/explore')}>{t('contribution.own_explore')}</ButtonLink>}
        >
          {t('contribution.own_none_text')}
        </Empty>
      </>
    );
  }
  const columns = [
    { label: t('contribution.own_project') },
    { label: t('contribution.own_day') },
    { label: t('contribution.own_amount'), numeric: true },
    { label: t('contribution.own_state') },
    { label: t('contribution.own_next') },
  ];
  return (
    <>
      <h1>{t('contribution.own_title')}</h1>
      <p class="lede">{t('contribution.own_lead', { n: lines[0]?.all_count ?? 0 })}</p>
      <DataTable
        caption={t('contribution.own_title')}
        quiet_caption
        columns={columns}
        rows={lines.map((line) => cells(visit, nodes, line))}
        class="own-gifts"
      />
      <Pagination t={t} page={page} pages={pages} href={(n) => visit.to(`/me/contributions?page=${n}`)} />
    </>
  );
}

function cells(visit: Visit, nodes: readonly Node[], line: OwnLine) {
  const title = visit.text(line.title, line.title_locale);
  const node = nodes.find((each) => each.id === line.node_id) ?? visit.node;
  return [
    <a href={visit.toNode(node, `/contributions/${line.id}`)} lang={title.lang}>
      {title.text}
    </a>,
    dayIn(visit, line.started_at, line.time_zone),
    moneyIn(visit, line.amount_cents + line.tip_cents, line.currency),
    <StateChip t={visit.t} of="contribution" state={line.state} />,
    nextOf(visit, line),
  ];
}

/** The next step in a few words; nothing where nothing comes. */
function nextOf(visit: Visit, line: OwnLine): string {
  const { t } = visit;
  switch (line.state) {
    case 'started': {
      const lapses = instant(visit, line.lapses_at, line.time_zone);
      return t(line.method === 'transfer' ? 'contribution.next_transfer' : 'contribution.next_finish', { lapses });
    }
    case 'secured':
      return line.campaign_state === 'round_one'
        ? t('contribution.next_charged', { end: deadline(visit, line.ends_at, line.time_zone) })
        : t('contribution.next_soon');
    case 'declined':
      return t('contribution.next_mend', { grace: deadline(visit, line.grace_ends_at, line.time_zone) });
    case 'collected':
      if (line.campaign_state === 'failed' || line.campaign_state === 'stopped') return t('contribution.next_returns');
      return line.campaign_state === 'round_one' || line.campaign_state === 'collecting' ? t('contribution.next_decided') : '–';
    default:
      return '–';
  }
}
