import assert from 'node:assert/strict';
import { test } from 'node:test';
import { only, sql } from '../src/platform/db.ts';
import { locales } from '../src/platform/i18n.ts';
import { type Browser, openBrowser } from '../src/visits/testing.ts';
import { addressesOf, inTongue, signIn } from './addresses.ts';
import { giftsOf, openHouse } from './house.ts';

const house = await openHouse();
const project = '/n/pays-de-la-loire/projects/atlas-des-haies';
const round_two = '/n/euskadi/projects/voces-del-astillero';
const secrets = ['Wilhelmina', 'Zyprian', 'wz-unseen@example.org', 'Wz-Unseen', 'nobody shall read this sentence', '1347'];

test('an anonymous giver is nowhere: not on a page, in a list, in a file, in the mail of others', async () => {
  for (const where of [project, round_two]) await give(where);
  await house.settle();
  const gifts = await giftsOf(house.db, 'wz-unseen@example.org');
  assert.deepEqual(gifts.map(({ state }) => state).sort(), ['collected', 'secured']);
  const addresses = (await addressesOf(house)).filter(({ who }) => who === 'anyone');
  const files = ['/accounts.csv', '/accounts/campaigns.csv'];
  const pages = ['people', 'ledger', 'budget', 'updates', 'rewards'].map((part) => `${round_two}/${part}`);
  const stranger = openBrowser(house.app.fetch, { origin: house.origin });
  const other = openBrowser(house.app.fetch, { origin: house.origin });
  await signIn(other, 'ana@acequia.example');
  for (const reader of [stranger, other]) {
    for (const path of [...addresses.map(({ path }) => path), ...files, ...pages]) {
      for (const locale of locales) await nowhere(reader, inTongue(path, locale));
    }
    for (const path of [`/explore?q=${encodeURIComponent('Wilhelmina')}`, ...gifts.map(({ id }) => `/contributions/${id}`)]) {
      const found = await reader.get(`/en${path}`);
      assert.doesNotMatch(
        found.text.replaceAll('value="Wilhelmina"', '').replace(/<title>.*?<\/title>|“Wilhelmina”|q=Wilhelmina/gs, ''),
        /unseen|Zyprian/i,
      );
    }
  }
  const { n } = await only<{ n: bigint }>(
    house.db,
    sql`select count(*) as n from mails where to_address <> 'wz-unseen@example.org' and (html || body_text || subject) ~* 'zyprian|wz-unseen|nobody shall read'`,
  );
  assert.equal(n, 0n, 'mails to the promoter and to others do not name them either');
  const told = await only<{ n: bigint }>(house.db, sql`select count(*) as n from events where data::text ~* 'zyprian|wz-unseen'`);
  assert.equal(told.n, 0n, 'events do not carry the name');
});

async function nowhere(reader: Browser, path: string): Promise<void> {
  let page = await reader.get(path);
  for (let hops = 0; hops < 3 && page.location; hops += 1) page = await reader.follow(page);
  assert.ok(page.status < 500, `${path} answers ${page.status}`);
  for (const secret of secrets.slice(0, 5)) {
    assert.ok(!page.text.toLowerCase().includes(secret.toLowerCase()), `${path} tells "${secret}"`);
  }
}

async function give(where: string): Promise<void> {
  const guest = openBrowser(house.app.fetch, { origin: house.origin });
  const page = await guest.get(`/en${where}/contribute`);
  const form_key = /name="form_key" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const giver = {
    name: 'Wilhelmina Zyprian',
    email: 'Wz-Unseen@example.org',
    message: 'nobody shall read this sentence',
    visibility: 'anonymous',
  };
  const start = await guest.post(`/en${where}/contribute`, {
    amount: 'other',
    amount_free: '13.47',
    method: 'sandbox',
    form_key,
    ...giver,
  });
  await guest.follow(await guest.post(start.location ?? '', { card: '4242424242424242' }));
}
