import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from './platform/config.ts';
import { codeOf, connect, sql } from './platform/db.ts';
import { startPostgres } from './platform/postgres.ts';

/** The database of this installation, and what ends it. */
export type Installation = {
  url: string;
  /** Throws the database away and makes an empty one. Absent where it is not ours to throw away. */
  remake?: () => Promise<void>;
  close(): Promise<void>;
};

/** The database of DATABASE_URL, or the embedded one, started now. It ends with this process. */
export async function openInstallation(config: Config, say: (sentence: string) => void): Promise<Installation> {
  if (config.database_url) return { url: config.database_url, close: () => Promise.resolve() };
  const postgres = await startPostgres({ data_dir: config.data_dir, log: say });
  writeFileSync(noteOf(config), JSON.stringify({ pid: process.pid, url: postgres.url }), { mode: 0o600 });
  const close = async () => {
    rmSync(noteOf(config), { force: true });
    await postgres.stop();
  };
  const remake = async () => {
    const { name, at } = partsOf(postgres.url);
    await onServer(at('postgres'), `drop database ${name} with (force)`);
    await onServer(at('postgres'), `create database ${name}`);
  };
  return { url: postgres.url, remake, close };
}

/** For commands: the database of the server that runs now, else one started for the command alone. */
export async function joinInstallation(config: Config, say: (sentence: string) => void): Promise<Installation> {
  const url = config.database_url ? null : runningUrl(config);
  return url ? { url, close: () => Promise.resolve() } : openInstallation(config, say);
}

/** An empty database for one story, gone when it is closed: on the server of DATABASE_URL, else on a server of its own in a temporary folder. */
export async function borrowInstallation({ database_url }: Config): Promise<Installation> {
  if (!database_url) return borrowServer();
  const name = `acequia_borrowed_${randomBytes(6).toString('hex')}`;
  await onServer(database_url, `create database ${name}`);
  const close = () => onServer(database_url, `drop database if exists ${name} with (force)`);
  return { url: partsOf(database_url).at(name), close };
}

async function borrowServer(): Promise<Installation> {
  const data_dir = mkdtempSync(join(tmpdir(), 'acequia-borrowed-'));
  // The user who runs PostgreSQL when we are root passes through.
  chmodSync(data_dir, 0o711);
  const remove = () => rmSync(data_dir, { recursive: true, force: true });
  try {
    const postgres = await startPostgres({ data_dir, fast: true });
    return { url: postgres.url, close: () => postgres.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The name of the database in an address, and the address of another on the same server. */
function partsOf(url: string): { name: string; at(other: string): string } {
  const [, server = '', name = ''] = /^([a-z]+:\/\/[^/]*)\/?([^?]*)/.exec(url) ?? [];
  const query = url.slice(server.length).replace(/^[^?]*/, '');
  return { name, at: (other) => `${server}/${other}${query}` };
}

async function onServer(url: string, statement: string): Promise<void> {
  const { db, close } = connect(url, { max: 1, role: 'worker', as_app: false });
  try {
    await sql.raw(statement).execute(db);
  } catch (error) {
    if (codeOf(error) !== '42501') throw error;
    throw new Error(
      'The user of DATABASE_URL may not create databases: leave DATABASE_URL out, or let it ("alter role … createdb").',
    );
  } finally {
    await close();
  }
}

function noteOf(config: Config): string {
  return join(config.data_dir, 'running');
}

function runningUrl(config: Config): string | null {
  try {
    const { pid, url } = JSON.parse(readFileSync(noteOf(config), 'utf8')) as { pid: number; url: string };
    // Asks whether that process lives; nothing is sent.
    process.kill(pid, 0);
    return url;
  } catch {
    return null;
  }
}
