import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, only, sql, transact } from './db.ts';
import { addJob, deadJobs, queueAge, runJobs } from './jobs.ts';
import { createLog } from './log.ts';
import { migrate } from './migrate.ts';
import { startPostgres } from './postgres.ts';
import { atEnd, testDb, testFolder } from './testing.ts';

const { db, owner, url, has_app_role } = await testDb();
const seen: unknown[] = [];
let failing = true;

const runner = await runJobs({
  url,
  log: createLog('silent'),
  crontab: '0 4 1 1 * remember',
  jobs: {
    remember: async (payload) => void seen.push(payload),
    fails: () => (failing ? Promise.reject(new Error('not today')) : Promise.resolve()),
  },
});
atEnd(runner.stop);

async function until(done: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !(await done()); tries += 1) await sleep(25);
  assert.ok(await done());
}

test('a job runs after the commit of what caused it, and soon', async () => {
  await transact(db, async (trx) => {
    await addJob(trx, 'remember', { cents: 5n, word: 'committed' });
    await sleep(100);
    assert.deepEqual(seen, []);
  });
  await until(() => seen.length === 1);
  assert.deepEqual(seen, [{ cents: '5', word: 'committed' }]);
});

test('a job of a transaction that failed never runs', async () => {
  const failed = transact(db, async (trx) => {
    await addJob(trx, 'remember', { word: 'undone' });
    throw new Error('undo');
  });
  await assert.rejects(failed, /undo/);
  await sleep(150);
  assert.equal(seen.length, 1);
});

test('one key, one waiting job', async () => {
  const run_at = Temporal.Now.instant().add({ hours: 1 });
  for (const word of ['first', 'second']) await transact(db, (trx) => addJob(trx, 'remember', { word }, { key: 'k', run_at }));
  assert.deepEqual(await only(db, sql`select count(*) as n from waiting_jobs`), { n: 1n });
  assert.equal(await queueAge(db), 0);
});

test('a job that fails as often as it may stays visible with its reason', async () => {
  await transact(db, (trx) => addJob(trx, 'fails', {}, { attempts_max: 1 }));
  await until(async () => (await deadJobs(db)).length === 1);
  const [dead] = await deadJobs(db);
  assert.equal(dead?.name, 'fails');
  assert.match(dead?.last_error ?? '', /not today/);
  failing = false;
});

test('a job that ends while the database is away is ended when it is back, and the process lives on', async () => {
  const options = { data_dir: testFolder(), fast: true };
  let server = await startPostgres(options);
  atEnd(() => server.stop());
  await migrate(server.url);
  let away = false;
  const outlive = async () => {
    await server.stop();
    away = true;
  };
  const { stop } = await runJobs({ url: server.url, log: createLog('silent'), jobs: { outlive } });
  const { db: shaken, close } = connect(server.url);
  atEnd(() => Promise.all([stop(), close()]));
  await transact(shaken, (trx) => addJob(trx, 'outlive'));
  await until(() => away);
  await sleep(50);
  server = await startPostgres(options);
  const waiting = () => only<{ n: bigint }>(shaken, sql`select count(*) as n from waiting_jobs`);
  assert.equal((await waiting()).n, 1n, 'nobody could say that it is over');
  await until(async () => (await waiting()).n === 0n);
});

test('the application may neither read nor write the tables of jobs, only add', { skip: !has_app_role }, async () => {
  await assert.rejects(only(db, sql`select count(*) from graphile_worker._private_jobs`), /permission denied/);
  await only(owner, sql`select count(*) from graphile_worker._private_jobs`);
});
