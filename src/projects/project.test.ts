import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type Figures, fillLines, projectBySlug, promises, raisedBy, thresholdsOf } from './index.ts';
import { plantCampaign, plantContribution } from './testing-fixtures.ts';

const { db, owner } = await testDb();

const figures: Figures = {
  state: 'round_one',
  secured_cents: 300n,
  collected_cents: 20n,
  declined_cents: 1n,
  contributions: 3,
  closing_pledged_cents: 4_000n,
  closing_contributions: 40,
  final_collected_cents: 50_000n,
};

test('raised is what stands while a campaign lives, what was collected when it ended, what was promised when it went back', () => {
  const told = (state: Figures['state']) => {
    const { raised_cents, contributions } = raisedBy({ ...figures, state });
    return [raised_cents, contributions];
  };
  for (const state of ['round_one', 'collecting', 'round_two', 'open'] as const) assert.deepEqual(told(state), [321n, 3]);
  for (const state of ['funded', 'fulfilled', 'closed'] as const) assert.deepEqual(told(state), [50_000n, 3]);
  for (const state of ['failed', 'stopped'] as const) assert.deepEqual(told(state), [4_000n, 40]);
  for (const state of ['draft', 'in_review', 'scheduled'] as const) assert.deepEqual(told(state), [0n, 0]);
});

const line = (id: string, position: number, amount_cents: bigint, essential: boolean) => ({
  id,
  position,
  kind: 'task' as const,
  title: {},
  why: {},
  amount_cents,
  essential,
  starts_on: null,
  ends_on: null,
});

test('lines stand in the order in which money reaches them, each with what fills it', () => {
  const lines = [line('extra', 1, 500n, false), line('first', 2, 1_000n, true), line('second', 3, 400n, true)];
  const filled = fillLines(lines, [
    { amount_cents: 100n, wish: ['extra'] },
    { amount_cents: 1_200n, wish: [] },
  ]);
  assert.deepEqual(
    filled.lines.map(({ id, filled_cents, wished_cents, share }) => [id, filled_cents, wished_cents, share]),
    [
      ['first', 1_000n, 0n, 1],
      ['second', 200n, 0n, 0.5],
      ['extra', 100n, 100n, 0.2],
    ],
  );
  assert.equal(filled.overflow_cents, 0n);
  assert.equal(fillLines(lines, [{ amount_cents: 2_000n, wish: [] }]).overflow_cents, 100n);
  assert.deepEqual(thresholdsOf(lines), { minimum_cents: 1_400n, optimum_cents: 1_900n });
});

test('a project is found by its slug with the latest campaign that was published', async () => {
  const campaign = await plantCampaign(owner, { state: 'funded', slug: 'twice' });
  await plantContribution(owner, campaign, { state: 'collected', method: 'transfer' });
  await sql`insert into campaigns (id, project_id, node_id, host_id, run, currency, minimum_cents, optimum_cents, time_zone)
    values (gen_random_uuid(), ${campaign.project_id}, ${campaign.node_id}, ${campaign.host_id}, 2, 'EUR', 100, 100, 'Europe/Madrid')`.execute(
    owner,
  );
  const found = await projectBySlug(db, 'twice');
  assert.equal(found?.campaign?.id, campaign.campaign_id, 'the draft of the second run is nobody’s business');
  assert.equal(found?.campaign?.collected_cents, 2_000n);
  assert.ok(found?.campaign?.ends_at?.equals(campaign.ends_at.add({ hours: 40 * 24 })));
  assert.deepEqual(
    found?.lines.map(({ amount_cents }) => amount_cents),
    [300_000n, 220_000n, 400_000n],
  );
});

test('a project that was never published is not found; one without any campaign is', async () => {
  await plantCampaign(owner, { state: 'in_review', slug: 'unpublished' });
  assert.equal(await projectBySlug(db, 'unpublished'), undefined);
  assert.equal(await projectBySlug(db, 'nowhere'), undefined);
  const { project_id, campaign_id } = await plantCampaign(owner, { state: 'draft', slug: 'story-only' });
  for (const table of ['campaign_totals', 'budget_lines', 'rewards'])
    await sql`delete from ${sql.raw(table)} where campaign_id = ${campaign_id}`.execute(owner);
  await sql`delete from campaigns where project_id = ${project_id}`.execute(owner);
  assert.equal((await projectBySlug(db, 'story-only'))?.campaign, null);
});

test('the promises hold, and notice what breaks them', async () => {
  assert.deepEqual(await brokenPromises(db, promises), []);
  const { campaign_id } = await plantCampaign(owner);
  await sql`update budget_lines set amount_cents = amount_cents + 1 where campaign_id = ${campaign_id}`.execute(owner);
  const broken = await brokenPromises(db, promises);
  assert.deepEqual(
    broken.map(({ promise }) => promise),
    ['minimum_is_the_essential_lines', 'optimum_is_all_lines'],
  );
});
