import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Gauge, GaugeKey, gaugeWords } from './gauge.tsx';
import { type GaugeFacts, gaugeShape, labelsCollide, shareOf } from './gauge-shape.ts';
import { exampleVisit } from './testing.ts';

const half: GaugeFacts = { minimum_cents: 100_000n, optimum_cents: 200_000n, collected_cents: 0n, secured_cents: 50_000n };
const table: [string, Partial<GaugeFacts>, Partial<ReturnType<typeof gaugeShape>>][] = [
  [
    'half of the minimum',
    {},
    { stretches: [{ tone: 'people', from: 0, to: 23.4 }], minimum: 46.7, optimum: 93.5, minimum_reached: false },
  ],
  ['nothing', { secured_cents: 0n }, { stretches: [], raised_cents: 0n }],
  ['one cent is seen', { secured_cents: 1n }, { stretches: [{ tone: 'people', from: 0, to: 1.5 }] }],
  ['exactly the minimum opens the first gate', { secured_cents: 100_000n }, { minimum_reached: true, optimum_reached: false }],
  ['one cent less does not', { secured_cents: 99_999n }, { minimum_reached: false }],
  [
    'matched money counts and is its own water',
    { matched_cents: 50_000n },
    {
      raised_cents: 100_000n,
      minimum_reached: true,
      stretches: [
        { tone: 'people', from: 0, to: 23.4 },
        { tone: 'matched', from: 23.4, to: 46.7 },
      ],
    },
  ],
  [
    'more than the optimum stretches the channel',
    { secured_cents: 400_000n },
    { stretches: [{ tone: 'people', from: 0, to: 97.1 }], minimum: 24.3, optimum: 48.5, optimum_reached: true },
  ],
  ['the minimum is enough', { optimum_cents: 100_000n }, { optimum: null, minimum: 93.5 }],
  [
    'collecting shows what arrived, is promised, was declined',
    { collecting: true, collected_cents: 40_000n, secured_cents: 40_000n, declined_cents: 20_000n },
    {
      minimum_reached: true,
      stretches: [
        { tone: 'arrived', from: 0, to: 18.7 },
        { tone: 'promised', from: 18.7, to: 37.4 },
        { tone: 'declined', from: 37.4, to: 46.7 },
      ],
    },
  ],
  [
    'before collecting it is all from people',
    { collected_cents: 10_000n, declined_cents: 10_000n },
    { raised_cents: 70_000n, stretches: [{ tone: 'people', from: 0, to: 32.7 }] },
  ],
];
for (const [name, change, wanted] of table) {
  test(`gauge: ${name}`, () => {
    const shape = gaugeShape({ ...half, ...change });
    for (const [key, value] of Object.entries(wanted)) assert.deepEqual(shape[key as keyof typeof shape], value, key);
  });
}

test('shares are rounded down: 99.99 % is not 100', () => {
  assert.equal(shareOf(99_999n, 100_000n), 99);
  assert.equal(shareOf(100_000n, 100_000n), 100);
  assert.equal(shareOf(118_200n, 100_000n), 118);
  assert.equal(shareOf(5n, 0n), 0);
});

test('labels that would touch are set one above the other', () => {
  assert.equal(labelsCollide(57, 93, '€31,000'), false);
  assert.equal(labelsCollide(83, 93, '€31,000'), true);
});

test('everything the gauge shows is said, in the language of the reader', () => {
  const facts: GaugeFacts = {
    minimum_cents: 1_850_000n,
    optimum_cents: 3_100_000n,
    collected_cents: 0n,
    secured_cents: 1_864_000n,
    matched_cents: 320_000n,
    hands: 0.469,
    time: 0.62,
  };
  assert.equal(
    gaugeWords(exampleVisit('en'), facts),
    '€21,840 raised, 118% of the minimum of €18,500. The optimum is €31,000. €3,200 of it is matched by institutions. 46% of the hands are confirmed. 62% of the time has passed.',
  );
  assert.match(gaugeWords(exampleVisit('fr'), facts), /^21\s840\s€ réunis, 118\s% du minimum de 18\s500\s€\./);
  assert.match(gaugeWords(exampleVisit('es'), facts), /^21\.840\s€ reunidos, 118\s% del mínimo de 18\.500\s€\./);
  const collecting = gaugeWords(exampleVisit('en'), {
    ...facts,
    collecting: true,
    declined_cents: 5_000n,
    optimum_cents: 1_850_000n,
  });
  assert.match(collecting, /The minimum is enough\. €0 of it has arrived, €18,640 is being collected\. €50 was declined/);
});

test('one picture with its words; gates open when they are reached', () => {
  const visit = exampleVisit('en');
  const large = String(Gauge({ visit, facts: { ...half, secured_cents: 100_000n, hands: 0.3, time: 0.5 }, size: 'large' }));
  assert.match(large, /^<svg class="gauge is-large"[^>]* role="img" aria-label="€1,000 raised, 100% of the minimum/);
  assert.equal(large.match(/g-gate is-open/g)?.length, 1);
  assert.equal(large.match(/g-gate is-closed/g)?.length, 1);
  assert.doesNotMatch(large, /NaN|undefined|style=|\bid=/);
  const small = String(Gauge({ visit, facts: { ...half, hands: null, time: null } }));
  assert.doesNotMatch(small, /<text|g-hands|g-time/);
});

test('hands and time beyond their ends stay inside the picture', () => {
  const drawn = String(Gauge({ visit: exampleVisit('en'), facts: { ...half, hands: 1.4, time: 3 } }));
  for (const [, share] of drawn.matchAll(/"(-?[\d.]+)%"/g)) assert.ok(Number(share) >= 0 && Number(share) <= 105, String(share));
});

test('the key names only what is there', () => {
  const key = String(GaugeKey({ visit: exampleVisit('en'), facts: { ...half, hands: 0.46 } }));
  assert.match(key, /From people/);
  assert.match(key, /46%/);
  assert.doesNotMatch(key, /Matched|Declined/);
});
