import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { plantPerson } from '../people/testing.ts';
import { only, sql, transact } from '../platform/db.ts';
import { createLog } from '../platform/log.ts';
import { queueMail } from '../platform/mail.ts';
import { testConfig, testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { react } from '../reactions.ts';
import { tend } from '../rounds/index.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { comingMoments } from './coming.ts';
import { liveThrough, moveClock } from './index.ts';

const { db, owner } = await testDb();
const config = testConfig();
const post = { origin: config.origin, secret: config.secret };
const app = testApp(db, { config, catchUp: () => catchUp() });
const { gateways } = app.deps;
const browser = openBrowser(app.fetch);
const catchUp = async () => {
  await tend({ db, gateways });
  while ((await react({ db, log: createLog('silent'), post })) > 0);
};

before(() => plantNode(owner));

test('the clock goes forward only, and not beyond reason', async () => {
  const before_move = await now();
  await moveClock(db, { days: 1, hours: 1 });
  assert.equal((await now()).since(before_move).total('hours') >= 25, true);
  await assert.rejects(moveClock(db, { hours: 0 }), { code: 'clock_only_goes_forward' });
  await assert.rejects(moveClock(db, { days: -1 }), { code: 'clock_only_goes_forward' });
  await assert.rejects(moveClock(db, { days: 500 }), { code: 'clock_goes_too_far' });
});

test('a clock that stands still is set on and stands still', async () => {
  await sql`update clock set frozen_at = moment()`.execute(owner);
  const frozen = await now();
  const { to } = await moveClock(db, { hours: 5 });
  assert.equal((await now()).equals(frozen.add({ hours: 5 })), true);
  assert.equal(to.equals(await now()), true);
  await sql`update clock set shift = ${to}::timestamptz - now(), frozen_at = null`.execute(owner);
});

test('living through a week meets each moment on its day', async () => {
  const promoter = await plantPerson(owner, { email: 'promoter@example.org' });
  const opened_at = (await now()).subtract({ hours: 24 * 38 });
  const campaign = await plantCampaign(owner, { opened_at, promoter_id: promoter.id, title: { en: 'Lived through' } });
  await plantContribution(owner, campaign, {
    state: 'collected',
    method: 'transfer',
    amount_cents: 600_000n,
    email: 'giver@example.org',
    at: opened_at.add({ hours: 5 }),
  });
  const expected = (await comingMoments(db, 5)).map(({ kind, slug }) => [kind, slug]);
  assert.deepEqual(expected, [['round_ends', campaign.slug]]);
  await liveThrough({ db, catchUp }, { days: 7 });
  const after = await only<{ state: string; round_one_ended_at: Temporal.Instant }>(
    db,
    sql`select state, round_one_ended_at from campaigns where id = ${campaign.campaign_id}`,
  );
  assert.equal(after.state, 'round_two');
  assert.ok(after.round_one_ended_at.since(campaign.ends_at).total('minutes') < 2, 'closed when it ended, not a week later');
});

test('the page shows the time, moves it to the end of a round, and tells what happened', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now(), title: { en: 'Too little' } });
  await plantContribution(owner, campaign, { amount_cents: 1_000n, email: 'released@example.org' });
  const page = await browser.get('/en/dev/clock');
  assert.match(page.text, /Too little.*€10 of €5,200/s);
  const moved = await browser.post('/en/dev/clock', { campaign: campaign.campaign_id });
  assert.match(moved.location ?? '', /^\/en\/dev\/clock\?since=\d+#happened$/);
  const told = await browser.follow(moved);
  assert.match(told.text, /the campaign missed its minimum/);
  assert.match(told.text, /a promise was released, nothing charged/);
  assert.equal((await browser.post('/en/dev/clock', { campaign: campaign.campaign_id })).status, 409);
  assert.equal((await browser.post('/fr/dev/clock', { by: 'hour' })).status, 303);
  assert.match((await browser.get('/es/dev/clock?since=x')).text, /El reloj/);
});

test('kept mails can be read; the document runs and fetches nothing', async () => {
  const box = await browser.get('/en/dev/mail?to=Released@example.org');
  assert.match(box.text, /did not reach its minimum: nothing was charged/);
  const id = /\/en\/dev\/mail\/([0-9a-f-]{36})/.exec(box.text)?.[1] ?? '';
  const mail = await browser.get(`/en/dev/mail/${id}`);
  assert.match(mail.text, /Nothing was charged/);
  assert.match(mail.text, /<a href="http:\/\/localhost:3000\/en\/explore">/);
  const document = await browser.get(`/en/dev/mail/${id}/html`);
  assert.match(document.headers.get('content-security-policy') ?? '', /^default-src 'none'; style-src 'unsafe-inline'/);
  assert.match(document.text, /^<!doctype html>/);
  assert.equal((await browser.get('/en/dev/mail/nothing')).status, 404);
  assert.match((await browser.get('/fr/dev/mail?to=nobody@example.org')).text, /Aucun courriel/);
});

test('what stands in a mail is shown, never run', async () => {
  const evil = '<script>alert(1)</script>';
  await transact(db, (trx) =>
    queueMail(trx, { kind: 'test', to: 'evil@example.org', locale: 'en', subject: evil, html: evil, text: evil }),
  );
  const box = await browser.get('/en/dev/mail?to=evil@example.org');
  assert.doesNotMatch(box.text, /<script>alert/);
  const id = /\/en\/dev\/mail\/([0-9a-f-]{36})/.exec(box.text)?.[1] ?? '';
  assert.doesNotMatch((await browser.get(`/en/dev/mail/${id}`)).text, /<script>alert/);
});

test('in production none of these pages exists', async () => {
  const production = testApp(db, { config: { ...config, production: true, clock: 'real' } });
  const there = openBrowser(production.fetch);
  for (const path of ['/en/dev/clock', '/en/dev/mail', '/en/dev/style']) assert.equal((await there.get(path)).status, 404);
  assert.equal((await there.post('/en/dev/clock', { by: 'day' })).status, 404);
  const real = openBrowser(testApp(db, { config: { ...config, clock: 'real' } }).fetch);
  assert.match((await real.get('/en/dev/clock')).text, /This clock is real/);
  assert.equal((await real.post('/en/dev/clock', { by: 'day' })).status, 409);
});

async function now(): Promise<Temporal.Instant> {
  return (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
}
