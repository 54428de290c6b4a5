import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { only, run, sql, transact } from './db.ts';
import { type Mail, openTransport, type QueuedMail, queueMail, sendQueuedMails, type Transport } from './mail.ts';
import { testDb } from './testing.ts';

const { db } = await testDb();
const mail: Mail = {
  kind: 'test',
  to: 'ana@example.org',
  locale: 'es',
  subject: 'Hola, ñandú',
  html: '<p>Hola</p>',
  text: 'Hola',
};

beforeEach(() => transact(db, (trx) => run(trx, sql`delete from mails`)));

function transport(send: (mail: QueuedMail) => Promise<void>): Transport {
  return { send, close: () => undefined };
}

function queue(changes: Partial<Mail> = {}): Promise<string | null> {
  return transact(db, (trx) => queueMail(trx, { ...mail, ...changes }));
}

test('a queued mail is sent once, by however many workers', async () => {
  for (let n = 0; n < 20; n += 1) await queue({ subject: `Mail ${n}` });
  const sent: string[] = [];
  const box = transport(async ({ subject }) => void sent.push(subject));
  await Promise.all([1, 2, 3, 4].map(() => sendQueuedMails(db, box, 10)));
  assert.equal(await sendQueuedMails(db, box), 0);
  assert.equal(new Set(sent).size, 20);
  assert.equal(sent.length, 20);
});

test('a key is queued at most once; another key is', async () => {
  assert.notEqual(await queue({ key: 'receipt 1' }), null);
  assert.equal(await queue({ key: 'receipt 1' }), null);
  assert.notEqual(await queue({ key: 'receipt 2' }), null);
});

test('a server that is away is tried again later, a refusal for good is not', async () => {
  await queue();
  await sendQueuedMails(
    db,
    transport(() => Promise.reject(new Error('connect ECONNREFUSED'))),
  );
  const state = () =>
    only(db, sql`select attempts, failed_because, sent_at is null as waits, next_try_at > now() as later from mails`);
  assert.deepEqual(await state(), { attempts: 1, failed_because: null, waits: true, later: true });
  await transact(db, (trx) => run(trx, sql`update mails set next_try_at = now()`));
  const refusal = Object.assign(new Error('550 no such person'), { responseCode: 550 });
  await sendQueuedMails(
    db,
    transport(() => Promise.reject(refusal)),
  );
  assert.deepEqual(await state(), { attempts: 2, failed_because: '550 no such person', waits: true, later: true });
  await transact(db, (trx) => run(trx, sql`update mails set next_try_at = now()`));
  assert.equal(
    await sendQueuedMails(
      db,
      transport(() => Promise.resolve()),
    ),
    0,
  );
});

test('after eight attempts a mail is left with its reason', async () => {
  await queue();
  for (let n = 0; n < 9; n += 1) {
    await transact(db, (trx) => run(trx, sql`update mails set next_try_at = now()`));
    await sendQueuedMails(
      db,
      transport(() => Promise.reject(new Error('greylisted'))),
    );
  }
  assert.deepEqual(await only(db, sql`select attempts, failed_because from mails`), {
    attempts: 8,
    failed_because: 'greylisted',
  });
});

const smuggled: [string, Partial<Mail>][] = [
  ['a second line in the subject', { subject: 'Hello\r\nBcc: all@example.org' }],
  ['a second line in a header', { headers: { 'List-Unsubscribe': '<https://a.example>\nBcc: all@example.org' } }],
  ['a second line in the name of a header', { headers: { 'X\r\nBcc': 'x' } }],
  ['two addresses', { to: 'a@example.org, b@example.org' }],
  ['a line in the address', { to: 'a@example.org\r\nBcc: b@example.org' }],
  ['a name around the address', { to: 'Ana <a@example.org>' }],
];
for (const [name, changes] of smuggled) {
  test(`refused: ${name}`, () => assert.rejects(queue(changes), /A mail goes|has one line|has a plain name/));
}

test('without a mail server there is no transport', () => {
  assert.equal(openTransport({ smtp_url: null, mail_from: 'a@example.org' }), null);
});
