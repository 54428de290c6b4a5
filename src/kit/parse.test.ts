import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatMoney, type Locale, money } from './money.ts';
import { parseMoney, type WhyNotMoney } from './parse.ts';

const read = (input: unknown, locale: Locale) => {
  const result = parseMoney(input, locale, 'EUR');
  return 'ok' in result ? result.ok.cents : result.why;
};

const LOCALES: Locale[] = ['en', 'fr', 'es'];

test('what reads one way only is read in every language', () => {
  const table: [string, bigint][] = [
    ['20', 2000n],
    ['1', 100n],
    ['20.5', 2050n],
    ['20,5', 2050n],
    ['20.50', 2050n],
    ['20,50', 2050n],
    ['0.05', 5n],
    ['0,05', 5n],
    ['1234.56', 123456n],
    ['1234,56', 123456n],
    ['1 234', 123400n],
    ['1\u00a0234,5', 123450n],
    ['1\u202f234\u202f567.89', 123456789n],
    ['1,234.56', 123456n],
    ['1.234,56', 123456n],
    ['1.234.567', 123456700n],
    ['1,234,567', 123456700n],
    ['  20 \u00a0', 2000n],
    ['€20', 2000n],
    ['20€', 2000n],
    ['20,50 €', 2050n],
    ['EUR 20', 2000n],
    ['20\u00a0eur', 2000n],
    ['92233720368547758.07', 9223372036854775807n],
  ];
  for (const [text, cents] of table)
    for (const locale of LOCALES) deepEqual([text, locale, read(text, locale)], [text, locale, cents]);
});

test('one mark before three digits is read by the language, or not at all', () => {
  const table: [string, bigint | WhyNotMoney, bigint | WhyNotMoney, bigint | WhyNotMoney][] = [
    //          en                              fr                     es
    ['1,234', 123400n, 'amount_is_ambiguous', 'amount_is_ambiguous'],
    ['1.234', 'amount_has_too_many_decimals', 'amount_is_ambiguous', 123400n],
    ['123,456 €', 12345600n, 'amount_is_ambiguous', 'amount_is_ambiguous'],
    ['123.456', 'amount_has_too_many_decimals', 'amount_is_ambiguous', 12345600n],
    ['0,500', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals'],
    ['1234,567', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals'],
    ['1234.567', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals', 'amount_has_too_many_decimals'],
  ];
  for (const [text, ...expected] of table) deepEqual([text, ...LOCALES.map((locale) => read(text, locale))], [text, ...expected]);
});

test('everything else is refused with its word, in every language', () => {
  const table: Record<WhyNotMoney, unknown[]> = {
    amount_is_missing: [undefined, null, '', ' ', '\u00a0\n'],
    amount_is_not_a_number: [
      ...[20, 20n, true, Number.NaN, Number.POSITIVE_INFINITY, [], ['20'], [20], {}, { cents: 20 }, () => 20, Symbol('20')],
      ...['NaN', '1e3', '1e309', '0x10', '0b1', '1_000', 'Infinity', '-Infinity', '∞', 'twenty', '20 euros', 'null'],
      ...['+5', '5.', '.5', ',5', '5,', '--5', '5-', '- 5', '(5)', '5%', '20$', '£20', '€', '€20€', '€ EUR 20', '020', '00'],
      ...['２０', '٢٠', '²', '½', 'Ⅴ', '2\u00000', '20\u0000', '\u000020', '2\u200b0', '\u202e20', '\ud800'],
      ...['1,2,3', '1.2.3', '1,23,456', '12,34.5', '1,234,56', '1.234.56', '1 23', '1  234', '1 234 56', '1,234 567', '1234 567'],
      ...['0,123,456', '20.50.00', "1'234", '1\n234', '20;50', '20 50', '9'.repeat(401), `20${' '.repeat(400)}`],
    ],
    amount_has_too_many_decimals: ['0.001', '0,001', '20.5000', '20,0000', '1,234.567', '1.234,5678', '1 234,567', '-0.001'],
    amount_is_not_positive: ['0', '0.00', '0,0', '-0', '-5', '\u22125', '-20.50', '-5 €', '-€5', '0 €'],
    amount_is_too_small: [],
    amount_is_too_large: ['92233720368547758.08', '9223372036854775808', '18446744073709551616', '1'.repeat(310)],
    amount_is_ambiguous: [],
  };
  for (const [why, inputs] of Object.entries(table)) {
    for (const input of inputs)
      for (const locale of LOCALES) deepEqual([input, locale, read(input, locale)], [input, locale, why]);
  }
});

test('limits of the caller, both of them included', () => {
  const limits = { min_cents: 100n, max_cents: 500000n };
  const table: [string, object][] = [
    ['0.99', { why: 'amount_is_too_small' }],
    ['1', { ok: money(100n, 'EUR') }],
    ['5000', { ok: money(500000n, 'EUR') }],
    ['5000.01', { why: 'amount_is_too_large' }],
    ['0', { why: 'amount_is_not_positive' }],
  ];
  for (const [text, expected] of table) deepEqual(parseMoney(text, 'en', 'EUR', limits), expected);
  deepEqual(parseMoney('92233720368547758.08', 'en', 'EUR', { max_cents: 2n ** 70n }), { why: 'amount_is_too_large' });
});

test('the sign is that of the currency', () => {
  deepEqual(parseMoney('US$20', 'en', 'USD'), { ok: money(2000n, 'USD') });
  deepEqual(parseMoney('20 $', 'en', 'USD'), { ok: money(2000n, 'USD') });
  deepEqual(parseMoney('£20', 'en', 'GBP'), { ok: money(2000n, 'GBP') });
  deepEqual(parseMoney('€20', 'en', 'GBP'), { why: 'amount_is_not_a_number' });
});

test('what we show can be typed back', () => {
  const cents = fc.bigInt({ min: 1n, max: 2n ** 63n - 1n });
  const any = fc.record({ cents, locale: fc.constantFrom(...LOCALES), currency: fc.constantFrom('EUR', 'USD', 'GBP') });
  fc.assert(
    fc.property(any, ({ cents, locale, currency }) => {
      const amount = money(cents, currency);
      deepEqual(parseMoney(formatMoney(amount, locale), locale, currency), { ok: amount });
    }),
  );
});

test('nonsense is answered, never thrown, and what is read is positive', () => {
  const mark = fc.constantFrom(...'0123456789.,  -€eE+x\u202f');
  const noise = fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.string({ unit: mark, maxLength: 14 }));
  fc.assert(
    fc.property(noise, fc.constantFrom(...LOCALES), (input, locale) => {
      const result = parseMoney(input, locale, 'EUR');
      ok('why' in result || (result.ok.cents > 0n && result.ok.cents < 2n ** 63n));
    }),
    { numRuns: 1000 },
  );
});
