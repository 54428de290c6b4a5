import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from './postgres.ts';

/** The address of the server that one test run shares, for the processes of its test files. */
export const server_variable = 'ACEQUIA_TEST_SERVER';

/** Run by `node --test --test-global-setup`: one embedded server for all test files, unless DATABASE_URL names another. */
export async function globalSetup(): Promise<void> {
  if (process.env.DATABASE_URL) return;
  const data_dir = mkdtempSync(join(tmpdir(), 'acequia-tests-'));
  chmodSync(data_dir, 0o711);
  const server = await startPostgres({ data_dir, fast: true });
  process.env[server_variable] = server.url;
  stop = async () => {
    await server.stop();
    rmSync(data_dir, { recursive: true, force: true });
  };
}

export async function globalTeardown(): Promise<void> {
  await stop();
}

let stop: () => Promise<void> = () => Promise.resolve();
