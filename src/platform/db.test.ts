import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  again,
  codeOf,
  connect,
  constraintOf,
  type Db,
  json,
  only,
  passesByItself,
  row,
  rows,
  run,
  sql,
  type Trx,
  transact,
} from './db.ts';
import { startPostgres } from './postgres.ts';
import { testDb, testFolder } from './testing.ts';

const { db, owner, url, has_app_role } = await testDb();
await transact(owner, async (trx) => {
  await run(
    trx,
    sql`create table things (id int primary key, cents bigint, at timestamptz, day date, data jsonb, ids uuid[],
    constraint cents_are_positive check (cents > 0))`,
  );
  if (has_app_role) await run(trx, sql`grant select, insert, update on things to acequia_app`);
});

test('dates, big integers, arrays and json go in and come out as what they are', async () => {
  const at = Temporal.Instant.from('2026-03-29T01:30:00.123456Z');
  const day = Temporal.PlainDate.from('2026-03-29');
  const ids = ['0198c0de-0000-7000-8000-000000000001'];
  await transact(db, (trx) =>
    run(trx, sql`insert into things values (1, ${9_007_199_254_740_993n}, ${at}, ${day}, ${json({ cents: 5n, at })}, ${ids})`),
  );
  const found = await only<{ cents: bigint; at: Temporal.Instant; day: Temporal.PlainDate; data: unknown; ids: string[] }>(
    db,
    sql`select * from things where at = any(${[at]}::timestamptz[]) and cents = any(${[9_007_199_254_740_993n]}::bigint[])`,
  );
  assert.equal(found.cents, 9_007_199_254_740_993n);
  assert.ok(found.at.equals(at));
  assert.ok(found.day.equals(day));
  assert.deepEqual(found.data, { cents: '5', at: at.toString() });
  assert.deepEqual(found.ids, ids);
  const lists = await only(db, sql`select array[1::bigint, null] as numbers, array[null::date] as days, 0.10::numeric as exact`);
  assert.deepEqual(lists, { numbers: [1n, null], days: [null], exact: '0.10' });
});

test('one row or none, exactly one row, and what it says otherwise', async () => {
  assert.equal(await row(db, sql`select 1 as n where false`), undefined);
  await assert.rejects(row(db, sql`select generate_series(1, 2)`), /at most one row, got 2/);
  await assert.rejects(only(db, sql`select 1 where false`), /Expected one row, got 0/);
});

test('a refusal of the database carries the name of its constraint', async () => {
  const write = transact(db, (trx) => run(trx, sql`insert into things (id, cents) values (2, -1)`));
  await assert.rejects(write, (error) => constraintOf(error) === 'cents_are_positive' && codeOf(error) === '23514');
});

test('all or nothing', async () => {
  const failed = transact(db, async (trx) => {
    await run(trx, sql`insert into things (id) values (3)`);
    throw new Error('undo');
  });
  await assert.rejects(failed, /undo/);
  assert.deepEqual(await rows(db, sql`select 1 from things where id = 3`), []);
  await assert.rejects(
    transact(db, (trx) => transact(trx, async () => 1)),
    /inside a transaction/,
  );
});

test('two transactions that lock each other out both end well', async () => {
  await transact(db, (trx) => run(trx, sql`insert into things (id, cents) values (10, 1), (11, 1)`));
  let runs = 0;
  const both = (first: number, second: number) =>
    transact(db, async (trx) => {
      runs += 1;
      await run(trx, sql`update things set cents = cents + 1 where id = ${first}`);
      await rows(trx, sql`select pg_sleep(0.1)`);
      await run(trx, sql`update things set cents = cents + 1 where id = ${second}`);
    });
  await Promise.all([both(10, 11), both(11, 10)]);
  assert.ok(runs > 2, 'one of them ran again');
  assert.deepEqual(await rows(db, sql`select cents from things where id >= 10`), [{ cents: 3n }, { cents: 3n }]);
});

test('the application may not change the schema, nor what is only added to', { skip: !has_app_role }, async () => {
  await assert.rejects(rows(db, sql`create table mine (n int)`), /permission denied/);
  for (const table of ['movements', 'entries', 'audit']) {
    const exists = await row(db, sql`select 1 from pg_class where relname = ${table} and relnamespace = 'public'::regnamespace`);
    if (!exists) continue;
    await assert.rejects(rows(db, sql`delete from ${sql.table(table)}`), /permission denied/);
    const may = sql`select has_table_privilege(${table}, 'update') as change, has_table_privilege(${table}, 'insert') as add`;
    assert.deepEqual(await only(db, may), { change: false, add: true });
  }
});

test('timeouts are set for each role', async () => {
  const ask = sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle, current_setting('timezone') as zone, current_user as who`;
  const { current_user: who } = await only<{ current_user: string }>(db, sql`select current_user`);
  assert.equal(who === 'acequia_app', has_app_role);
  const common = { lock: '2s', idle: '10s', zone: 'UTC' };
  assert.deepEqual(await only(db, ask), { statement: '5s', ...common, who });
  const worker = connect(url, { role: 'worker' });
  assert.deepEqual(await only(worker.db, ask), { statement: '1min', ...common, who });
  await worker.close();
});

test('when the database restarts, work goes on within five seconds', async () => {
  const server = await startPostgres({ data_dir: testFolder(), fast: true });
  let lost = 0;
  const { db: shaken, close } = connect(server.url, { onLost: () => (lost += 1) });
  await Promise.all([1, 2, 3].map(() => rows(shaken, sql`select 1`)));
  const started_at = performance.now();
  process.kill(server.pid(), 'SIGKILL');
  await new Promise((done) => setTimeout(done, 100));
  assert.deepEqual(await again(() => rows(shaken, sql`select 1 as n`), 8), [{ n: 1 }]);
  assert.ok(performance.now() - started_at < 5_000);
  assert.ok(lost > 0, 'idle connections were lost and nothing crashed');
  await close();
  await server.stop();
});

test('a database that answers nothing is left after seven seconds, and found again', async () => {
  const server = await startPostgres({ data_dir: testFolder(), fast: true });
  const { db: frozen, close } = connect(server.url, { max: 1 });
  const { pid } = await only<{ pid: number }>(frozen, sql`select pg_backend_pid() as pid`);
  process.kill(pid, 'SIGSTOP');
  const began = performance.now();
  await assert.rejects(rows(frozen, sql`select 1`), passesByItself);
  assert.ok(performance.now() - began < 9_000);
  assert.deepEqual(await rows(frozen, sql`select 1 as n`), [{ n: 1 }], 'by another connection');
  process.kill(pid, 'SIGCONT');
  await close();
  await server.stop();
});

/** Compiled, never run: a Db is not a Trx. */
export function onlyTransactWrites(reader: Db, writer: Trx): void {
  // @ts-expect-error: a Db cannot write.
  void run(reader, sql`select 1`);
  void rows(writer, sql`select 1`);
}
