import type { Currency } from '../kit/index.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import type { CampaignState, Course } from './campaign.ts';

/** Parts of a project's story, in the order in which they are read. `about` stands alone where only a summary is known. */
export const section_ids = ['about', 'what', 'why', 'open', 'team', 'how', 'last', 'commitment'] as const;
export type SectionId = (typeof section_ids)[number];

/** What is known of a project from elsewhere: where it was found, what was invented, single facts each with its source. */
export type KnownFacts = {
  sources?: readonly string[];
  notes?: Texts;
  facts?: readonly { text: Texts; source: readonly string[] }[];
  /** It ran before this installation existed: its contributions were rebuilt from its figures. */
  carried_over?: boolean;
  /** By field: how it was worked out, in English. */
  derived?: Readonly<Record<string, string>>;
};

/** The lasting thing: story, team, place, promises. A campaign is one run of asking. */
export type Project = {
  id: string;
  slug: string;
  node_id: string;
  /** The language it was written in. */
  locale: Locale;
  title: Texts;
  claim: Texts;
  sections: Partial<Record<SectionId, Texts>>;
  cover: string | null;
  video: string | null;
  place: string;
  region: string | null;
  scope: string;
  keywords: readonly string[];
  categories: readonly Texts[];
  commitment: Texts | null;
  goals: readonly { id: number; name: Texts }[];
  promoter_name: string;
  companion: { name: string; url?: string } | null;
  demonstration: boolean;
  facts: KnownFacts;
};

/** One run of asking, with what stands on it now. Amounts in cents of its currency. */
export type Campaign = Course & {
  id: string;
  run: number;
  currency: Currency;
  optimum_cents: bigint;
  round_days: number;
  time_zone: string;
  grace_days: number;
  round_one_ended_at: Temporal.Instant | null;
  secured_at: Temporal.Instant | null;
  closed_at: Temporal.Instant | null;
  stop_reason: string | null;
} & Figures;

export type Ask = {
  id: string;
  type: string;
  title: Texts;
  why: Texts;
  /** Decimal text: "2.5". */
  quantity: string;
  unit: string;
  place: string | null;
  remote: boolean;
};

export type Update = {
  id: string;
  title: Texts;
  body: Texts;
  author_name: string;
  published_at: Temporal.Instant;
  demonstration: boolean;
};

/** The rows from which the figures of a campaign are told. */
export type Figures = {
  state: CampaignState;
  secured_cents: bigint;
  collected_cents: bigint;
  declined_cents: bigint;
  contributions: number;
  closing_pledged_cents: bigint | null;
  closing_contributions: number | null;
  final_collected_cents: bigint | null;
};

/** `raised_cents` is the sum of the three parts, except where everything went back: then the parts are zero. */
export type Raised = {
  raised_cents: bigint;
  collected_cents: bigint;
  secured_cents: bigint;
  declined_cents: bigint;
  contributions: number;
};

/**
 * What a campaign raised (domain.md 3): secured, collected, and declined ones that may still be mended. Of a campaign that ended it is
 * what was collected then; of one whose money went back, what had been promised when it closed.
 */
export function raisedBy(figures: Figures): Raised {
  const { secured_cents, collected_cents, declined_cents, contributions } = figures;
  switch (figures.state) {
    case 'round_one':
    case 'collecting':
    case 'round_two':
    case 'open':
      return {
        raised_cents: secured_cents + collected_cents + declined_cents,
        secured_cents,
        collected_cents,
        declined_cents,
        contributions,
      };
    case 'funded':
    case 'fulfilled':
    case 'closed': {
      const final_cents = figures.final_collected_cents ?? collected_cents;
      return {
        ...nothing,
        raised_cents: final_cents,
        collected_cents: final_cents,
        contributions: contributions || (figures.closing_contributions ?? 0),
      };
    }
    case 'failed':
    case 'stopped':
      return { ...nothing, raised_cents: figures.closing_pledged_cents ?? 0n, contributions: figures.closing_contributions ?? 0 };
    default:
      return nothing;
  }
}

const nothing: Raised = { raised_cents: 0n, collected_cents: 0n, secured_cents: 0n, declined_cents: 0n, contributions: 0 };

/** Campaigns that only their team and the node's team may see. */
export const unpublished_states: readonly CampaignState[] = ['draft', 'in_review', 'changes_requested', 'rejected', 'withdrawn'];

/** How much of the round that runs now is over, from 0 to 1; null when no round runs. */
export function roundStart(
  campaign: Pick<Campaign, 'state' | 'opened_at' | 'secured_at' | 'round_one_ended_at'>,
): Temporal.Instant | null {
  if (campaign.state === 'round_one') return campaign.opened_at;
  return campaign.state === 'round_two' ? (campaign.round_one_ended_at ?? campaign.secured_at) : null;
}
