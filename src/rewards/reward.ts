import type { Texts } from '../platform/i18n.ts';

export type RewardType = 'product' | 'service' | 'file' | 'thanks' | 'other';

/** What one giver gets. Units are reserved when a checkout starts and freed when it lapses: `taken` never exceeds `units`. */
export type Reward = {
  id: string;
  position: number;
  type: RewardType;
  title: Texts;
  about: Texts;
  /** The least a contribution must be to take it. */
  amount_cents: bigint;
  /** null: as many as wanted. */
  units: number | null;
  taken: number;
  /** "2027-02-01". */
  delivery_on: string | null;
  question: Texts | null;
  needs_address: boolean;
  /** false: a sale, VAT included. */
  symbolic: boolean;
  demonstration: boolean;
  note: Texts | null;
};

/** Units nobody holds; null when there is no limit. */
export function unitsLeft(reward: Pick<Reward, 'units' | 'taken'>): number | null {
  return reward.units === null ? null : Math.max(0, reward.units - reward.taken);
}

/** Why may this reward not be taken with that amount? The words are those of `contribute`. */
export function whyCannotTake(
  reward: Pick<Reward, 'units' | 'taken' | 'amount_cents'>,
  amount_cents: bigint,
): null | 'reward_is_sold_out' | 'amount_is_below_reward' {
  if (unitsLeft(reward) === 0) return 'reward_is_sold_out';
  return amount_cents < reward.amount_cents ? 'amount_is_below_reward' : null;
}
