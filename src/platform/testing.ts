import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { type Config, readConfig } from './config.ts';
import { app_role, type Connection, codeOf, connect, type Db, only, sql } from './db.ts';
import { migrate, readMigrations } from './migrate.ts';
import { startPostgres } from './postgres.ts';
import { project_root } from './postgres-place.ts';
import { server_variable } from './testing-setup.ts';

export type TestDb = {
  url: string;
  /** The server's own database: where other databases are made, and where everybody meets at the same locks. */
  server: string;
  /** As the application is: may not change the schema, nor movements, entries, audit. */
  db: Db;
  pool: pg.Pool;
  /** As the owner of the tables: for tests that break things on purpose. */
  owner: Db;
  /** False on a server that did not let us create the role: then `db` is the owner, too. */
  has_app_role: boolean;
  /** Closes and drops it now; happens by itself when the file's tests are over. */
  close(): Promise<void>;
};

/**
 * A fresh, migrated database for this test file: `const { db } = await testDb();` at its top. On the server of DATABASE_URL
 * when that is set, else on an embedded one.
 */
export async function testDb(options: { max?: number; role?: 'web' | 'worker' } = {}): Promise<TestDb> {
  const server = await testServer();
  const template = await templateOn(server);
  const name = `acequia_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await onServer(server, (client) => client.query(`create database ${name} template ${template}`));
  const url = onDatabase(server, name);
  const app = connect(url, { max: options.max ?? 10, role: options.role ?? 'web' });
  let owner: Connection | null = null;
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await Promise.all([app.close(), owner?.close()]);
    await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  closers.push(close);
  const { has_app_role } = await only<{ has_app_role: boolean }>(app.db, sql`select current_user = ${app_role} as has_app_role`);
  return {
    has_app_role,
    url,
    server,
    db: app.db,
    pool: app.pool,
    get owner() {
      owner ??= connect(url, { max: 4, role: 'worker', as_app: false });
      return owner.db;
    },
    close,
  };
}

/** Settings as `npm start` reads them, in a data folder of their own that is deleted at the end. */
export function testConfig(env: Record<string, string> = {}): Config {
  return readConfig({ NODE_ENV: 'test', DATA_DIR: testFolder(), LOG_LEVEL: 'silent', ...env });
}

/** A folder that is deleted when the file's tests are over. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'acequia-test-'));
  // The user who runs PostgreSQL when we are root passes through.
  chmodSync(folder, 0o711);
  closers.unshift(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** For what a test file starts: closed when its tests are over, before the database it uses, the last first. */
export function atEnd(close: () => unknown): void {
  closers.push(close);
}

/** Last opened, first closed: databases before their server, everything before its folder. */
const closers: (() => unknown)[] = [];

after(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

let own_server: Promise<string> | null = null;

/** Of the test run, of DATABASE_URL, or one of this file alone. */
function testServer(): Promise<string> {
  const given = process.env[server_variable] || process.env.DATABASE_URL;
  if (given) return Promise.resolve(given);
  own_server ??= startPostgres({ data_dir: testFolder(), fast: true }).then((server) => {
    closers.splice(1, 0, server.stop);
    return server.url;
  });
  return own_server;
}

/** Migrated once for these migrations, then copied for every test file, which takes a few hundredths of a second. */
export async function templateOn(server: string): Promise<string> {
  const name = `acequia_template_${migrationsHash()}`;
  await onServer(server, async (client) => {
    await client.query('select pg_advisory_lock(4217002)');
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount) return;
    const building = `${name}_building`;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building}`);
    await migrate(onDatabase(server, building));
    await client.query(`alter database ${building} rename to ${name}`);
    await dropOlder(client, name);
  });
  return name;
}

async function dropOlder(client: pg.Client, name: string): Promise<void> {
  const others = await client.query<{ datname: string }>(
    `select datname from pg_database where datname like 'acequia\\_template\\_%' and datname <> $1`,
    [name],
  );
  for (const { datname } of others.rows) {
    await client.query(`drop database if exists ${client.escapeIdentifier(datname)}`).catch((error) => {
      if (codeOf(error) !== '55006') throw error;
    });
  }
}

function migrationsHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(project_root, 'src/platform/migrate.ts')));
  for (const { checksum } of readMigrations(join(project_root, 'migrations'))) hash.update(checksum);
  return hash.digest('hex').slice(0, 16);
}

/** Runs `fn` on a connection of its own, as the owner. */
export async function onServer<R>(server: string, fn: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    return await fn(client);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function onDatabase(server: string, name: string): string {
  return server.replace(/^([a-z]+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
}
