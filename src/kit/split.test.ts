import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from './random.ts';
import { fill, type Gift, type Line, split } from './split.ts';

const sum = (numbers: Iterable<bigint>) => [...numbers].reduce((total, number) => total + number, 0n);

test('cents are split by the largest remainder, ties to the earlier', () => {
  const table: [total: bigint, weights: bigint[], parts: bigint[]][] = [
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [101n, [1n, 1n, 1n], [34n, 34n, 33n]],
    [10n, [1n, 2n, 4n], [1n, 3n, 6n]],
    [1n, [0n, 1n, 9n], [0n, 0n, 1n]],
    [100n, [0n, 5n], [0n, 100n]],
    [2n, [1n, 1n, 1n, 1n], [1n, 1n, 0n, 0n]],
    [0n, [3n, 4n], [0n, 0n]],
    [0n, [0n], [0n]],
    [0n, [], []],
    [7n, [2n ** 70n, 2n ** 70n], [4n, 3n]],
  ];
  for (const [total, weights, parts] of table) deepEqual(split(total, weights), parts);
  throws(() => split(1n, []));
  throws(() => split(1n, [0n, 0n]));
  throws(() => split(-1n, [1n]));
  throws(() => split(1n, [2n, -1n]));
});

test('parts sum to the total, each within a cent of its due, nothing to a weight of nothing', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 2n ** 64n }), { minLength: 1, maxLength: 12 })
    .filter((all) => sum(all) > 0n);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), weights, (total, weights) => {
      const parts = split(total, weights);
      equal(sum(parts), total);
      parts.forEach((part, nth) => {
        const floor = (total * (weights[nth] ?? 0n)) / sum(weights);
        ok(part === floor || part === floor + 1n);
        if (weights[nth] === 0n) equal(part, 0n);
      });
    }),
  );
});

/** Two essential lines, a and b, then an additional one, c; written out of order on purpose. */
const LINES: Line[] = [
  { id: 'c', amount_cents: 500n, essential: false, position: 1 },
  { id: 'b', amount_cents: 300n, essential: true, position: 3 },
  { id: 'a', amount_cents: 100n, essential: true, position: 2 },
];

test('wishes first, then essential lines in order, then additional ones, then overflow', () => {
  type Filled = [a: [bigint, bigint], b: [bigint, bigint], c: [bigint, bigint], overflow: bigint];
  const table: [what: string, gifts: [bigint, string[]][], expected: Filled][] = [
    ['nothing', [], [[0n, 0n], [0n, 0n], [0n, 0n], 0n]],
    ['no wish', [[150n, []]], [[100n, 0n], [50n, 0n], [0n, 0n], 0n]],
    ['a wish for the additional line', [[150n, ['c']]], [[0n, 0n], [0n, 0n], [150n, 150n], 0n]],
    ['too much for one line flows on', [[150n, ['a']]], [[100n, 100n], [50n, 0n], [0n, 0n], 0n]],
    ['two lines by their amounts', [[200n, ['a', 'b']]], [[50n, 50n], [150n, 150n], [0n, 0n], 0n]],
    [
      'the same wish said otherwise',
      [
        [100n, ['b', 'a']],
        [100n, ['a', 'b', 'a']],
      ],
      [[50n, 50n], [150n, 150n], [0n, 0n], 0n],
    ],
    [
      'a full line leaves its share to the wish',
      [
        [100n, ['a']],
        [200n, ['a', 'b']],
      ],
      [[100n, 100n], [200n, 200n], [0n, 0n], 0n],
    ],
    [
      'a line nearly full leaves what it cannot take',
      [
        [90n, ['a']],
        [200n, ['a', 'b']],
      ],
      [[100n, 100n], [190n, 190n], [0n, 0n], 0n],
    ],
    [
      'a wish and the rest',
      [
        [250n, ['b']],
        [120n, []],
      ],
      [[100n, 0n], [270n, 250n], [0n, 0n], 0n],
    ],
    [
      'a line that is not there',
      [
        [50n, ['x']],
        [50n, ['x', 'b']],
      ],
      [[50n, 0n], [50n, 50n], [0n, 0n], 0n],
    ],
    ['beyond the optimum', [[1000n, ['a']]], [[100n, 100n], [300n, 0n], [500n, 0n], 100n]],
  ];
  for (const [what, gifts, expected] of table) {
    const filled = fill(
      LINES,
      gifts.map(([amount_cents, wish]) => ({ amount_cents, wish })),
    );
    const read = ['a', 'b', 'c'].map((id) => [filled.lines.get(id)?.filled_cents, filled.lines.get(id)?.wished_cents]);
    deepEqual([what, ...read, filled.overflow_cents], [what, ...expected]);
    deepEqual([...filled.lines.keys()], ['a', 'b', 'c']);
  }
});

test('a line of nothing takes nothing; without lines all is overflow', () => {
  const nothing: Line[] = [{ id: 'a', amount_cents: 0n, essential: true, position: 1 }];
  equal(fill(nothing, [{ amount_cents: 5n, wish: ['a'] }]).overflow_cents, 5n);
  equal(fill([], [{ amount_cents: 5n, wish: [] }]).overflow_cents, 5n);
  throws(() => fill([...nothing, ...nothing], []));
  throws(() => fill(nothing, [{ amount_cents: -1n, wish: [] }]));
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const aLine = fc.record({
  id: fc.constantFrom(...ids),
  amount_cents: fc.bigInt({ min: 0n, max: 2000n }),
  essential: fc.boolean(),
  position: fc.nat({ max: 3 }),
});
const someLines = fc.uniqueArray(aLine, { selector: (line) => line.id, maxLength: 6 });
const someGifts = fc.array(fc.record({ amount_cents: fc.bigInt({ min: 0n, max: 700n }), wish: fc.subarray([...ids, 'x']) }));

test('no cent is lost or made, no line is over-filled, no essential line waits while money flows past it', () => {
  fc.assert(
    fc.property(someLines, someGifts, (lines, gifts) => {
      const filled = fill(lines, gifts);
      const fillings = lines.map((line) => ({ ...line, ...filled.lines.get(line.id) }));
      const total = sum(gifts.map((gift) => gift.amount_cents));
      equal(sum(fillings.map((line) => line.filled_cents ?? 0n)) + filled.overflow_cents, total);
      for (const { amount_cents, filled_cents = -1n, wished_cents = -1n } of fillings) {
        ok(0n <= wished_cents && wished_cents <= filled_cents && filled_cents <= amount_cents);
      }
      const unwished = fillings.some((line) => line.filled_cents !== line.wished_cents && !line.essential);
      if (unwished) ok(fillings.every((line) => !line.essential || line.filled_cents === line.amount_cents));
      if (filled.overflow_cents > 0n) ok(fillings.every((line) => line.filled_cents === line.amount_cents));
    }),
    { numRuns: 500 },
  );
});

test('the same result in any order of rows, and for gifts already summed by wish', () => {
  fc.assert(
    fc.property(someLines, someGifts, fc.integer(), (lines, gifts, seed) => {
      const random = seeded(seed);
      const shuffled = random.shuffle(gifts).map((gift) => ({ ...gift, wish: random.shuffle(gift.wish) }));
      const expected = fill(lines, gifts);
      deepEqual(fill(random.shuffle(lines), shuffled), expected);
      deepEqual(fill(lines, summed(gifts)), expected);
    }),
    { numRuns: 500 },
  );
});

test('fifty thousand gifts are a matter of milliseconds', () => {
  const random = seeded('many');
  const lines = Array.from({ length: 12 }, (_, n) => ({
    id: `line-${n}`,
    amount_cents: 100_000_000n,
    essential: n < 6,
    position: n,
  }));
  const wishes = lines.map((line) => line.id);
  const gifts = Array.from({ length: 50_000 }, () => ({
    amount_cents: BigInt(random.int(100, 20_000)),
    wish: random.shuffle(wishes).slice(8),
  }));
  const started = performance.now();
  equal(
    sum([...fill(lines, gifts).lines.values()].map((line) => line.filled_cents)),
    sum(gifts.map((gift) => gift.amount_cents)),
  );
  ok(performance.now() - started < 1000, 'even on a busy machine');
});

function summed(gifts: Gift[]): Gift[] {
  const by_wish = Map.groupBy(gifts, (gift) => gift.wish.toSorted().join());
  return [...by_wish.values()].map((same) => ({
    wish: same[0]?.wish ?? [],
    amount_cents: sum(same.map((gift) => gift.amount_cents)),
  }));
}
