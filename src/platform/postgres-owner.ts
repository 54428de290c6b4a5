import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One process at a time owns a data folder. The file `owner` names it with its start time: after a crash, or in a container
 * started again, the same number may belong to another process.
 * @throws when another living process owns the folder.
 */
export function takeOwnership(home: string): () => void {
  const path = join(home, 'owner');
  const mine = identityOf(process.pid);
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${mine}\n`, { mode: 0o600 });
  try {
    for (let attempt = 1; !linked(fresh, path); attempt += 1) {
      const other = readFileSync(path, 'utf8').trim();
      const pid = Number.parseInt(other, 10);
      const alive = identityOf(pid) === other;
      if (alive || attempt > 5) {
        throw new Error(
          `Another start of this installation (process ${pid}) is using ${home}: stop it first, or set DATA_DIR to another folder.`,
        );
      }
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(fresh, { force: true });
  }
  return () => {
    if (readText(path)?.trim() === mine) rmSync(path, { force: true });
  };
}

/** The number of the living postmaster of that cluster, or null. Another process that got its number is not it. */
export function livingPostmaster(cluster: string): number | null {
  const pid = Number.parseInt(readText(join(cluster, 'postmaster.pid')) ?? '', 10);
  if (!Number.isInteger(pid) || pid <= 1) return null;
  return commandOf(pid).includes(cluster) ? pid : null;
}

/** Process number and moment of its start, or '' when there is no such process. */
function identityOf(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform === 'linux') {
    // The name of the program, in parentheses, may hold spaces: count fields after it. The 20th there is the start time.
    const stat = readText(`/proc/${pid}/stat`);
    if (!stat) return '';
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : `${pid} ${fields[19]} ${readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''}`;
  }
  return `${pid} ${ps(pid, 'lstart')}`.trim();
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') ?? '';
  return ps(pid, 'command');
}

function ps(pid: number, field: string): string {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
