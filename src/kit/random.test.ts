import { deepEqual, equal, notDeepEqual, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { seeded } from './random.ts';

const drawn = (seed: string | number) => Array.from({ length: 20 }, seeded(seed).next);

test('a seed tells the same story, another seed another', () => {
  deepEqual(drawn('spring'), drawn('spring'));
  deepEqual(drawn(1), drawn('1'));
  notDeepEqual(drawn(1), drawn(2));
  // Written down, so that a seed printed by an old failure still leads to it.
  equal(Math.floor(seeded(1).next() * 1e9), 626183564);
});

test('numbers stay within their bounds, both reached', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), fc.nat({ max: 1000 }), (seed, min, more) => {
      const random = seeded(seed);
      const next = random.next();
      const int = random.int(min, min + more);
      ok(next >= 0 && next < 1);
      ok(Number.isInteger(int) && int >= min && int <= min + more);
    }),
  );
  const random = seeded('dice');
  const faces = new Set(Array.from({ length: 200 }, () => random.int(1, 6)));
  deepEqual([...faces].sort(), [1, 2, 3, 4, 5, 6]);
  throws(() => random.int(2, 1));
});

test('all values are about as likely', () => {
  const random = seeded('fair');
  const faces = Object.groupBy(
    Array.from({ length: 10_000 }, () => random.int(0, 9)),
    String,
  );
  for (const face of Object.values(faces)) ok(Math.abs((face?.length ?? 0) - 1000) < 150);
  const all = Array.from({ length: 10_000 }, random.next);
  ok(Math.abs(all.reduce((a, b) => a + b) / all.length - 0.5) < 0.02);
  const heads = Array.from({ length: 10_000 }, () => random.chance(0.3)).filter(Boolean).length;
  ok(heads > 2800 && heads < 3200);
  equal(random.chance(0), false);
  equal(random.chance(1), true);
});

test('a shuffle keeps every item and leaves the original', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
      const before = [...items];
      const shuffled = seeded(seed).shuffle(items);
      deepEqual(items, before);
      deepEqual(shuffled.toSorted(), items.toSorted());
    }),
  );
  const random = seeded('shuffles');
  equal(new Set(Array.from({ length: 200 }, () => random.shuffle(['a', 'b', 'c']).join())).size, 6);
});

test('a pick is one of the items; from nothing nothing can be picked', () => {
  const random = seeded('pick');
  equal(new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c']))).size, 3);
  throws(() => random.pick([]));
});
