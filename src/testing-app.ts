import { type App, type AppDeps, buildApp } from './app.tsx';
import { openGateways } from './gateways/index.ts';
import { openClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/db.ts';
import { createLog } from './platform/log.ts';
import { testConfig } from './platform/testing.ts';
import { tend } from './rounds/index.ts';
import { webhookSecret } from './sandbox/index.ts';

export type TestApp = App & { deps: AppDeps; config: Config };

/** The whole application on a test database, with the clock read at every request. `more` replaces what it stands on. */
export function testApp(db: Db, more: Partial<AppDeps> = {}): TestApp {
  const config = more.config ?? testConfig();
  const gateways = openGateways(db, { origin: config.origin, webhook_secret: webhookSecret(config.secret) });
  const deps: AppDeps = {
    config,
    db,
    log: createLog('silent'),
    clock: openClock(db, 'movable', 0),
    gateways,
    catchUp: () => tend({ db, gateways }),
    ...more,
  };
  return { ...buildApp(deps), deps, config };
}
