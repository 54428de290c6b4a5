import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IntlMessageFormat } from 'intl-messageformat';
import { sql } from '../platform/db.ts';
import { locales, messages } from '../platform/messages.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { testSite, wordsOf } from './testing-site.ts';

const { db, owner } = await testDb();
const main = await plantNode(owner);
const euskadi = await plantNode(owner, { slug: 'euskadi' });
const formula = '=HYPERLINK("http://evil.example")';
const live = await plantCampaign(owner, { slug: 'roof-garden', node: main, title: { fr: 'Un jardin', en: 'A garden' } });
const funded = await plantCampaign(owner, { slug: 'formula', node: euskadi, state: 'funded', title: { en: formula } });
await plantContribution(owner, live, {
  state: 'secured',
  visibility: 'anonymous',
  name: 'Secreta Persona',
  email: 'secreta@example.org',
  message: 'Nobody may read this',
});
await plantContribution(owner, live, { state: 'collected', name: 'Pública Persona', amount_cents: 12_345n });
await sql`insert into return_types values ('code', 1, '{"en": "Code", "fr": "Code", "es": "Código"}')`.execute(owner);
await sql`insert into returns (id, project_id, campaign_id, position, type, title, state, url, delivered_on)
  values (gen_random_uuid(), ${funded.project_id}, ${funded.campaign_id}, 1, 'code', '{"en": "The plans <b>bold</b>"}', 'delivered', 'https://example.org/plans', '2026-02-01'),
         (gen_random_uuid(), ${funded.project_id}, ${funded.campaign_id}, 2, 'code', '{"en": "Old link"}', 'delivered', 'javascript:alert(1)', '2026-01-01')`.execute(
  owner,
);
await sql`insert into asks (id, campaign_id, position, type, title, quantity, unit) values (gen_random_uuid(), ${live.campaign_id}, 1, 'skill', '{"en": "Solder"}', 2.5, 'hours')`.execute(
  owner,
);

const ask = testSite(db);
const pages = [
  '',
  '/explore',
  '/explore?view=map',
  '/commons',
  '/accounts',
  '/accounts/campaigns',
  '/how',
  '/team',
  '/terms',
  '/accessibility',
  '/software',
];
const areas = ['home', 'explore', 'commons', 'accounts', 'how', 'node'] as const;

for (const locale of locales) {
  for (const path of pages) {
    for (const place of ['', '/n/euskadi']) {
      test(`/${locale}${place}${path} is a whole page that says everything in words`, async () => {
        const answer = await ask(`/${locale}${place}${path}`);
        assert.equal(answer.status, 200);
        const html = await answer.text();
        const words = wordsOf(html);
        assert.doesNotMatch(words, /\b(home|explore|commons|accounts|how|node|look|project)\.[a-z_]{3,}/);
        assert.doesNotMatch(words, /\{[a-z_]+[,}]|undefined|NaN|\[object/);
        assert.equal(html.match(/<h1\b/g)?.length, 1);
        assert.match(html, new RegExp(`<html lang="${locale}"`));
        assert.doesNotMatch(html, /style="|<style|javascript:|onclick=/);
        assert.doesNotMatch(html, /Secreta|secreta@|Nobody may read/);
      });
    }
  }
}

test('strange addresses are answered like ordinary ones', async () => {
  const strange = [
    '%00',
    '%ff',
    '..%2f',
    '[]',
    '%F0%9F%8C%B1',
    "'%22%3E%3Cscript%3E",
    'x'.repeat(3_000),
    '-1',
    '1e309',
    'null',
    '%EF%BC%91',
    '%u0041',
    '%',
  ];
  const names = [
    'q',
    'category',
    'category[]',
    'place',
    'node',
    'state',
    'needs',
    'licence',
    'ends',
    'sort',
    'view',
    'page',
    'type',
    'freedom',
    '__proto__',
    'constructor',
  ];
  for (const path of ['/en/explore', '/en/commons', '/en/accounts/campaigns']) {
    for (const name of names) {
      for (const value of strange) {
        const answer = await ask(`${path}?${name}=${value}&${name}=${value}`);
        assert.equal(answer.status, 200, `${path}?${name}=${value}`);
        assert.doesNotMatch(await answer.text(), /<script>/);
      }
    }
  }
});

test('what was typed comes back as text', async () => {
  const html = await (await ask(`/en/explore?q=${encodeURIComponent('<img src=x onerror=alert(1)>"')}`)).text();
  assert.doesNotMatch(html, /<img src=x/);
  assert.match(html, /value="&lt;img/);
});

test('nothing found gives help, not an empty page', async () => {
  const words = wordsOf(await (await ask('/en/explore?q=zeppelin&state=failed')).text());
  assert.match(words, /Nothing found for “zeppelin”/);
  assert.match(words, /Try fewer words/);
});

test('filters, orders and pages are links that keep the rest', async () => {
  const html = await (await ask('/fr/explore?q=jardin&sort=newest')).text();
  assert.match(html, /href="\/fr\/explore\?q=jardin&amp;state=open&amp;sort=newest"/);
  assert.match(html, /<input type="hidden" name="state"|name="q" value="jardin"/);
});

test('a node lists its own projects, and leads to all', async () => {
  const own = await (await ask('/en/n/euskadi/explore')).text();
  assert.doesNotMatch(own, /A garden/);
  assert.match(await (await ask('/en/n/euskadi/explore?node=all')).text(), /A garden/);
});

test('a return that was delivered leads to where it is, and only there', async () => {
  const html = await (await ask('/en/commons?state=delivered')).text();
  assert.match(html, /href="https:\/\/example.org\/plans"/);
  assert.match(html, /The plans &lt;b&gt;bold/);
});

test('the file of totals says the same as the page', async () => {
  const answer = await ask('/en/accounts.csv');
  assert.match(answer.headers.get('content-type') ?? '', /^text\/csv/);
  const text = await answer.text();
  assert.match(text, /^figure,node,year,method,value,unit,definition,at\r\n/);
  assert.match(text, /\r\ncollected,,,,123\.45,EUR,/);
  assert.match(wordsOf(await (await ask('/en/accounts')).text()), /Collected €123\.45/);
});

test('the file of campaigns runs no formula and names nobody', async () => {
  const text = await (await ask('/es/accounts/campaigns.csv')).text();
  assert.match(text, /formula,"'=HYPERLINK\(""http:\/\/evil\.example""\)",euskadi,funded,/);
  assert.doesNotMatch(text, /Persona|example\.org/);
});

test('figures of a demonstration are marked as such', async () => {
  for (const path of ['/en', '/fr/accounts', '/es/team'])
    assert.match(await (await ask(path)).text(), /demonstration|démonstration|demostración/);
});

test('every message of these pages exists in every language, with the same blanks', () => {
  for (const area of areas) {
    const english = messages.en[area] ?? {};
    for (const locale of locales) {
      const own = messages[locale][area] ?? {};
      assert.deepEqual(Object.keys(own).sort(), Object.keys(english).sort(), `${locale} ${area}`);
      for (const [key, text] of Object.entries(own)) {
        assert.ok(text.trim() !== '', `${locale} ${area}.${key} is empty`);
        assert.deepEqual(blanksOf(text), blanksOf(english[key] ?? ''), `${locale} ${area}.${key}`);
        assert.doesNotMatch(text, /'/, `${locale} ${area}.${key} has a straight apostrophe`);
      }
    }
  }
});

type Piece = { type: number; value?: string; options?: Record<string, { value: Piece[] }>; children?: Piece[] };

/** What a message wants to be told, and its tags. Pieces of type 0 are text, of type 7 the number of a plural. */
function blanksOf(text: string): string[] {
  const names = (pieces: Piece[]): string[] =>
    pieces.flatMap((piece) => [
      ...(piece.type === 0 || piece.type === 7 ? [] : [piece.value ?? '']),
      ...Object.values(piece.options ?? {}).flatMap((option) => names(option.value)),
      ...names(piece.children ?? []),
    ]);
  return [...new Set(names(new IntlMessageFormat(text, 'en').getAst() as unknown as Piece[]))].sort();
}
