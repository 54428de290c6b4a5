import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedCents, writeCents } from './amount.ts';

test('amounts while they are typed', () => {
  const table: [string, number | null][] = [
    ['12', 1_200],
    ['12,5', 1_250],
    ['12.50', 1_250],
    ['1 000', 100_000],
    ['1.000', 100_000],
    ['1,000.50', 100_050],
    ['€ 20', 2_000],
    ['20\u00a0€', 2_000],
    ['£20', 2_000],
    ['', null],
    ['-5', null],
    ['1e3', null],
    ['12,', null],
    ['0x10', null],
    ['12,345', 1_234_500],
    ['1.2.3', null],
  ];
  for (const [typed, cents] of table) assert.equal(typedCents(typed), cents, typed);
});

test('sums are written as the server writes them', () => {
  assert.equal(writeCents(2_184_000, 'en', 'EUR'), '€21,840');
  assert.equal(writeCents(2_184_050, 'fr', 'EUR').replace(/\s/g, ' '), '21 840,50 €');
  assert.equal(writeCents(218_400, 'es', 'EUR').replace(/\s/g, ' '), '2184 €');
});
