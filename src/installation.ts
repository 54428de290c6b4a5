import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './platform/config.ts';
import { startPostgres } from './platform/postgres.ts';

/** The database of this installation, and what ends it. */
export type Installation = { url: string; close(): Promise<void> };

/** The database of DATABASE_URL, or the embedded one, started now. It ends with this process. */
export async function openInstallation(config: Config, say: (sentence: string) => void): Promise<Installation> {
  if (config.database_url) return { url: config.database_url, close: () => Promise.resolve() };
  const postgres = await startPostgres({ data_dir: config.data_dir, log: say });
  writeFileSync(noteOf(config), JSON.stringify({ pid: process.pid, url: postgres.url }), { mode: 0o600 });
  const close = async () => {
    rmSync(noteOf(config), { force: true });
    await postgres.stop();
  };
  return { url: postgres.url, close };
}

/** For commands: the database of the server that runs now, else one started for the command alone. */
export async function joinInstallation(config: Config, say: (sentence: string) => void): Promise<Installation> {
  const url = config.database_url ? null : runningUrl(config);
  return url ? { url, close: () => Promise.resolve() } : openInstallation(config, say);
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
