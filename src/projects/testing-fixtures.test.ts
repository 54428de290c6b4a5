import assert from 'node:assert/strict';
import { test } from 'node:test';
import { only, rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution } from './testing-fixtures.ts';

const { db, owner } = await testDb();

test('a campaign can be planted in every state', async () => {
  const states = [
    'draft',
    'in_review',
    'changes_requested',
    'rejected',
    'withdrawn',
    'scheduled',
    'open',
    'closed',
    'round_one',
    'failed',
    'collecting',
  ] as const;
  for (const state of [...states, 'stopped', 'round_two', 'funded', 'fulfilled'] as const) {
    const { campaign_id } = await plantCampaign(owner, { state });
    const found = await only<{ state: string; minimum_cents: bigint }>(
      db,
      sql`select state, minimum_cents from campaigns where id = ${campaign_id}`,
    );
    assert.deepEqual(found, { state, minimum_cents: 520_000n });
  }
});

test('contributions stand in totals, rewards and ledger', async () => {
  const campaign = await plantCampaign(owner, { state: 'collecting' });
  for (const state of ['started', 'secured', 'collected', 'declined', 'lapsed', 'withdrawn', 'released'] as const) {
    await plantContribution(owner, campaign, { state, reward_id: campaign.rewards[1]?.id, tip_cents: 100n, method: 'transfer' });
  }
  const totals = await only(
    db,
    sql`select secured_cents, collected_cents, declined_cents, contributions from campaign_totals where campaign_id = ${campaign.campaign_id}`,
  );
  assert.deepEqual(totals, { secured_cents: 2_000n, collected_cents: 2_000n, declined_cents: 2_000n, contributions: 3 });
  assert.deepEqual(await rows(db, sql`select taken from rewards where campaign_id = ${campaign.campaign_id} order by position`), [
    { taken: 0 },
    { taken: 4 },
  ]);
  const held = await only(db, sql`select balance_cents from accounts where kind = 'held' and owner = ${campaign.campaign_id}`);
  assert.deepEqual(held, { balance_cents: 2_000n });
});
