/** What a gauge shows. Cents are of one currency; `hands` and `time` go from 0 to 1 (hands may go beyond). */
export type GaugeFacts = {
  minimum_cents: bigint;
  optimum_cents: bigint;
  collected_cents: bigint;
  secured_cents: bigint;
  /** Charges that failed and may still be mended, during the days of grace. */
  declined_cents?: bigint | undefined;
  /** Money of institutions that came with the contributions. */
  matched_cents?: bigint | undefined;
  /** While the money is being collected, what has arrived, what is still promised and what was declined are shown apart. */
  collecting?: boolean | undefined;
  hands?: number | null | undefined;
  time?: number | null | undefined;
};

export type Tone = 'people' | 'arrived' | 'promised' | 'declined' | 'matched';
export type Stretch = { tone: Tone; from: number; to: number };

/** Positions along the channel in per cent of its length. */
export type GaugeShape = {
  stretches: Stretch[];
  minimum: number;
  /** Absent when the minimum is enough. */
  optimum: number | null;
  raised_cents: bigint;
  minimum_reached: boolean;
  optimum_reached: boolean;
};

/** Water always leaves this share of the channel dry after the last gate, so that one sees there is room. */
const beyond_last_gate = 1.07;

/** Where everything stands along the channel. */
export function gaugeShape(facts: GaugeFacts): GaugeShape {
  const { minimum_cents, optimum_cents } = facts;
  const parts = tones(facts);
  const raised_cents = parts.reduce((sum, [, cents]) => sum + cents, 0n);
  const last_gate = Math.max(Number(minimum_cents), Number(optimum_cents));
  const length = Math.max(last_gate * beyond_last_gate, Number(raised_cents) * 1.03, 1);
  const at = (cents: bigint) => percent(Number(cents) / length);
  let filled = 0n;
  const stretches: Stretch[] = [];
  for (const [tone, cents] of parts) {
    if (cents <= 0n) continue;
    stretches.push({ tone, from: at(filled), to: at(filled + cents) });
    filled += cents;
  }
  return {
    stretches: visible(stretches),
    minimum: at(minimum_cents),
    optimum: optimum_cents > minimum_cents ? at(optimum_cents) : null,
    raised_cents,
    minimum_reached: raised_cents >= minimum_cents,
    optimum_reached: raised_cents >= optimum_cents,
  };
}

function tones(facts: GaugeFacts): [Tone, bigint][] {
  const { collected_cents, secured_cents, declined_cents = 0n, matched_cents = 0n } = facts;
  if (!facts.collecting)
    return [
      ['people', collected_cents + secured_cents + declined_cents],
      ['matched', matched_cents],
    ];
  return [
    ['arrived', collected_cents],
    ['promised', secured_cents],
    ['declined', declined_cents],
    ['matched', matched_cents],
  ];
}

/** The first cent is seen: what is less than this share is drawn as that much. */
const least_seen = 1.5;

function visible(stretches: Stretch[]): Stretch[] {
  const [only] = stretches;
  if (stretches.length === 1 && only && only.to < least_seen) return [{ ...only, to: least_seen }];
  return stretches;
}

function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
}

/** Are two labels too close to stand side by side above a channel as narrow as a small telephone shows it? */
export function labelsCollide(minimum: number, optimum: number, optimum_label: string): boolean {
  const narrow_channel_px = 270;
  const letter_px = 8;
  return ((optimum - minimum) / 100) * narrow_channel_px < optimum_label.length * letter_px + 14;
}

/** How much of the minimum is raised, in whole per cent, rounded down: 99.9 % is not 100. */
export function shareOf(raised_cents: bigint, goal_cents: bigint): number {
  return goal_cents > 0n ? Number((raised_cents * 100n) / goal_cents) : 0;
}
