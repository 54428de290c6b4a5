import { equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { assert } from './assert.ts';

test('what holds passes, and narrows the type', () => {
  const name: string | undefined = ['acequia'][0];
  assert(name, 'there is a name');
  equal(name.length, 7);
});

test('what does not hold crashes with its sentence', () => {
  for (const nothing of [false, null, undefined, 0, '']) {
    throws(() => assert(nothing, 'the pot is never negative'), /Assertion failed: the pot is never negative/);
  }
});
