import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { type ServerType, serve } from '@hono/node-server';
import chromium from '@sparticuz/chromium';
import { Hono } from 'hono';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';
import { page, renderPage, serveAsset } from '../look/index.ts';
import { exampleVisit } from '../look/testing.ts';
import type { Visit } from '../visits/index.ts';
import { stylePage } from './style.tsx';

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'";
// Run in the page: each thing axe finds, with the first element that shows it.
const audit =
  'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })' +
  '.then((result) => result.violations.map((found) => found.id + ": " + found.nodes[0].html))';
let server: ServerType;
let browser: Browser;
let address: string;

before(async () => {
  const app = new Hono<{ Variables: { visit: Visit } }>();
  app.use(async (c, next) => {
    c.set('visit', exampleVisit('fr'));
    c.header('content-security-policy', policy);
    await next();
  });
  app.get('/assets/*', serveAsset);
  app.get('/', (c) => page(c, { title: 'Style' }, stylePage(c.get('visit'))));
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((listening) => server.once('listening', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const args = [
    ...chromium.args.filter((arg) => !/single-process|zygote/.test(arg)),
    '--no-sandbox',
    '--disable-background-networking',
  ];
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args });
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function visitStyle(
  width: number,
  dark = false,
  scripts = true,
): Promise<{ shown: Page; said: string[]; asked: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  const shown = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  shown.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  shown.on('pageerror', (error) => said.push(error.message));
  shown.on('request', (request) => asked.push(request.url()));
  await shown.goto(address, { waitUntil: 'networkidle' });
  return { shown, said, asked };
}

for (const [width, dark] of [
  [1280, false],
  [1280, true],
  [320, false],
  [320, true],
] as const) {
  test(`axe finds nothing at ${width} px, ${dark ? 'dark' : 'light'}; nothing is wider than the screen; no other host is asked`, async () => {
    const { shown, said, asked } = await visitStyle(width, dark);
    // Through the debugger, not the page: the page's own policy stays as it is.
    await shown.evaluate(axe);
    const found = await shown.evaluate(audit);
    assert.deepEqual(found, []);
    assert.equal(await shown.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'), true);
    assert.deepEqual(said, []);
    for (const url of asked) assert.ok(url.startsWith(address) || url.startsWith('data:'), url);
    await shown.context().close();
  });
}

test('with scripts the sums follow what is chosen and typed', async () => {
  const { shown } = await visitStyle(1280);
  const total = shown.locator('[data-live=total]');
  await shown.getByRole('radio', { name: '50 €' }).check();
  assert.match((await total.textContent()) ?? '', /^50\s€$/);
  await shown.locator('#f-amount-free').fill('35,5');
  assert.equal(await shown.locator('#f-amount-other').isChecked(), true);
  assert.match((await total.textContent()) ?? '', /^35,50\s€$/);
  await shown.getByRole('radio', { name: '2 €' }).check();
  assert.match((await total.textContent()) ?? '', /^37,50\s€$/);
  assert.match((await shown.locator('[data-live=with_you]').textContent()) ?? '', /^21\s875,50\s€$/);
  await shown.context().close();
});

test('without scripts the menu unfolds, choices show what belongs to them, and nothing that needs scripts is shown', async () => {
  const { shown } = await visitStyle(360, false, false);
  const explore = shown.getByRole('navigation', { name: 'Principale' });
  assert.equal(await explore.isVisible(), false);
  await shown.locator('details.fold summary').click();
  assert.equal(await explore.isVisible(), true);
  assert.equal(await shown.locator('copy-text button').isVisible(), false);
  const inside = shown.locator('.choice-inside').first();
  assert.equal(await inside.isVisible(), false);
  await shown.locator('#f-reward-part').check();
  assert.equal(await inside.isVisible(), true);
  await shown.context().close();
});

test('every component in every state, in every language, with nothing inline and no id twice', async () => {
  for (const locale of ['en', 'fr', 'es'] as const) {
    const html = await renderPage(exampleVisit(locale), { title: 'Style' }, stylePage(exampleVisit(locale)));
    assert.doesNotMatch(html, /\sstyle=|<style|<script(?![^>]*\ssrc=)|look\.[a-z_]+|common\.[a-z_]+|\[object|NaN|undefined/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  }
});
