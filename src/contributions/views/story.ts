import type { Step } from '../../look/index.ts';
import type { MessageKey } from '../../platform/i18n.ts';
import type { Visit } from '../../visits/index.ts';
import type { Shown } from '../page-queries.ts';
import { dayIn, deadline, instant, moneyIn, nodeNameOf, plain } from './words.ts';

type Told = Shown;
export type Story = { title: string; text: string };

/** What is with this contribution, and what comes next and when: one title, one or two sentences. */
export function storyOf(visit: Visit, shown: Told): Story {
  const word = wordOf(shown);
  const said = saidOf(visit, shown);
  return {
    title: visit.t(`contribution.is_${word}` as MessageKey, said),
    text: visit.t(`contribution.is_${word}_text` as MessageKey, said),
  };
}

/** Which of the stories it is: by its own state, then by what its campaign and its payment are at. */
function wordOf(shown: Told): string {
  if (shown.parked_why && isAboutParked(shown)) return 'parked';
  if (shown.settled_at && ['lapsed', 'withdrawn', 'released'].includes(shown.state))
    return shown.settled_by_return ? 'parked_returned' : 'parked_explained';
  switch (shown.state) {
    case 'started':
      if (shown.method === 'transfer') return 'waiting_transfer';
      return shown.method === 'sandbox' ? 'unfinished' : 'waiting_person';
    case 'secured':
      if (shown.campaign_state !== 'round_one') return 'being_charged';
      return shown.pledged_cents >= shown.minimum_cents ? 'promised_reached' : 'promised';
    case 'collected':
      return collected(shown);
    case 'lapsed':
      return shown.secured_at ? 'lapsed_declined' : 'lapsed';
    case 'withdrawn':
      if (shown.secured_at) return 'withdrawn';
      return shown.method === 'transfer' ? 'withdrawn_transfer' : 'withdrawn_unpaid';
    case 'redirected':
      return shown.other_slug && shown.if_failed === 'another_campaign' ? 'redirected' : 'in_fund';
    default:
      return shown.state;
  }
}

/** Money that waits for a decision is told before anything else, but where the contribution itself arrived or is still only promised. */
function isAboutParked({ state, campaign_state }: Told): boolean {
  return state !== 'collected' && state !== 'disputed' && !(state === 'secured' && campaign_state === 'round_one');
}

function collected(shown: Told): string {
  if (shown.refund_state === 'by_hand' || shown.refund_state === 'refused') return 'returning_by_hand';
  if (shown.refund_state === 'due' || shown.refund_state === 'sent') return 'returning';
  if (shown.campaign_state === 'failed' || shown.campaign_state === 'stopped') return 'returning';
  if (shown.campaign_state === 'round_one') return 'collected_round_one';
  if (shown.campaign_state === 'open' || shown.campaign_state === 'closed') return 'collected_open';
  return shown.campaign_state === 'collecting' ? 'collected_collecting' : 'collected';
}

function saidOf(visit: Visit, shown: Told): Record<string, string> {
  const zone = shown.time_zone;
  return {
    title: plain(visit, shown.title, shown.title_locale),
    amount: moneyIn(visit, shown.amount_cents, shown.currency),
    total: moneyIn(visit, shown.amount_cents + shown.tip_cents, shown.currency),
    minimum: moneyIn(visit, shown.minimum_cents, shown.currency),
    end: deadline(visit, shown.ends_at, zone),
    lapses: instant(visit, shown.lapses_at, zone),
    grace: deadline(visit, shown.grace_ends_at ?? shown.campaign_grace_ends_at, zone),
    day: dayIn(visit, shown.refunded_at ?? shown.ended_at ?? shown.collected_at ?? shown.started_at, zone),
    parked: moneyIn(visit, shown.settled_cents ?? 0n, shown.currency),
    settled: dayIn(visit, shown.settled_at, zone),
    host: shown.host_name,
    node: nodeNameOf(visit),
    other: shown.other_title ? plain(visit, shown.other_title, shown.other_locale ?? shown.title_locale) : '',
    choice: visit.t(`contribution.choice_${shown.if_failed}`, { node: nodeNameOf(visit) }),
  };
}

/** What has been and what comes, while the campaign still runs. */
export function stepsOf(visit: Visit, shown: Told): Step[] {
  const { t } = visit;
  const said = saidOf(visit, shown);
  const begun: Step = {
    title: t('contribution.step_begun'),
    text: instant(visit, shown.started_at, shown.time_zone),
    state: 'done',
  };
  const kept: Step = { title: t('contribution.step_kept'), state: 'later' };
  if (shown.state === 'secured' && shown.campaign_state === 'round_one') {
    const saved: Step = {
      title: t('contribution.step_saved'),
      text: instant(visit, shown.secured_at, shown.time_zone),
      state: 'done',
    };
    return [
      saved,
      { title: t('contribution.step_closes', said), text: t('contribution.step_closes_card', said), state: 'now' },
      kept,
    ];
  }
  if (shown.state === 'started' && shown.method === 'transfer') {
    return [
      begun,
      { title: t('contribution.step_transfer', said), text: t('contribution.step_transfer_by', said), state: 'now' },
      kept,
    ];
  }
  if (shown.state === 'collected' && shown.campaign_state === 'round_one') {
    const arrived: Step = {
      title: t('contribution.step_arrived'),
      text: instant(visit, shown.collected_at, shown.time_zone),
      state: 'done',
    };
    return [
      arrived,
      { title: t('contribution.step_closes', said), text: t('contribution.step_closes_held', said), state: 'now' },
      kept,
    ];
  }
  return [];
}
