import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { app_role, codeOf, may_set, openPool } from './db.ts';
import { project_root } from './postgres-place.ts';

export type Migration = { version: number; name: string; text: string; checksum: string };

export type MigrateOptions = {
  folder?: string;
  log?: (sentence: string) => void;
};

export type Migrated = {
  /** Names of the files that ran now. */
  applied: string[];
  /** False when this server does not let us create the role: then the application runs as the owner. */
  has_app_role: boolean;
};

/** Whoever holds this lock migrates; others wait, then find nothing to do. */
const lock_number = 4_217_001;

/** Tables that are only ever added to. */
const append_only = ['movements', 'entries', 'audit'];

/**
 * Brings the database to the state the files in `migrations/` describe: forward only, each file once, each in a transaction.
 * @throws Error when a file that ran was changed, removed or renumbered, with the name of that file.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<Migrated> {
  const say = options.log ?? (() => undefined);
  const migrations = readMigrations(options.folder ?? join(project_root, 'migrations'));
  const client = new pg.Client({ connectionString: url, application_name: 'acequia migrate' });
  client.on('error', (error) => say(`The database ended while migrating: ${error.message}`));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lock_number]);
    await refuseOld(client);
    await migrateJobs(url);
    const applied = await applyMissing(client, migrations, say);
    const has_app_role = await grantToApp(client, say);
    return { applied, has_app_role };
  } finally {
    await client.end();
  }
}

/** What `/ready` asks: files that have not run yet. Empty when the database is current. */
export async function missingMigrations(url: string, folder = join(project_root, 'migrations')): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query<{ name: string }>('select name from migrations');
    const names = new Set(known.rows.map((row) => row.name));
    return readMigrations(folder).flatMap((migration) => (names.has(migration.name) ? [] : [migration.name]));
  } finally {
    await client.end();
  }
}

/** The files in their order. Numbers follow one another, so that two branches cannot both add the same one unseen. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1] ?? Number.NaN);
    if (version !== index + 1) {
      throw new Error(`migrations/${name}: expected a name like ${String(index + 1).padStart(4, '0')}_what_it_does.sql here.`);
    }
    const text = readFileSync(join(folder, name), 'utf8');
    return { version, name, text, checksum: createHash('sha256').update(text).digest('hex') };
  });
}

async function refuseOld(client: pg.Client): Promise<void> {
  const answer = await client.query<{ number: number }>(`select current_setting('server_version_num')::int as number`);
  const number = answer.rows[0]?.number ?? 0;
  if (number < 150_000) throw new Error(`This PostgreSQL is version ${Math.floor(number / 10_000)}: use version 15 or later.`);
}

async function migrateJobs(url: string): Promise<void> {
  const pool = openPool(url, { max: 2, role: 'worker', as_app: false, our_types: false });
  try {
    await runMigrations({ pgPool: pool, logger: undefined });
  } finally {
    await pool.end();
  }
}

async function applyMissing(client: pg.Client, migrations: Migration[], say: (sentence: string) => void): Promise<string[]> {
  await client.query(`create table if not exists migrations (
    version int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
  const known = await client.query<{ version: number; name: string; checksum: string }>(
    'select * from migrations order by version',
  );
  for (const row of known.rows) {
    const file = migrations[row.version - 1];
    if (file?.name === row.name && file.checksum === row.checksum) continue;
    const what = file?.name === row.name ? 'was changed' : 'was removed or renamed';
    throw new Error(`migrations/${row.name} ${what} after it ran on this database: put it back as it was, and write a new file.`);
  }
  const missing = migrations.slice(known.rows.length);
  for (const migration of missing) {
    await applyPatiently(client, migration);
    say(`Applied migrations/${migration.name}.`);
  }
  return missing.map((migration) => migration.name);
}

/** A change that waits for a lock makes everybody behind it wait too: it gives up after two seconds and comes back. */
async function applyPatiently(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query('begin');
      await client.query(`set local lock_timeout = '2s'; set local statement_timeout = 0`);
      await client.query(migration.text);
      await client.query('insert into migrations (version, name, checksum) values ($1, $2, $3)', [
        migration.version,
        migration.name,
        migration.checksum,
      ]);
      await client.query('commit');
      return;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      const locked = codeOf(error) === '55P03';
      if (!locked || attempt >= 20)
        throw new Error(`migrations/${migration.name}: ${messageOf(error, migration)}`, { cause: error });
      await sleep(200 * attempt * (0.5 + Math.random()));
    }
  }
}

function messageOf(error: unknown, migration: Migration): string {
  if (!(error instanceof Error)) return String(error);
  const position = 'position' in error ? Number(error.position) : Number.NaN;
  const line = Number.isInteger(position) ? `line ${migration.text.slice(0, position).split('\n').length}: ` : '';
  return `${line}${error.message}`;
}

/** The application may read and write rows, never change the schema, and never change or delete what is only added to. */
async function grantToApp(client: pg.Client, say: (sentence: string) => void): Promise<boolean> {
  await client.query(enqueue);
  try {
    await client.query(create_role);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    say(`This database server does not let us create the role ${app_role}: the application runs as the owner of its tables.`);
    return false;
  }
  const ours = await client.query<{ nspname: string }>(
    `select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'graphile_worker')`,
  );
  const found = await client.query<{ relname: string }>(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname = any($1)`,
    [append_only],
  );
  const grants = grantsOn(ours.rows.map(({ nspname }) => client.escapeIdentifier(nspname)).join(', '));
  const revokes = found.rows.map(
    ({ relname }) => `revoke update, delete on ${client.escapeIdentifier(relname)} from ${app_role};`,
  );
  await client.query(`begin; ${grants} ${revokes.join(' ')} commit;`);
  return true;
}

/** Roles belong to the whole server: another database of it may be creating the same one at this moment. */
const create_role = `do $$ begin
  if not exists (select from pg_roles where rolname = '${app_role}') then
    begin
      create role ${app_role} nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if not pg_has_role(current_user, '${app_role}', ${may_set}) then
    execute format('grant ${app_role} to %I', current_user);
  end if;
end $$`;

function grantsOn(schemas: string): string {
  return `
  grant usage on schema ${schemas} to ${app_role};
  grant select, insert, update, delete on all tables in schema ${schemas} to ${app_role};
  grant usage, select on all sequences in schema ${schemas} to ${app_role};
  grant execute on all functions in schema ${schemas} to ${app_role};
  revoke insert, update, delete on migrations from ${app_role};`;
}

/** The jobs' own tables are closed to the application; one door adds, one shows. */
const enqueue = `
  create or replace function enqueue_job(task text, payload json, key text, run_at timestamptz, attempts_max int) returns void
  language sql security definer set search_path = pg_catalog, pg_temp as $$
    select graphile_worker.add_job(task, payload, null, run_at, attempts_max, key);
  $$;
  revoke execute on function enqueue_job from public;
  create or replace view waiting_jobs as
    select id, task_identifier as name, attempts, max_attempts as attempts_max, coalesce(last_error, '') as last_error, run_at, locked_at
    from graphile_worker.jobs;`;
