import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { axe, openBrowser, troublesOf } from './testing-browser.ts';

const csp = "default-src 'none'; style-src 'self'; script-src 'self'";
const pages: Record<string, string> = {
  '/good':
    '<!doctype html><html lang="en"><head><title>Good</title></head><body><main><h1>Good</h1><p>Words.</p></main></body></html>',
  '/bad':
    '<!doctype html><html><head><title></title></head><body><img src="data:,x"><script>document.title = "inline"</script></body></html>',
  '/dark':
    '<!doctype html><html lang="en"><head><title>x</title><link rel="stylesheet" href="/dark.css"></head><body><h1>x</h1></body></html>',
};
const server = createServer((request, response) => {
  const css = request.url === '/dark.css';
  response.setHeader('content-type', css ? 'text/css' : 'text/html');
  response.setHeader('content-security-policy', csp);
  response.end(css ? '@media (prefers-color-scheme: dark) { h1 { width: 77px } }' : (pages[request.url ?? ''] ?? ''));
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
after(() => server.close());
const address = server.address();
const origin = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
const { newPage } = await openBrowser();

test('axe runs under a strict policy and finds nothing on a good page', async () => {
  const page = await newPage();
  await page.goto(`${origin}/good`);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(troublesOf(page), []);
});

test('axe finds what is wrong, and the policy still stands', async () => {
  const page = await newPage();
  await page.goto(`${origin}/bad`);
  const found = await axe(page);
  for (const rule of ['html-has-lang', 'image-alt', 'document-title'])
    assert.ok(
      found.some((line) => line.startsWith(rule)),
      rule,
    );
  assert.match(troublesOf(page).join('\n'), /Content Security Policy/);
  assert.notEqual(await page.title(), 'inline');
});

test('width, dark and no scripts are as asked', async () => {
  const page = await newPage({ width: 320, scheme: 'dark', locale: 'fr' });
  await page.goto(`${origin}/dark`);
  assert.equal((await page.locator('h1').boundingBox())?.width, 77);
  assert.equal(await page.evaluate(() => innerWidth), 320);
  assert.equal(await page.evaluate(() => navigator.language), 'fr');
  const plain = await newPage({ javascript: false });
  await plain.goto(`${origin}/good`);
  assert.equal(await plain.locator('h1').innerText(), 'Good');
});
