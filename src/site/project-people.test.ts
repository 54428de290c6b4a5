import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '../platform/db.ts';
import { locales } from '../platform/i18n.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantPerson } from '../projects/testing-fixtures.ts';
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
  assert.match(text, /OC Omar Celada Suerte NB Nora Bide 20,50 € Aurrera!/, 'newest first');
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
    [...first, ...second].toSorted((a, b) => b - a),
  );
  assert.deepEqual(await namesOn('/en/projects/many/people?page=3'), []);
});

test('when everything went back, no name stays', async () => {
  const campaign = await plantCampaign(owner, { state: 'failed', slug: 'went-back', raised_cents: 2_000n });
  await plantContribution(owner, campaign, { name: 'Nora Bide', state: 'released' });
  const text = textOf(await html('/en/projects/went-back'));
  assert.doesNotMatch(text, /Nora/);
  assert.match(text, /The contributions of this campaign went back/);
});
