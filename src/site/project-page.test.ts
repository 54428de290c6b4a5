import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { newId } from '../kit/index.ts';
import { assetText } from '../look/index.ts';
import { json, sql } from '../platform/db.ts';
import { locales } from '../platform/i18n.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { openProjectPages, textOf } from './testing-project.ts';

const { db, owner } = await testDb();
const { get, html } = await openProjectPages(db);
const main = await plantNode(owner);
const erdre = await plantNode(owner, { slug: 'erdre' });
const now = Temporal.Now.instant();

const states = [
  'scheduled',
  'round_one',
  'collecting',
  'round_two',
  'open',
  'funded',
  'fulfilled',
  'failed',
  'stopped',
  'closed',
] as const;
for (const state of states) await plantCampaign(owner, { state, slug: `in-${state.replace('_', '-')}`, raised_cents: 123_400n });

test('a page speaks three languages in every state, every message found, nothing inline', async () => {
  for (const state of states) {
    for (const locale of locales) {
      const page = await html(`/${locale}/projects/in-${state.replace('_', '-')}`);
      const text = textOf(page);
      assert.doesNotMatch(text, /\bproject\.[a-z_]+|\blook\.[a-z_]+|undefined|\[object|NaN/, `${state} in ${locale}`);
      assert.doesNotMatch(page, /\sstyle="|<style|javascript:|<script(?![^>]*src=)/, `${state} in ${locale}`);
      assert.match(page, new RegExp(`<html lang="${locale}"`));
      assert.match(page, /<h1[^>]*>/);
      for (const part of ['story', 'budget', 'returns', 'hands', 'people', 'ledger', 'calendar'])
        assert.match(page, new RegExp(`id="${part}"`));
    }
  }
});

test('every part has its own address with the same head', async () => {
  for (const part of ['budget', 'rewards', 'returns', 'hands', 'updates', 'people', 'ledger', 'calendar']) {
    const page = await html(`/es/projects/in-round-one/${part}`);
    assert.match(page, new RegExp(`<section class="project-part" id="${part}"`));
    assert.equal([...page.matchAll(/class="project-part"/g)].length, 1, part);
    assert.match(textOf(page), /Un huerto en el tejado/);
  }
});

test('the sentence about the money tells what the rules do', async () => {
  const said = async (state: string) => textOf(await html(`/en/projects/in-${state}`));
  assert.match(
    await said('round-one'),
    /Cards are charged only if at least €5,200 is promised by \d+ \w+ \d{4}, 24:00, Madrid time\./,
  );
  assert.match(await said('collecting'), /If at least €4,940 arrives the project goes on/);
  assert.match(await said('round-two'), /charged at once, and the project keeps whatever has come by .*24:00, Madrid time/);
  assert.match(await said('failed'), /€1,234 of €5,200 had been promised when the campaign ended/);
  assert.match(await said('failed'), /Nothing is held for this campaign any more/);
  assert.match(await said('stopped'), /Reason given: The place is no longer available\./);
  assert.match(await said('funded'), /€1,234 raised/);
  assert.match(await said('funded'), /Host of Acequia holds the money/);
  const reached = await plantCampaign(owner, { slug: 'reached' });
  await plantContribution(owner, reached, { amount_cents: 520_000n });
  assert.match(
    textOf(await html('/en/projects/reached')),
    /Minimum reached · \d+ days left in the first round The first round closes on/,
  );
});

test('the two actions stand side by side while money may be given; hands are welcome until it was decided', async () => {
  const actions = async (state: string) => {
    const side = /<aside.*?<\/aside>/s.exec(await html(`/fr/projects/in-${state}`))?.[0] ?? '';
    return [...side.matchAll(/\/(contribute|hands)"/g)].map(([, action]) => action);
  };
  for (const state of ['round-one', 'round-two', 'open']) assert.deepEqual(await actions(state), ['contribute', 'hands'], state);
  assert.deepEqual(await actions('scheduled'), ['hands']);
  for (const state of ['funded', 'fulfilled', 'failed', 'stopped', 'closed']) assert.deepEqual(await actions(state), [], state);
});

test('a round that is over takes no more money, even before anybody closed it', async () => {
  await plantCampaign(owner, { slug: 'over', opened_at: now.subtract({ hours: 24 * 60 }) });
  assert.doesNotMatch(await html('/en/projects/over'), /\/contribute/);
});

test('each budget line shows its fill: wishes first, then essential lines in order', async () => {
  const campaign = await plantCampaign(owner, { slug: 'lines' });
  const extra = campaign.lines[2]?.id ?? '';
  await plantContribution(owner, campaign, { amount_cents: 10_000n, wish: [extra] });
  await plantContribution(owner, campaign, { amount_cents: 310_000n });
  await plantContribution(owner, campaign, { amount_cents: 99_900n, state: 'lapsed' });
  const text = textOf(await html('/en/projects/lines/budget'));
  assert.match(text, /Line 1 €3,000 Task · essential filled/);
  assert.match(text, /Line 2 €2,200 Task · essential €100 so far/);
  assert.match(text, /Line 3 €4,000 Task · additional €100 so far/);
});

test('rewards say what is left and lead to the form', async () => {
  const campaign = await plantCampaign(owner, {
    slug: 'rewards',
    rewards: [{ amount_cents: 1_500n }, { amount_cents: 5_000n, units: 1 }, { amount_cents: 9_000n, units: 3 }],
  });
  const [free, gone, few] = campaign.rewards;
  await plantContribution(owner, campaign, { amount_cents: 5_000n, reward_id: gone?.id ?? '' });
  const page = await html('/en/projects/rewards');
  assert.match(page, new RegExp(`contribute\\?reward=${free?.id}&amp;amount=1500`));
  assert.match(page, new RegExp(`contribute\\?reward=${few?.id}&amp;amount=9000`));
  assert.doesNotMatch(page, new RegExp(`contribute\\?reward=${gone?.id}`));
  assert.match(textOf(page), /none left of 1/);
  assert.match(textOf(page), /3 of 3 left/);
});

test('a project lives at one address: its own node', async () => {
  await plantCampaign(owner, { node: erdre, slug: 'at-home' });
  const elsewhere = await get('/fr/projects/at-home/ledger?before=12');
  assert.deepEqual([elsewhere.status, elsewhere.headers.get('location')], [301, '/fr/n/erdre/projects/at-home/ledger?before=12']);
  const page = await html('/fr/n/erdre/projects/at-home');
  assert.match(page, /<link rel="canonical" href="[^"]*\/fr\/n\/erdre\/projects\/at-home"/);
});

test('what nobody published, or nobody could have, is not found', async () => {
  await plantCampaign(owner, { state: 'draft', slug: 'secret-draft' });
  for (const slug of ['secret-draft', 'nowhere', 'X', '..', '%27;drop', 'a'.repeat(200)]) {
    assert.equal((await get(`/en/projects/${slug}`)).status, 404, slug);
  }
  for (const query of ['?page=0', '?page=-1', '?page=9e9', '?page=x', '?before=0', '?before=x', '?before=99999999999999999999']) {
    assert.equal((await get(`/en/projects/in-round-one/people${query}`)).status, 200, query);
    assert.equal((await get(`/en/projects/in-round-one/ledger${query}`)).status, 200, query);
  }
});

test('what people write is shown as they wrote it and never runs', async () => {
  const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  const campaign = await plantCampaign(owner, { slug: 'nasty', locale: 'en', title: { en: nasty }, claim: { en: nasty } });
  await sql`update projects set sections = ${json({ what: { en: `${nasty} [x](javascript:alert(3))` } })}, promoter_name = ${nasty},
    companion = ${json({ name: nasty, url: 'javascript:alert(4)' })}, video = 'javascript:alert(5)' where id = ${campaign.project_id}`.execute(
    owner,
  );
  await plantContribution(owner, campaign, { name: nasty, message: nasty });
  const page = await html('/en/projects/nasty');
  assert.doesNotMatch(page, /<img src=x|<script>|href="javascript:/);
});

test('a text that was not translated is marked with its language', async () => {
  await plantCampaign(owner, {
    slug: 'only-french',
    locale: 'fr',
    title: { fr: 'Un four commun' },
    claim: { fr: 'Du pain pour le quartier.' },
  });
  const page = await html('/en/projects/only-french');
  assert.match(page, /<h1 lang="fr">Un four commun<\/h1>/);
  assert.match(textOf(page), /The promoter wrote this in French/);
  assert.doesNotMatch(await html('/fr/projects/only-french'), /<h1 lang/);
});

test('a project with everything weighs at most 40 KB: page, style and script, without pictures', async () => {
  const campaign = await plantCampaign(owner, { slug: 'heavy', node: main });
  const paragraph = Array.from({ length: 160 }, (_, n) => `word${(n * 7919) % 997}`).join(' ');
  const sections = Object.fromEntries(
    ['what', 'why', 'open', 'team', 'how', 'last'].map((id) => [id, { en: `${paragraph}\n\n${id} ${paragraph}` }]),
  );
  await sql`update projects set sections = ${json(sections)} where id = ${campaign.project_id}`.execute(owner);
  for (let n = 0; n < 30; n += 1)
    await plantContribution(owner, campaign, { state: 'collected', name: `Giver ${n} of many`, message: `Go on ${n}!` });
  for (let n = 0; n < 3; n += 1) {
    await sql`insert into updates (id, project_id, title, body, author_name, published_at)
      values (${newId()}, ${campaign.project_id}, ${json({ en: `News ${n}` })}, ${json({ en: paragraph })}, 'Ana', ${now.subtract({ hours: n })})`.execute(
      owner,
    );
  }
  const page = (await html('/en/projects/heavy')).replace(/<svg class="cover".*?<\/svg>/s, '');
  const bytes = [page, assetText('app.css'), assetText('app.js')].map((text) => brotliCompressSync(text).length);
  assert.ok(bytes.reduce((sum, each) => sum + each, 0) <= 40_000, `weighs ${bytes.join(' + ')}`);
});

test('the poster leads to the page', async () => {
  const page = await html('/fr/projects/in-round-one/poster');
  assert.match(page, /<svg class="qr"/);
  assert.match(textOf(page), /Il faut 5\s200\s€, et 9\s200\s€ pour le faire au mieux\./);
});
