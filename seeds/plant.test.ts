import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promises as contribution_promises } from '../src/contributions/index.ts';
import { openGateways } from '../src/gateways/index.ts';
import { promises as ledger_promises } from '../src/ledger/index.ts';
import { rows, sql } from '../src/platform/db.ts';
import { brokenPromises } from '../src/platform/promises.ts';
import { testDb } from '../src/platform/testing.ts';
import { promises as round_promises } from '../src/rounds/index.ts';
import { plant, planted } from './plant.ts';
import { readSeeds } from './read.ts';
import { setClock } from './timeline.ts';

const { owner: db } = await testDb();
const gateways = openGateways(db, { origin: 'http://localhost', webhook_secret: 'seeds' });

test('the town is planted: history to the cent, six campaigns of today, and every promise holds', async () => {
  const now = Temporal.Instant.from('2026-11-22T15:00:00Z');
  await plant({ db, gateways, now });
  assert.equal(await planted(db), 'done');
  await setClock(db, now);
  assert.deepEqual(await brokenPromises(db, { ...ledger_promises, ...contribution_promises, ...round_promises }), []);
  const found = await rows<Ended>(
    db,
    sql`select p.slug, k.state, k.closing_pledged_cents, k.closing_contributions, k.final_collected_cents,
               (select count(*)::int from contributions c where c.campaign_id = k.id) as gifts
          from campaigns k join projects p on p.id = k.project_id`,
  );
  const by_slug = new Map(found.map((f) => [f.slug, f]));
  const seeds = readSeeds();
  for (const h of [...seeds.history, ...seeds.past]) {
    const f = by_slug.get(h.slug);
    assert.equal(f?.state, h.status, h.slug);
    assert.equal(h.status === 'failed' ? f?.closing_pledged_cents : f?.final_collected_cents, BigInt(h.raised_cents), h.slug);
    if (h.contributors !== null) assert.equal(f?.gifts, h.contributors, h.slug);
  }
  const states = {
    first_day: 'round_one',
    half_way: 'round_one',
    minimum_reached: 'round_one',
    collecting: 'collecting',
    second_round: 'round_two',
    last_hours: 'round_one',
  };
  for (const p of seeds.live) assert.equal(by_slug.get(p.slug)?.state, states[p.moment], p.slug);
});

type Ended = {
  slug: string;
  state: string;
  closing_pledged_cents: bigint | null;
  closing_contributions: number | null;
  final_collected_cents: bigint | null;
  gifts: number;
};
