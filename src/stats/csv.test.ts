import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csv } from './index.ts';

test('what a spreadsheet would run becomes text', () => {
  const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '|calc', '\t=1', '\r=1', ' =1', '\u200b=1', '＝1', '%0a'];
  for (const text of dangerous) {
    const line = csv([[text]]);
    assert.match(line, /^"?'/, JSON.stringify(text));
  }
});

test('plain text, numbers and nothing are written as they are', () => {
  assert.equal(csv([['Huerto', 12, 3n, null, 'a-b', '2026-11-22', '12.00']]), 'Huerto,12,3,,a-b,2026-11-22,12.00\r\n');
});

test('quotes, commas and lines are kept inside quotes', () => {
  assert.equal(csv([['a "b"', 'c,d', 'e\nf', 'g;h']]), '"a ""b""","c,d","e\nf","g;h"\r\n');
});
