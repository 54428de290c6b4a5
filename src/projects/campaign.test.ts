import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import {
  type CampaignState,
  type Course,
  campaign_edges,
  campaign_states,
  mayMove,
  reachedWithTolerance,
  type Standing,
  whatNext,
} from './campaign.ts';
import { plantCampaign } from './testing-fixtures.ts';

const { db, owner } = await testDb();

const end = Temporal.Instant.from('2027-05-30T22:00:00Z');
const before = end.subtract({ seconds: 1 });
const after = end.add({ nanoseconds: 1 });

function course(state: CampaignState, more: Partial<Course> = {}): Course {
  return {
    state,
    rounds: 2,
    minimum_cents: 520_000n,
    tolerance_bp: 500,
    opened_at: end.subtract({ hours: 960 }),
    ends_at: end,
    grace_ends_at: end,
    ...more,
  };
}

function standing(more: Partial<Standing> = {}): Standing {
  return { pledged_cents: 0n, secured_cents: 0n, collected_cents: 0n, declined_cents: 0n, ...more };
}

const table: [what: string, Course, Standing, Temporal.Instant, CampaignState | null][] = [
  ['a scheduled campaign waits for its day', course('scheduled', { opened_at: end }), standing(), before, null],
  ['a scheduled campaign opens on its day', course('scheduled', { opened_at: end }), standing(), end, 'round_one'],
  [
    'round one goes on until its end, the minimum reached or not',
    course('round_one'),
    standing({ pledged_cents: 900_000n }),
    before,
    null,
  ],
  ['round one is not over at its very last instant', course('round_one'), standing({ pledged_cents: 520_000n }), end, null],
  [
    'round one over, minimum pledged to the cent',
    course('round_one'),
    standing({ pledged_cents: 520_000n }),
    after,
    'collecting',
  ],
  ['round one over, one cent missing', course('round_one'), standing({ pledged_cents: 519_999n }), after, 'failed'],
  [
    'collecting waits while something was never charged',
    course('collecting'),
    standing({ secured_cents: 1n, collected_cents: 600_000n }),
    before,
    null,
  ],
  [
    'grace over, what could not be charged in all that time does not count',
    course('collecting'),
    standing({ secured_cents: 100_000n, collected_cents: 493_999n }),
    after,
    'failed',
  ],
  [
    'collecting ends as soon as the minimum is there',
    course('collecting'),
    standing({ collected_cents: 520_000n, declined_cents: 9n }),
    before,
    'round_two',
  ],
  [
    'a single round is funded then',
    course('collecting', { rounds: 1 }),
    standing({ collected_cents: 520_000n }),
    before,
    'funded',
  ],
  [
    'collecting waits for declined ones while their grace lasts',
    course('collecting'),
    standing({ collected_cents: 500_000n, declined_cents: 20_000n }),
    before,
    null,
  ],
  [
    'grace over, within the tolerance',
    course('collecting'),
    standing({ collected_cents: 494_000n, declined_cents: 26_000n }),
    after,
    'round_two',
  ],
  [
    'grace over, a cent below the tolerance',
    course('collecting'),
    standing({ collected_cents: 493_999n, declined_cents: 26_001n }),
    after,
    'failed',
  ],
  [
    'nothing more can come: decided before grace is over',
    course('collecting'),
    standing({ collected_cents: 400_000n }),
    before,
    'failed',
  ],
  ['no tolerance', course('collecting', { tolerance_bp: 0 }), standing({ collected_cents: 519_999n }), after, 'failed'],
  ['round two goes on until its end', course('round_two'), standing(), end, null],
  ['round two keeps whatever was raised', course('round_two'), standing({ collected_cents: 520_000n }), after, 'funded'],
  ['what has ended stays', course('failed'), standing({ pledged_cents: 900_000n }), after, null],
  ['a draft moves only by people', course('draft'), standing(), after, null],
];

for (const [what, of, stands, now, expected] of table)
  test(`what comes next: ${what}`, () => assert.equal(whatNext(of, stands, now), expected));

test('whatever comes next is an edge that exists', () => {
  const cents = fc.bigInt({ min: 0n, max: 1_000_000n });
  const any = fc.record({
    state: fc.constantFrom(...campaign_states),
    rounds: fc.constantFrom(1, 2),
    past: fc.boolean(),
    standing: fc.record({ pledged_cents: cents, secured_cents: cents, collected_cents: cents, declined_cents: cents }),
  });
  fc.assert(
    fc.property(any, ({ state, rounds, past, standing: stands }) => {
      const next = whatNext(course(state, { rounds }), stands, past ? after : before);
      return next === null || mayMove(state, next);
    }),
  );
});

test('the tolerance is the published share of the minimum, exactly', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10_000 }), (minimum_cents, tolerance_bp) => {
      const least = (minimum_cents * BigInt(10_000 - tolerance_bp) + 9_999n) / 10_000n;
      const of = { minimum_cents, tolerance_bp };
      return reachedWithTolerance(of, least) && (least === 0n || !reachedWithTolerance(of, least - 1n));
    }),
  );
});

test('the database knows the same edges, and refuses every other', async () => {
  const there = await rows<{ from_state: CampaignState; to_state: CampaignState }>(db, sql`select * from campaign_edges`);
  const words = (edges: readonly (readonly [string, string])[]) => edges.map((edge) => edge.join(' -> ')).sort();
  assert.deepEqual(words(there.map((e) => [e.from_state, e.to_state])), words(campaign_edges));
  const campaign = await plantCampaign(owner, { state: 'round_one' });
  for (const to of campaign_states.filter((state) => state !== 'round_one' && !mayMove('round_one', state))) {
    const refused = sql`update campaigns set state = ${to} where id = ${campaign.campaign_id}`.execute(owner);
    await assert.rejects(refused, { constraint: 'campaign_edge' }, to);
  }
  await sql`update campaigns set state = 'collecting' where id = ${campaign.campaign_id}`.execute(owner);
});
