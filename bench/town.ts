import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGateways } from '../src/gateways/index.ts';
import { connect } from '../src/platform/db.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startPostgres } from '../src/platform/postgres.ts';
import type { Bench } from './money.ts';

/** A database of its own, with the settings of real use (every commit is on disk), thrown away afterwards. */
export async function openTown(): Promise<Bench & { url: string; data_dir: string; close(): Promise<void> }> {
  const data_dir = mkdtempSync(join(tmpdir(), 'acequia-bench-'));
  chmodSync(data_dir, 0o711);
  const server = await startPostgres({ data_dir });
  await migrate(server.url);
  const app = connect(server.url, { max: 20, role: 'worker' });
  const owner = connect(server.url, { max: 2, role: 'worker', as_app: false });
  const close = async () => {
    await Promise.all([app.close(), owner.close()]);
    await server.stop();
    rmSync(data_dir, { recursive: true, force: true });
  };
  return {
    db: app.db,
    owner: owner.db,
    gateways: openGateways(app.db, { origin: 'http://localhost', webhook_secret: 'bench' }),
    url: server.url,
    data_dir,
    close,
  };
}
