export { promises } from './promises.ts';
export { type RewardJson, readRewards, rewards_json, rewardsOf } from './queries.ts';
export { type Reward, type RewardType, unitsLeft, whyCannotTake } from './reward.ts';
