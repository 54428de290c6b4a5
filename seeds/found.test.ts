import assert from 'node:assert/strict';
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { allNodes } from '../src/nodes/index.ts';
import { connect, type Db, only, rows, sql } from '../src/platform/db.ts';
import { freePort } from '../src/platform/postgres.ts';
import { project_root } from '../src/platform/postgres-place.ts';
import { brokenPromises } from '../src/platform/promises.ts';
import { atEnd, testConfig, testDb, testFolder } from '../src/platform/testing.ts';
import { promises } from '../src/promises.ts';
import { testApp } from '../src/testing-app.ts';
import { found } from './found.ts';
import { type Founding, readFounding } from './founding.ts';
import { planted } from './plant.ts';
import { readReferences } from './read.ts';
import { type Written, written } from './testing-founding.ts';

const secret = randomBytes(32).toString('hex');

function founding(change?: (file: Written) => void): Founding {
  const read = readFounding(written(change));
  assert.ok('ok' in read, JSON.stringify(read));
  return read.ok;
}

function countOf(db: Db, table: string): Promise<{ n: number }> {
  return only(db, sql`select count(*)::int as n from ${sql.table(table)}`);
}

describe('an installation that is founded', async () => {
  const { db, owner } = await testDb();
  await found(db, founding());
  const [node] = await allNodes(db);
  assert.ok(node);

  test('has its host, its main node and the accounts it needs', async () => {
    assert.deepEqual([node.slug, node.kind, node.currency, node.settings.round_days], ['main', 'main', 'EUR', 40]);
    assert.deepEqual([node.host.iban, node.host.demonstration], ['ES79 2100 0813 6101 2345 6789', false]);
    const accounts = await rows(db, sql`select kind, owner, currency, host_id from accounts order by kind`);
    const account = { owner: node.id, currency: 'EUR', host_id: node.host.id };
    assert.deepEqual(accounts, [
      { kind: 'fund', ...account },
      { kind: 'tips', ...account },
    ]);
  });

  test('has the reference tables, and nothing else of the town', async () => {
    for (const [table, lines] of Object.entries(readReferences()))
      assert.deepEqual(await countOf(db, table), { n: lines.length }, table);
    for (const table of ['people', 'projects', 'contributions', 'movements', 'events'])
      assert.deepEqual(await countOf(db, table), { n: 0 }, table);
    assert.equal(await planted(owner), 'done', 'a start outside production plants nothing into it');
    assert.deepEqual(await brokenPromises(db, promises), []);
  });

  test('says so in the audit, with no more of the account than its end', async () => {
    const acts = await rows<{ act: string; target_id: string; after: Record<string, unknown> }>(
      db,
      sql`select act, target_id, after from audit order by id`,
    );
    assert.deepEqual(
      acts.map(({ act, target_id }) => [act, target_id]),
      [
        ['host_founded', node.host.id],
        ['node_founded', node.id],
      ],
    );
    assert.deepEqual([acts[0]?.after.iban_ends, 'iban' in (acts[0]?.after ?? {})], ['6789', false]);
  });

  test('is not founded again', async () => {
    await assert.rejects(
      found(
        db,
        founding((file) => (file.node.slug = 'other')),
      ),
      /founded already: its node is "main"/,
    );
    assert.deepEqual(await countOf(db, 'hosts'), { n: 1 });
    assert.deepEqual(await countOf(db, 'audit'), { n: 2 });
  });

  const config = testConfig({ NODE_ENV: 'production', SECRET: secret, ORIGIN: 'http://localhost:3000' });
  const app = testApp(db, { config });
  atEnd(() => app.close());
  const paths = ['', '/explore', '/explore?view=map', '/commons', '/accounts', '/accounts/campaigns', '/how', '/terms', '/team'];
  for (const locale of ['en', 'es'])
    test(`has pages in ${locale} when nothing has happened yet`, async () => {
      for (const path of [...paths, '/accessibility', '/software', '/sign-in', '/sign-up']) {
        const answer = await app.routes.request(`/${locale}${path}`);
        const html = await answer.text();
        assert.equal(answer.status, 200, path);
        assert.match(html, new RegExp(`brand-name">${node.name[locale as 'en' | 'es']}<`), path);
        assert.doesNotMatch(html, /undefined|NaN|\[object|demonstration/, path);
      }
    });

  test('sends nobody to a language it does not speak', async () => {
    const to = async (wished: string) =>
      (await app.routes.request('/', { headers: { 'accept-language': wished } })).headers.get('location');
    assert.equal(await to('fr, es;q=0.8'), '/es');
    assert.equal(await to('fr'), '/en');
  });
});

test('of many who found at once one does, and the others are told', async () => {
  const { db } = await testDb();
  const ends = await Promise.allSettled(Array.from({ length: 4 }, () => found(db, founding())));
  assert.equal(ends.filter((end) => end.status === 'fulfilled').length, 1);
  for (const end of ends) if (end.status === 'rejected') assert.match(String(end.reason), /founded already/);
  assert.deepEqual(await countOf(db, 'nodes'), { n: 1 });
  assert.deepEqual(await countOf(db, 'goals'), { n: 17 });
});

test('a node without team, in another currency and one language, has a first page too', async () => {
  const { db } = await testDb();
  const change = (file: Written) => {
    Object.assign(file.host, { country: 'GB', currency: 'GBP', iban: 'GB33BUKB20201555555555' });
    Object.assign(file.node, { locales: ['en'], time_zone: 'Europe/London', team: [] });
    for (const name of ['name', 'tagline', 'about', 'terms']) delete file.node[name].es;
  };
  await found(db, founding(change));
  const accounts = await rows(db, sql`select distinct currency from accounts`);
  assert.deepEqual(accounts, [{ currency: 'GBP' }]);
  const app = testApp(db);
  atEnd(() => app.close());
  const html = await (await app.routes.request('/en')).text();
  assert.match(html, /£0/);
  assert.match(html, />The money is received and held by Our Association/);
});

describe('on an empty database, in production', async () => {
  const { owner, server } = await testDb();
  const name = `acequia_founded_${randomBytes(4).toString('hex')}`;
  await sql.raw(`create database ${name}`).execute(owner);
  atEnd(() => sql.raw(`drop database if exists ${name} with (force)`).execute(owner));
  const url = server.replace(/^([a-z]+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
  const folder = testFolder();
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...{ PATH: process.env.PATH, NODE_ENV: 'production', SECRET: secret, ORIGIN: origin, PORT: String(port) },
    ...{ DATABASE_URL: url, DATA_DIR: folder, LOG_LEVEL: 'silent', INIT_CWD: folder },
  };
  const options: SpawnOptions = { cwd: project_root, env: env as NodeJS.ProcessEnv };
  const program = (file: string) => ['--import', './src/platform/tsx.ts', `bin/${file}.ts`];

  function cli(...args: string[]): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...program('cli'), ...args], {
      ...options,
      encoding: 'utf8',
    });
    return { status, said: `${stdout}${stderr}` };
  }

  function keep(file: string, text: string): void {
    writeFileSync(join(folder, file), text);
  }

  test('the server says what to do, and the command what to write', () => {
    const { status, stderr } = spawnSync(process.execPath, program('server'), { ...options, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(String(stderr), /did not start\. .*"npm run cli found"/);
    const told = cli('found');
    assert.equal(told.status, 0);
    assert.match(told.said, /\n {2}npm run cli found place\.json\n$/);
    const shown = JSON.parse(told.said.slice(told.said.indexOf('\n{') + 1, told.said.indexOf('\n}') + 2));
    assert.deepEqual(mistakesIn(shown), ['host.iban']);
  });

  test('a file that will not do founds nothing', () => {
    keep('broken.json', '{ "host": }');
    keep('wrong.json', JSON.stringify(written((file) => Object.assign(file.host, { slug: 'X', country: 'UK' }))));
    for (const [file, sentence] of [
      ['absent.json', /absent\.json cannot be read .*"npm run cli found" shows/],
      ['broken.json', /broken\.json is not JSON: /],
      ['wrong.json', /wrong\.json has 2 mistakes; nothing was founded:\n {2}host\.slug is "X": .*\n {2}host\.country is "UK": /],
    ] as const) {
      const told = cli('found', file);
      assert.equal(told.status, 1, file);
      assert.match(told.said, sentence);
    }
  });

  test('it is founded once', () => {
    keep('place.json', `\uFEFF${JSON.stringify(written())}`);
    const told = cli('found', 'place.json');
    assert.equal(told.status, 0, told.said);
    assert.match(
      told.said,
      /Founded "Our valley" and its host "Our Association" in the database of DATABASE_URL\. Next: "npm start"/,
    );
    assert.match(told.said, /grant-role someone@example\.org treasurer our-association\n$/);
    const again = cli('found', 'place.json');
    assert.equal(again.status, 1);
    assert.match(again.said, /^This installation is founded already: its node is "main"\. Nothing was changed\./);
  });

  test('then the server starts and serves it', async () => {
    const running = spawn(process.execPath, program('server'), { ...options, stdio: 'ignore' });
    const ended = once(running, 'exit');
    try {
      assert.equal(await statusOf(`${origin}/ready`), 200);
      for (const path of ['/en', '/es/explore', '/en/terms']) assert.equal(await statusOf(origin + path), 200, path);
      assert.equal(await statusOf(`${origin}/en/dev/mail`), 404);
    } finally {
      running.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
    }
  });

  test('roles are given and taken there', async () => {
    const { db, close } = connect(url);
    atEnd(close);
    await sql`insert into people (id, name, email) values (gen_random_uuid(), 'Ana', 'ana@example.org')`.execute(db);
    const said = (...args: string[]) =>
      Object.values(cli(...args))
        .join(' ')
        .trim();
    assert.equal(said('grant-role', 'Ana@example.org', 'steward', 'main'), '0 Ana@example.org is now steward of main.');
    assert.equal(
      said('withdraw-role', 'ana@example.org', 'operator'),
      '1 ana@example.org was not operator: nothing was changed.',
    );
    assert.equal(said('withdraw-role', 'ana@example.org', 'steward', 'main'), '0 ana@example.org is no longer steward of main.');
    assert.equal(
      said('withdraw-role', 'ana@example.org', 'steward', 'main'),
      '1 ana@example.org was not steward of main: nothing was changed.',
    );
    assert.match(
      said('withdraw-role', 'bo@example.org', 'operator'),
      /^1 Nobody has the address "bo@example.org"\.\nWrite: npm run cli withdraw-role /,
    );
    assert.match(said('withdraw-role', 'ana@example.org', 'king'), /^1 "king" is not a role: /);
    assert.match(said('withdraw-role', 'ana@example.org', 'treasurer', 'nowhere'), /^1 There is no host "nowhere"\./);
    const acts = await rows(db, sql`select act, reason from audit where target_kind = 'person' order by id`);
    assert.deepEqual(acts, [
      { act: 'role_granted', reason: 'command line' },
      { act: 'role_withdrawn', reason: 'command line' },
    ]);
    assert.deepEqual(await countOf(db, 'roles'), { n: 0 });
  });
});

function mistakesIn(file: unknown): (string | undefined)[] {
  const read = readFounding(file);
  return 'wrong' in read ? read.wrong.map((sentence) => sentence.split(' ')[0]) : [];
}

/** Asks until somebody answers, a server that starts for twenty seconds at most. */
async function statusOf(url: string): Promise<number> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return (await fetch(url)).status;
    } catch (error) {
      if (attempt >= 100) throw error;
      await sleep(200);
    }
  }
}
