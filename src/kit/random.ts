import { assert } from './assert.ts';

/** A seeded source of chance: the same seed tells the same story. Never for secrets. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number between both, both included. */
  int(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** True in a share `p` of cases. */
  chance(p: number): boolean;
};

/** Opens the source that belongs to a seed. */
export function seeded(seed: string | number): Random {
  const draw = sfc32(seed);
  const next = () => ((draw() >>> 5) * 2 ** 26 + (draw() >>> 6)) / 2 ** 53;
  const int = (min: number, max: number) => {
    assert(Number.isSafeInteger(min) && Number.isSafeInteger(max) && min <= max, `a whole number from ${min} to ${max}`);
    return min + Math.floor(next() * (max - min + 1));
  };
  return {
    next,
    int,
    pick: (from) => {
      assert(from.length > 0, 'something to pick from');
      return from[int(0, from.length - 1)] as (typeof from)[number];
    },
    shuffle: (items) => {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = int(0, last);
        [shuffled[last], shuffled[other]] = [shuffled[other] as never, shuffled[last] as never];
      }
      return shuffled;
    },
    chance: (p) => next() < p,
  };
}

// Chris Doty-Humphrey's small fast counter, 128 bits of state, good in the PractRand tests.
function sfc32(seed: string | number): () => number {
  let [a, b, c] = [hash(`a${seed}`), hash(`b${seed}`), hash(`c${seed}`)];
  let counter = 1;
  const draw = () => {
    const drawn = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn >>> 0;
  };
  for (let warming = 0; warming < 15; warming++) draw();
  return draw;
}

// FNV-1a, finished with the mixer of MurmurHash3 so that neighbouring seeds part at once.
function hash(text: string): number {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
