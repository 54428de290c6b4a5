import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { plantNode } from '../nodes/testing.ts';
import { rows, run, sql, transact } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { testApp } from '../testing-app.ts';
import { openBrowser } from '../visits/testing.ts';

const { db } = await testDb();
const app = testApp(db);
const browser = (address = '10.0.0.1') => openBrowser(app.fetch, { headers: { 'x-forwarded-for': address } });

type Letter = { kind: string; to_address: string; subject: string; body_text: string; html: string };
const letters = (email: string) =>
  rows<Letter>(db, sql`select * from mails where to_address = ${email} order by created_at desc, id desc`);
const linkIn = (letter: Letter | undefined) => /http:\/\/localhost:3000(\S+)/.exec(letter?.body_text ?? '')?.[1] ?? '';
const tokenIn = (letter: Letter | undefined) => new URL(linkIn(letter), 'http://x').searchParams.get('token') ?? '';
const events = () =>
  rows<{ kind: string; data: { email: string; proof: string } }>(db, sql`select kind, data from events order by id`);

const secret = 'quatre mots bien choisis';

async function openAccount(email: string, password = secret) {
  const b = browser();
  await b.get('/en/sign-up');
  await b.post('/en/sign-up', { name: 'Nerea', email, password, next: '/' });
  const token = tokenIn((await letters(email))[0]);
  await b.get(`/en/verify?token=${token}`);
  const entered = await b.post('/en/verify', { token, password, next: '/me' });
  assert.equal(entered.status, 303, entered.text);
  return b;
}

before(async () => {
  await plantNode(db);
  await plantNode(db, { slug: 'euskadi' });
});

describe('an account', () => {
  test('opens when the link from the mailbox and the password meet', async () => {
    const b = browser();
    const form = await b.get('/fr/sign-up?next=/projects/x');
    assert.match(form.text, /Ouvrir un compte/);
    const asked = await b.post('/fr/sign-up', {
      name: 'Nerea',
      email: ' Nerea@Example.org ',
      password: secret,
      next: '/projects/x',
    });
    assert.equal(asked.status, 303);
    assert.equal(asked.location, '/fr/sign-up?sent=1');
    assert.match((await b.follow(asked)).text, /nerea@example\.org/);
    const [letter] = await letters('nerea@example.org');
    assert.equal(letter?.kind, 'sign_verify');
    assert.match(letter?.subject ?? '', /Confirmez/);
    assert.match(linkIn(letter), /^\/fr\/verify\?token=/);

    const other = browser('10.0.0.2');
    const landing = await other.get(linkIn(letter));
    assert.equal(landing.headers.get('referrer-policy'), 'no-referrer');
    assert.equal(landing.headers.get('cache-control'), 'no-store');
    const token = tokenIn(letter);
    const wrong = await other.post('/fr/verify', { token, password: 'not the password', next: '/projects/x' });
    assert.equal(wrong.status, 422);
    assert.equal((await events()).length, 0);
    const right = await other.post('/fr/verify', { token, password: secret, next: '/projects/x' });
    assert.equal(right.location, '/fr/projects/x');
    assert.match((await other.get('/fr/me')).text, /nerea@example\.org/);
    const proven = (await events()).filter((event) => event.data.email === 'nerea@example.org');
    assert.equal(proven[0]?.kind, 'address_proven');
  });

  test('is not opened by a password that many people use, nor with an address that is none', async () => {
    const b = browser();
    await b.get('/en/sign-up');
    for (const password of ['', 'short', 'Passw0rd!', 'qwertyuiop', 'abcabcabc', 'nobody99']) {
      const answer = await b.post('/en/sign-up', { name: 'No', email: 'nobody@example.org', password, next: '/' });
      assert.equal(answer.status, 422, password);
      assert.match(answer.text, /nobody@example\.org/, 'what was typed is kept');
      assert.doesNotMatch(answer.text, /value="Passw0rd!"/);
    }
    for (const email of ['', 'nobody', 'a@b', 'a b@example.org', 'x@example.org\r\nbcc: y@example.org']) {
      assert.equal((await b.post('/en/sign-up', { name: 'No', email, password: secret, next: '/' })).status, 422, email);
    }
    assert.equal((await letters('nobody@example.org')).length, 0);
  });

  test('that exists already gets the same page in the same time, and its mailbox is told', async () => {
    await openAccount('known@example.org');
    const answers: string[] = [];
    const times: number[] = [];
    for (const email of ['known@example.org', 'unknown@example.org']) {
      const b = browser('10.0.1.1');
      await b.get('/en/sign-up');
      const started = performance.now();
      const asked = await b.post('/en/sign-up', { name: 'Eve', email, password: 'another long phrase', next: '/' });
      times.push(performance.now() - started);
      const page = await b.follow(asked);
      answers.push(`${asked.status} ${asked.location} ${page.status} ${page.text.replaceAll(email, 'X')}`);
    }
    assert.equal(answers[0], answers[1]);
    assert.ok(Math.abs((times[0] ?? 0) - (times[1] ?? 0)) < 150, times.join(' '));
    const [told] = await letters('known@example.org');
    assert.equal(told?.kind, 'sign_known');
    const b = browser('10.0.1.2');
    await b.get('/en/sign-in');
    assert.equal(
      (await b.post('/en/sign-in', { email: 'known@example.org', password: 'another long phrase', next: '/' })).status,
      422,
    );
    assert.equal((await b.post('/en/sign-in', { email: 'known@example.org', password: secret, next: '/' })).status, 303);
  });

  test('not yet proven: the right password sends the verification again, a wrong one says nothing', async () => {
    const b = browser('10.0.8.1');
    await b.get('/en/sign-up');
    await b.post('/en/sign-up', { name: 'Late', email: 'late@example.org', password: secret, next: '/' });
    assert.equal(
      (await b.post('/en/sign-in', { email: 'late@example.org', password: 'wrong wrong wrong', next: '/' })).status,
      422,
    );
    assert.equal((await letters('late@example.org')).length, 1);
    const right = await b.post('/en/sign-in', { email: 'late@example.org', password: secret, next: '/' });
    assert.equal(right.location, '/en/sign-in/link?sent=1');
    assert.deepEqual(
      (await letters('late@example.org')).map((letter) => letter.kind),
      ['sign_verify', 'sign_verify'],
    );
    assert.equal((await b.get('/en/me')).status, 303);
  });

  test('cannot be opened while sign-up is closed, in words', async () => {
    const closed = testApp(db, { config: { ...app.config, sign_up: false } });
    const b = openBrowser(closed.fetch);
    const answer = await b.post('/es/sign-up', { name: 'X', email: 'closed@example.org', password: secret, next: '/' });
    assert.equal(answer.status, 503);
    assert.match(answer.text, /no se pueden abrir cuentas nuevas/);
  });

  test('opened by somebody else in my name is mine once I enter by mail', async () => {
    const eve = browser('10.0.2.1');
    await eve.get('/en/sign-up');
    await eve.post('/en/sign-up', { name: 'Eve', email: 'mine@example.org', password: 'password of eve 77', next: '/' });
    const me = browser('10.0.2.2');
    await me.get('/en/sign-in/link');
    await me.post('/en/sign-in/link', { email: 'mine@example.org', next: '/' });
    const token = tokenIn((await letters('mine@example.org')).find((letter) => letter.kind === 'sign_link'));
    assert.equal((await me.post('/en/sign-in/link', { token, next: '/' })).status, 303);
    await eve.get('/en/sign-in');
    assert.equal(
      (await eve.post('/en/sign-in', { email: 'mine@example.org', password: 'password of eve 77', next: '/' })).status,
      422,
    );
  });
});

describe('signing in', () => {
  test('answers alike for a wrong password and an unknown address, in about the same time', async () => {
    await openAccount('sure@example.org');
    const seen: string[] = [];
    const medians: number[] = [];
    for (const email of ['sure@example.org', 'never@example.org']) {
      const times: number[] = [];
      const b = browser('10.0.3.1');
      await b.get('/en/sign-in');
      for (let i = 0; i < 5; i += 1) {
        const started = performance.now();
        const answer = await b.post('/en/sign-in', { email, password: 'wrong wrong wrong', next: '/' });
        times.push(performance.now() - started);
        assert.equal(answer.status, 422);
        if (i === 0) seen.push(answer.text.replaceAll(email, 'X'));
      }
      medians.push(times.sort((x, y) => x - y)[2] ?? 0);
    }
    assert.equal(seen[0], seen[1]);
    const [known = 0, unknown = 0] = medians;
    assert.ok(Math.max(known, unknown) < 2 * Math.min(known, unknown), medians.join(' '));
  });

  test('ends: the cookie and the session are gone', async () => {
    const b = await openAccount('leaver@example.org');
    const cookie = [...b.cookies].find(([name]) => name === 'session');
    assert.equal((await b.get('/en/me')).status, 200);
    const left = await b.post('/en/sign-out', {});
    assert.equal(left.status, 303);
    assert.match((await b.follow(left)).text, /You are signed out/);
    const again = openBrowser(app.fetch, { cookie: `session=${cookie?.[1]}` });
    assert.equal((await again.get('/en/me')).location, '/en/sign-in?next=%2Fme');
  });

  test('goes on to own paths only', async () => {
    await openAccount('next@example.org');
    for (const next of ['https://evil.example', '//evil.example', '/x/..//evil.example']) {
      const b = browser('10.0.4.1');
      const answer = await b.post('/en/sign-in', { email: 'next@example.org', password: secret, next });
      assert.match(answer.location ?? '', /^\/en\/[a-z]/, `${next} -> ${answer.location}`);
    }
    const b = browser('10.0.4.1');
    const good = await b.post('/en/sign-in', { email: 'next@example.org', password: secret, next: '/fr/projects/x?y=1#z' });
    assert.equal(good.location, '/fr/projects/x?y=1#z');
  });

  test('is limited by account, and the owner still enters by mail', async () => {
    await openAccount('target@example.org');
    const guess = async (address: string) => {
      const b = browser(address);
      await b.get('/en/sign-in');
      return b.post('/en/sign-in', { email: 'target@example.org', password: 'a guess of somebody', next: '/' });
    };
    assert.equal((await guess('10.1.1.1')).status, 422);
    await transact(db, (trx) => run(trx, sql`update attempts set count = 9 where key like 'sign_in:%' and count = 1`));
    assert.equal((await guess('10.1.2.1')).status, 422, 'the tenth is still answered');
    const refused = await guess('10.1.3.1');
    assert.equal(refused.status, 429);
    assert.match(refused.text, /Try again after .+\(Madrid\)/);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    const owner = browser('10.2.0.1');
    await owner.get('/en/sign-in');
    assert.equal((await owner.post('/en/sign-in', { email: 'target@example.org', password: secret, next: '/' })).status, 429);
    await owner.post('/en/sign-in/link', { email: 'target@example.org', next: '/' });
    const token = tokenIn((await letters('target@example.org'))[0]);
    assert.equal((await owner.post('/en/sign-in/link', { token, next: '/' })).status, 303);
  });

  test('is limited by network: a /64 is one', async () => {
    const guess = (address: string) =>
      browser(address).post('/en/sign-in', { email: `${address.length}@example.org`, password: 'guess number one', next: '/' });
    assert.equal((await guess('2001:db8:1:2::1')).status, 422);
    await transact(db, (trx) => run(trx, sql`update attempts set count = 59 where key like 'sign_in_network:%'`));
    assert.equal((await guess('2001:db8:1:2:aaaa::1')).status, 422);
    assert.equal((await guess('2001:db8:1:2:bbbb:1::9')).status, 429);
    await transact(db, (trx) => run(trx, sql`update attempts set count = 1 where key like 'sign_in_network:%' and count = 59`));
    const elsewhere = browser('2001:db8:1:3::1');
    assert.equal(
      (await elsewhere.post('/en/sign-in', { email: 'nobody@example.org', password: 'guess number one', next: '/' })).status,
      422,
    );
  });
});

describe('a link by mail', () => {
  test('is used by pressing the button, once; opening it changes nothing', async () => {
    await openAccount('link@example.org');
    const b = browser('10.0.5.1');
    await b.get('/en/n/euskadi/sign-in/link');
    await b.post('/en/n/euskadi/sign-in/link', { email: 'LINK@example.org', next: '/' });
    const [letter] = await letters('link@example.org');
    assert.match(linkIn(letter), /^\/en\/n\/euskadi\/sign-in\/link\?token=/);
    for (let i = 0; i < 3; i += 1) assert.equal((await b.get(linkIn(letter))).status, 200);
    const token = tokenIn(letter);
    assert.equal((await b.post('/en/sign-in/link', { token, next: '/' })).status, 303);
    assert.equal((await b.post('/en/sign-in/link', { token, next: '/' })).status, 422);
    const kept = await rows<{ identifier: string }>(db, sql`select identifier from verifications`);
    assert.ok(
      kept.every(({ identifier }) => !identifier.includes(token)),
      'the table holds no link that works',
    );
  });

  test('to an address without account says so in the mail, and opens nothing', async () => {
    const b = browser('10.0.5.2');
    const asked = await b.post('/en/sign-in/link', { email: 'ghost@example.org', next: '/' });
    assert.equal(asked.location, '/en/sign-in/link?sent=1');
    const [letter] = await letters('ghost@example.org');
    assert.equal(letter?.kind, 'sign_none');
    assert.match(linkIn(letter), /^\/en\/sign-up/);
    assert.equal((await rows(db, sql`select from people where email = 'ghost@example.org'`)).length, 0);
  });
});

describe('a new password', () => {
  test('once, ends every session, tells the mailbox, and proves the address', async () => {
    const b = await openAccount('reset@example.org');
    const other = browser('10.0.6.1');
    const asked = await other.post('/es/forgot', { email: 'reset@example.org' });
    assert.equal(asked.location, '/es/forgot?sent=1');
    const [letter] = await letters('reset@example.org');
    assert.match(linkIn(letter), /^\/es\/reset\?token=/);
    assert.match((await other.get(linkIn(letter))).text, /reset@example\.org/);
    const token = tokenIn(letter);
    assert.equal((await other.post('/es/reset', { token, password: '12345678' })).status, 422);
    assert.equal((await other.post('/es/reset', { token, password: 'una frase muy nueva' })).location, '/es/sign-in');
    assert.equal((await b.get('/en/me')).status, 303, 'every session ended');
    assert.equal((await other.post('/es/reset', { token, password: 'otra frase muy nueva' })).status, 422);
    assert.equal((await letters('reset@example.org'))[0]?.kind, 'sign_changed');
    assert.equal(
      (await other.post('/es/sign-in', { email: 'reset@example.org', password: 'una frase muy nueva', next: '/' })).status,
      303,
    );
  });

  test('not by a link older than an hour', async () => {
    await openAccount('slow@example.org');
    const b = browser('10.0.6.2');
    await b.post('/en/forgot', { email: 'slow@example.org' });
    const [letter] = await letters('slow@example.org');
    await transact(db, (trx) => run(trx, sql`update verifications set expires_at = now() - interval '1 second'`));
    assert.equal((await b.get(linkIn(letter))).status, 422);
    assert.equal((await b.post('/en/reset', { token: tokenIn(letter), password: 'a phrase that is new' })).status, 422);
  });
});

describe('my account', () => {
  test('name and language change; what is typed wrongly is kept and explained', async () => {
    const b = await openAccount('me@example.org');
    await b.get('/en/me');
    const wrong = await b.post('/en/me', { name: 'x'.repeat(200), locale: 'de' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /too long/);
    assert.equal((await b.post('/en/me', { name: 'Amaia', locale: 'es' })).status, 303);
    const page = await b.get('/en/me');
    assert.match(page.text, /Saved\./);
    assert.match(page.text, /value="Amaia"/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
  });

  test('sessions: one ends, the others end, nobody ends those of another', async () => {
    const here = await openAccount('many@example.org');
    const there = browser('10.0.7.1');
    await there.post('/en/sign-in', { email: 'many@example.org', password: secret, next: '/' });
    const page = await here.get('/en/me/sessions');
    const session = /name="session" value="([0-9a-f-]{36})"/.exec(page.text)?.[1] ?? '';
    const stranger = await openAccount('stranger@example.org');
    await stranger.get('/en/me/sessions');
    await stranger.post('/en/me/sessions', { session });
    assert.equal((await there.get('/en/me')).status, 200);
    await here.post('/en/me/sessions', { session });
    assert.equal((await there.get('/en/me')).status, 303);
    await there.post('/en/sign-in', { email: 'many@example.org', password: secret, next: '/' });
    await here.post('/en/me/sessions', { session: 'others' });
    assert.equal((await there.get('/en/me')).status, 303);
    assert.equal((await here.get('/en/me')).status, 200);
  });
});
