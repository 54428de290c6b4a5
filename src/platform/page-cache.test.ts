import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { openPageCache, shareable } from './page-cache.ts';

let now = 0;
let rendered = 0;
let wait_ms = 0;
let status: 200 | 500 = 200;

const app = new Hono();
app.get('/shared', async (c) => {
  rendered += 1;
  const number = rendered;
  if (wait_ms) await new Promise((done) => setTimeout(done, wait_ms));
  if (status !== 200) return c.text('broken', status);
  shareable(c);
  return c.html(`<p>${number}</p>${'x'.repeat(2_000)}`);
});
app.get('/cookie', (c) => {
  shareable(c);
  c.header('set-cookie', 'a=b');
  return c.text('for one');
});
for (const [path, said] of [
  ['/no-store', 'no-store'],
  ['/private', 'max-age=60, Private'],
] as const) {
  app.get(path, (c) => {
    rendered += 1;
    c.header('cache-control', said);
    shareable(c);
    return c.text(`own ${rendered}`);
  });
}
app.get('/own', (c) => {
  rendered += 1;
  return c.text(`own ${rendered}`);
});

const open = () =>
  openPageCache(
    (request, env) => app.fetch(request, env),
    ['session', 'flash'],
    () => now,
  );
let cache = open();
const ask = async (path: string, headers: Record<string, string> = {}) =>
  cache.fetch(new Request(`http://here${path}`, { headers }), {});
const numberIn = async (response: Response) => /<p>(\d+)/.exec(await response.text())?.[1];
const settle = () => new Promise((done) => setTimeout(done, 20));

beforeEach(() => {
  now = 0;
  rendered = 0;
  wait_ms = 0;
  status = 200;
  cache = open();
});

describe('a page for strangers', () => {
  test('is rendered once for two seconds, by host and address', async () => {
    assert.equal(await numberIn(await ask('/shared')), '1');
    now = 1_999;
    assert.equal(await numberIn(await ask('/shared')), '1');
    assert.equal(await numberIn(await ask('/shared?x=1')), '2');
    assert.equal(await numberIn(await ask('/shared', { host: 'there' })), '3');
    assert.deepEqual(cache.counted, { hits: 1, misses: 3 });
  });

  test('is given stale for two more seconds while one rendering runs, and never older', async () => {
    await ask('/shared');
    now = 2_500;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/shared').then(numberIn)));
    assert.deepEqual(new Set(answers), new Set(['1']));
    await settle();
    assert.equal(rendered, 2);
    assert.equal(await numberIn(await ask('/shared')), '2');
    now = 2_500 + 4_000;
    assert.equal(await numberIn(await ask('/shared')), '3');
  });

  test('asked for by a hundred at once is rendered once', async () => {
    wait_ms = 15;
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask('/shared').then(numberIn)));
    assert.deepEqual(new Set(answers), new Set(['1']));
    assert.equal(rendered, 1);
  });

  test('is never given to whoever carries a session or a flash, and theirs is never kept', async () => {
    await ask('/shared');
    for (const cookie of ['session=x', 'a=b; session=x', 'session =x', 'a=b;\tsession\t= x', 'session=', 'flash=x']) {
      assert.notEqual(await numberIn(await ask('/shared', { cookie })), '1', cookie);
    }
    for (const cookie of ['theme=dark', 'a=session=x', 'my-session=x', 'session', ';;']) {
      assert.equal(await numberIn(await ask('/shared', { cookie })), '1', cookie);
    }
  });

  test('comes packed once, in what the browser reads', async () => {
    const br = await ask('/shared', { 'accept-encoding': 'gzip, deflate, br' });
    assert.equal(br.headers.get('content-encoding'), 'br');
    assert.match(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString(), /<p>1/);
    const gz = await ask('/shared', { 'accept-encoding': 'gzip;q=1, br;q=0' });
    assert.equal(gz.headers.get('content-encoding'), 'gzip');
    assert.match(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString(), /<p>1/);
    assert.match(gz.headers.get('vary') ?? '', /accept-encoding/);
    assert.equal(gz.headers.get('x-same-for-strangers'), null);
  });

  test('that the browser has already is not sent again', async () => {
    const etag = (await ask('/shared')).headers.get('etag') ?? '';
    const again = await ask('/shared', { 'if-none-match': etag });
    assert.equal(again.status, 304);
    assert.equal(await again.text(), '');
    assert.equal((await ask('/shared', { 'if-none-match': '"other"' })).status, 200);
  });
});

describe('not kept', () => {
  test('what its handler did not mark, what sets a cookie, what is not a GET', async () => {
    assert.equal(await (await ask('/own')).text(), 'own 1');
    assert.equal(await (await ask('/own')).text(), 'own 2');
    const first = await ask('/cookie');
    assert.equal(first.headers.get('set-cookie'), 'a=b');
    assert.equal((await ask('/cookie')).headers.get('set-cookie'), 'a=b');
    assert.equal((await cache.fetch(new Request('http://here/shared', { method: 'POST' }), {})).status, 404);
  });

  test('what is marked and yet said to be somebody’s own: it goes to them as it was said', async () => {
    for (const [path, said] of [
      ['/no-store', 'no-store'],
      ['/private', 'max-age=60, Private'],
    ] as const) {
      const first = await ask(path);
      assert.equal(first.headers.get('cache-control'), said);
      assert.equal(first.headers.get('x-same-for-strangers'), null);
      assert.notEqual(await first.text(), await (await ask(path)).text());
    }
  });

  test('what many ask for at once and is each one’s own is rendered for each', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('/own').then((answer) => answer.text())));
    assert.equal(new Set(answers).size, 5);
  });

  test('an error: the next one asks again and is kept', async () => {
    status = 500;
    assert.equal((await ask('/shared')).status, 500);
    status = 200;
    assert.equal(await numberIn(await ask('/shared')), '2');
    assert.equal(await numberIn(await ask('/shared')), '2');
  });

  test('more than five hundred addresses', async () => {
    for (let i = 0; i < 505; i += 1) await ask(`/shared?n=${i}`);
    const before = rendered;
    await ask('/shared?n=504');
    assert.equal(rendered, before);
    await ask('/shared?n=0');
    assert.equal(rendered, before + 1);
  });
});
