import { DataTable, Empty, Time } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { DeskEvent } from '../queries.ts';
import { StewardFrame } from './frame.tsx';
import { amountOf, ProjectLink, wordOf } from './words.tsx';

/** What happened in this node, newest first. Contributions by their amount, never by the name of who gave. */
export function LogPage({ visit, events, older }: { visit: Visit; events: DeskEvent[]; older: bigint | null }) {
  const { t } = visit;
  return (
    <StewardFrame visit={visit} current="log">
      <DataTable
        caption={t('desk.log_title')}
        columns={[{ label: t('desk.when') }, { label: t('desk.what') }, { label: t('desk.project') }, { label: t('desk.more') }]}
        rows={events.map((event) => [
          <Time at={event.at}>{visit.moment(event.at)}</Time>,
          wordOf(visit, 'event', event.kind),
          event.slug && event.title && event.locale ? (
            <ProjectLink visit={visit} slug={event.slug} title={event.title} locale={event.locale} />
          ) : (
            ''
          ),
          moreOf(visit, event),
        ])}
        empty={<Empty title={t('desk.log_empty')} />}
      />
      {older !== null && (
        <p>
          <a href={visit.to(`/desk/log?before=${older}`)} rel="next">
            {t('desk.older')}
          </a>
        </p>
      )}
    </StewardFrame>
  );
}

function moreOf(visit: Visit, event: DeskEvent): string {
  if (event.amount_cents !== null && event.currency) return amountOf(visit, event.amount_cents, event.currency);
  if (event.kind === 'milestone_reached')
    return (
      visit.t.maybe(`desk.milestone_${String(event.data.milestone).startsWith('percent') ? 'percent' : 'contributions'}`, {
        n: Number(event.data.n),
      }) ?? ''
    );
  return event.by ?? '';
}
