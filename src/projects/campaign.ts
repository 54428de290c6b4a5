/** The states of a campaign and the only moves between them (domain.md 2). The database holds the same edges and refuses any other. */
export const campaign_states = [
  'draft',
  'in_review',
  'changes_requested',
  'scheduled',
  'round_one',
  'collecting',
  'round_two',
  'funded',
  'fulfilled',
  'failed',
  'stopped',
  'rejected',
  'withdrawn',
  'open',
  'closed',
] as const;
export type CampaignState = (typeof campaign_states)[number];

export const campaign_edges: readonly (readonly [CampaignState, CampaignState])[] = [
  ['draft', 'in_review'],
  ['in_review', 'changes_requested'],
  ['changes_requested', 'in_review'],
  ['in_review', 'scheduled'],
  ['scheduled', 'round_one'],
  ['in_review', 'rejected'],
  ['round_one', 'failed'],
  ['round_one', 'collecting'],
  ['collecting', 'round_two'],
  ['collecting', 'funded'],
  ['collecting', 'failed'],
  ['round_two', 'funded'],
  ['funded', 'fulfilled'],
  ['draft', 'withdrawn'],
  ['in_review', 'withdrawn'],
  ['changes_requested', 'withdrawn'],
  ['scheduled', 'withdrawn'],
  ['scheduled', 'stopped'],
  ['round_one', 'stopped'],
  ['collecting', 'stopped'],
  ['round_two', 'stopped'],
  ['scheduled', 'open'],
  ['open', 'closed'],
  ['open', 'stopped'],
];

export function mayMove(from: CampaignState, to: CampaignState): boolean {
  return campaign_edges.some(([a, b]) => a === from && b === to);
}

/** What a campaign needs to know of itself to decide what comes next. Amounts in cents. */
export type Course = {
  state: CampaignState;
  rounds: number;
  minimum_cents: bigint;
  tolerance_bp: number;
  opened_at: Temporal.Instant | null;
  ends_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
};

/** What stands on it at that moment. `pledged_cents` counts only what was secured at or before `ends_at`. */
export type Standing = { pledged_cents: bigint; secured_cents: bigint; collected_cents: bigint; declined_cents: bigint };

/**
 * Where a campaign goes now by itself, or null: it stays. Rule: money.md, "Closing a round: two phases".
 * Round one ends all-or-nothing on what was pledged. Collecting ends when everything pledged was charged at least once and the minimum is
 * there; or, when nothing more can come or grace is over, with the published tolerance. Round two keeps whatever was raised.
 */
export function whatNext(course: Course, standing: Standing, now: Temporal.Instant): CampaignState | null {
  const over = (end: Temporal.Instant | null) => end !== null && Temporal.Instant.compare(now, end) > 0;
  switch (course.state) {
    case 'scheduled':
      return course.opened_at !== null && Temporal.Instant.compare(now, course.opened_at) >= 0 ? 'round_one' : null;
    case 'round_one':
      if (!over(course.ends_at)) return null;
      return standing.pledged_cents >= course.minimum_cents ? 'collecting' : 'failed';
    case 'collecting': {
      const next = course.rounds === 2 ? 'round_two' : 'funded';
      if (!over(course.grace_ends_at)) {
        if (standing.secured_cents > 0n) return null;
        if (standing.collected_cents < course.minimum_cents && standing.declined_cents > 0n) return null;
      }
      return reachedWithTolerance(course, standing.collected_cents) ? next : 'failed';
    }
    case 'round_two':
      return over(course.ends_at) ? 'funded' : null;
    default:
      return null;
  }
}

/** collected >= minimum x (1 - tolerance), in whole cents, without dividing. */
export function reachedWithTolerance(course: Pick<Course, 'minimum_cents' | 'tolerance_bp'>, collected_cents: bigint): boolean {
  return collected_cents * 10_000n >= course.minimum_cents * BigInt(10_000 - course.tolerance_bp);
}
