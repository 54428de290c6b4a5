import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rows, run, sql, transact } from './db.ts';
import { countAttempt, forgetAttempts, networkOf, sweepAttempts } from './limits.ts';
import { testDb } from './testing.ts';

const { db, owner } = await testDb();
const limit = { what: 'test', attempts_max: 3, window_s: 600 };
const count = (who: string) => transact(db, (trx) => countAttempt(trx, limit, who));
const setClock = (at: string) => sql`update clock set frozen_at = ${at}::timestamptz`.execute(owner);

describe('limits', () => {
  test('count exactly, also a hundred at once', async () => {
    await setClock('2027-01-01T10:01:00Z');
    const answers = await Promise.all(Array.from({ length: 100 }, () => count('crowd')));
    assert.equal(answers.filter((answer) => answer.allowed).length, 3);
  });

  test('say when to try again, and then let in', async () => {
    await setClock('2027-01-01T10:01:00Z');
    for (let i = 0; i < 3; i += 1) assert.equal((await count('ana')).allowed, true);
    const refused = await count('ana');
    assert.ok(!refused.allowed);
    assert.equal(refused.retry_at.toString(), '2027-01-01T10:10:00Z');
    assert.equal((await count('berta')).allowed, true, 'others are not counted with her');
    await setClock('2027-01-01T10:10:00Z');
    assert.equal((await count('ana')).allowed, true);
  });

  test('are forgotten when the true owner got in, and swept when old', async () => {
    await setClock('2027-01-02T10:01:00Z');
    for (let i = 0; i < 4; i += 1) await count('carla');
    await transact(db, (trx) => forgetAttempts(trx, limit, 'carla'));
    assert.equal((await count('carla')).allowed, true);
    await setClock('2027-01-09T00:00:00Z');
    assert.ok((await transact(db, (trx) => sweepAttempts(trx))) > 0);
    assert.equal((await rows(db, sql`select from attempts`)).length, 0);
  });

  test('keep nobody’s address in clear', async () => {
    await count('somebody@example.org');
    const kept = await rows<{ key: string }>(db, sql`select key from attempts`);
    assert.ok(kept.every(({ key }) => !key.includes('somebody')));
    await transact(db, (trx) => run(trx, sql`delete from attempts`));
  });
});

describe('the network of an address', () => {
  for (const [address, network] of [
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ] as const) {
    test(`${address} is in ${network}`, () => assert.equal(networkOf(address), network));
  }
});
