import { lastDay, zoneCity } from '../../kit/index.ts';
import { Bar, DataTable, Empty, Pagination, StateChip, shareOf, Time } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { DeskCampaign, Page } from '../queries.ts';
import { StewardFrame } from './frame.tsx';
import { actionColumn, amountOf, ProjectLink } from './words.tsx';

/** The first page of the steward's desk: what is under way and when it is decided, then what is over. */
export function CampaignsPage({ visit, live, over }: { visit: Visit; live: DeskCampaign[]; over: Page<DeskCampaign> }) {
  const { t } = visit;
  return (
    <StewardFrame visit={visit} current="campaigns">
      <DataTable
        caption={t('desk.under_way')}
        columns={[
          { label: t('desk.project') },
          { label: t('desk.state') },
          { label: t('desk.raised'), class: 'desk-raised' },
          { label: t('desk.contributions'), numeric: true },
          { label: t('desk.next') },
          actionColumn(visit),
        ]}
        rows={live.map((campaign) => [
          <ProjectLink visit={visit} {...campaign} />,
          <StateChip t={t} of="campaign" state={campaign.state} />,
          <Raised visit={visit} campaign={campaign} />,
          visit.number(campaign.contributions),
          <Next visit={visit} campaign={campaign} />,
          mayStop(campaign) && (
            <a href={visit.to(`/desk/campaigns/${campaign.id}/stop`)}>
              {t('desk.stop')}
              <span class="visually-hidden"> {visit.text(campaign.title, campaign.locale).text}</span>
            </a>
          ),
        ])}
        empty={<Empty title={t('desk.nothing_under_way')} />}
      />
      {over.found.length > 0 && <Over visit={visit} over={over} />}
    </StewardFrame>
  );
}

export function mayStop(campaign: Pick<DeskCampaign, 'state'>): boolean {
  return ['scheduled', 'round_one', 'collecting', 'round_two'].includes(campaign.state);
}

function Raised({ visit, campaign }: { visit: Visit; campaign: DeskCampaign }) {
  const percent = shareOf(campaign.raised_cents, campaign.minimum_cents);
  const { t } = visit;
  return (
    <div class="desk-raised-cell">
      <span>
        <b class="num">{amountOf(visit, campaign.raised_cents, campaign.currency)}</b>{' '}
        <span class="muted small">
          {t('desk.of_minimum', { minimum: amountOf(visit, campaign.minimum_cents, campaign.currency), percent })}
        </span>
      </span>
      <Bar filled={percent / 100} />
      {campaign.state === 'collecting' && (
        <span class="small muted">
          {t('desk.collecting_parts', {
            collected: amountOf(visit, campaign.collected_cents, campaign.currency),
            secured: amountOf(visit, campaign.secured_cents, campaign.currency),
            declined: amountOf(visit, campaign.declined_cents, campaign.currency),
          })}
        </span>
      )}
    </div>
  );
}

/** What comes next for a campaign, and when. */
function Next({ visit, campaign }: { visit: Visit; campaign: DeskCampaign }) {
  const { t } = visit;
  const { at, what } = nextOf(visit, campaign);
  return (
    <span class="small">
      {what}
      {at && (
        <>
          <br />
          <Time at={at}>{campaign.state.startsWith('round_') ? endOf(visit, at) : visit.moment(at)}</Time>
        </>
      )}
      {!at && !what && t('desk.next_nothing')}
    </span>
  );
}

/** A round ends with its last day: nobody would call that the morning after. */
function endOf(visit: Visit, at: Temporal.Instant): string {
  const zone = visit.node.time_zone;
  return visit.t('desk.end_of_day', { day: visit.day(lastDay(at, zone)), city: zoneCity(zone) });
}

function nextOf({ t }: Visit, campaign: DeskCampaign): { at: Temporal.Instant | null; what: string } {
  if (campaign.state === 'scheduled') return { at: campaign.opened_at, what: t('desk.next_opens') };
  if (campaign.state === 'round_one') return { at: campaign.ends_at, what: t('desk.next_round_one_ends') };
  if (campaign.state === 'collecting') return { at: campaign.grace_ends_at, what: t('desk.next_decided') };
  if (campaign.state === 'round_two') return { at: campaign.ends_at, what: t('desk.next_round_two_ends') };
  return { at: null, what: campaign.state === 'in_review' ? t('desk.next_review') : '' };
}

function Over({ visit, over }: { visit: Visit; over: Page<DeskCampaign> }) {
  const { t } = visit;
  return (
    <section class="stack" id="over">
      <DataTable
        caption={t('desk.over')}
        columns={[
          { label: t('desk.project') },
          { label: t('desk.state') },
          { label: t('desk.raised'), numeric: true },
          { label: t('desk.contributions'), numeric: true },
          { label: t('desk.ended') },
        ]}
        rows={over.found.map((campaign) => [
          <ProjectLink visit={visit} {...campaign} />,
          <StateChip t={t} of="campaign" state={campaign.state} />,
          amountOf(visit, campaign.raised_cents, campaign.currency),
          visit.number(campaign.contributions),
          campaign.closed_at ? <Time at={campaign.closed_at}>{visit.day(campaign.closed_at)}</Time> : '',
        ])}
      />
      <Pagination
        t={t}
        page={over.page}
        pages={over.pages}
        href={(n) => visit.to(`/desk${n > 1 ? `?page=${n}` : ''}#over`)}
        label={t('desk.over')}
      />
    </section>
  );
}
