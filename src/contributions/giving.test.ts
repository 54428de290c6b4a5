import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/index.ts';
import { promises as ledger_promises } from '../ledger/index.ts';
import { plantPerson, sessionCookieFor } from '../people/testing.ts';
import { only, row, sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign } from '../projects/testing-fixtures.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { promises, receiveTransfer } from './index.ts';
import { card, contributionsOf, formOf, give, giveByCard, openForm, pay, saidOn, soon, theOne } from './testing-giver.ts';

const { db, owner } = await testDb();
const site = testApp(db);
let visitors = 0;
/** Everybody comes from a network of their own. */
const guest = () => {
  visitors += 1;
  return openBrowser(site.fetch, { headers: { 'x-forwarded-for': `10.0.0.${visitors}` } });
};

test('a guest gives by card: nothing is charged, the page says what happens and when', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const sent = await give(browser, campaign, { amount: '5000', tip: '100' });
  assert.match(sent.location ?? '', /^http:\/\/localhost:3000\/sandbox\/pay\/sbx_/);
  const counter = await browser.follow(sent);
  assert.match(saidOn(counter), /Save your card/);
  assert.match(saidOn(counter), /€51/);
  const paid = await pay(browser, sent.location);
  assert.equal(paid.status, 303);
  // Without the way back: the webhook alone makes it true, within a second.
  assert.equal(
    (
      await soon(
        () => theOne(db, campaign),
        ({ state }) => state === 'secured',
      )
    ).state,
    'secured',
  );
  const back = await browser.follow(paid);
  const page = await browser.follow(back);
  assert.equal(page.status, 200);
  assert.match(saidOn(page), /Thank you, Ana López\./);
  assert.match(saidOn(page), /nothing has been charged/);
  assert.match(saidOn(page), /reaches €5,200 by .+ 24:00, Madrid time/);
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.match(saidOn(page), /open one or sign in/);
});

test('a guest gives by transfer: instructions, then the receipt with its place in the ledger', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const page = await browser.follow(await give(browser, campaign, { method: 'transfer', amount: 'other', amount_free: '35.50' }));
  assert.match(saidOn(page), /ES91 2100 0418 4502 0005 1332/);
  assert.match(saidOn(page), /€35\.50/);
  const reference = /ACQ-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(page.text)?.[0] ?? '';
  const treasurer = await plantPerson(db, { name: 'Treasurer' });
  await receiveTransfer(db, treasurer.id, reference, 3_550n, campaign.host_id);
  const { id } = await theOne(db, campaign);
  const key = /key=([\w-]+)/.exec(page.text)?.[1];
  const receipt = await browser.get(`/en/contributions/${id}/receipt?key=${key}`);
  assert.match(saidOn(receipt), /Host of Acequia received €35\.50 from Ana López/);
  const movement = /ledger\?before=(\d+)#m(\d+)/.exec(receipt.text);
  assert.equal(BigInt(movement?.[1] ?? 0), BigInt(movement?.[2] ?? 0) + 1n);
});

test('the same form twice at once makes one contribution, and both lead to the same payment page', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { fields } = await openForm(browser, campaign);
  const sent = await Promise.all([1, 2, 3].map(() => browser.post(formOf(campaign), fields)));
  assert.deepEqual([...new Set(sent.map((answer) => answer.status))], [303]);
  assert.equal(new Set(sent.map((answer) => answer.location)).size, 1);
  assert.equal((await contributionsOf(db, campaign)).count, 1n);
});

test('back, a second tab, another amount: one contribution, and pages that say what is', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const sent = await give(browser, campaign);
  const again = await openForm(browser, campaign);
  assert.match(again.page.text, /You have begun a contribution of €20 here/);
  assert.equal(again.fields.form_key, (await theOne(db, campaign)).form_key);
  const other = await browser.follow(await browser.post(formOf(campaign), { ...again.fields, amount: '5000' }));
  assert.match(saidOn(other), /This form had been sent already/);
  assert.match(saidOn(other), /Your contribution is not finished/);
  assert.equal((await theOne(db, campaign)).amount_cents, 2_000n);
  await pay(browser, sent.location);
  await soon(
    () => theOne(db, campaign),
    ({ state }) => state === 'secured',
  );
  const stale = await browser.follow(await browser.post(formOf(campaign), again.fields));
  assert.match(saidOn(stale), /This form had been sent already/);
  const fresh = await openForm(browser, campaign);
  assert.notEqual(fresh.fields.form_key, again.fields.form_key);
  assert.equal((await contributionsOf(db, campaign)).count, 1n);
});

test('what is wrong is told with everything kept', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { fields } = await openForm(browser, campaign);
  const page = await browser.post(formOf(campaign), {
    ...fields,
    amount: 'other',
    amount_free: '1e3',
    email: 'ana@',
    message: 'For <all> of us',
    tip: '200',
  });
  assert.equal(page.status, 422);
  assert.match(saidOn(page), /2 things to mend/);
  assert.match(page.text, /href="#f-amount"[^>]*>Write the amount in figures/);
  assert.match(page.text, /value="1e3"/);
  assert.match(page.text, /value="ana@"/);
  assert.match(saidOn(page), /For &lt;all&gt; of us/);
  assert.match(page.text, /value="200" checked/);
  assert.equal(/name="form_key" value="([^"]*)"/.exec(page.text)?.[1], fields.form_key);
  assert.equal((await contributionsOf(db, campaign)).count, 0n);
});

test('the limits are those of the node', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { page, fields } = await openForm(browser, campaign);
  assert.match(saidOn(page), /Any amount from €1 to €10,000/);
  assert.match((await browser.post(formOf(campaign), { ...fields, amount: '99' })).text, /less than can be given here/);
  assert.match(
    (await browser.post(formOf(campaign), { ...fields, amount: '1000001' })).text,
    /more than can be given at once here/,
  );
});

test('a reward that sells out at the last moment', async () => {
  const campaign = await plantCampaign(owner, { rewards: [{ amount_cents: 1_000n, units: 1 }, { amount_cents: 1_500n }] });
  const [reward] = campaign.rewards;
  const [slow, fast] = [guest(), guest()];
  const { fields } = await openForm(slow, campaign, `?reward=${reward?.id}`);
  await give(fast, campaign, { reward: reward?.id ?? '' });
  const late = await slow.post(formOf(campaign), { ...fields, reward: reward?.id ?? '', message: 'kept' });
  assert.equal(late.status, 409);
  assert.match(saidOn(late), /Somebody was faster/);
  assert.match(saidOn(late), /The only one is taken\./);
  assert.match(late.text, />kept</);
  const next = await slow.post(formOf(campaign), { ...fields, reward: '' });
  assert.equal(next.status, 303);
});

test('a reward above the amount, a reward that asks', async () => {
  const campaign = await plantCampaign(owner, {
    rewards: [{ amount_cents: 5_000n, question: { en: 'Which colour?' }, needs_address: true }],
  });
  const reward = campaign.rewards[0]?.id ?? '';
  const browser = guest();
  const { fields, page } = await openForm(browser, campaign, `?reward=${reward}&amount=5000`);
  assert.match(page.text, new RegExp(`value="${reward}" checked`));
  const unanswered = await browser.post(formOf(campaign), { ...fields, reward, amount: '5000' });
  assert.match(saidOn(unanswered), /This reward needs an answer/);
  assert.match(saidOn(unanswered), /Write the address to which/);
  const answers = { reward, [`answer_${reward}`]: 'Blue', [`address_${reward}`]: 'Street 1\nTown' };
  const below = await browser.post(formOf(campaign), { ...fields, ...answers, amount: '2000' });
  assert.equal(below.status, 422);
  assert.match(saidOn(below), /This reward asks for a larger amount/);
  assert.equal((await browser.post(formOf(campaign), { ...fields, ...answers, amount: '5000' })).status, 303);
  const kept = await only<{ reward_answer: string; address: string }>(
    db,
    sql`select reward_answer, address from contributions where campaign_id = ${campaign.campaign_id}`,
  );
  assert.deepEqual({ ...kept }, { reward_answer: 'Blue', address: 'Street 1\nTown' });
});

test('a round that closed while the form was open', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { fields } = await openForm(browser, campaign);
  await row(
    owner,
    sql`update campaigns set ends_at = moment() - interval '1 second' where id = ${campaign.campaign_id} returning id`,
  );
  const late = await browser.post(formOf(campaign), fields);
  assert.equal(late.status, 409);
  assert.match(saidOn(late), /This round has just closed/);
  assert.match(saidOn(late), /nothing was charged/);
  const page = await browser.get(formOf(campaign));
  assert.equal(page.status, 200);
  assert.doesNotMatch(page.text, /name="form_key"/);
});

test('an address that has an account is not revealed', async () => {
  const campaign = await plantCampaign(owner);
  const known = await plantPerson(db, { name: 'Known' });
  const pages = [];
  for (const email of [known.email, 'unknown@example.org']) {
    const browser = guest();
    const page = await giveByCard(browser, campaign, { email });
    pages.push(
      saidOn(page)
        .replaceAll(email, 'E')
        .replaceAll(/\d\d:\d\d/g, 'TIME'),
    );
  }
  assert.equal(pages[0], pages[1]);
  const owned = await only<{ count: bigint }>(db, sql`select count(*) from contributions where person_id = ${known.id}`);
  assert.equal(owned.count, 0n);
});

test('one’s own campaign', async () => {
  const promoter = await plantPerson(db, { name: 'Promoter' });
  const campaign = await plantCampaign(owner, { promoter_id: promoter.id });
  await row(
    owner,
    sql`insert into roles (person_id, role, scope, scope_id) values (${promoter.id}, 'promoter', 'project', ${campaign.project_id}) on conflict do nothing returning role`,
  );
  const browser = openBrowser(site.fetch, { cookie: await sessionCookieFor(db, site.config, promoter.id) });
  assert.match((await browser.get(formOf(campaign))).text, /This is your own campaign/);
  const sent = await browser.post(formOf(campaign), { amount: '2000', name: 'P', method: 'sandbox', form_key: newId() });
  assert.equal(sent.status, 403);
  assert.match(saidOn(sent), /cannot give to it/);
});

test('the payment company does not answer: nothing is lost, and going on works later', async () => {
  const campaign = await plantCampaign(owner);
  const { gateways } = site.deps;
  const broken = { ...gateways, sandbox: { ...gateways.sandbox, start: () => Promise.reject(new Error('away')) } };
  const bad = openBrowser(testApp(db, { config: site.config, gateways: broken }).fetch);
  const page = await bad.follow(await give(bad, campaign));
  assert.match(saidOn(page), /The payment company does not answer/);
  assert.match(saidOn(page), /Your contribution is kept/);
  const { id, state } = await theOne(db, campaign);
  assert.equal(state, 'started');
  const key = /key=([\w-]+)/.exec(page.text)?.[1];
  const still = await bad.post(`/en/contributions/${id}/resume?key=${key}`, {});
  assert.equal(still.status, 503);
  const good = guest();
  const resumed = await good.post(`/en/contributions/${id}/resume?key=${key}`, {});
  assert.match(resumed.location ?? '', /\/sandbox\/pay\/sbx_/);
  await pay(good, resumed.location);
  assert.equal(
    (
      await soon(
        () => theOne(db, campaign),
        (one) => one.state === 'secured',
      )
    ).state,
    'secured',
  );
});

test('a network that sends too many forms waits; a transfer’s mailbox sooner', async () => {
  const campaign = await plantCampaign(owner);
  const browser = openBrowser(site.fetch, { headers: { 'x-forwarded-for': '10.9.9.9' } });
  const { fields } = await openForm(browser, campaign);
  const send = (n: number) =>
    browser.post(formOf(campaign), {
      ...fields,
      method: 'transfer',
      email: 'one@example.org',
      form_key: `${fields.form_key}${n}`,
    });
  for (let n = 0; n < 5; n += 1) assert.equal((await send(n)).status, 303);
  const sixth = await send(6);
  assert.equal(sixth.status, 429);
  assert.match(saidOn(sixth), /Nothing is lost: send this form again after/);
});

test('in round two money is charged at once', async () => {
  const campaign = await plantCampaign(owner, { state: 'round_two' });
  const browser = guest();
  const { page } = await openForm(browser, campaign);
  assert.match(saidOn(page), /charged at once/);
  assert.doesNotMatch(page.text, /If the minimum is not collected/);
  const back = await giveByCard(browser, campaign, {}, card.asks);
  assert.match(saidOn(back), /Your contribution has arrived/);
  assert.match(saidOn(back), /Receipt to print/);
});

test('every promise holds after all of this', async () => {
  assert.deepEqual(await brokenPromises(db, { ...ledger_promises, ...promises }), []);
});
