import assert from 'node:assert/strict';
import { test } from 'node:test';
import { card, formOf, give, openForm, pay, saidOn, soon, theOne } from '../contributions/testing-giver.ts';
import { cards, sign } from '../gateways/index.ts';
import { only, row, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign } from '../projects/testing-fixtures.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { deliverWebhooks, webhookSecret } from './index.ts';

const { db, owner } = await testDb();
const site = testApp(db);
const { config, deps } = site;
const send = async (body: string, headers: Record<string, string>) =>
  (await site.fetch(new Request('http://localhost:3000/webhooks/sandbox', { method: 'POST', body, headers }), {})).status;
let visitors = 0;
const guest = () => {
  visitors += 1;
  return openBrowser(site.fetch, { headers: { 'x-forwarded-for': `10.2.0.${visitors}` } });
};

/** What each card leads to by its webhook alone, and once the giver has come back. */
const outcomes: Record<(typeof cards)[keyof typeof cards], [by_webhook: string, when_back: string]> = {
  succeeds: ['secured', 'secured'],
  declined: ['started', 'started'],
  asks_authentication: ['secured', 'secured'],
  declined_at_collection: ['secured', 'secured'],
  declined_once_at_collection: ['secured', 'secured'],
  webhook_lost: ['started', 'secured'],
  webhook_doubled: ['secured', 'secured'],
  webhook_late: ['started', 'secured'],
  wrong_amount: ['started', 'started'],
  refund_refused: ['secured', 'secured'],
};
for (const [digits, script] of Object.entries(cards)) {
  const [by_webhook, when_back] = outcomes[script];
  test(`card ${digits}, ${script}: ${by_webhook}, then ${when_back}`, async () => {
    const campaign = await plantCampaign(owner);
    const browser = guest();
    const sent = await give(browser, campaign);
    const paid = await pay(browser, sent.location, digits === '4242' ? card.good : `400000000000${digits}`);
    const heard = () =>
      only<{ state: string; waiting: bigint }>(
        db,
        sql`select state, (select count(*) from webhooks where handled_at is null) + (select count(*) from sandbox.deliveries where delivered_at is null and due_at <= moment()) as waiting
              from contributions where campaign_id = ${campaign.campaign_id}`,
      );
    assert.equal((await soon(heard, ({ state, waiting }) => waiting === 0n && state === by_webhook)).state, by_webhook);
    if (script === 'declined') {
      assert.equal(paid.status, 422);
      assert.match(saidOn(paid), /This card was declined and nothing was charged/);
      return;
    }
    const page = await browser.follow(await browser.follow(paid));
    assert.equal((await theOne(db, campaign)).state, when_back);
    if (script === 'wrong_amount') assert.match(saidOn(page), /A person is looking at your payment/);
    else assert.match(saidOn(page), /Your contribution is promised/);
  });
}

test('the page says what happens, in the language of the checkout or another', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { location } = await give(browser, campaign);
  const page = await browser.get(location ?? '');
  assert.match(saidOn(page), /Nothing is charged today\. The merchant may charge up to €20 later, once\./);
  assert.match(page.text, /Play money/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.match(saidOn(await browser.get(`${location}?lang=fr`)), /Rien n’est débité aujourd’hui/);
  assert.match(saidOn(await browser.get(`${location}?lang=es`)), /Hoy no se cobra nada/);
});

test('a typed card: what is missing is told, a number that is no test card is declined', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { location } = await give(browser, campaign);
  const empty = await browser.post(location ?? '', { card: 'typed', number: '12', holder: 'Ana' });
  assert.equal(empty.status, 422);
  assert.match(saidOn(empty), /Write the 16 digits.*Write month and year.*Write the three digits/);
  assert.match(empty.text, /value="Ana"/);
  const typed = { card: 'typed', expiry: '12/34', cvc: '123', holder: 'Ana' };
  assert.match(saidOn(await browser.post(location ?? '', { ...typed, number: '5555 5555 5555 4444' })), /This card was declined/);
  assert.equal((await browser.post(location ?? '', { ...typed, number: '4242-4242 4242 4242' })).status, 303);
});

test('strong authentication may be refused, and tried again', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { location } = await give(browser, campaign);
  const bank = await browser.post(location ?? '', { card: card.asks });
  assert.match(saidOn(bank), /Is it you\? Sandbox Pay wants to save the card ending in 3155, for up to €20/);
  const refused = await browser.post(location ?? '', { card: card.asks, answer: 'no' });
  assert.match(saidOn(refused), /You refused at the bank/);
  assert.equal((await browser.post(location ?? '', { card: card.asks, answer: 'yes' })).status, 303);
});

test('pressing twice, coming back, coming too late, an address that is none', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { location } = await give(browser, campaign);
  const both = await Promise.all([pay(browser, location), pay(browser, location)]);
  assert.deepEqual(
    both.map((answer) => answer.status),
    [303, 303],
  );
  const { count } = await only<{ count: bigint }>(
    db,
    sql`select count(*) from sandbox.deliveries where body like ${`%${location?.split('/').at(-1)}%`}`,
  );
  assert.equal(count, 1n);
  assert.match(saidOn(await browser.get(location ?? '')), /The card is saved/);
  const late = await give(guest(), await plantCampaign(owner));
  await row(
    owner,
    sql`update sandbox.checkouts set expires_at = moment() - interval '1 second' where id = ${late.location?.split('/').at(-1)} returning id`,
  );
  assert.match(saidOn(await browser.get(late.location ?? '')), /The time for this payment is over/);
  assert.match(saidOn(await pay(browser, late.location)), /The time for this payment is over/);
  assert.equal((await browser.get('/sandbox/pay/sbx_none')).status, 404);
  assert.equal((await pay(browser, '/sandbox/pay/sbx_none')).status, 404);
});

test('a form from elsewhere pays nothing', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  const { location } = await give(browser, campaign);
  const foreign = await browser.post(
    location ?? '',
    { card: card.good },
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  );
  assert.equal(foreign.status, 403);
  assert.equal((await theOne(db, campaign)).state, 'started');
});

test('the late webhook comes when its time has come', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  await pay(browser, (await give(browser, campaign)).location, card.late);
  assert.equal(await deliverWebhooks(deps, send), 0);
  await row(owner, sql`update clock set shift = shift + interval '91 seconds' returning shift`);
  assert.ok((await deliverWebhooks(deps, send)) >= 1);
  assert.equal(
    (
      await soon(
        () => theOne(db, campaign),
        ({ state }) => state === 'secured',
      )
    ).state,
    'secured',
  );
});

test('webhooks: forged, replayed, too large, of nobody', async () => {
  const campaign = await plantCampaign(owner);
  const browser = guest();
  await pay(browser, (await give(browser, campaign)).location);
  await soon(
    () => theOne(db, campaign),
    ({ state }) => state === 'secured',
  );
  const { body } = await only<{ body: string }>(db, sql`select body from webhooks order by id desc limit 1`);
  const at = await deps.clock.now();
  const signed = (secret: string) => ({ 'content-type': 'application/json', 'sandbox-signature': sign(secret, body, at) });
  assert.equal(await send(body, signed(webhookSecret(config.secret))), 200, 'known already, and answered so');
  assert.equal(await send(body, signed('another secret')), 400);
  assert.equal(await send(body, {}), 400);
  assert.equal(await send(`${body} `, signed(webhookSecret(config.secret))), 400);
  assert.equal(await send('x'.repeat(70_000), signed(webhookSecret(config.secret))), 400);
  const nobody = new Request('http://localhost:3000/webhooks/nobody', { method: 'POST', body: '{}' });
  assert.equal((await site.fetch(nobody, {})).status, 400);
  const { count } = await only<{ count: bigint }>(db, sql`select count(*) from webhooks where body = ${body}`);
  assert.equal(count, 1n);
});

test('the form may lead to the payment company, and is found; what somebody typed into it is not', async () => {
  const campaign = await plantCampaign(owner);
  const { page } = await openForm(guest(), campaign);
  assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' http:\/\/localhost:3000/);
  assert.doesNotMatch(page.text, /noindex/);
  const empty = await guest().post(formOf(campaign), {});
  assert.equal(empty.status, 422);
  assert.match(empty.text, /<meta name="robots" content="noindex"/);
  assert.equal((await guest().get(formOf(campaign).replace('/en/', '/fr/'))).status, 200);
});
