import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect, only, rows, sql } from './db.ts';
import { migrate, missingMigrations, readMigrations } from './migrate.ts';
import { startPostgres } from './postgres.ts';
import { testFolder } from './testing.ts';

const server = await startPostgres({ data_dir: testFolder(), fast: true });
const { db, close } = connect(server.url, { as_app: false });
after(async () => {
  await close();
  await server.stop();
});
const folder = testFolder();
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

test('each file runs once, also when several processes start together', async () => {
  write('0001_first.sql', 'create table movements (id int); insert into movements values (1);');
  write('0002_second.sql', 'insert into movements values (2);');
  const ran = await Promise.all([1, 2, 3].map(() => migrate(server.url, { folder })));
  assert.deepEqual(ran.flatMap(({ applied }) => applied).sort(), ['0001_first.sql', '0002_second.sql']);
  assert.deepEqual(await only(db, sql`select count(*) as n from movements`), { n: 2n });
  assert.deepEqual(await missingMigrations(server.url, folder), []);
});

test('a file that fails leaves nothing behind, says where, and runs when mended', async () => {
  write('0003_third.sql', 'create table third (id int);\ninsert into nowhere values (1);');
  assert.deepEqual(await missingMigrations(server.url, folder), ['0003_third.sql']);
  await assert.rejects(migrate(server.url, { folder }), /migrations\/0003_third.sql: line 2: relation "nowhere" does not exist/);
  assert.deepEqual(await rows(db, sql`select 1 from pg_class where relname = 'third'`), []);
  write('0003_third.sql', 'create table third (id int);');
  assert.deepEqual((await migrate(server.url, { folder })).applied, ['0003_third.sql']);
});

test('a migration waits for a lock held by others', async () => {
  write('0004_fourth.sql', 'alter table third add column name text;');
  const holder = db.transaction().execute(async (trx) => {
    await sql`lock table third in access share mode`.execute(trx);
    await sql`select pg_sleep(2.5)`.execute(trx);
  });
  assert.deepEqual((await migrate(server.url, { folder })).applied, ['0004_fourth.sql']);
  await holder;
});

test('a file changed after it ran is refused', async () => {
  write('0002_second.sql', 'insert into movements values (3);');
  await assert.rejects(migrate(server.url, { folder }), /0002_second.sql was changed after it ran/);
  write('0002_second.sql', 'insert into movements values (2);');
  assert.deepEqual((await migrate(server.url, { folder })).applied, []);
});

test('a file renamed, or numbered twice, is refused', async () => {
  renameSync(join(folder, '0002_second.sql'), join(folder, '0002_other.sql'));
  await assert.rejects(migrate(server.url, { folder }), /0002_second.sql was removed or renamed/);
  renameSync(join(folder, '0002_other.sql'), join(folder, '0002_second.sql'));
  write('0002_twice.sql', '');
  assert.throws(() => readMigrations(folder), /expected a name like 0003_what_it_does.sql/);
});
