import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { Refusal } from './kit/index.ts';
import { plantNode } from './nodes/testing.ts';
import { plantPerson, sessionCookieFor } from './people/testing.ts';
import { connect, run, sql, transact } from './platform/db.ts';
import { testDb } from './platform/testing.ts';
import { answerError } from './refused.tsx';
import { testApp } from './testing-app.ts';
import type { AppEnv } from './visits/index.ts';
import { openBrowser } from './visits/testing.ts';

const { db, url } = await testDb();
const app = testApp(db);
const { config, deps } = app;
const https = { ...config, origin: 'https://acequia.example', production: true };
const safe = testApp(db, { config: https });
const ask = (path: string, headers: Record<string, string> = {}) =>
  app.fetch(new Request(`http://localhost:3000${path}`, { headers }), {});
const whereTo = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await ask(path, headers);
  return `${answer.status} ${answer.headers.get('location') ?? ''}`.trim();
};

before(async () => {
  await plantNode(db);
  await plantNode(db, { slug: 'euskadi' });
  await plantNode(db, { slug: 'loire', domain: 'loire.example' });
});

describe('the address of a page', () => {
  test('has a language: the best one of the reader’s', async () => {
    assert.equal(await whereTo('/sign-in', { 'accept-language': 'es-ES,es;q=0.9,en;q=0.5' }), '302 /es/sign-in');
    assert.equal(await whereTo('/sign-in?next=/x', { 'accept-language': 'de' }), '302 /en/sign-in?next=/x');
    assert.match((await ask('/sign-in')).headers.get('vary') ?? '', /accept-language/);
  });
  test('names a node, except the main one', async () => {
    assert.match(await (await ask('/fr/n/euskadi/sign-in')).text(), /Nœud euskadi/);
    assert.equal(await whereTo('/fr/n/main/sign-in'), '302 /fr/sign-in');
    assert.equal(await whereTo('/fr/n/nowhere/sign-in'), '404');
  });
  test('names no node on the node’s own domain, and leads home for others', async () => {
    const there = await ask('/fr/sign-in', { host: 'loire.example' });
    assert.match(await there.text(), /Nœud loire/);
    assert.equal(await whereTo('/fr/n/loire/sign-in', { host: 'loire.example' }), '302 /fr/sign-in');
  });
  test('has no slash at its end', async () => {
    assert.equal(await whereTo('/en/sign-in/?next=/x'), '302 /en/sign-in?next=/x');
    assert.equal(await whereTo('/en/nothing/'), '404');
  });
  test('that is not there gets a friendly page in the reader’s language', async () => {
    const answer = await ask('/es/nada');
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /Nada en esta dirección/);
    assert.equal(await whereTo('/wp-login.php'), '404');
  });
});

describe('nonsense is never a 500', () => {
  const nul = '%00';
  for (const path of [
    `/en/${nul}`,
    '/en/%ff',
    '/en/%',
    '/en/%ed%a0%80',
    `/en/sign-in?x=${nul}`,
    '/en/sign-in?x=%c3',
    `/en/sign-in?${'x'.repeat(5_000)}`,
  ]) {
    test(path.slice(0, 40), async () => assert.match(await whereTo(path), /^(400|404)/));
  }
  test('a form with NUL, with two hundred fields, of a strange kind, too large', async () => {
    const post = (body: string, type = 'application/x-www-form-urlencoded') =>
      app.fetch(
        new Request('http://localhost:3000/en/sign-in', {
          method: 'POST',
          body,
          headers: { 'content-type': type, 'sec-fetch-site': 'same-origin' },
        }),
        {},
      );
    assert.equal((await post('email=a%00b')).status, 400);
    assert.equal((await post(Array.from({ length: 300 }, (_, n) => `f${n}=1`).join('&'))).status, 400);
    assert.equal((await post('--x\r\nbroken', 'multipart/form-data; boundary=y')).status, 400);
    assert.equal((await post('{"email":1}', 'application/json')).status, 422);
    assert.equal((await post(`email=${'x'.repeat(70_000)}`)).status, 400);
    assert.equal((await post('email[]=a&email[]=b&__proto__=c&constructor=d')).status, 422);
    assert.equal(
      (await post(`email=${encodeURIComponent(`a${'\u0301'.repeat(10_000)}@example.org`)}&password=abcdefgh1`)).status,
      422,
    );
  });
});

describe('every answer', () => {
  test('is packed, for those who carry a cookie, too', async () => {
    for (const cookie of ['', 'session=nobody.nothing']) {
      const answer = await ask('/en/how', { 'accept-encoding': 'gzip', cookie });
      assert.equal(answer.headers.get('content-encoding'), 'gzip');
      assert.equal(answer.headers.get('x-same-for-strangers'), null);
    }
  });
  const cases: [string, () => Promise<Response> | Response, number][] = [
    ['a page', () => ask('/en/sign-in'), 200],
    ['a redirect', () => ask('/sign-in'), 302],
    ['nothing', () => ask('/en/nothing'), 404],
    ['nonsense', () => ask('/en/%00'), 400],
    ['a machine’s page', () => ask('/live'), 200],
    ['a missing asset', () => ask('/assets/nothing.css'), 404],
    ['a refused form', () => app.fetch(new Request('http://localhost:3000/en/sign-in', { method: 'POST' }), {}), 403],
  ];
  for (const [what, get, status] of cases) {
    test(`${what} carries the security headers`, async () => {
      const answer = await get();
      assert.equal(answer.status, status);
      const csp = answer.headers.get('content-security-policy') ?? '';
      for (const part of [
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ]) {
        assert.ok(csp.includes(part), part);
      }
      assert.doesNotMatch(csp, /unsafe|\*|https?:/);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      assert.equal(answer.headers.get('referrer-policy'), 'same-origin');
      assert.ok(answer.headers.get('permissions-policy'));
      assert.ok(answer.headers.get('cache-control'));
      assert.equal(answer.headers.get('strict-transport-security'), null);
    });
  }
  test('is told over https only where the site is https', async () => {
    const answer = await safe.fetch(new Request('https://acequia.example/en/sign-in'), {});
    assert.match(answer.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/);
  });
  test('has nothing inline', async () => {
    const text = await (await ask('/en/sign-in')).text();
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/);
  });
  test('is packed where the browser reads it', async () => {
    const answer = await ask('/en/sign-in', { 'accept-encoding': 'gzip, br' });
    assert.equal(answer.headers.get('content-encoding'), 'gzip');
    assert.match(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString(), /<\/html>/);
  });
  test('to HEAD is the one to GET without a body', async () => {
    const answer = await app.fetch(new Request('http://localhost:3000/en/sign-in', { method: 'HEAD' }), {});
    assert.equal(answer.status, 200);
    assert.equal(await answer.text(), '');
  });
});

describe('cookies', () => {
  test('are bound to the host, secure and closed to scripts where the site is https', async () => {
    const person = await plantPerson(db);
    const cookie = await sessionCookieFor(db, https, person.id);
    assert.match(cookie, /^__Host-session=/);
    const b = openBrowser(safe.fetch, { origin: 'https://acequia.example', cookie });
    assert.equal((await b.get('/en/me')).status, 200);
    const left = await b.post('/en/sign-out', {});
    for (const line of left.headers.getSetCookie()) {
      assert.match(line, /^__Host-/);
      for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) assert.ok(line.includes(part), `${part} in ${line}`);
      assert.doesNotMatch(line, /Domain/i);
    }
    assert.equal((await b.get('/en/me')).status, 303);
  });
  test('are not set for strangers who only read', async () => {
    assert.deepEqual((await ask('/en/sign-in')).headers.getSetCookie(), []);
  });
  test('that we did not sign open nothing', async () => {
    for (const cookie of ['session=x', 'session=x.y', `session=${'x'.repeat(5_000)}`, 'session=%E0%A4%A', 'session', '; ;=;']) {
      assert.equal(await whereTo('/en/me', { cookie }), '303 /en/sign-in?next=%2Fme');
    }
  });
  test('written with a space, as some clients do, are nobody else’s: the page that is made is kept for no stranger', async () => {
    const mallory = await plantPerson(db, { name: 'Mallory Was Here' });
    const cookie = (await sessionCookieFor(db, config, mallory.id)).replace('=', ' =');
    const own = await ask('/en/how', { cookie });
    assert.equal(own.headers.get('cache-control'), 'no-store');
    assert.match(await own.text(), /Mallory Was Here/);
    const strangers = await ask('/en/how');
    assert.equal(strangers.status, 200);
    assert.doesNotMatch(await strangers.text(), /Mallory Was Here/);
  });
  test('of staff end after half an hour of rest or half a day', async () => {
    const roles = [{ role: 'operator', scope: 'installation', scope_id: null }] as const;
    const [staff, other] = [await plantPerson(db, { roles }), await plantPerson(db)];
    for (const [person, what, expected] of [
      [staff, `updated_at = now() - interval '29 minutes'`, '200'],
      [staff, `updated_at = now() - interval '31 minutes'`, '303 /en/sign-in?next=%2Fme'],
      [staff, `created_at = now() - interval '13 hours'`, '303 /en/sign-in?next=%2Fme'],
      [other, `created_at = now() - interval '13 hours', updated_at = now() - interval '13 hours'`, '200'],
      [other, `expires_at = now() - interval '1 second'`, '303 /en/sign-in?next=%2Fme'],
    ] as const) {
      const cookie = await sessionCookieFor(db, config, person.id);
      await transact(db, (trx) => run(trx, sql`update sessions set ${sql.raw(what)} where person_id = ${person.id}`));
      assert.equal(await whereTo('/en/me', { cookie }), expected, what);
      await transact(db, (trx) => run(trx, sql`delete from sessions`));
    }
  });
});

describe('forms', () => {
  test('from elsewhere, or with somebody else’s token, change nothing', async () => {
    const ana = await plantPerson(db, { name: 'Ana' });
    const eve = await plantPerson(db, { name: 'Eve' });
    const b = openBrowser(app.fetch, { cookie: await sessionCookieFor(db, config, ana.id) });
    const e = openBrowser(app.fetch, { cookie: await sessionCookieFor(db, config, eve.id) });
    const token = /name="csrf" value="([^"]+)"/.exec((await e.get('/en/me')).text)?.[1] ?? '';
    const page = await b.get('/en/me');
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(
      (
        await b.post(
          '/en/me',
          { name: 'Stolen', locale: 'en' },
          { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        )
      ).status,
      403,
    );
    const stale = await b.post('/en/me', { name: 'Stolen', locale: 'en', csrf: token });
    assert.equal(stale.status, 403);
    assert.match(stale.text, /opened before you signed in or out/);
    assert.doesNotMatch((await b.get('/en/me')).text, /Stolen/);
    assert.equal((await b.post('/en/me', { name: 'Anna', locale: 'en' })).status, 303);
  });
});

describe('health', () => {
  test('/live asks nothing of anybody, /ready says what is wrong', async () => {
    const ready = await ask('/ready');
    const { problems } = (await ready.json()) as { problems: Record<string, string> };
    // Other tests on the same machine may keep this process waiting.
    assert.deepEqual(
      Object.keys(problems).filter((name) => name !== 'event_loop'),
      [],
    );
    const away = connect('postgres://nobody:x@127.0.0.1:1/none');
    const alone = testApp(away.db);
    assert.equal((await alone.fetch(new Request('http://localhost/live'), {})).status, 200);
    const not = await alone.fetch(new Request('http://localhost/ready'), {});
    assert.equal(not.status, 503);
    assert.ok('database' in ((await not.json()) as { problems: object }).problems);
    const page = await alone.fetch(new Request('http://localhost:3000/fr/sign-in'), {});
    assert.equal(page.status, 503);
    assert.ok(page.headers.get('retry-after'));
    assert.match(await page.text(), /<html lang="fr">[\s\S]*Fermé un instant/);
    assert.ok(page.headers.get('content-security-policy'));
    await away.close();
  });
  test('/ready says 503 while stopping', async () => {
    app.health.stopping = true;
    assert.equal((await ask('/ready')).status, 503);
    app.health.stopping = false;
  });
  test('/ready notices a migration that did not run and an event nobody reacts to', async () => {
    const fresh = connect(url, { as_app: false });
    await sql`update migrations set name = '0001_other.sql' where version = 1`.execute(fresh.db);
    await sql`insert into events (at, kind) values (moment() - interval '1 hour', 'forgotten')`.execute(fresh.db);
    const { problems } = (await (await ask('/ready')).json()) as { problems: Record<string, string> };
    assert.match(problems.migrations ?? '', /0001_ground\.sql did not run/);
    assert.match(problems.events ?? '', /waits/);
    await sql`update migrations set name = '0001_ground.sql' where version = 1`.execute(fresh.db);
    await sql`delete from events where kind = 'forgotten'`.execute(fresh.db);
    await fresh.close();
  });
  test('/metrics is for machines nearby, and counts routes, not addresses', async () => {
    await ask('/en/sign-in?next=/secret-key');
    const text = await (await ask('/metrics')).text();
    assert.match(text, /route="\/sign-in"/);
    assert.doesNotMatch(text, /secret-key/);
    assert.match(text, /^promises_broken 0$/m);
    assert.match(text, /^webhooks_waiting 0$/m);
  });
  const metrics: [string, string, Record<string, string>, 200 | 404][] = [
    ['this machine', '::1', {}, 200],
    ['a private network', '10.0.0.7', {}, 200],
    ['a private network, written as IPv6', '::ffff:172.17.0.3', {}, 200],
    ['a private network of IPv6', 'fd12:3456::7', {}, 200],
    ['elsewhere', '203.0.113.9', {}, 404],
    ['elsewhere, written as IPv6', '::ffff:203.0.113.9', {}, 404],
    ['somebody near, through a proxy', '10.0.0.7', { 'x-forwarded-for': '192.168.1.4, 10.0.0.9' }, 200],
    ['elsewhere, through a proxy here', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9' }, 404],
    ['elsewhere, through a proxy nearby', '10.0.0.7', { 'x-forwarded-for': '203.0.113.9' }, 404],
    ['elsewhere, through two proxies', '127.0.0.1', { 'x-forwarded-for': '203.0.113.9, 10.0.0.7' }, 404],
    ['elsewhere, claiming to be near', '10.0.0.7', { 'x-forwarded-for': '10.0.0.9, 203.0.113.9' }, 404],
    ['elsewhere, by another name', '10.0.0.7', { 'x-real-ip': '203.0.113.9' }, 404],
    ['somebody near, by another name', '10.0.0.7', { 'x-real-ip': '10.0.0.9' }, 200],
    ['elsewhere, as the standard says', '10.0.0.7', { forwarded: 'for=10.0.0.9, for=203.0.113.9;proto=https' }, 404],
    ['elsewhere in IPv6', '10.0.0.7', { forwarded: 'for="[2001:db8::1]:4711"' }, 404],
    ['near, as the standard says', '10.0.0.7', { forwarded: 'for="[fd12::1]:4711";proto=https;host=x, For=10.0.0.9' }, 200],
    ['somebody hidden', '10.0.0.7', { forwarded: 'for=_hidden' }, 404],
    ['half of a text', '10.0.0.7', { forwarded: 'for="10.0.0.9' }, 404],
    ['garbage', '10.0.0.7', { 'x-forwarded-for': '10.evil.example' }, 404],
    ['nothing', '10.0.0.7', { 'x-forwarded-for': '' }, 404],
  ];
  for (const [who, remoteAddress, headers, status] of metrics) {
    test(`/metrics asked for by ${who}: ${status}`, async () => {
      const incoming = { socket: { remoteAddress }, headers: { host: 'localhost:3000', ...headers }, url: '/metrics' };
      const answer = await app.fetch(new Request('http://localhost:3000/metrics', { headers }), { incoming } as never);
      assert.equal(answer.status, status);
    });
  }
});

describe('what goes wrong', () => {
  const broken = (error: Error) => {
    const small = new Hono<AppEnv>();
    small.onError((thrown, c) => answerError(thrown, c, deps));
    small.get('/fr/x', () => {
      throw error;
    });
    return small.request('/fr/x');
  };
  const ofDatabase = (code: string, constraint?: string) => Object.assign(new Error('database'), { code, constraint });
  for (const [what, error, status] of [
    ['a mistake of ours', new TypeError('x is not a function'), 500],
    ['a refusal', new Refusal('round_is_closed', 409), 409],
    ['text the database cannot hold', ofDatabase('22021'), 400],
    ['an id that is none', ofDatabase('22P02'), 400],
    ['a number beyond its range', ofDatabase('22003'), 400],
    ['a lock that took too long', ofDatabase('55P03'), 503],
    ['a statement that took too long', ofDatabase('57014'), 503],
    ['a database that went away', ofDatabase('57P01'), 503],
    ['a constraint without words', ofDatabase('23514', 'nobody_named_this'), 500],
  ] as const) {
    test(`${what} is ${status}, in words`, async () => {
      const answer = await broken(error);
      assert.equal(answer.status, status);
      assert.match(await answer.text(), /<h1>\S+/);
    });
  }
});
