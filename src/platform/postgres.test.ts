import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from './postgres.ts';
import { livingPostmaster } from './postgres-owner.ts';
import { testFolder } from './testing.ts';

const data_dir = testFolder();
const cluster = join(data_dir, 'postgres/cluster');

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answer: unknown = await client.query({ text: query, rowMode: 'array' });
    return Array.isArray(answer) ? [] : (answer as pg.QueryArrayResult).rows.flat();
  } finally {
    await client.end();
  }
}

async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
  for (let waited_ms = 0; waited_ms < 15_000; waited_ms += 50) {
    if (await done()) return;
    await sleep(50);
  }
  assert.fail(`waited in vain until ${what}`);
}

test('starts, keeps what was written, and nobody else reads its password', async () => {
  const first = await startPostgres({ data_dir });
  await ask(first.url, 'create table kept (n int); insert into kept values (42)');
  assert.equal(statSync(join(first.home, 'password')).mode & 0o777, 0o600);
  assert.equal(statSync(first.home).mode & 0o777, 0o700);
  const settings = `select string_agg(name || '=' || setting, ' ' order by name) from pg_settings
    where name in ('fsync', 'listen_addresses', 'full_page_writes', 'synchronous_commit')`;
  assert.deepEqual(await ask(first.url, settings), ['fsync=on full_page_writes=on listen_addresses= synchronous_commit=on']);
  await assert.rejects(ask(first.url.replace(/:[^:@]+@/, ':wrong@'), 'select 1'), /password authentication failed/);
  await first.stop();
  assert.equal(livingPostmaster(cluster), null);
  const second = await startPostgres({ data_dir });
  assert.deepEqual(await ask(second.url, 'select n from kept'), [42]);
  await second.stop();
});

test('a second start on the same folder is refused with a sentence, and the first goes on', async () => {
  const running = await startPostgres({ data_dir });
  await assert.rejects(
    startPostgres({ data_dir }),
    /Another start of this installation \(process \d+\) is using .*: stop it first/,
  );
  assert.deepEqual(await ask(running.url, 'select n from kept'), [42]);
  await running.stop();
});

test('a database that is killed is started again by itself', async () => {
  const running = await startPostgres({ data_dir });
  const before = running.pid();
  process.kill(before, 'SIGKILL');
  await until(
    'it answers again',
    async () => running.pid() !== before && (await ask(running.url, 'select 1').catch(() => null)) !== null,
  );
  assert.deepEqual(await ask(running.url, 'select n from kept'), [42]);
  await running.stop();
});

/** Another process that starts the database and then only waits. */
async function startElsewhere(): Promise<ChildProcess> {
  const script = `import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres.ts'))};
    await startPostgres({ data_dir: ${JSON.stringify(data_dir)} }); console.log('started'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((done, fail) => {
    child.stdout?.once('data', done);
    child.once('exit', () => fail(new Error('the other process ended')));
  });
  return child;
}

test('when we are killed the database stops too, and the next start finds everything', async () => {
  const child = await startElsewhere();
  assert.notEqual(livingPostmaster(cluster), null);
  child.kill('SIGKILL');
  await until('the database stopped', () => livingPostmaster(cluster) === null);
  const running = await startPostgres({ data_dir });
  assert.deepEqual(await ask(running.url, 'select n from kept'), [42]);
  await running.stop();
});

test('a database left running by a killed run is stopped first', { skip: process.platform !== 'linux' }, async () => {
  const child = await startElsewhere();
  const orphan = livingPostmaster(cluster);
  const watchers = processesWith('acequia-watch').filter((pid) => commandLine(pid).includes(cluster));
  assert.equal(watchers.length, 1);
  for (const pid of watchers) process.kill(pid, 'SIGKILL');
  child.kill('SIGKILL');
  await sleep(200);
  assert.equal(livingPostmaster(cluster), orphan);
  const said: string[] = [];
  const running = await startPostgres({ data_dir, log: (sentence) => said.push(sentence) });
  assert.match(said.join('\n'), /left its database running/);
  assert.deepEqual(await ask(running.url, 'select n from kept'), [42]);
  await running.stop();
});

test('leftovers of a crash are no obstacle: foreign process number, half made folder', async () => {
  writeFileSync(join(cluster, 'postmaster.pid'), `1\n${cluster}\n1700000000\n5432\n/tmp\n\n  1 1\nready\n`);
  writeFileSync(join(data_dir, 'postgres/owner'), `${process.pid} 1 gone\n`);
  mkdirSync(`${cluster}.new`, { recursive: true });
  const running = await startPostgres({ data_dir });
  assert.deepEqual(await ask(running.url, 'select n from kept'), [42]);
  await running.stop();
});

test('a folder nobody may write is refused with a sentence', { skip: process.getuid?.() === 0 }, async () => {
  const closed = testFolder();
  chmodSync(closed, 0o500);
  await assert.rejects(
    startPostgres({ data_dir: join(closed, 'data') }),
    /no place for the database .*: set DATA_DIR to a folder/,
  );
});

test('as root, a data folder its user may not enter: the database lives elsewhere and says where', {
  skip: process.getuid?.() !== 0,
}, async () => {
  const closed = mkdtempSync(join(tmpdir(), 'acequia-closed-'));
  assert.equal(statSync(closed).mode & 0o777, 0o700);
  const said: string[] = [];
  const first = await startPostgres({ data_dir: closed, fast: true, log: (sentence) => said.push(sentence) });
  after(() => rmSync(first.home, { recursive: true }));
  after(() => rmSync(closed, { recursive: true }));
  await ask(first.url, 'create table kept (n int); insert into kept values (7)');
  await first.stop();
  assert.match(said.join('\n'), /the database is kept in \/var\/lib\/acequia\/[0-9a-f]{12}\./);
  assert.equal(dirname(first.home), '/var/lib/acequia');
  assert.equal(readFileSync(join(closed, 'postgres/place'), 'utf8').trim(), first.home);
  const second = await startPostgres({ data_dir: closed, fast: true });
  assert.deepEqual(await ask(second.url, 'select n from kept'), [7]);
  await second.stop();
  assert.ok(existsSync(join(first.home, 'cluster')));
});

function processesWith(text: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && commandLine(pid).includes(text));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
