import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution } from '../projects/testing-fixtures.ts';
import { type State, states, whyCannotChange, whyCannotWithdraw, whyNotOpen } from './contribution.ts';

const { db, owner } = await testDb();

const end = Temporal.Instant.from('2027-05-30T22:00:00Z');
const day_before = end.subtract({ hours: 24 });
const earlier = end.subtract({ hours: 24, seconds: 1 });
const after = end.add({ seconds: 1 });

const openings: [state: string, now: Temporal.Instant, why: string | null][] = [
  ['draft', earlier, 'campaign_has_not_begun'],
  ['scheduled', earlier, 'campaign_has_not_begun'],
  ['round_one', earlier, null],
  ['round_one', end, null],
  ['round_one', after, 'round_is_closed'],
  ['collecting', end, null],
  ['collecting', after, 'round_is_closed'],
  ['round_two', end, null],
  ['round_two', after, 'round_is_closed'],
  ['funded', earlier, 'campaign_has_ended'],
  ['failed', earlier, 'campaign_has_ended'],
  ['stopped', earlier, 'campaign_has_ended'],
];
for (const [state, now, why] of openings) {
  test(`open? ${state} ${Temporal.Instant.compare(now, end) > 0 ? 'after the end' : 'in time'}: ${why ?? 'yes'}`, () => {
    assert.equal(whyNotOpen({ state, ends_at: end, grace_ends_at: end }, now), why);
  });
}

const withdrawals: [state: State, campaign: string, pledged_cents: bigint, now: Temporal.Instant, why: string | null][] = [
  ['started', 'round_one', 0n, after, null],
  ['secured', 'round_one', 600_000n, earlier, null],
  ['secured', 'round_one', 520_000n, earlier, null],
  ['secured', 'round_one', 520_000n, day_before, 'withdrawal_would_break_minimum'],
  ['secured', 'round_one', 523_000n, day_before, null],
  ['secured', 'round_one', 519_999n, day_before, null],
  ['secured', 'round_one', 600_000n, after, 'round_is_closed'],
  ['declined', 'collecting', 600_000n, earlier, 'round_is_closed'],
  ['collected', 'round_two', 600_000n, earlier, 'contribution_is_collected'],
  ['released', 'failed', 0n, earlier, 'contribution_has_ended'],
  ['withdrawn', 'round_one', 0n, earlier, 'contribution_has_ended'],
];
for (const [state, campaign_state, pledged_cents, now, why] of withdrawals) {
  test(`withdraw? ${state} in ${campaign_state}, ${pledged_cents} pledged, ${now}: ${why ?? 'yes'}`, () => {
    const campaign = { state: campaign_state, ends_at: end, minimum_cents: 520_000n, pledged_cents };
    assert.equal(whyCannotWithdraw({ state, amount_cents: 3_000n, campaign, closed_hours: 24 }, now), why);
  });
}

test('what happens on failure may be changed while the campaign can still fail', () => {
  assert.equal(whyCannotChange({ state: 'secured', campaign_state: 'round_one' }), null);
  assert.equal(whyCannotChange({ state: 'declined', campaign_state: 'collecting' }), null);
  assert.equal(whyCannotChange({ state: 'collected', campaign_state: 'round_two' }), 'campaign_is_decided');
  assert.equal(whyCannotChange({ state: 'released', campaign_state: 'round_one' }), 'contribution_has_ended');
});

test('the database moves a contribution along its edges only', async () => {
  const edges = new Set(
    (await rows<{ edge: string }>(db, sql`select from_state || ' -> ' || to_state as edge from contribution_edges`)).map(
      (e) => e.edge,
    ),
  );
  const campaign = await plantCampaign(owner);
  for (const to of states.filter((state) => state !== 'secured')) {
    const { id } = await plantContribution(owner, campaign, { state: 'secured' });
    const moving = sql`update contributions set state = ${to} where id = ${id}`.execute(owner);
    if (edges.has(`secured -> ${to}`)) await moving;
    else await assert.rejects(moving, { constraint: 'contribution_edge' }, to);
  }
});

test('movements, entries and the audit are never changed nor deleted', async () => {
  const campaign = await plantCampaign(owner, { state: 'round_two' });
  await plantContribution(owner, campaign, { state: 'collected' });
  for (const table of ['movements', 'entries']) {
    await assert.rejects(sql`delete from ${sql.table(table)}`.execute(owner), { constraint: 'never_changed' });
    await assert.rejects(sql`delete from ${sql.table(table)}`.execute(db), { code: '42501' });
  }
  await assert.rejects(sql`update movements set amount_cents = 1`.execute(owner), { constraint: 'never_changed' });
});
