import assert from 'node:assert/strict';
import { test } from 'node:test';
import { only, rows, sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type Figures, raisedBy } from '../projects/index.ts';
import { plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { byMethod, byYear, campaignAccounts, checkPromises, lastCheck, promises, readBooks, totalsOf } from './index.ts';

const { db, owner } = await testDb();
const main = await plantNode(owner);
const other = await plantNode(owner, { slug: 'euskadi' });
const at = (day: string) => Temporal.Instant.from(`${day}T12:00:00Z`);

const open = await plantCampaign(owner, { node: main, slug: 'open' });
await plantContribution(owner, open, { state: 'secured', amount_cents: 1_000n });
await plantContribution(owner, open, { state: 'declined', amount_cents: 300n });
await plantContribution(owner, open, { state: 'collected', amount_cents: 2_000n, tip_cents: 50n, at: at('2026-03-01') });
await plantContribution(owner, open, { state: 'withdrawn', amount_cents: 9_999n });
await plantContribution(owner, open, { state: 'started', amount_cents: 8_888n });
const second = await plantCampaign(owner, { node: other, slug: 'second', state: 'round_two', demonstration: true });
await plantContribution(owner, second, { state: 'collected', amount_cents: 5_000n, method: 'cash', at: at('2025-12-31') });
const failed = await plantCampaign(owner, { node: other, slug: 'failed', state: 'failed' });
await sql`update campaigns set closing_pledged_cents = 700, closing_contributions = 3 where id = ${failed.campaign_id}`.execute(
  owner,
);
await plantCampaign(owner, { slug: 'draft', state: 'draft' });

const whole = { node_id: null, host_id: null, currency: 'EUR' };
const books = await readBooks(db);

test('raised is what stands on live campaigns and what stood on those that failed', () => {
  assert.equal(totalsOf(books, whole).raised_cents, 1_000n + 300n + 2_000n + 5_000n + 700n);
  assert.equal(totalsOf(books, { ...whole, node_id: main.id }).raised_cents, 3_300n);
  assert.equal(totalsOf(books, whole).demonstration_cents, 5_000n);
});

test('the view and raisedBy of projects give the same sum and number for every campaign', async () => {
  const found = await rows<Figures & { raised_cents: bigint; shown: number }>(
    db,
    sql`select s.state, s.raised_cents, s.contributions as shown, t.secured_cents, t.collected_cents, t.declined_cents, t.contributions,
               c.closing_pledged_cents, c.closing_contributions, c.final_collected_cents
          from stats_campaigns s join campaigns c on c.id = s.campaign_id join campaign_totals t on t.campaign_id = s.campaign_id`,
  );
  assert.equal(found.length, 3);
  for (const row of found) {
    assert.equal(raisedBy(row).raised_cents, row.raised_cents, row.state);
    assert.equal(raisedBy(row).contributions, row.shown, row.state);
  }
});

test('collected is what the ledger says, by year and by method', async () => {
  const ledger = await only<{ cents: bigint }>(
    db,
    sql`select sum(m.amount_cents)::bigint as cents from movements m join entries e on e.id = m.entry_id join accounts a on a.id = m.to_account
         where a.kind = 'held' and e.kind = 'contribution_collected'`,
  );
  const totals = totalsOf(books, whole);
  assert.equal(totals.collected_cents, ledger.cents);
  assert.equal(totals.held_cents, 7_000n);
  assert.equal(totals.tips_cents, 50n);
  assert.deepEqual(
    byMethod(books, whole).map((line) => [line.method, line.collections, line.collected_cents]),
    [
      ['cash', 1, 5_000n],
      ['sandbox', 1, 2_000n],
    ],
  );
  const years = byYear(books, whole);
  assert.deepEqual(
    years.filter((line) => line.collected_cents > 0n).map((line) => [line.year, line.collected_cents]),
    [
      [2025, 5_000n],
      [2026, 2_000n],
    ],
  );
});

test('campaigns are counted by how they stand, drafts are not', () => {
  const totals = totalsOf(books, whole);
  assert.deepEqual([totals.campaigns, totals.live, totals.succeeded, totals.failed, totals.success], [3, 2, 0, 1, 0]);
  assert.equal(totals.contributions, 3 + 1 + 3);
});

test('an empty scope is all zeros', () => {
  const totals = totalsOf(books, {
    node_id: '00000000-0000-7000-8000-000000000000',
    host_id: '00000000-0000-7000-8000-000000000000',
    currency: 'EUR',
  });
  assert.equal(totals.success, null);
  assert.equal(totals.raised_cents, 0n);
  assert.deepEqual(byYear(books, { ...whole, currency: 'GBP' }), []);
});

test('each campaign shows what its own ledger says', async () => {
  const accounts = await campaignAccounts(db, null, 10, 0);
  const of = (slug: string) => accounts.find((each) => each.slug === slug);
  assert.deepEqual([of('second')?.collected_cents, of('second')?.held_cents, of('open')?.raised_cents], [5_000n, 5_000n, 3_300n]);
  assert.equal((await campaignAccounts(db, main.id, 10, 0)).length, 1);
});

test('the promises of figures and lists hold, and are seen when they break', async () => {
  assert.deepEqual(await brokenPromises(db, promises), []);
  await sql`update listings set live = false where project_id = ${open.project_id}`.execute(owner);
  const broken = await checkPromises(db, promises);
  assert.deepEqual(
    broken.map((each) => each.promise),
    ['every_listing_is_current'],
  );
  const check = await lastCheck(db);
  assert.deepEqual([check?.promises.length, check?.broken], [2, ['every_listing_is_current']]);
  await sql`select list_projects(array[${open.project_id}::uuid])`.execute(owner);
  assert.deepEqual(await checkPromises(db, promises), []);
});
