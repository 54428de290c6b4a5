import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../kit/index.ts';
import { only, rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { findProjects } from './explore-find.ts';
import { readWish } from './explore-wish.ts';
import { filterWord } from './explore-words.ts';

const { db, owner } = await testDb();
const now = Temporal.Now.instant();
const days = (n: number) => now.subtract({ hours: 24 * n });
const here = await plantNode(owner);
const euskadi = await plantNode(owner, { slug: 'euskadi' });

await sql`insert into licences (id, position, name, short_name, open_definition, osi, oshwa, non_commercial, no_derivatives, return_types)
  values ('ccby', 1, 'Attribution', 'CC BY', true, false, false, false, false, '{}')`.execute(owner);
await sql`insert into return_types values ('manual', 1, '{"en": "Manual"}')`.execute(owner);

const garden = await plantCampaign(owner, {
  slug: 'garden',
  node: here,
  title: { es: 'Llévame al huerto' },
  claim: { es: 'Verduras.' },
  opened_at: days(35),
});
const printer = await plantCampaign(owner, {
  slug: 'printer',
  node: euskadi,
  title: { en: 'A peer-to-peer printer', fr: 'Une imprimante de pair à pair' },
  claim: { en: 'Cœur ouvert, huerto near.' },
  opened_at: days(5),
});
const radio = await plantCampaign(owner, {
  slug: 'radio',
  node: here,
  state: 'round_two',
  title: { en: 'Radio without antenna' },
  opened_at: days(50),
});
const old = await plantCampaign(owner, {
  slug: 'old',
  node: here,
  state: 'funded',
  title: { en: 'Old archive' },
  opened_at: days(400),
});
await plantCampaign(owner, { slug: 'hidden', node: here, state: 'draft', title: { en: 'Hidden huerto' } });
await sql`update projects set sections = '{"what": {"es": "Un texto largo sobre riego por goteo y semillas."}}', categories = '{culture}', region = 'Pays de la Loire' where id = ${radio.project_id}`.execute(
  owner,
);
await sql`insert into asks (id, campaign_id, position, type, title) values (gen_random_uuid(), ${printer.campaign_id}, 1, 'skill', '{"en": "Solder"}')`.execute(
  owner,
);
await sql`insert into returns (id, project_id, campaign_id, position, type, title, licence_id) values (gen_random_uuid(), ${old.project_id}, ${old.campaign_id}, 1, 'manual', '{}', 'ccby')`.execute(
  owner,
);
await plantContribution(owner, garden, { amount_cents: 400_000n });
await plantContribution(owner, printer, { amount_cents: 100_000n });

const slugs = new Map([garden, printer, radio, old].map((campaign) => [campaign.project_id, campaign.slug]));
async function find(query: string, node: string | null = null): Promise<string[]> {
  const found = await findProjects(db, readWish(new URLSearchParams(query)), { node, now });
  return found.project_ids.map((id) => slugs.get(id) ?? id);
}

test('words are found without accents, in any case, by their beginning', async () => {
  for (const q of ['Llévame', 'llevame', 'LLEVAME AL', 'lleva', 'huert llévame', 'lle', 'al llévame'])
    assert.deepEqual(await find(`q=${q}`), ['garden'], q);
  assert.deepEqual(await find('q=coeur'), ['printer']);
  assert.deepEqual(await find('q=peer-to-peer'), ['printer']);
  assert.deepEqual(await find('q=imprim'), ['printer']);
});

test('every word has to be there', async () => {
  assert.deepEqual(await find('q=llevame imprimante'), []);
});

test('a word in the title ranks before the same word elsewhere', async () => {
  assert.deepEqual(await find('q=huerto'), ['garden', 'printer']);
});

test('long texts, places, promoters and names of nodes are found too', async () => {
  assert.deepEqual(await find('q=semillas'), ['radio']);
  assert.deepEqual(await find('q=euskadi'), ['printer']);
  assert.equal((await find('q=nantes')).length, 4);
  assert.equal((await find('q=bancal')).length, 4);
});

test('each filter narrows, and they add up', async () => {
  assert.deepEqual(await find('category=culture'), ['radio']);
  assert.deepEqual((await find('state=open')).sort(), ['garden', 'printer', 'radio']);
  assert.deepEqual(await find('state=second_round'), ['radio']);
  assert.deepEqual(await find('state=funded'), ['old']);
  assert.deepEqual(await find('licence=ccby'), ['old']);
  assert.deepEqual(await find('needs=hands'), ['printer']);
  assert.deepEqual(await find('ends=soon'), ['garden']);
  assert.deepEqual(await find('place=pays-de-la-loire'), ['radio']);
  assert.deepEqual(await find('', 'euskadi'), ['printer']);
  assert.deepEqual(await find('category=culture&state=funded'), []);
  assert.deepEqual((await find('needs=money')).sort(), ['garden', 'printer', 'radio']);
});

test('a campaign at its optimum needs no more money', async () => {
  await plantContribution(owner, radio, { amount_cents: 920_000n });
  assert.deepEqual((await find('needs=money')).sort(), ['garden', 'printer']);
});

test('orders say what they do', async () => {
  assert.deepEqual(await find(''), ['garden', 'radio', 'printer', 'old']);
  assert.deepEqual(await find('sort=newest'), ['printer', 'garden', 'radio', 'old']);
  assert.deepEqual(await find('sort=closest'), ['garden', 'printer', 'radio', 'old']);
  assert.deepEqual((await find('sort=raised')).slice(0, 3), ['radio', 'old', 'garden']);
});

test('counts say how many of each kind were found', async () => {
  const found = await findProjects(db, readWish(new URLSearchParams('state=open')), { node: null, now });
  assert.equal(found.total, 3);
  assert.equal(found.counts?.['category:ecology'], 2);
  assert.equal(found.counts?.['needs:hands'], 1);
});

test('words that are none find nothing, and nothing breaks', async () => {
  for (const q of [
    '!!!',
    "'; drop table projects;--",
    ':*',
    '&|!()',
    '\\',
    '%',
    '<script>',
    '🌱',
    'a'.repeat(120),
    '\u0301\u0301\u0301',
    'ة'.repeat(50),
    '𝔘𝔫𝔦',
  ]) {
    assert.ok(Array.isArray(await find(`q=${encodeURIComponent(q)}`)), q);
  }
  assert.deepEqual(await find('q=%26%7C'), []);
});

test('the list follows what happens to projects and campaigns', async () => {
  await sql`update projects set title = '{"en": "Greenhouse"}' where id = ${garden.project_id}`.execute(owner);
  assert.deepEqual(await find('q=greenhouse'), ['garden']);
  assert.deepEqual(await find('q=llevame'), []);
  await sql`delete from asks where campaign_id = ${printer.campaign_id}`.execute(owner);
  assert.deepEqual(await find('needs=hands'), []);
  await sql`update campaigns set state = 'failed', closed_at = moment(), closing_pledged_cents = 100000 where id = ${printer.campaign_id}`.execute(
    owner,
  );
  assert.deepEqual(await find('state=failed'), ['printer']);
  assert.equal(
    (await only<{ raised_cents: bigint }>(db, sql`select raised_cents from listings where project_id = ${printer.project_id}`))
      .raised_cents,
    100_000n,
  );
  await sql`update nodes set name = '{"eu": "Euskal Herria"}' where slug = 'euskadi'`.execute(owner);
  assert.deepEqual(await find('q=herria'), ['printer']);
});

test('the database folds as the kit does', async () => {
  const letters = Array.from({ length: 0x250 - 0x20 }, (_, index) => String.fromCodePoint(0x20 + index)).filter(
    (letter) => letter !== 'ŉ',
  );
  const greek = Array.from({ length: 0x60 }, (_, index) => String.fromCodePoint(0x390 + index)).filter((letter) =>
    /\p{L}/u.test(letter),
  );
  const words = [...letters, ...greek, ...'ЖдЁйщ'].map((letter) => `a${letter}b`);
  const folded = await rows<{ word: string; folded: string }>(
    db,
    sql`select word, filter_word(word) as folded from unnest(${words}::text[]) word`,
  );
  for (const { word, folded: found } of folded) assert.equal(found, filterWord(word), `${word} ${fold(word)}`);
});
