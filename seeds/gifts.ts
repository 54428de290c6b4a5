import { type Random, seeded } from '../src/kit/index.ts';

/** A gift still to be made: when, and how much. */
export type PlannedGift = { at: Temporal.Instant; amount_cents: bigint };

/**
 * Gifts that together make exactly `total_cents`, `count` of them, by the published law of contributions on Goteo: prices of chosen rewards
 * (2011 to 2020) with a tail of people who waive the reward. Drawn from a seed: always the same.
 * Source of the law: GoteoFoundation/goteo-api-doc@17e1dfc _json/reports_rewards.json; the split inside its five buckets is an assumption.
 */
export function amountsFor(total_cents: bigint, count: number, seed: string): bigint[] {
  const random = seeded(`amounts ${seed}`);
  const total = Number(total_cents) / 100;
  const amounts = Array.from({ length: count }, () => price(random, total / count));
  settleDifference(amounts, total, random);
  return amounts.map((euros) => BigInt(Math.round(euros * 100)));
}

/** euros -> share of the contributions that kept a reward. */
const law: readonly (readonly [number, number])[] = [
  [5, 0.05189],
  [10, 0.14529],
  [12, 0.01038],
  [15, 0.07596],
  [20, 0.14847],
  [25, 0.12085],
  [30, 0.02443],
  [35, 0.04672],
  [40, 0.06674],
  [45, 0.02002],
  [50, 0.14682],
  [60, 0.0267],
  [75, 0.02002],
  [80, 0.00667],
  [100, 0.03109],
  [120, 0.00914],
  [150, 0.01625],
  [200, 0.01625],
  [250, 0.00406],
  [300, 0.00508],
  [400, 0.0004],
  [500, 0.00418],
  [1000, 0.00189],
  [2000, 0.00047],
  [3000, 0.0002],
];

function price(random: Random, most: number): number {
  let draw = random.next();
  for (const [euros, share] of law) {
    draw -= share;
    // One gift never makes up more than a handful of average ones: small campaigns had no large givers.
    if (draw <= 0) return euros <= most * 12 ? euros : 20;
  }
  return 20;
}

/** Exchanges single prices until the sum is close, then one gift takes the rest. */
function settleDifference(amounts: number[], total: number, random: Random): void {
  let difference = total - amounts.reduce((sum, euros) => sum + euros, 0);
  for (let turn = 0; turn < amounts.length * 40 && Math.abs(difference) >= 5; turn += 1) {
    const place = random.int(0, amounts.length - 1);
    const old = amounts[place] ?? 0;
    const other = price(random, total / amounts.length);
    if (Math.abs(difference - (other - old)) < Math.abs(difference)) {
      amounts[place] = other;
      difference -= other - old;
    }
  }
  for (let place = 0; Math.abs(difference) > 0.001 && place < amounts.length * 4; place += 1) {
    const at = place % amounts.length;
    const changed = Math.max(
      1,
      Math.min((amounts[at] ?? 0) + difference, Math.max(amounts[at] ?? 0, (total / amounts.length) * 14)),
    );
    difference -= changed - (amounts[at] ?? 0);
    amounts[at] = changed;
  }
  amounts[0] = Math.round(((amounts[0] ?? 0) + difference) * 100) / 100;
}

/**
 * Moments between two instants, U-shaped as arrivals are (first and last days well above the middle: Kuppuswamy and Bayus), by day hours.
 * Sorted.
 */
export function momentsBetween(from: Temporal.Instant, to: Temporal.Instant, count: number, seed: string): Temporal.Instant[] {
  const random = seeded(`moments ${seed}`);
  const span_s = Math.max(1, Math.floor((to.epochMilliseconds - from.epochMilliseconds) / 1000));
  return Array.from({ length: count }, () => {
    const draw = random.next();
    const place = draw < 0.4 ? random.next() ** 2 * 0.35 : draw < 0.7 ? 1 - random.next() ** 2 * 0.3 : random.next();
    return from.add({ seconds: Math.min(span_s - 1, Math.floor(place * span_s)) });
  }).sort(Temporal.Instant.compare);
}
