import { deepEqual, equal, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { add, compare, formatCents, formatMoney, isZero, type Locale, money, subtract } from './money.ts';

const euros = (cents: bigint) => money(cents, 'EUR');

test('amounts are read in the language of the person, with the spaces of that language', () => {
  const table: [bigint, Locale, string][] = [
    [2184000n, 'en', '€21,840'],
    [2184000n, 'fr', '21\u202f840\u00a0€'],
    [2184000n, 'es', '21.840\u00a0€'],
    [2050n, 'en', '€20.50'],
    [2050n, 'fr', '20,50\u00a0€'],
    [2050n, 'es', '20,50\u00a0€'],
    [123450n, 'es', '1234,50\u00a0€'],
    [5n, 'en', '€0.05'],
    [0n, 'fr', '0\u00a0€'],
    [-123456n, 'en', '-€1,234.56'],
    [900719925474099312n, 'en', '€9,007,199,254,740,993.12'],
    [900719925474099300n, 'fr', '9\u202f007\u202f199\u202f254\u202f740\u202f993\u00a0€'],
  ];
  for (const [cents, locale, expected] of table) equal(formatMoney(euros(cents), locale), expected);
  equal(formatMoney(money(2050n, 'USD'), 'en'), '$20.50');
  equal(formatMoney(money(2000n, 'GBP'), 'en'), '£20');
});

test('rounding never shows more than there is', () => {
  equal(formatMoney(euros(9999n), 'en', { round: true }), '€99');
  equal(formatMoney(euros(2000n), 'en', { round: true }), '€20');
});

test('machines read a dot and two decimals', () => {
  const table: [bigint, string][] = [
    [2000n, '20.00'],
    [5n, '0.05'],
    [0n, '0.00'],
    [-50n, '-0.50'],
    [-123456n, '-1234.56'],
    [9223372036854775807n, '92233720368547758.07'],
  ];
  for (const [cents, expected] of table) equal(formatCents(cents), expected);
});

test('machine output says the cents exactly, for any bigint', () => {
  fc.assert(fc.property(fc.bigInt(), (cents) => BigInt(formatCents(cents).replace('.', '')) === cents));
});

test('sums, differences and order', () => {
  deepEqual(add(euros(150n), euros(50n)), euros(200n));
  deepEqual(subtract(euros(50n), euros(150n)), euros(-100n));
  equal(isZero(euros(0n)), true);
  equal(isZero(euros(-1n)), false);
  deepEqual([euros(3n), euros(1n), euros(2n), euros(1n)].sort(compare), [euros(1n), euros(1n), euros(2n), euros(3n)]);
});

test('currencies are never mixed', () => {
  for (const mix of [add, subtract, compare]) throws(() => mix(euros(1n), money(1n, 'USD')), /EUR and USD/);
});
