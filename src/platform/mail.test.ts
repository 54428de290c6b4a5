import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import { beforeEach, test } from 'node:test';
import { newId } from '../kit/index.ts';
import { only, rows, run, sql, transact } from './db.ts';
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

test('a slow server: what another worker took meanwhile is left to it', async () => {
  for (let n = 0; n < 4; n += 1) await queue({ subject: `Mail ${n}` });
  const sent: string[] = [];
  const fast = transport(async ({ subject }) => void sent.push(`fast ${subject}`));
  const slow = transport(async ({ id, subject }) => {
    sent.push(`slow ${subject}`);
    if (sent.length > 1) return;
    await transact(db, (trx) => run(trx, sql`update mails set next_try_at = now() where id <> ${id}`));
    assert.equal(await sendQueuedMails(db, fast), 3);
  });
  assert.equal(await sendQueuedMails(db, slow), 1);
  assert.deepEqual(sent.map((line) => line.slice(5)).sort(), ['Mail 0', 'Mail 1', 'Mail 2', 'Mail 3']);
  assert.deepEqual(
    await rows(db, sql`select distinct attempts, failed_because, sent_at is not null as sent from mails`),
    [{ attempts: 1, failed_because: null, sent: true }],
    'waiting behind others is no attempt',
  );
});

test('a mail has its whole time when its turn comes, however long it waited behind others', async () => {
  for (let n = 0; n < 3; n += 1) await queue();
  const times: bigint[] = [];
  await sendQueuedMails(
    db,
    transport(async ({ id }) => {
      const { until } = await only<{ until: Temporal.Instant }>(db, sql`select next_try_at as until from mails where id = ${id}`);
      times.push(until.epochNanoseconds);
      await new Promise((done) => setTimeout(done, 30));
    }),
  );
  assert.equal(times.length, 3);
  for (const [n, time] of times.entries()) if (n > 0) assert.ok(time - (times[n - 1] ?? 0n) >= 25_000_000n);
});

test('a worker that lost its mail says nothing of how it went', async () => {
  await queue();
  const refusal = Object.assign(new Error('550 no such person'), { responseCode: 550 });
  await sendQueuedMails(
    db,
    transport(async () => {
      await transact(db, (trx) => run(trx, sql`update mails set next_try_at = now()`));
      await sendQueuedMails(
        db,
        transport(() => Promise.resolve()),
      );
      throw refusal;
    }),
  );
  assert.deepEqual(await only(db, sql`select attempts, failed_because, sent_at is not null as sent from mails`), {
    attempts: 2,
    failed_because: null,
    sent: true,
  });
});

test('a server that goes on answering and takes nothing is left', { timeout: 5_000 }, async (t) => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    t.after(() => socket.destroy());
    socket.write('220 here\r\n');
    const trickle = setInterval(() => socket.write('250-wait\r\n'), 10);
    socket.on('close', () => clearInterval(trickle));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const box = openTransport({ smtp_url: `smtp://127.0.0.1:${port}`, mail_from: 'a@example.org' }, 200);
  assert.ok(box);
  t.after(() => box.close());
  await assert.rejects(box.send({ ...mail, id: newId(), attempts: 1 }), /abort/i);
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
