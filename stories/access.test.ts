import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { locales, speak } from '../src/platform/i18n.ts';
import { axe, openBrowser as openRealBrowser, troublesOf } from '../src/platform/testing-browser.ts';
import type { Who } from '../src/policy.ts';
import { openBrowser } from '../src/visits/testing.ts';
import { type Address, addressesOf, inTongue, signIn } from './addresses.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const addresses = await addressesOf(house);
const { newPage } = await openRealBrowser();

/** Whose eyes look at a page: those who may, and for what is everybody's also somebody signed in, whose header differs. */
const eyes: Record<Who, readonly string[]> = {
  anyone: ['nobody'],
  holder: ['nobody'],
  development: ['nobody'],
  signed_in: ['ana@acequia.example'],
  steward: ['steward@acequia.example'],
  treasurer: ['treasurer@acequia.example'],
  operator: ['operator@acequia.example'],
};
const by_eyes = Map.groupBy(
  addresses.flatMap((address) => eyes[address.who].map((who) => ({ ...address, eyes: who }))),
  (seen) => seen.eyes,
);
by_eyes.get('ana@acequia.example')?.push(
  ...addresses
    .filter(({ rule }) => ['/', '/projects/:slug', '/projects/:slug/contribute'].includes(rule))
    .slice(0, 4)
    .map((address) => ({ ...address, eyes: 'ana@acequia.example' })),
);

for (const [who, seen] of by_eyes) {
  test(`every page is for everybody: light, dark, 320 px, as ${who}`, async () => {
    const page = await newPage({ more: { storageState: await stateOf(who) } });
    const wrong: string[] = [];
    for (const { path } of seen) wrong.push(...(await lookAt(page, path)));
    // A page that a key in a mail opens says 422 without it, and the browser says so, too.
    const troubles = troublesOf(page).filter((trouble) => !/status of 422/.test(trouble));
    assert.deepEqual([...new Set([...wrong, ...troubles])], []);
  });
}

test('the payment page of the sandbox, too', async () => {
  const guest = openBrowser(house.app.fetch, { origin: house.origin });
  const form = await guest.get('/en/projects/menu-comun/contribute');
  const form_key = /name="form_key" value="([^"]*)"/.exec(form.text)?.[1] ?? '';
  const giver = { amount: '2000', method: 'sandbox', form_key, name: 'Thomas Garnier', email: 'thomas2@example.org' };
  const start = await guest.post('/en/projects/menu-comun/contribute', giver);
  const page = await newPage();
  const wrong = await lookAt(page, new URL(start.location ?? '').pathname, '');
  assert.deepEqual([...wrong, ...troublesOf(page)], []);
});

test('every page speaks every language, and nothing but that language', async () => {
  const wrong: string[] = [];
  for (const [who, seen] of by_eyes) {
    const browser = openBrowser(house.app.fetch, { origin: house.origin });
    if (who !== 'nobody') await signIn(browser, who);
    for (const address of seen.filter(({ rule }) => !rule.endsWith('/html'))) {
      for (const locale of locales) wrong.push(...(await readIn(browser, address, locale)));
    }
  }
  assert.deepEqual(wrong, []);
});

/** What is wrong with a page in light, in dark, and on the narrowest telephone. */
async function lookAt(page: Page, path: string, tongue = '/en'): Promise<string[]> {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  const answer = await page.goto(house.origin + tongue + path);
  const where = `${path}:`;
  if (!answer || answer.status() >= 500) return [`${where} answers ${answer?.status()}`];
  const wrong = (await axe(page)).map((each) => `${where} light: ${each}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  wrong.push(...(await axe(page)).map((each) => `${where} dark: ${each}`));
  await page.setViewportSize({ width: 320, height: 640 });
  wrong.push(...(await axe(page)).map((each) => `${where} 320 px: ${each}`));
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  if (width > 320) wrong.push(`${where} is ${width} px wide where 320 are`);
  return wrong;
}

type Kept = {
  cookies: {
    name: string;
    value: string;
    domain: string;
    path: string;
    expires: number;
    httpOnly: boolean;
    secure: boolean;
    sameSite: 'Lax';
  }[];
  origins: [];
};

/** What the browser of somebody who has signed in keeps. */
async function stateOf(who: string): Promise<Kept> {
  const browser = openBrowser(house.app.fetch, { origin: house.origin });
  if (who !== 'nobody') await signIn(browser, who);
  const kept = { domain: 'localhost', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' } as const;
  return { cookies: [...browser.cookies].map(([name, value]) => ({ name, value, ...kept })), origins: [] };
}

/** Pages that a key in a mail opens; without it they say so. */
const opened_by_mail = new Set(['/verify', '/reset']);

const areas =
  'common|look|sign|home|explore|commons|how|node|project|accounts|contribute|contribution|wallet|sandbox|refusal|mail|desk|dev';
const bare_key = new RegExp(`(?<![\\w./@-])(?:${areas})\\.[a-z]\\w*(?:_\\w+|\\b)(?![./@])`, 'g');

async function readIn(
  browser: ReturnType<typeof openBrowser>,
  { path, rule }: Address,
  locale: (typeof locales)[number],
): Promise<string[]> {
  const t = speak(locale);
  let page = await browser.get(inTongue(path, locale));
  for (let hops = 0; hops < 3 && page.location; hops += 1) page = await browser.follow(page);
  const where = `${locale} ${path}`;
  const wrong: string[] = [];
  if (page.status >= 500 || (page.status >= 400 && !opened_by_mail.has(rule))) return [`${where} answers ${page.status}`];
  if (!page.text.includes(`<html lang="${locale}"`)) wrong.push(`${where}: its language is not said`);
  const words = page.text
    .replace(/<(script|style|code|pre)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(
      / (?:href|src|action|value|id|for|class|name|content|data-[\w-]+|aria-(?:describedby|labelledby|controls))="[^"]*"/g,
      '',
    );
  for (const key of rule === '/dev/style' ? [] : (words.match(bare_key) ?? []))
    wrong.push(`${where}: the message ${key} is missing`);
  const nav = /<nav aria-label="([^"]*)"><ul>(.*?)<\/ul>/s.exec(page.text);
  const names = [...(nav?.[2] ?? '').matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, name]) => name);
  const wanted = (['look.nav_explore', 'look.nav_hands', 'look.nav_commons', 'look.nav_accounts', 'look.nav_how'] as const).map(
    (key) => t(key),
  );
  if (nav && names.join('|') !== wanted.join('|')) wrong.push(`${where}: its navigation says ${names.join(', ')}`);
  const listed = !/<meta name="robots" content="noindex"/.test(page.text) && page.status === 200;
  const others = [...page.text.matchAll(/<link rel="alternate" hreflang="(\w+)"/g)].map(([, lang]) => lang);
  if (listed && !locales.every((each) => others.includes(each)))
    wrong.push(`${where}: hreflang names ${others.join(', ') || 'nothing'}`);
  return wrong;
}
