import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution } from '../projects/testing-fixtures.ts';
import { promises, rewardsOf, unitsLeft, whyCannotTake } from './index.ts';

const { db, owner } = await testDb();

test('why a reward cannot be taken', () => {
  const reward = { units: 2, taken: 1, amount_cents: 1_500n };
  assert.equal(whyCannotTake(reward, 1_500n), null);
  assert.equal(whyCannotTake(reward, 1_499n), 'amount_is_below_reward');
  assert.equal(whyCannotTake({ ...reward, taken: 2 }, 1_500n), 'reward_is_sold_out');
  assert.equal(whyCannotTake({ ...reward, units: null, taken: 900 }, 1_500n), null);
  assert.equal(unitsLeft({ units: null, taken: 5 }), null);
  assert.equal(unitsLeft({ units: 20, taken: 20 }), 0);
});

test('rewards come in their order with exact cents', async () => {
  const campaign = await plantCampaign(owner, {
    rewards: [{ amount_cents: 9_007_199_254_740_993n }, { amount_cents: 1_000n, units: 3 }],
  });
  await plantContribution(owner, campaign, { amount_cents: 1_000n, reward_id: campaign.rewards[1]?.id ?? '' });
  assert.deepEqual(
    (await rewardsOf(db, campaign.campaign_id)).map(({ amount_cents, units, taken }) => [amount_cents, units, taken]),
    [
      [9_007_199_254_740_993n, null, 0],
      [1_000n, 3, 1],
    ],
  );
});

test('the promises hold, and notice what breaks them', async () => {
  assert.deepEqual(await brokenPromises(db, promises), []);
  const [one, other] = [await plantCampaign(owner), await plantCampaign(owner)];
  await plantContribution(owner, one, { amount_cents: 100n, reward_id: other.rewards[0]?.id ?? '' });
  const broken = await brokenPromises(db, promises);
  assert.deepEqual(
    broken.map(({ promise }) => promise),
    ['reward_is_of_its_campaign', 'reward_was_paid_for'],
  );
  await assert.rejects(sql`update rewards set taken = 21 where id = ${one.rewards[1]?.id}`.execute(owner), /reward_is_sold_out/);
});
