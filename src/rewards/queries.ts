import { type Db, only, sql } from '../platform/db.ts';
import type { Reward } from './reward.ts';
import './tables.ts';

/** The rewards of the campaign `k`, in the promoter's order, to be asked inside another statement. Read them with `readRewards`. */
export const rewards_json = sql`(select coalesce(json_agg(r order by r.position), '[]') from (
  select id, position, type, title, about, amount_cents::text, units, taken, delivery_on, question, needs_address, symbolic, demonstration, note
    from rewards where campaign_id = k.id) r)`;

export type RewardJson = Omit<Reward, 'amount_cents'> & { amount_cents: string };

export function readRewards(json: readonly RewardJson[]): Reward[] {
  return json.map((reward) => ({ ...reward, amount_cents: BigInt(reward.amount_cents) }));
}

/** The rewards of a campaign in the promoter's order. */
export async function rewardsOf(db: Db, campaign_id: string): Promise<Reward[]> {
  const { rewards } = await only<{ rewards: RewardJson[] }>(
    db,
    sql`select ${rewards_json} as rewards from (select ${campaign_id}::uuid as id) k`,
  );
  return readRewards(rewards);
}
