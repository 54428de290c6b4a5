import type { Locale } from '../platform/i18n.ts';

/** The states of a contribution (domain.md 3). The database holds the same edges and refuses any other. */
export const states = [
  'started',
  'secured',
  'collected',
  'declined',
  'disputed',
  'lapsed',
  'withdrawn',
  'released',
  'refunded',
  'credited',
  'redirected',
  'charged_back',
] as const;
export type State = (typeof states)[number];

/** Counted as raised, and holding its reward. */
export const live_states: readonly State[] = ['secured', 'collected', 'declined', 'disputed'];

export const visibilities = ['public', 'name_only', 'anonymous'] as const;
export type Visibility = (typeof visibilities)[number];

export const choices_if_failed = ['back_to_me', 'wallet', 'another_campaign', 'node_fund'] as const;
export type IfFailed = (typeof choices_if_failed)[number];

/** What a person can pay with here. Cash is recorded by the node's staff; redirected money comes from another campaign. */
export const methods = ['sandbox', 'transfer', 'wallet'] as const;
export type Method = (typeof methods)[number] | 'cash' | 'redirect' | 'archive';

/** A contribution as the verbs of this room see it. Amounts in cents. */
export type Contribution = {
  id: string;
  campaign_id: string;
  host_id: string;
  node_id: string;
  made_node_id: string;
  person_id: string | null;
  email: string;
  name: string;
  locale: Locale;
  amount_cents: bigint;
  tip_cents: bigint;
  currency: string;
  reward_id: string | null;
  wish: string[];
  message: string | null;
  visibility: Visibility;
  if_failed: IfFailed;
  redirect_campaign_id: string | null;
  method: Method;
  state: State;
  standby: boolean;
  started_at: Temporal.Instant;
  lapses_at: Temporal.Instant | null;
  secured_at: Temporal.Instant | null;
  collected_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  declines: number;
  next_retry_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
};

type Open = { state: string; ends_at: Temporal.Instant | null; grace_ends_at?: Temporal.Instant | null };

/** Does this campaign take money at this moment? Money is welcome until the end of a round, and as standby while it is collected. */
export function whyNotOpen(
  campaign: Open,
  now: Temporal.Instant,
): null | 'campaign_has_not_begun' | 'round_is_closed' | 'campaign_has_ended' {
  switch (campaign.state) {
    case 'round_one':
    case 'round_two':
      return notAfter(now, campaign.ends_at) ? null : 'round_is_closed';
    case 'collecting':
      return notAfter(now, campaign.grace_ends_at) ? null : 'round_is_closed';
    case 'open':
      return null;
    case 'draft':
    case 'in_review':
    case 'changes_requested':
    case 'scheduled':
      return 'campaign_has_not_begun';
    default:
      return 'campaign_has_ended';
  }
}

function notAfter(now: Temporal.Instant, end: Temporal.Instant | null | undefined): boolean {
  return !!end && Temporal.Instant.compare(now, end) <= 0;
}

export type WhyNotWithdraw =
  | null
  | 'contribution_has_ended'
  | 'contribution_is_collected'
  | 'round_is_closed'
  | 'withdrawal_would_break_minimum';

type Withdrawing = {
  state: State;
  amount_cents: bigint;
  campaign: Open & { minimum_cents: bigint; pledged_cents: bigint };
  closed_hours: number;
};

/** Why may this not be withdrawn now? Before the deadline anything uncharged may; not in the last hours if the minimum would break. */
export function whyCannotWithdraw(asked: Withdrawing, now: Temporal.Instant): WhyNotWithdraw {
  if (asked.state === 'started') return null;
  if (asked.state === 'collected' || asked.state === 'disputed') return 'contribution_is_collected';
  if (asked.state !== 'secured' && asked.state !== 'declined') return 'contribution_has_ended';
  const { campaign } = asked;
  if (campaign.state !== 'round_one' || !campaign.ends_at || !notAfter(now, campaign.ends_at)) return 'round_is_closed';
  const last_hours = Temporal.Instant.compare(now, campaign.ends_at.subtract({ hours: asked.closed_hours })) >= 0;
  const breaks =
    campaign.pledged_cents >= campaign.minimum_cents && campaign.pledged_cents - asked.amount_cents < campaign.minimum_cents;
  return last_hours && breaks ? 'withdrawal_would_break_minimum' : null;
}

/** May the giver still change what happens if the campaign fails, or mend the card? Only while it can still fail. */
export function whyCannotChange(asked: {
  state: State;
  campaign_state: string;
}): null | 'contribution_has_ended' | 'campaign_is_decided' {
  if (asked.state !== 'started' && !live_states.includes(asked.state)) return 'contribution_has_ended';
  return ['round_one', 'collecting', 'scheduled', 'open'].includes(asked.campaign_state) ? null : 'campaign_is_decided';
}
