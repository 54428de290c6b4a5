import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plantPerson, sessionCookieFor } from '../people/testing.ts';
import { only, sql } from '../platform/db.ts';
import { locales } from '../platform/i18n.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution } from '../projects/testing-fixtures.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';
import { receiveTransfer, resolveParked, withdraw } from './index.ts';
import { contributionKey } from './key.ts';
import { formOf, give, openForm, saidOn, theOne } from './testing-giver.ts';

const { db, owner } = await testDb();
const site = testApp(db);
const pageOf = (id: string, locale = 'en', part = '') =>
  `/${locale}/contributions/${id}${part}?key=${contributionKey(site.config.secret, id)}`;
const guest = () => openBrowser(site.fetch, {});
const said = async (id: string, locale = 'en', part = '') => saidOn(await guest().get(pageOf(id, locale, part)));

test('withdrawn, and the transfer arrives: parked is said first, then that it was sent back', async () => {
  const campaign = await plantCampaign(owner);
  const treasurer = await plantPerson(owner);
  for (const returned of [true, false]) {
    const { id } = await announced(campaign);
    assert.match(await said(id, 'en', '/withdraw'), /You need not send the transfer/);
    await withdraw(db, id);
    assert.match(await said(id), /No transfer has arrived for it\. If yours is on its way already/);
    assert.doesNotMatch(await said(id), /card/);
    const { reference } = await only<{ reference: string }>(db, sql`select reference from contributions where id = ${id}`);
    assert.equal((await receiveTransfer(db, treasurer.id, reference, 2_000n, campaign.host_id)).result, 'parked');
    assert.match(await said(id), /A person is looking at your payment/);
    assert.doesNotMatch(await said(id), /Nothing was charged|has arrived for it/);
    const { id: parked_id } = await only<{ id: string }>(db, sql`select id from parked where contribution_id = ${id}`);
    await resolveParked(db, treasurer.id, parked_id, campaign.host_id, 'Looked at it.', returned);
    const now = await said(id);
    assert.match(
      now,
      returned ? /Your money was sent back €20 for .+ A treasurer of Host of Acequia sent (it|them) back on/ : /settled it on/,
    );
    for (const locale of locales) assert.doesNotMatch(await said(id, locale), /contribution\.\w|[{}]|undefined/);
  }
});

test('what is parked is said in every ended state; where nothing is, the state speaks for itself', async () => {
  const campaign = await plantCampaign(owner);
  for (const state of ['lapsed', 'withdrawn', 'released'] as const) {
    const { id } = await plantContribution(owner, campaign, { state });
    assert.match(await said(id), /Nothing was charged|You were not charged/, state);
    await park(id, campaign.host_id);
    assert.match(await said(id), /A person is looking at your payment/, state);
  }
  const { id } = await plantContribution(owner, campaign, { state: 'collected' });
  await park(id, campaign.host_id);
  assert.match(await said(id), /Your contribution has arrived/);
});

test('the list of other campaigns has none of one’s own, and none is taken', async () => {
  const [campaign, own] = [await plantCampaign(owner), await plantCampaign(owner, { title: { en: 'Mine alone' } })];
  const promoter = await plantPerson(owner, { roles: [{ role: 'promoter', scope: 'project', scope_id: own.project_id }] });
  const browser = openBrowser(site.fetch, { cookie: await sessionCookieFor(owner, site.config, promoter.id) });
  const { page, fields } = await openForm(browser, campaign);
  assert.doesNotMatch(page.text, /Mine alone/);
  assert.match((await openForm(guest(), campaign)).page.text, /Mine alone/);
  const more = { if_failed: 'another_campaign', other: own.campaign_id };
  const refused = await browser.post(formOf(campaign), { ...fields, ...more });
  assert.equal(refused.status, 422);
  assert.match(saidOn(refused), /your own money cannot go on to it/);
  await give(browser, campaign, {});
  const { id } = await theOne(db, campaign);
  const changed = await browser.post(`/en/contributions/${id}/if-failed`, more);
  assert.equal(changed.status, 422);
  assert.match(saidOn(changed), /your own money cannot go on to it/);
});

test('whoever is signed in may not send forms for ever', async () => {
  const campaign = await plantCampaign(owner);
  const person = await plantPerson(owner);
  const browser = openBrowser(site.fetch, { cookie: await sessionCookieFor(owner, site.config, person.id) });
  const { fields } = await openForm(browser, campaign);
  const send = (n: number) =>
    browser.post(formOf(campaign), { ...fields, method: 'transfer', form_key: `${fields.form_key}${n}` });
  for (let n = 0; n < 20; n += 1) assert.equal((await send(n)).status, 303);
  const more = await send(20);
  assert.equal(more.status, 429);
  assert.match(saidOn(more), /Nothing is lost: send this form again after/);
});

test('the definition of the minimum tells the tolerance', async () => {
  const { slug } = await plantCampaign(owner);
  assert.match(saidOn(await guest().get(`/en/projects/${slug}`)), /collecting 95% of it is enough/);
  assert.match(saidOn(await guest().get(`/fr/projects/${slug}`)), /suffit d’en encaisser 95 %/);
  assert.match(saidOn(await guest().get(`/es/projects/${slug}`)), /basta con cobrar el 95 %/);
});

async function announced(campaign: Awaited<ReturnType<typeof plantCampaign>>): Promise<{ id: string }> {
  const page = await give(guest(), campaign, { method: 'transfer' });
  return { id: /contributions\/([0-9a-f-]{36})/.exec(page.location ?? '')?.[1] ?? '' };
}

async function park(contribution_id: string, host_id: string): Promise<void> {
  await sql`insert into parked (id, host_id, gateway, gateway_object, contribution_id, why, amount_cents, currency, parked_at)
    values (gen_random_uuid(), ${host_id}, 'sandbox', ${contribution_id}, ${contribution_id}, 'contribution_had_ended', 2000, 'EUR', moment())`.execute(
    owner,
  );
}
