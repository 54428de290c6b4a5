import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promises as contribution_promises } from '../contributions/index.ts';
import { openGateways } from '../gateways/index.ts';
import { promises as ledger_promises } from '../ledger/index.ts';
import { testDb } from '../platform/testing.ts';
import { promises as round_promises } from '../rounds/index.ts';
import { rehearse, type Told } from './rehearse.ts';

const promises = { ...ledger_promises, ...contribution_promises, ...round_promises };

async function tellStory(seed: string, steps: number): Promise<Told> {
  const { db, owner, close } = await testDb({ max: 12 });
  const secret = 'rehearsal';
  const gateways = openGateways(db, { origin: 'http://localhost', webhook_secret: secret });
  const told = await rehearse({ db, owner, gateways, secret, promises, seed, steps });
  await close();
  return told;
}

const ends = new Set<string>();

for (const seed of ['spring', 'flood', 'terrace', 'reed']) {
  test(`all promises hold through the story "${seed}"`, async () => {
    const told = await tellStory(seed, 160);
    assert.equal(told.steps.length, 160);
    for (const line of told.digest) if (line.startsWith('contributions ')) ends.add(line.split(' ')[2] ?? '');
    assert.match(told.digest.join('\n'), / (funded|failed|stopped) /, 'campaigns were decided in this story');
  });
}

test('the stories together reach every end of a contribution', () => {
  for (const end of ['collected', 'lapsed', 'withdrawn', 'released', 'refunded', 'credited', 'redirected']) {
    assert.ok(ends.has(end), `no story reached ${end}`);
  }
});

test('the same seed tells the same story', async () => {
  const [once, twice] = [await tellStory('twice', 80), await tellStory('twice', 80)];
  assert.deepEqual(once.steps, twice.steps);
  assert.deepEqual(once.digest, twice.digest);
});
