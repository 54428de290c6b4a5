import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { default_settings } from '../src/nodes/index.ts';
import { type Founding, readFounding } from './founding.ts';
import { example, type Written, written } from './testing-founding.ts';

function mistakesIn(file: unknown): string[] {
  const read = readFounding(file);
  return 'wrong' in read ? read.wrong : [];
}

function readWell(change?: (file: Written) => void): Founding {
  const read = readFounding(written(change));
  assert.ok('ok' in read, JSON.stringify(read));
  return read.ok;
}

describe('what an installation is founded with', () => {
  test('is what the example shows, with an account of one’s own', () => {
    assert.deepEqual(mistakesIn(example), [
      'host.iban is "ES91 2100 0418 4502 0005 1332": that is the account of an example, write the one that will receive the money.',
    ]);
    const { host, node } = readWell();
    assert.deepEqual(host, {
      slug: 'our-association',
      name: 'Our Association',
      legal_form: 'association',
      country: 'ES',
      currency: 'EUR',
      iban: 'ES79 2100 0813 6101 2345 6789',
      account_holder: 'Our Association',
      demonstration: false,
    });
    assert.equal(node.kind, 'main');
    assert.match(node.terms.es ?? '', /^## 1\. Quién guarda el dinero\n\nNuestra Asociación recibe/);
    assert.deepEqual(node.settings, example.node.settings);
  });

  test('may leave out team and settings, and be written in other ways', () => {
    const { host, node } = readWell((file) => {
      delete file.node.team;
      delete file.node.settings;
      file.host.iban = 'es7921000813610123456789';
      file.node.time_zone = 'asia/calcutta';
      file.node.locales = ['es'];
      file.node.default_locale = 'es';
      for (const name of ['name', 'tagline', 'about', 'terms']) delete file.node[name].en;
      file.node.about.es = '  Una comunidad.\r\n\r\nY su equipo.  ';
    });
    assert.equal(host.iban, 'ES79 2100 0813 6101 2345 6789');
    assert.deepEqual([node.team, node.settings, node.time_zone], [[], {}, 'Asia/Calcutta']);
    assert.deepEqual(node.about, { es: 'Una comunidad.\n\nY su equipo.' });
  });

  const slug_advice = 'write 2 to 40 small letters from a to z and digits, with hyphens between words, such as';
  const iban_advice = 'write an IBAN as on a bank statement, its country, length and check digits do not agree';
  const settings = Object.keys(default_settings).join(', ');
  const prose_advice = 'write Markdown of at most 50000 characters, as one text or as a list of paragraphs';
  type No = [change: (file: Written) => unknown, ...sentences: string[]];
  const nos: No[] = [
    [(file) => (file.place = {}), 'place is not known: leave it out, known here are host, node.'],
    [
      (file) => (file.host.bic = 'X'),
      'host.bic is not known: leave it out, known here are slug, name, legal_form, country, currency, iban, account_holder.',
    ],
    [
      (file) => delete file.node,
      'node is missing: write an object { } with slug, locales, default_locale, time_zone, name, tagline, about, terms, look, team, settings.',
    ],
    ...['Our Association', 'a', 'a--b', '-ab', 'ñu', 'a'.repeat(41), 7].map(
      (slug): No => [
        (file) => (file.host.slug = slug),
        `host.slug is ${JSON.stringify(slug)}: ${slug_advice} "our-association".`,
      ],
    ),
    [(file) => (file.node.slug = 'Main'), `node.slug is "Main": ${slug_advice} "main".`],
    [(file) => (file.host.name = ' '), 'host.name is " ": write a text of at most 120 characters, on one line.'],
    [(file) => delete file.host.legal_form, 'host.legal_form is missing: write a text of at most 120 characters, on one line.'],
    [
      (file) => (file.host.account_holder = 'a\nb'),
      'host.account_holder is "a\\nb": write a text of at most 70 characters, on one line.',
    ],
    ...['UK', 'es', 'Spain', 'EU', 'ZZ', 'toString', 34].map(
      (country): No => [
        (file) => (file.host.country = country),
        `host.country is ${JSON.stringify(country)}: write the two capital letters of a country, such as "ES".`,
      ],
    ),
    ...['eur', 'JPY', 'euro', null].map(
      (currency): No => [
        (file) => (file.host.currency = currency),
        `host.currency is ${JSON.stringify(currency)}: write one of "EUR", "USD", "GBP".`,
      ],
    ),
    ...['ES79 2100 0813 6101 2345 6788', 'ES79 2100', 'XX79 2100 0813 6101 2345 6789', '2100 0813 61 0123456789', 5].map(
      (iban): No => [(file) => (file.host.iban = iban), `host.iban is ${JSON.stringify(iban)}: ${iban_advice}.`],
    ),
    ...['klingon', '+01:00', 'Madrid', '2027-01-01T00:00Z', '', 1].map(
      (zone): No => [
        (file) => (file.node.time_zone = zone),
        `node.time_zone is ${JSON.stringify(zone)}: write the name of a time zone, such as "Europe/Madrid".`,
      ],
    ),
    [
      (file) => (file.node.locales = ['en', 'es', 'de']),
      'node.locales is ["en","es","de"]: write a list of languages out of "en", "fr", "es", each once.',
    ],
    [
      (file) => (file.node.locales = ['en', 'es', 'en']),
      'node.locales is ["en","es","en"]: write a list of languages out of "en", "fr", "es", each once.',
    ],
    [(file) => (file.node.default_locale = 'fr'), 'node.default_locale is "fr": write one of node.locales: "en", "es".'],
    [
      (file) => file.node.locales.push('fr'),
      'node.name.fr is missing: write a name of at most 60 characters.',
      'node.tagline.fr is missing: write a sentence of at most 120 characters.',
      `node.about.fr is missing: ${prose_advice}.`,
      `node.terms.fr is missing: ${prose_advice}.`,
      'node.team[0].role.fr is missing: write at most 80 characters.',
    ],
    [(file) => (file.node.name = 'Our valley'), 'node.name is "Our valley": write an object { } with en, es.'],
    [(file) => (file.node.name.fr = 'Vallée'), 'node.name.fr is not known: leave it out, or add "fr" to node.locales.'],
    [
      (file) => (file.node.tagline.en = 'a'.repeat(121)),
      `node.tagline.en is "${'a'.repeat(58)}…: write a sentence of at most 120 characters.`,
    ],
    [(file) => (file.node.about.en = []), `node.about.en is []: ${prose_advice}.`],
    [(file) => (file.node.terms.en = ['## 1', 2]), `node.terms.en is ["## 1",2]: ${prose_advice}.`],
    [(file) => (file.node.look = 'blue'), 'node.look is "blue": write an object { } with light, dark.'],
    [
      (file) => (file.node.look.light = { water: 'blue', clay: 'oklch(0.7 0.14 38)', sky: 'x' }),
      'node.look.light.sky is not known: leave it out, known here are water, clay.',
      'node.look.light.water is "blue": write a colour as oklch, such as "oklch(0.48 0.09 220)".',
      'node.look.light.clay is "oklch(0.7 0.14 38)": too pale to be read on light paper, write a smaller first number, such as "oklch(0.53 0.145 38)".',
    ],
    [
      (file) => {
        file.node.look.light.clay = 'oklch(0.7 0.14 38)';
        file.node.look.dark.water = 'oklch(0.4 0.09 215)';
        delete file.node.look.dark.clay;
      },
      'node.look.light.clay is "oklch(0.7 0.14 38)": too pale to be read on light paper, write a smaller first number, such as "oklch(0.53 0.145 38)".',
      'node.look.dark.water is "oklch(0.4 0.09 215)": too dark to be read on dark paper, write a larger first number, such as "oklch(0.79 0.09 215)".',
      'node.look.dark.clay is missing: write a colour as oklch, such as "oklch(0.72 0.13 45)".',
    ],
    [
      (file) =>
        (file.node.settings = { round_days: 0, fee_bp: '400', retry_days: [1, '3'], tolerance_bp: 10_001, grace_days: 1.5 }),
      'node.settings.round_days is 0: write a whole number from 1 to 365, or leave it out for 40.',
      'node.settings.fee_bp is "400": write a whole number from 0 to 10000, or leave it out for 400.',
      'node.settings.retry_days is [1,"3"]: write a list of whole numbers from 1 to 60, or leave it out for [1,3,5,7].',
      'node.settings.tolerance_bp is 10001: write a whole number from 0 to 10000, or leave it out for 500.',
      'node.settings.grace_days is 1.5: write a whole number from 0 to 60, or leave it out for 7.',
    ],
    [
      (file) => (file.node.settings = { maximum_contribution_cents: 50 }),
      'node.settings.minimum_contribution_cents is 100: write at most the maximum, which is 50.',
    ],
    [(file) => (file.node.settings = []), `node.settings is []: write an object { } with ${settings}.`],
    [(file) => (file.node.settings = { days: 1 }), `node.settings.days is not known: leave it out, known here are ${settings}.`],
    [(file) => (file.node.team = 'us'), 'node.team is "us": write a list of { name, role }, or leave it out.'],
    [
      (file) => (file.node.team = ['Ana', { name: '', kind: 'robot', url: 'http://x', role: { en: 'Steward' }, mail: 'x' }]),
      'node.team[0] is "Ana": write an object { } with name, role, kind, url.',
      'node.team[1].mail is not known: leave it out, known here are name, role, kind, url.',
      'node.team[1].name is "": write a text of at most 120 characters, on one line.',
      'node.team[1].role.es is missing: write at most 80 characters.',
      'node.team[1].kind is "robot": write one of "person", "organisation".',
      'node.team[1].url is "http://x": write an address that begins with https://.',
    ],
  ];
  for (const [change, ...sentences] of nos)
    test(sentences[0]?.slice(0, 70) ?? '', () => assert.deepEqual(mistakesIn(written(change)), sentences));

  for (const nothing of [null, [], 'x', 1, true])
    test(`is an object, not ${JSON.stringify(nothing)}`, () =>
      assert.deepEqual(mistakesIn(nothing), [`The file is ${JSON.stringify(nothing)}: write an object { } with host, node.`]));

  test('is told all its mistakes at once', () => {
    const wrong = mistakesIn(
      written((file) => {
        file.host.slug = 'Our Association';
        delete file.host.iban;
        file.node.default_locale = 'fr';
        delete file.node.name.es;
        file.node.look.dark.water = 'blue';
        file.node.settings.round_days = 0;
      }),
    );
    assert.deepEqual(
      wrong.map((sentence) => sentence.split(' ')[0]),
      ['host.slug', 'host.iban', 'node.default_locale', 'node.name.es', 'node.look.dark.water', 'node.settings.round_days'],
    );
  });
});
