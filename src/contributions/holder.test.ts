import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/index.ts';
import { book, promises as ledger_promises, recipes } from '../ledger/index.ts';
import { plantPerson, sessionCookieFor } from '../people/testing.ts';
import { only, row, sql, transact } from '../platform/db.ts';
import { locales } from '../platform/i18n.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedCampaign, plantCampaign, plantContribution } from '../projects/testing-fixtures.ts';
import { tend } from '../rounds/index.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { claimContributions, promises } from './index.ts';
import { contributionKey } from './key.ts';
import { card, contributionsOf, formOf, give, giveByCard, openForm, pay, saidOn, theOne } from './testing-giver.ts';

const { db, owner } = await testDb();
const site = testApp(db);
let visitors = 0;
const guest = () => {
  visitors += 1;
  return openBrowser(site.fetch, { headers: { 'x-forwarded-for': `10.1.0.${visitors}` } });
};
const pageOf = (id: string, part = '') => `/en/contributions/${id}${part}?key=${contributionKey(site.config.secret, id)}`;

async function person(name = 'Ana López') {
  const found = await plantPerson(db, { name });
  return { ...found, browser: openBrowser(site.fetch, { cookie: await sessionCookieFor(db, site.config, found.id) }) };
}

async function fillWallet(campaign: PlantedCampaign, person_id: string, cents: bigint): Promise<void> {
  const at = (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
  await transact(db, (trx) =>
    book(trx, at, recipes.walletFilled({ host_id: campaign.host_id, currency: 'EUR' }, person_id, newId(), cents)),
  );
}

test('only its owner, or its key, opens a contribution', async () => {
  const campaign = await plantCampaign(owner);
  const [ana, ben] = [await person('Ana'), await person('Ben')];
  const { id } = await plantContribution(owner, campaign, { person_id: ana.id });
  const { id: other } = await plantContribution(owner, campaign, { name: 'Carla' });
  assert.equal((await guest().get(pageOf(id))).status, 200);
  assert.equal((await ana.browser.get(`/en/contributions/${id}`)).status, 200);
  for (const [who, path] of [
    [guest(), `/en/contributions/${id}`],
    [guest(), `/en/contributions/${id}?key=${contributionKey(site.config.secret, other)}`],
    [guest(), `/en/contributions/${id}?key=x`],
    [guest(), `/en/contributions/not-an-id?key=x`],
    [guest(), `/en/contributions/${newId()}?key=${'A'.repeat(43)}`],
    [ben.browser, `/en/contributions/${id}`],
    [ana.browser, `/en/contributions/${other}`],
    [ana.browser, `/en/contributions/${id}?key=wrong`],
  ] as const) {
    for (const part of ['', '/receipt', '/withdraw', '/return'])
      assert.equal((await who.get(path.replace('?', `${part}?`))).status, 404, path);
    assert.equal((await who.post(path.replace(id, `${id}/withdraw`), {})).status, 404);
  }
  assert.equal((await theState(id)).state, 'secured');
});

test('withdraw: a second look, then nothing is kept', async () => {
  const campaign = await plantCampaign(owner, { rewards: [{ amount_cents: 1_000n, units: 1 }] });
  const browser = guest();
  await giveByCard(browser, campaign, { reward: campaign.rewards[0]?.id ?? '' });
  const { id } = await theOne(db, campaign);
  const sure = await browser.get(pageOf(id, '/withdraw'));
  assert.match(saidOn(sure), /would no longer stand behind/);
  assert.match(saidOn(sure), /Your reward becomes free/);
  const page = await browser.follow(await browser.post(pageOf(id, '/withdraw'), {}));
  assert.match(saidOn(page), /Your contribution is withdrawn\. Nothing was charged\./);
  assert.match(saidOn(page), /You withdrew this contribution/);
  const { taken, tokens } = await only<{ taken: number; tokens: bigint }>(
    db,
    sql`select (select taken from rewards where campaign_id = ${campaign.campaign_id}) as taken,
               (select count(*) from sandbox.checkouts where token is not null and client_key in (select id::text from payments where contribution_id = ${id})) as tokens`,
  );
  assert.deepEqual([taken, tokens], [0, 0n]);
  const twice = await browser.post(pageOf(id, '/withdraw'), {});
  assert.equal(twice.status, 409);
  assert.match(saidOn(twice), /This contribution has ended meanwhile/);
});

test('in the last hours what the minimum needs cannot be withdrawn, and the page says why', async () => {
  const campaign = await plantCampaign(owner, { lines: [{ amount_cents: 2_000n, essential: true }] });
  const { id } = await plantContribution(owner, campaign, { amount_cents: 2_000n });
  await row(
    owner,
    sql`update campaigns set ends_at = moment() + interval '3 hours' where id = ${campaign.campaign_id} returning id`,
  );
  const browser = guest();
  assert.match(saidOn(await browser.get(pageOf(id))), /In the last hours nobody can withdraw what the minimum needs/);
  const refused = await browser.post(pageOf(id, '/withdraw'), {});
  assert.equal(refused.status, 409);
  assert.equal((await theState(id)).state, 'secured');
});

test('the holder changes who sees it and what happens if it fails', async () => {
  const campaign = await plantCampaign(owner);
  const other = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, {});
  const browser = guest();
  assert.match(
    saidOn(await browser.follow(await browser.post(pageOf(id, '/visibility'), { visibility: 'anonymous' }))),
    /others now see what you chose/,
  );
  assert.equal((await browser.post(pageOf(id, '/visibility'), { visibility: 'secret' })).status, 422);
  const nameless = await browser.post(pageOf(id, '/if-failed'), { if_failed: 'another_campaign' });
  assert.match(saidOn(nameless), /Choose the campaign that shall receive it/);
  assert.equal(
    (await browser.post(pageOf(id, '/if-failed'), { if_failed: 'another_campaign', other: campaign.campaign_id })).status,
    422,
  );
  assert.equal((await browser.post(pageOf(id, '/if-failed'), { if_failed: 'wallet' })).status, 422);
  assert.equal(
    (await browser.post(pageOf(id, '/if-failed'), { if_failed: 'another_campaign', other: other.campaign_id })).status,
    303,
  );
  const kept = await theState(id);
  assert.deepEqual(
    [kept.visibility, kept.if_failed, kept.redirect_campaign_id],
    ['anonymous', 'another_campaign', other.campaign_id],
  );
});

test('a wallet pays at once, never more than it holds', async () => {
  const campaign = await plantCampaign(owner);
  const ana = await person();
  await fillWallet(campaign, ana.id, 3_000n);
  const { page } = await openForm(ana.browser, campaign);
  assert.match(saidOn(page), /My wallet €30/);
  const sent = await give(ana.browser, campaign, { method: 'wallet', amount: '2000', tip: '100', if_failed: 'wallet' });
  assert.match(saidOn(await ana.browser.follow(sent)), /Your contribution has arrived/);
  const { fields } = await openForm(ana.browser, campaign);
  const short = await ana.browser.post(formOf(campaign), { ...fields, method: 'wallet', amount: '1000' });
  assert.equal(short.status, 422);
  assert.match(saidOn(short), /There is not enough in your wallet/);
  const wallet = saidOn(await ana.browser.get('/en/me/wallet'));
  assert.match(wallet, /€9 kept for you by Host of Acequia/);
  assert.match(wallet, /Given to: A garden on the roof/);
  assert.match(
    saidOn(await ana.browser.get('/en/me/contributions')),
    /One contribution, newest first\..*A garden on the roof.*€21.*collected.*held until the round is decided/,
  );
});

test('a guest’s contributions appear once the address is proven', async () => {
  const campaign = await plantCampaign(owner);
  const ana = await person();
  assert.match(saidOn(await ana.browser.get('/en/me/contributions')), /No contribution yet/);
  assert.match(saidOn(await ana.browser.get('/en/me/wallet')), /Nothing here yet/);
  await plantContribution(owner, campaign, { email: ana.email.toUpperCase() });
  await transact(db, (trx) => claimContributions(trx, ana.id, ana.email));
  assert.match(saidOn(await ana.browser.get('/en/me/contributions')), /One contribution/);
});

test('an unfinished one is given up, and the form begins anew', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const sent = await give(browser, campaign);
  const left = await browser.post(sent.location ?? '', { step: 'leave' });
  const page = await browser.follow(await browser.follow(left));
  assert.match(saidOn(page), /This contribution was not finished Nothing was charged/);
  assert.match(page.text, /contribute\?amount=2000/);
  await giveByCard(browser, campaign);
  assert.equal((await contributionsOf(db, campaign)).count, 2n);
});

test('back without having paid: waiting is said, with the ways on', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  await give(browser, campaign);
  const { id } = await theOne(db, campaign);
  const page = await browser.follow(await browser.get(pageOf(id, '/return')));
  assert.match(saidOn(page), /The payment company has not told us yet/);
  assert.match(saidOn(page), /Go to the payment page/);
});

test('another card for a promise, and a declined one mended', async () => {
  const campaign = await plantCampaign(owner, { lines: [{ amount_cents: 2_000n, essential: true }], opened_at: await now() });
  const browser = guest();
  await giveByCard(browser, campaign, { amount: '5000' }, card.good);
  const again = guest();
  await giveByCard(again, campaign, { amount: '1000' }, card.later);
  const later = await only<{ id: string }>(
    db,
    sql`select id from contributions where campaign_id = ${campaign.campaign_id} and amount_cents = 1000`,
  );
  const first = await only<{ id: string }>(
    db,
    sql`select id from contributions where campaign_id = ${campaign.campaign_id} and amount_cents = 5000`,
  );
  const other = await pay(browser, (await browser.post(pageOf(first.id, '/card'), {})).location, card.asks);
  assert.match(saidOn(await browser.follow(await browser.follow(other))), /Your contribution is promised/);
  await row(
    owner,
    sql`update clock set shift = shift + (${campaign.ends_at}::timestamptz - moment()) + interval '1 minute' returning shift`,
  );
  await tend(site.deps);
  const declined = await again.get(pageOf(later.id));
  assert.match(saidOn(declined), /Your card was declined/);
  assert.match(saidOn(declined), /Mend it with a card/);
  const checkout = await again.post(pageOf(later.id, '/card'), {});
  const page = await again.follow(await again.follow(await pay(again, checkout.location)));
  assert.match(saidOn(page), /Your card is about to be charged/);
  await tend(site.deps);
  assert.match(saidOn(await again.get(pageOf(later.id))), /Your contribution has arrived/);
  assert.equal((await again.post(pageOf(later.id, '/card'), {})).status, 409);
});

test('every state speaks, in every language', async () => {
  const campaigns = [
    await plantCampaign(owner, { opened_at: await now() }),
    await plantCampaign(owner, { state: 'collecting' }),
    await plantCampaign(owner, { state: 'round_two' }),
  ];
  const failed = await plantCampaign(owner, { opened_at: await now() });
  const ids: string[] = [];
  for (const campaign of campaigns) {
    for (const state of ['started', 'secured', 'collected', 'declined', 'lapsed', 'withdrawn', 'released'] as const) {
      for (const method of ['sandbox', 'transfer'] as const)
        ids.push((await plantContribution(owner, campaign, { state, method, tip_cents: 50n })).id);
    }
  }
  const ana = await person();
  for (const if_failed of ['back_to_me', 'wallet', 'node_fund'] as const) {
    ids.push(
      (await plantContribution(owner, failed, { state: 'collected', method: 'transfer', person_id: ana.id, if_failed })).id,
    );
  }
  await row(
    owner,
    sql`update campaigns set state = 'failed', closed_at = moment() where id = ${failed.campaign_id} returning id`,
  );
  const speaks = async (id: string, part: '' | '/receipt', locale: string) => {
    const page = await guest().get(pageOf(id, part).replace('/en/', `/${locale}/`));
    assert.equal(page.status, 200);
    assert.doesNotMatch(saidOn(page), /contribution\.|contribute\.|refusal\.|look\.|undefined|null|[{}]/, id);
  };
  for (const id of ids) for (const locale of locales) await speaks(id, '', locale);
  for (const id of ids) await speaks(id, '/receipt', 'es');
  await tend(site.deps);
  for (const id of ids) await speaks(id, '', 'fr');
  for (const locale of locales)
    assert.doesNotMatch(saidOn(await ana.browser.get(`/${locale}/me/contributions`)), /contribution\.|[{}]|undefined/);
});

test('every promise holds after all of this', async () => {
  assert.deepEqual(await brokenPromises(db, { ...ledger_promises, ...promises }), []);
});

async function now(): Promise<Temporal.Instant> {
  return (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
}

async function theState(
  id: string,
): Promise<{ state: string; visibility: string; if_failed: string; redirect_campaign_id: string | null }> {
  return only(db, sql`select state, visibility, if_failed, redirect_campaign_id from contributions where id = ${id}`);
}
