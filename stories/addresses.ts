import assert from 'node:assert/strict';
import { newId } from '../src/kit/index.ts';
import { only, row, sql } from '../src/platform/db.ts';
import { policy, type Who } from '../src/policy.ts';
import { stopCampaign } from '../src/rounds/index.ts';
import { type Browser, openBrowser } from '../src/visits/testing.ts';
import { type House, password } from './house.ts';

/** A page with everything that its address needs. Bare: without language; with its node. */
export type Address = { rule: string; who: Who; path: string };

const hedges = '/n/pays-de-la-loire/projects/atlas-des-haies';
const shipyard = '/n/euskadi/projects/voces-del-astillero';

/** Every page of the installation that a person may look at, each at least once, in a town where there is something to see on each. */
export async function addressesOf(house: House): Promise<Address[]> {
  const known = await makeThings(house);
  const pages = policy.filter(({ method, path }) => method === 'GET' && !machines.has(path));
  return pages.flatMap(({ path, who }) => {
    const found = known[path];
    assert.ok(found, `${path} is new: give it an address in stories/addresses.ts`);
    return found.map((address) => ({ rule: path, who, path: address }));
  });
}

/** What nobody looks at as a page: read by programs, or only leading elsewhere. */
const machines = new Set([
  '/live',
  '/ready',
  '/version',
  '/metrics',
  '/assets/*',
  '/favicon.ico',
  '/robots.txt',
  '/mail-stop/:key',
  '/accounts.csv',
  '/accounts/campaigns.csv',
  '/contributions/:id/return',
  '/sandbox/pay/:id',
]);

const parts = ['budget', 'rewards', 'returns', 'hands', 'updates', 'people', 'ledger', 'calendar', 'poster'];
const alone = [
  ...[
    '/commons',
    '/accounts',
    '/accounts/campaigns',
    '/how',
    '/team',
    '/terms',
    '/accessibility',
    '/software',
    '/sign-in',
    '/sign-in/link',
    '/sign-up',
  ],
  ...[
    '/verify',
    '/forgot',
    '/reset',
    '/me',
    '/me/sessions',
    '/me/wallet',
    '/me/contributions',
    '/desk',
    '/desk/cash',
    '/desk/log',
  ],
  ...[
    '/desk/money',
    '/desk/money/transfers',
    '/desk/money/parked',
    '/desk/money/refunds',
    '/desk/money/declined',
    '/desk/money/acts',
  ],
  ...['/dev/clock', '/dev/mail', '/dev/style'],
];

async function makeThings(house: House): Promise<Record<string, string[]>> {
  const saved = await give(house, hedges, '4242424242424242');
  const charged = await give(house, shipyard, '4000000000000151');
  await give(house, hedges, '4000000000000143');
  const waiting = await give(house, hedges, null);
  await house.settle();
  const campaign = await campaignOf(house, 'voces-del-astillero');
  const cash = await recordCash(house);
  await stopCampaign(
    house.db,
    campaign.steward_id,
    campaign.node_id,
    campaign.id,
    'Stopped so that there is something to send back.',
  );
  await house.settle();
  const one = (query: ReturnType<typeof sql>) => only<{ id: string }>(house.db, query).then(({ id }) => id);
  const parked = await one(sql`select id from parked where resolved_at is null limit 1`);
  const refund = await one(sql`select id from refunds where state in ('refused', 'by_hand') limit 1`);
  const mail = await one(sql`select id from mails where kind = 'giver_secured' limit 1`);
  const stop_key = await row<{ key: string }>(
    house.db,
    sql`select substring(html from '/mail/([A-Za-z0-9_.-]+)') as key from mails where html ~ '/mail/' limit 1`,
  );
  const ending = await campaignOf(house, 'sonder-l-erdre');
  const receipt = (address: string) => address.replace('?', '/receipt?');
  return {
    ...Object.fromEntries(alone.map((path) => [path, [path]])),
    '/': ['/', '/n/euskadi/'],
    '/explore': ['/explore', '/explore?view=map', '/explore?q=hedges&needs=hands'],
    '/projects/:slug': [
      hedges,
      shipyard,
      '/n/euskadi/projects/llevamealhuerto',
      '/projects/signed-repair',
      '/projects/menu-comun',
    ],
    ...Object.fromEntries(parts.map((part) => [`/projects/:slug/${part}`, [`${hedges}/${part}`]])),
    '/projects/:slug/contribute': [`${hedges}/contribute`, `${shipyard}/contribute`],
    '/contributions/:id': [saved, charged, waiting],
    '/contributions/:id/receipt': [receipt(saved), receipt(charged)],
    '/contributions/:id/withdraw': [saved.replace('?', '/withdraw?')],
    '/mail/:key': [`/mail/${stop_key?.key ?? 'nobody'}`],
    '/desk/campaigns/:id/stop': [`/n/pays-de-la-loire/desk/campaigns/${ending.id}/stop`],
    '/desk/cash/:id': [`/n/pays-de-la-loire/desk/cash/${cash}`],
    '/desk/money/parked/:id': [`/n/pays-de-la-loire/desk/money/parked/${parked}`],
    '/desk/money/refunds/:id': [`/desk/money/refunds/${refund}`],
    '/dev/mail/:id': [`/dev/mail/${mail}`],
    '/dev/mail/:id/html': [`/dev/mail/${mail}/html`],
  };
}

/** A guest gives by card, or by transfer (null). Answers the address of the contribution, with its key. */
async function give(house: House, project: string, card: string | null): Promise<string> {
  const guest = openBrowser(house.app.fetch, { origin: house.origin });
  const page = await guest.get(`/en${project}/contribute`);
  const form_key = /name="form_key" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const giver = { name: 'Thomas Garnier', email: 'thomas@example.org', message: 'For the hedgehogs.', visibility: 'public' };
  const start = await guest.post(`/en${project}/contribute`, {
    amount: '2000',
    method: card ? 'sandbox' : 'transfer',
    form_key,
    ...giver,
  });
  assert.equal(start.status, 303);
  const back = card ? await guest.follow(await guest.post(start.location ?? '', { card })) : start;
  return (back.location ?? '').replace(/^\/en/, '').replace(/&.*$/, '');
}

async function campaignOf({ db }: House, slug: string): Promise<{ id: string; node_id: string; steward_id: string }> {
  return only(
    db,
    sql`select k.id, k.node_id, (select id from people where email = 'steward@acequia.example') as steward_id
          from campaigns k join projects p on p.id = k.project_id where p.slug = ${slug}`,
  );
}

/** Cash that one steward recorded, and another is to confirm. */
async function recordCash(house: House): Promise<string> {
  const steward = openBrowser(house.app.fetch, { origin: house.origin });
  await signIn(steward, 'steward@acequia.example');
  const page = await steward.get('/en/n/pays-de-la-loire/desk/cash');
  const value = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? newId();
  const campaign = await campaignOf(house, 'sonder-l-erdre');
  await steward.post('/en/n/pays-de-la-loire/desk/cash', {
    form_key: value('form_key'),
    campaign: campaign.id,
    amount: '1200',
    name: 'Marta Cano',
    email: 'marta@example.org',
    visibility: 'public',
  });
  const found = await row<{ id: string }>(
    house.db,
    sql`select id from contributions where method = 'cash' order by started_at desc limit 1`,
  );
  assert.ok(found, 'the steward recorded the cash');
  return found.id;
}

export async function signIn(browser: Browser, email: string): Promise<void> {
  await browser.get('/en/sign-in');
  const answer = await browser.post('/en/sign-in', { email, password });
  assert.equal(answer.status, 303, `${email} signs in`);
}

/** The same page in another language. */
export function inTongue(path: string, locale: string): string {
  return `/${locale}${path === '/' ? '' : path}`;
}
