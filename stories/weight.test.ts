import assert from 'node:assert/strict';
import { get } from 'node:http';
import { test } from 'node:test';
import { openBrowser, troublesOf } from '../src/platform/testing-browser.ts';
import { addressesOf } from './addresses.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const hedges = '/fr/n/pays-de-la-loire/projects/atlas-des-haies';

test('a project page without pictures weighs at most 40 KB, its fonts at most 120 KB', async () => {
  for (const path of [hedges, '/es/n/euskadi/projects/llevamealhuerto', '/en/projects/signed-repair']) {
    const page = await read(path);
    const links = [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) => href ?? '');
    const code = [...new Set(links.filter((href) => /\.(css|js)$/.test(href)))];
    const read_code = await Promise.all(code.map(read));
    const code_bytes = read_code.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(
      code.some((href) => href.endsWith('.css')) && code.some((href) => href.endsWith('.js')),
      'it has a style and a script',
    );
    const total = page.bytes + code_bytes;
    assert.ok(total <= 40 * 1024, `${path}: ${page.bytes} bytes of HTML and ${code_bytes} of CSS and JS, compressed`);
    const named = read_code.flatMap(({ text }) =>
      [...text.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map(([, href]) => href ?? ''),
    );
    const fonts = new Set(
      [...links.filter((href) => href.endsWith('.woff2')), ...named].map(
        (href) => new URL(href, `${house.origin}/assets/`).pathname,
      ),
    );
    const weights = await Promise.all([...fonts].map(read));
    const font_bytes = weights.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.ok(fonts.size > 0 && font_bytes <= 120 * 1024, `${fonts.size} fonts weigh ${font_bytes} bytes`);
  }
});

test('public pages ask nobody else for anything, run without an error and keep to their policy', async () => {
  const addresses = await addressesOf(house);
  const { newPage } = await openBrowser();
  const page = await newPage({ locale: 'fr-FR' });
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== house.origin) elsewhere.push(`${page.url()} asks ${origin}`);
  });
  for (const { path } of addresses.filter(({ who }) => who === 'anyone' || who === 'holder')) {
    const answer = await page.goto(`${house.origin}/fr${path}`, { waitUntil: 'load' });
    const policy = answer?.headers()['content-security-policy'] ?? '';
    assert.match(policy, /default-src|script-src/, path);
    assert.doesNotMatch(policy, /unsafe|https?:\/\/(?!localhost)|\*/, path);
  }
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(
    [...troublesOf(page)].filter((trouble) => !/status of 4\d\d/.test(trouble)),
    [],
  );
});

type Weighed = { bytes: number; text: string };

/** The bytes that travel, and what they say. */
async function read(path: string): Promise<Weighed> {
  const bytes = await travel(path);
  const answer = await fetch(house.origin + path);
  assert.equal(answer.status, 200, path);
  return { bytes, text: path.endsWith('.woff2') ? '' : await answer.text() };
}

function travel(path: string): Promise<number> {
  return new Promise((done, fail) => {
    get(house.origin + path, { headers: { 'accept-encoding': 'br, gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => done(bytes));
      answer.on('error', fail);
    }).on('error', fail);
  });
}
