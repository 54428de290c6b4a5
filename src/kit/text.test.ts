import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clean, fold, initials, slug, type WhyNotText } from './text.ts';

const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' }));

test('folded texts compare without accents and capitals', () => {
  const table = {
    'Llévame al HUERTO': 'llevame al huerto',
    "Cœur d'Été": "coeur d'ete",
    'Ñandú, ¿güiro?': 'nandu, ¿guiro?',
    'Straße Łódź Ærø': 'strasse lodz aero',
    'ﬁnca №1': 'finca no1',
    İstanbul: 'istanbul',
    'e\u0301': 'e',
    日本: '日本',
  };
  for (const [text, folded] of Object.entries(table)) equal(fold(text), folded);
});

test('slugs are words of addresses, cut between words', () => {
  const table: [string, number, string][] = [
    ['¡Llévame al huerto!', 80, 'llevame-al-huerto'],
    ["L'eau -- à tous", 80, 'l-eau-a-tous'],
    ['one two three', 13, 'one-two-three'],
    ['one two three', 12, 'one-two'],
    ['one two three', 7, 'one-two'],
    ['one two three', 6, 'one'],
    ['unbelievable', 5, 'unbel'],
    ['../../etc/passwd', 80, 'etc-passwd'],
    ['日本', 80, ''],
    ['', 80, ''],
  ];
  for (const [text, max, expected] of table) equal(slug(text, max), expected);
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, max) => {
      const made = slug(text, max);
      ok(made.length <= max && /^([a-z0-9]+(-[a-z0-9]+)*)?$/.test(made));
    }),
  );
});

test('texts are kept as typed, but for ends, newlines and Unicode form', () => {
  const table: [unknown, string][] = [
    [undefined, ''],
    [null, ''],
    ['  ', ''],
    ['  Ana  María ', 'Ana  María'],
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['\n\n# Title\n\n\tcode  \nline\n', '# Title\n\n\tcode  \nline'],
    ['Jose\u0301', 'José'],
    ['<b>bold</b> & =1+1', '<b>bold</b> & =1+1'],
    ['👩‍👩‍👧‍👧 שלום', '👩‍👩‍👧‍👧 שלום'],
  ];
  for (const [input, expected] of table) deepEqual(clean(input, { max: 100, lines: 10 }), { ok: expected });
});

test('what no person types is refused with its word', () => {
  const table: Record<WhyNotText, unknown[]> = {
    text_is_not_text: [5, true, ['a'], {}, Symbol('a')],
    text_is_too_long: ['a'.repeat(21), '👩'.repeat(21), 'a'.repeat(10_000_000), `a${'\u0301'.repeat(10_000)}`],
    text_has_too_many_lines: ['a\nb\nc', 'a\r\nb\rc', 'a\n\n\nb'],
    text_has_forbidden_characters: ['a\u0000b', 'a\u0007', 'a\u001b[31m', 'a\u007f', 'a\u009b', '\ud800', 'a\udfff', 'a\u202eb'],
    text_has_too_many_marks: [`a${'\u0301'.repeat(9)}`, `Z${'\u0334\u035c'.repeat(6)}algo`],
  };
  for (const [why, inputs] of Object.entries(table)) {
    for (const input of inputs)
      deepEqual([String(input).slice(0, 20), clean(input, { max: 20, lines: 2 })], [String(input).slice(0, 20), { why }]);
  }
});

test('the longest and the highest that fit are taken', () => {
  for (const input of ['a'.repeat(20), '👩'.repeat(20), 'a\nb', `a${'\u0316'.repeat(8)}`, ` ${'a'.repeat(20)} `]) {
    ok('ok' in clean(input, { max: 20, lines: 2 }));
  }
  deepEqual(clean('a\nb', { max: 20 }), { why: 'text_has_too_many_lines' });
});

test('whatever comes is answered, and what is taken is taken again unchanged', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.anything()), (input) => {
      const result = clean(input, { max: 50, lines: 5 });
      if ('ok' in result) deepEqual(clean(result.ok, { max: 50, lines: 5 }), result);
    }),
    { numRuns: 1000 },
  );
});

test('initials of a name', () => {
  const table = {
    'Ana María López': 'AL',
    élodie: 'É',
    'E\u0301lodie Martin': 'ÉM',
    'Jean-Pierre Dupont': 'JD',
    "Chloé d'Artagnan": 'CD',
    'J.R.R. Tolkien': 'JT',
    'Colectivo 15M': 'C1',
    '(PiNG)': 'P',
    '日本 太郎': '日太',
    '👩 !': '?',
    '': '?',
  };
  for (const [name, expected] of Object.entries(table)) equal(initials(name), expected);
});
