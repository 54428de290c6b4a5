import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, only, sql } from '../platform/db.ts';
import type { PlantedCampaign } from '../projects/testing-fixtures.ts';
import type { Browser, Read } from '../visits/testing.ts';

/** A giver with a browser without scripts: opens the form, sends it, walks through the payment page. For tests. */
export const card = {
  good: '4242424242424242',
  declined: '4000000000000002',
  asks: '4000000000003155',
  later: '4000000000000341',
  once: '4000000000000368',
  lost: '4000000000000119',
  doubled: '4000000000000127',
  late: '4000000000000135',
  wrong: '4000000000000143',
};

export const formOf = (campaign: PlantedCampaign) => `/en/projects/${campaign.slug}/contribute`;

/** The fields that stand in the form as it was opened, with who gives. */
export async function openForm(
  browser: Browser,
  campaign: PlantedCampaign,
  query = '',
): Promise<{ page: Read; fields: Record<string, string> }> {
  const page = await browser.get(formOf(campaign) + query);
  assert.equal(page.status, 200, page.text.slice(0, 300));
  const form_key = /name="form_key" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  return {
    page,
    fields: {
      form_key,
      amount: '2000',
      wish: 'needed',
      email: 'giver@example.org',
      name: 'Ana López',
      method: 'sandbox',
      tip: '0',
    },
  };
}

/** Opens and sends the form; answers where it leads. */
export async function give(browser: Browser, campaign: PlantedCampaign, more: Record<string, string> = {}): Promise<Read> {
  const { fields } = await openForm(browser, campaign);
  const sent = await browser.post(formOf(campaign), { ...fields, ...more });
  assert.equal(sent.status, 303, sent.text.slice(0, 3_000));
  return sent;
}

/** Chooses a card on the payment page, says yes where its bank asks; answers the way back. */
export async function pay(browser: Browser, checkout: string | null, number = card.good): Promise<Read> {
  const paid = await browser.post(checkout ?? '', { card: number });
  return number === card.asks && paid.status === 200 ? browser.post(checkout ?? '', { card: number, answer: 'yes' }) : paid;
}

/** Gives, pays and comes back: the page of the contribution. */
export async function giveByCard(
  browser: Browser,
  campaign: PlantedCampaign,
  more: Record<string, string> = {},
  number = card.good,
): Promise<Read & { address: string }> {
  const sent = await give(browser, campaign, more);
  const back = await browser.follow(await pay(browser, sent.location, number));
  assert.equal(back.status, 303);
  return { ...(await browser.follow(back)), address: back.location ?? '' };
}

export type Kept = {
  id: string;
  state: string;
  amount_cents: bigint;
  person_id: string | null;
  form_key: string;
  visibility: string;
  if_failed: string;
};

export function contributionsOf(db: Db, campaign: PlantedCampaign): Promise<{ count: bigint }> {
  return only(db, sql`select count(*) from contributions where campaign_id = ${campaign.campaign_id}`);
}

/** The only contribution of a campaign. */
export function theOne(db: Db, campaign: PlantedCampaign): Promise<Kept> {
  return only<Kept>(db, sql`select * from contributions where campaign_id = ${campaign.campaign_id}`);
}

/** What follows in the background has a second to become true. */
export async function soon<R>(ask: () => Promise<R>, holds: (found: R) => boolean): Promise<R> {
  let found = await ask();
  for (let turn = 0; turn < 50 && !holds(found); turn += 1) {
    await sleep(20);
    found = await ask();
  }
  return found;
}

/** What a page says to its reader, without its markup: for messages of tests that fit on a screen. */
export function saidOn(page: { text: string }): string {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(page.text)?.[1] ?? page.text;
  return main
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([.,;:])/g, '$1')
    .trim();
}
