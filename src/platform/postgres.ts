import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { livingPostmaster, takeOwnership } from './postgres-owner.ts';
import { findPlace, type Place } from './postgres-place.ts';

export type StartOptions = {
  /** The cluster lives in `postgres` below it. */
  data_dir: string;
  /** Hears sentences worth telling: where things were put, what was recovered. */
  log?: (sentence: string) => void;
  /** For tests: much faster, and a power cut may lose everything. */
  fast?: boolean;
  database?: string;
};

export type Postgres = {
  url: string;
  /** The folder of the cluster, its password and its log. */
  home: string;
  pid(): number;
  stop(): Promise<void>;
};

const user = 'acequia';

/**
 * Starts the PostgreSQL that comes with the installation, and starts it again when it dies. It ends with this process, even
 * when this process is killed.
 * @throws Error with a sentence that says what to do.
 */
export async function startPostgres(options: StartOptions): Promise<Postgres> {
  const say = options.log ?? (() => undefined);
  const place = findPlace(options.data_dir, say);
  const release = takeOwnership(place.home);
  const cluster = join(place.home, 'cluster');
  try {
    await stopOrphan(cluster, say);
    if (!existsSync(cluster)) makeCluster(place, cluster);
    const password = readPassword(place.home);
    const address = await chooseAddress(place);
    const keeper = new Keeper(place, cluster, address.flags, options.fast === true, say);
    await keeper.start();
    const url = (database: string) => `postgres://${user}:${password}@${address.host}/${database}${address.query}`;
    const database = options.database ?? 'acequia';
    await createDatabase(url('postgres'), database);
    const stop = async () => {
      await keeper.stop();
      rmSync(place.socket_dir, { recursive: true, force: true });
      release();
    };
    return { url: url(database), home: place.home, pid: () => keeper.pid, stop };
  } catch (error) {
    release();
    throw error;
  }
}

/** The last run was killed before it could stop its database. */
async function stopOrphan(cluster: string, say: (sentence: string) => void): Promise<void> {
  const pid = livingPostmaster(cluster);
  if (pid === null) {
    rmSync(join(cluster, 'postmaster.pid'), { force: true });
    return;
  }
  say(`The last run left its database running (process ${pid}): stopping it first.`);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.kill(pid, signal);
    for (let waited_ms = 0; waited_ms < 15_000; waited_ms += 50) {
      if (livingPostmaster(cluster) === null) return;
      await sleep(50);
    }
  }
  throw new Error(`The database process ${pid} of the last run does not stop: end it with "kill -9 ${pid}" and start again.`);
}

/** Made beside its place and moved there when whole: a run killed half way leaves nothing that looks like a database. */
function makeCluster(place: Place, cluster: string): void {
  const fresh = `${cluster}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  const password_file = join(place.home, 'password');
  writeFileSync(password_file, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  for (const path of [fresh, password_file]) if (place.runner) chownSync(path, place.runner.uid, place.runner.gid);
  const made = spawnSync(
    join(place.native, 'bin/initdb'),
    [
      `--pgdata=${fresh}`,
      `--username=${user}`,
      `--pwfile=${password_file}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // The same order and the same upper and lower case on every machine, whatever locales it has.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
      '--no-sync',
    ],
    { ...asRunner(place), encoding: 'utf8' },
  );
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not make its folder in ${place.home}: ${made.error?.message ?? made.stderr.trim()}`);
  }
  renameSync(fresh, cluster);
}

function readPassword(home: string): string {
  const path = join(home, 'password');
  if (!existsSync(path))
    throw new Error(`${path} is missing, and with it the password of the database: put it back from a copy.`);
  chmodSync(path, 0o600);
  return readFileSync(path, 'utf8').trim();
}

/** A socket in a private folder: no port to be taken, nobody else to reach it. Windows has no such sockets for Node: a free port. */
async function chooseAddress(place: Place): Promise<{ host: string; query: string; flags: string[] }> {
  if (process.platform !== 'win32') {
    const flags = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${place.socket_dir}`, '-p', '5432'];
    return { host: '', query: `?host=${encodeURIComponent(place.socket_dir)}`, flags };
  }
  const port = await freePort();
  return { host: `127.0.0.1:${port}`, query: '', flags: ['-c', 'listen_addresses=127.0.0.1', '-p', String(port)] };
}

/** A port nobody listens on at this moment, given by the system. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

const real_flags = ['-c', 'max_wal_size=2GB', '-c', 'checkpoint_timeout=15min'];
const fast_flags = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_wal_size=4GB'];
const common_flags = Object.entries({
  max_connections: 100,
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  random_page_cost: '1.1',
  // Statements and details may hold what people wrote: they stay out of the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** Keeps one postmaster alive. */
class Keeper {
  #process: ChildProcess | null = null;
  #watcher: ChildProcess | null = null;
  #stopping = false;
  readonly #place: Place;
  readonly #cluster: string;
  readonly #flags: string[];
  readonly #say: (sentence: string) => void;

  constructor(place: Place, cluster: string, flags: string[], fast: boolean, say: (sentence: string) => void) {
    this.#place = place;
    this.#cluster = cluster;
    this.#flags = [...flags, ...common_flags, ...(fast ? fast_flags : real_flags)];
    this.#say = say;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** After a crash the memory shared with the last children may still be held for a moment: try for ten seconds. */
  async start(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const failure = await this.#startOnce();
      if (failure === null || this.#stopping) return;
      if (attempt >= 20 || !/shared memory block|lock file/.test(failure)) {
        throw new Error(`PostgreSQL did not start; the end of ${this.#logFile()} says:\n${failure}`);
      }
      await sleep(500);
    }
  }

  /** Nobody is there to start it by hand: it is tried until it runs, or until we stop. */
  async #startAgain(): Promise<void> {
    this.#say('The database ended by itself: starting it again.');
    const why_not = await this.start().catch((error: unknown) => String(error));
    if (!why_not || this.#stopping) return;
    this.#say(why_not);
    setTimeout(() => void this.#startAgain(), 2_000);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#process;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGQUIT'), 20_000);
      await gone;
      clearTimeout(late);
    }
    this.#watcher?.kill('SIGKILL');
  }

  /** Null when it answers, else the end of its log. */
  async #startOnce(): Promise<string | null> {
    this.#watcher?.kill('SIGKILL');
    const log = openSync(this.#logFile(), 'w', 0o600);
    // Detached: Ctrl-C in a terminal reaches us alone, and we stop the database last.
    const child = spawn(join(this.#place.native, 'bin/postgres'), ['-D', this.#cluster, ...this.#flags], {
      ...asRunner(this.#place),
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#process = child;
    let over = false;
    child.once('error', () => (over = true));
    child.once('exit', () => (over = true));
    for (let waited_ms = 0; waited_ms < 120_000 && !over; waited_ms += 20) {
      if (this.#isReady()) {
        this.#watch(child);
        return null;
      }
      await sleep(20);
    }
    child.kill('SIGQUIT');
    return readFileSync(this.#logFile(), 'utf8').trim().split('\n').slice(-8).join('\n');
  }

  /** The eighth line of its file says so. */
  #isReady(): boolean {
    const file = join(this.#cluster, 'postmaster.pid');
    if (!existsSync(file)) return false;
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines[0] === String(this.pid) && lines[7]?.trim() === 'ready';
  }

  /** Two watches: we restart the database when it dies; a small shell stops it when we die, because then its input ends. */
  #watch(child: ChildProcess): void {
    child.once('exit', () => this.#stopping || void this.#startAgain());
    child.unref();
    if (process.platform === 'win32') return;
    const script = 'cat > /dev/null; read -r pid < "$2/postmaster.pid" && [ "$pid" = "$1" ] && kill -INT "$1"';
    const watcher = spawn('/bin/sh', ['-c', script, 'acequia-watch', String(child.pid), this.#cluster], {
      ...asRunner(this.#place),
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    watcher.on('error', (error) => this.#say(`The database will not stop by itself if this process is killed: ${error.message}`));
    watcher.unref();
    if (watcher.stdin && 'unref' in watcher.stdin) (watcher.stdin as unknown as { unref(): void }).unref();
    this.#watcher = watcher;
  }

  #logFile(): string {
    return join(this.#place.home, 'postgres.log');
  }
}

/** None of our settings and secrets reach the database process. */
function asRunner(place: Place): { uid?: number; gid?: number; cwd: string; env: Record<string, string> } {
  const env: Record<string, string> = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', PGTZ: 'UTC' };
  if (process.env.SYSTEMROOT) env.SYSTEMROOT = process.env.SYSTEMROOT;
  return { ...(place.runner ? { uid: place.runner.uid, gid: place.runner.gid } : {}), cwd: '/', env };
}
