import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeBySlug } from '../nodes/index.ts';
import { rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign } from '../projects/testing-fixtures.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { type Stop, stopLinks } from './links.ts';

const { db, owner } = await testDb();
const campaign = await plantCampaign(owner);
const app = testApp(db);
const browser = openBrowser(app.fetch);
const post = { origin: app.config.origin, secret: app.config.secret };

async function linksFor(address: string): Promise<{ page: string; one_click: string }> {
  const node = await nodeBySlug(db, 'main');
  assert.ok(node);
  const stop: Stop = { address, topic: 'giver_news', campaign_id: campaign.campaign_id };
  const { url, one_click_url } = stopLinks(post, node, 'en', stop);
  return { page: url.slice(post.origin.length), one_click: one_click_url.slice(post.origin.length) };
}

function stopped(address: string): Promise<{ topic: string; campaign_id: string | null }[]> {
  return rows(db, sql`select topic, campaign_id from mail_stops where address = ${address} order by campaign_id`);
}

test('one click, as mail programs press it: no page, no cookie, no form check', async () => {
  const { one_click } = await linksFor('one@example.org');
  const answer = await app.fetch(
    new Request(post.origin + one_click, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    {},
  );
  assert.equal(answer.status, 200);
  assert.deepEqual(await stopped('one@example.org'), [{ topic: 'giver_news', campaign_id: campaign.campaign_id }]);
  const opened = await browser.get(one_click, { 'accept-language': 'fr' });
  assert.match(opened.location ?? '', /^\/fr\/mail\//);
});

test('the page asks first, stops, and starts again', async () => {
  const { page } = await linksFor('two@example.org');
  assert.match((await browser.get(page)).text, /News of “A garden on the roof”/);
  assert.deepEqual(await stopped('two@example.org'), [], 'looking changes nothing: mail scanners look');
  assert.match((await browser.post(page, { what: 'all' })).text, /no more news of any project to two@example\.org/);
  assert.deepEqual(await stopped('two@example.org'), [{ topic: 'giver_news', campaign_id: null }]);
  assert.match((await browser.post(page, { again: 'yes' })).text, /News is sent again/);
  assert.deepEqual(await stopped('two@example.org'), []);
  assert.match(
    (await browser.post(page.replace('/en/', '/es/'), { what: 'this' })).text,
    /No enviaremos más noticias de «A garden on the roof»|No enviaremos más noticias de «Un huerto en el tejado»/,
  );
});

test('a key that was changed opens nothing', async () => {
  const { page, one_click } = await linksFor('three@example.org');
  assert.equal((await browser.get(`${page}x`)).status, 404);
  assert.equal((await browser.post(`${page}x`, { what: 'all' })).status, 404);
  assert.equal((await app.fetch(new Request(`${post.origin + one_click}x`, { method: 'POST' }), {})).status, 404);
  assert.deepEqual(await stopped('three@example.org'), []);
});
