import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrast, mix, type Oklch, readOklch, toHex } from './colour.ts';

const white: Oklch = { l: 1, c: 0, h: 0 };
const black: Oklch = { l: 0, c: 0, h: 0 };

test('contrast goes from 1 to 21, whichever comes first', () => {
  assert.equal(Math.round(contrast(white, black) * 100) / 100, 21);
  assert.equal(contrast(black, white), contrast(white, black));
  assert.equal(contrast(white, white), 1);
});

test('known colours become known bytes', () => {
  assert.equal(toHex(white), '#ffffff');
  assert.equal(toHex(black), '#000000');
  assert.equal(toHex({ l: 0.627955, c: 0.257683, h: 29.2339 }), '#ff0000');
  assert.equal(toHex({ l: 0.519752, c: 0.176858, h: 142.4953 }), '#008000');
});

test('only oklch with numbers inside its range is read', () => {
  assert.deepEqual(readOklch('oklch(0.49 0.09 220)'), { l: 0.49, c: 0.09, h: 220 });
  assert.deepEqual(readOklch(' oklch(49% 0.09 220deg) '), { l: 0.49, c: 0.09, h: 220 });
  for (const wrong of [
    'red',
    '#fff',
    'oklch(2 0 0)',
    'oklch(0.5 0.9 10)',
    'oklch(0.5 0.1)',
    'oklch(0.5 0.1 10);}*{color:red',
    'url(//x)',
    '',
    'oklch(. . .)',
  ]) {
    assert.equal(readOklch(wrong), null, wrong);
  }
});

test('a mixture lies between its parts', () => {
  const grey = mix(white, 0.5, black);
  assert.ok(Math.abs(grey.l - 0.5) < 1e-9 && grey.c < 1e-9);
});
