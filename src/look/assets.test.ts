import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { Hono } from 'hono';
import { assetSizes, assetText, assetUrl, nodeCssUrl, prepareAssets, serveAsset } from './assets.ts';
import { usual_look } from './node-look.ts';

const app = new Hono().get('/assets/*', serveAsset);
const euskadi = {
  light: { water: 'oklch(0.45 0.09 160)', clay: 'oklch(0.5 0.15 25)' },
  dark: { water: 'oklch(0.8 0.09 160)', clay: 'oklch(0.72 0.13 30)' },
};

before(prepareAssets);

test('names change with content and are kept for ever', async () => {
  assert.match(assetUrl('app.css'), /^\/assets\/app-[A-Z0-9]{8}\.css$/);
  const answer = await app.request(assetUrl('app.css'));
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'text/css; charset=utf-8');
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(answer.headers.get('content-encoding'), null);
});

test('the smallest form the browser reads', async () => {
  const small = await app.request(assetUrl('app.js'), { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(small.headers.get('content-encoding'), 'br');
  assert.equal(brotliDecompressSync(Buffer.from(await small.arrayBuffer())).toString(), assetText('app.js'));
  const older = await app.request(assetUrl('app.js'), { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(older.headers.get('content-encoding'), 'gzip');
});

test('what does not exist is not found', async () => {
  for (const path of [
    '/assets/nothing.css',
    '/assets/..%2fpackage.json',
    '/assets/',
    '/assets/node-x-1~2~3~4.css',
    '/assets/node-x-9_9_9~1_1_1~1_1_1~1_1_1.css',
  ]) {
    assert.equal((await app.request(path)).status, 404, path);
  }
});

test('weights: style and script small, fonts together at most 120 KB', () => {
  const sizes = assetSizes();
  assert.ok((sizes.get('app.js') ?? Infinity) < 6 * 1024, `script ${sizes.get('app.js')}`);
  assert.ok((sizes.get('app.css') ?? Infinity) < 16 * 1024, `style ${sizes.get('app.css')}`);
  const fonts = [...sizes].filter(([name]) => name.endsWith('.woff2')).reduce((sum, [, size]) => sum + size, 0);
  assert.ok(fonts <= 120 * 1024, `fonts ${fonts}`);
});

test('the style sheet asks for nothing from another host', () => {
  const css = assetText('app.css');
  const urls = [...css.matchAll(/url\(\s*["']?([^"')]+)/g)].map(([, url]) => url ?? '');
  assert.ok(urls.length >= 4);
  for (const url of urls) assert.match(url, /^(\/assets\/[\w.-]+\.woff2|data:image\/svg\+xml)/);
  assert.doesNotMatch(css.replaceAll('http://www.w3.org/2000/svg', ''), /https?:|@import/);
});

test('a node brings its own colours in the name of its style sheet', async () => {
  assert.equal(nodeCssUrl('acequia', usual_look), null);
  const url = nodeCssUrl('euskadi', euskadi);
  assert.ok(url);
  const answer = await app.request(url);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /--water:light-dark\(oklch\(0\.45 0\.09 160\),oklch\(0\.8 0\.09 160\)\)/);
});

test('colours that nobody could read have no style sheet', () => {
  assert.equal(nodeCssUrl('x', { ...euskadi, light: { water: 'oklch(0.9 0.05 200)', clay: 'oklch(0.9 0.05 30)' } }), null);
});
