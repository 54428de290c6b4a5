import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/index.ts';
import { sql } from '../platform/db.ts';
import { locales } from '../platform/i18n.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantPerson } from '../projects/testing-fixtures.ts';
import { giversJson } from './project-crowd.ts';
import { openProjectPages, textOf } from './testing-project.ts';

const { db, owner } = await testDb();
const { html } = await openProjectPages(db);
const now = Temporal.Now.instant();
const ago = (hours: number) => now.subtract({ hours });

test('an anonymous giver appears nowhere: not the name, the address, the account, the message, nor the contribution', async () => {
  const campaign = await plantCampaign(owner, { state: 'collecting', slug: 'veil' });
  const person = await plantPerson(owner, { name: 'Zoraida Incógnita', email: 'zoraida@example.org' });
  const hidden = {
    visibility: 'anonymous',
    name: 'Zoraida Incógnita',
    email: 'zoraida@example.org',
    person_id: person.id,
    message: 'Nobody may read this',
  } as const;
  const made = [
    await plantContribution(owner, campaign, { ...hidden, state: 'collected', amount_cents: 7_777n, method: 'transfer' }),
    await plantContribution(owner, campaign, { ...hidden, state: 'secured', amount_cents: 3_333n }),
  ];
  for (const locale of locales) {
    for (const part of ['', '/people', '/ledger', '/budget', '/updates', '/calendar', '/poster']) {
      const page = await html(`/${locale}/projects/veil${part}`);
      assert.doesNotMatch(page, /Zoraida|Inc[oó]gnita|zoraida|Nobody may read/i, `${locale}${part}`);
      for (const secret of [person.id, ...made.flatMap(({ id, payment_id }) => [id, payment_id])])
        assert.ok(!page.includes(secret), `${locale}${part}`);
    }
  }
  const text = textOf(await html('/en/projects/veil/people'));
  assert.match(text, /Nobody who gave is shown by name\. 2 are anonymous/);
  assert.match(textOf(await html('/en/projects/veil')), /€111\.10 raised from 2 contributions/);
});

test('the control: who wants to be seen is, as far as they want', async () => {
  const campaign = await plantCampaign(owner, { slug: 'seen' });
  await plantContribution(owner, campaign, {
    visibility: 'public',
    name: 'Nora Bide',
    amount_cents: 2_050n,
    message: 'Aurrera!',
    at: ago(3),
  });
  await plantContribution(owner, campaign, {
    visibility: 'name_only',
    name: 'Omar Celada',
    amount_cents: 9_876n,
    message: 'Suerte',
    at: ago(2),
  });
  await plantContribution(owner, campaign, { visibility: 'anonymous', name: 'Zoraida', amount_cents: 100n, at: ago(1) });
  await plantContribution(owner, campaign, { visibility: 'public', name: 'Started Only', state: 'started' });
  await plantContribution(owner, campaign, { visibility: 'public', name: 'Gone Away', state: 'withdrawn' });
  const page = await html('/es/projects/seen/people');
  const text = textOf(page);
  assert.match(text, /NB Nora Bide 20,50 € Aurrera! OC Omar Celada Suerte/, 'by name');
  assert.doesNotMatch(text, /98,76|Zoraida|Started Only|Gone Away/);
  await sql`update contributions set visibility = 'anonymous' where name = 'Nora Bide'`.execute(owner);
  assert.doesNotMatch(await html('/es/projects/seen/people'), /Nora Bide/);
});

test('many givers come by pages, each once', async () => {
  const campaign = await plantCampaign(owner, { slug: 'many' });
  for (let n = 0; n < 70; n += 1)
    await plantContribution(owner, campaign, {
      name: `Giver ${String(n).padStart(2, '0')}x`,
      visibility: n % 10 === 9 ? 'anonymous' : 'public',
      at: ago(100 - n),
    });
  const namesOn = async (path: string) => [...(await html(path)).matchAll(/Giver (\d\d)x/g)].map(([, n]) => Number(n));
  const [first, second] = [await namesOn('/en/projects/many/people'), await namesOn('/en/projects/many/people?page=2')];
  assert.equal(first.length, 60);
  assert.equal(second.length, 3);
  assert.deepEqual(
    [...first, ...second],
    [...first, ...second].toSorted((a, b) => a - b),
  );
  assert.deepEqual(await namesOn('/en/projects/many/people?page=3'), []);
});

test('the order of people says nothing of when they gave: beside the ledger it would tell amounts', async () => {
  const campaign = await plantCampaign(owner, { slug: 'order', state: 'round_two' });
  const names = ['Óscar Zubia', 'ana Ruiz', 'Zoé Blanc', 'Ána Ruiz', 'olaf Berg', '李明', 'Éric Petit'];
  for (const [n, name] of names.entries()) {
    const visibility = n % 2 === 0 ? 'name_only' : 'public';
    await plantContribution(owner, campaign, { name, visibility, state: 'collected', at: ago(100 - n) });
  }
  const expected = ['ana Ruiz', 'ana Ruiz', 'Éric Petit', 'olaf Berg', 'Óscar Zubia', 'Zoé Blanc', '李明'];
  for (const path of ['/en/projects/order', '/en/projects/order/people']) {
    const shown = [...(await html(path)).matchAll(/<b>([^<]*)<\/b>/g)].flatMap(([, name = '']) =>
      names.includes(name) ? [name] : [],
    );
    assert.deepEqual(
      shown.map((name) => name.replace('Ána', 'ana')),
      expected,
      path,
    );
  }
});

test('people of one name are in an order that is no order of time, the same on every page', async () => {
  const campaign = await plantCampaign(owner, { slug: 'namesakes' });
  for (let n = 10; n < 80; n += 1)
    await plantContribution(owner, campaign, { name: 'Ana López', message: `Message ${n}.`, at: ago(100 - n) });
  const messagesOn = async (path: string) => [...(await html(path)).matchAll(/Message (\d\d)\./g)].map(([, n]) => Number(n));
  const shown = [
    ...(await messagesOn('/en/projects/namesakes/people')),
    ...(await messagesOn('/en/projects/namesakes/people?page=2')),
  ];
  const by_time = shown.toSorted((a, b) => a - b);
  assert.equal(new Set(shown).size, 70);
  assert.notDeepEqual(shown, by_time);
  assert.notDeepEqual(shown, by_time.toReversed());
});

test('the people of a large campaign are read in the order of an index, none is sorted', async () => {
  const plan = await owner.transaction().execute(async (trx) => {
    await sql`set local enable_sort = off`.execute(trx);
    await sql`set local enable_seqscan = off`.execute(trx);
    const { rows } = await sql`explain select ${giversJson(12, 0)} from campaigns k where k.id = ${newId()}`.execute(trx);
    return JSON.stringify(rows);
  });
  assert.match(plan, /Index Scan using contributions_by_name/);
  assert.doesNotMatch(plan, /Sort/);
});

test('a name that grows when it is folded is kept and shown', async () => {
  const campaign = await plantCampaign(owner, { slug: 'grows' });
  await plantContribution(owner, campaign, { name: '\ufdfa'.repeat(80) });
  assert.match(await html('/en/projects/grows/people'), /\ufdfa{80}/);
});

test('when everything went back, no name stays', async () => {
  const campaign = await plantCampaign(owner, { state: 'failed', slug: 'went-back', raised_cents: 2_000n });
  await plantContribution(owner, campaign, { name: 'Nora Bide', state: 'released' });
  const text = textOf(await html('/en/projects/went-back'));
  assert.doesNotMatch(text, /Nora/);
  assert.match(text, /The contributions of this campaign went back/);
});
