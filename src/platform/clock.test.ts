import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openClock } from './clock.ts';
import { only, sql } from './db.ts';
import { testDb } from './testing.ts';

const { db, owner } = await testDb();

test('a movable clock follows the installation’s, frozen or shifted, and agrees with moment()', async () => {
  const clock = openClock(db, 'movable', 0);
  await sql`update clock set shift = interval '40 days 1 hour'`.execute(owner);
  const { moment } = await only<{ moment: Temporal.Instant }>(db, sql`select moment()`);
  const now = await clock.now();
  assert.ok(Math.abs(now.epochMilliseconds - moment.epochMilliseconds) < 1_000);
  await sql`update clock set frozen_at = '2027-05-30T22:00:00Z'`.execute(owner);
  assert.equal((await clock.now()).toString(), '2027-05-30T22:00:00Z');
});

test('it is read once in a while, and at once when told', async () => {
  const clock = openClock(db, 'movable', 60_000);
  await sql`update clock set frozen_at = '2027-01-01T00:00:00Z'`.execute(owner);
  assert.equal((await clock.now()).toString(), '2027-01-01T00:00:00Z');
  await sql`update clock set frozen_at = '2027-02-01T00:00:00Z'`.execute(owner);
  assert.equal((await clock.now()).toString(), '2027-01-01T00:00:00Z');
  clock.forget();
  assert.equal((await clock.now()).toString(), '2027-02-01T00:00:00Z');
});

test('a real clock does not care', async () => {
  const now = await openClock(db, 'real').now();
  assert.ok(Math.abs(now.epochMilliseconds - Temporal.Now.instant().epochMilliseconds) < 100);
});
