import { Hono } from 'hono';
import { openGateways } from '../gateways/index.ts';
import { Refusal } from '../kit/index.ts';
import { serveAsset } from '../look/index.ts';
import { openClock } from '../platform/clock.ts';
import type { Config } from '../platform/config.ts';
import type { Db } from '../platform/db.ts';
import { readForm } from '../platform/http.ts';
import { createLog } from '../platform/log.ts';
import type { Answer } from '../platform/page-cache.ts';
import { testConfig } from '../platform/testing.ts';
import { answerError, refused } from '../refused.tsx';
import { type Send, routes as sandboxRoutes, webhookSecret } from '../sandbox/index.ts';
import { routes as signRoutes } from '../sign/index.ts';
import { type AppEnv, arrive, barePath, whyForged } from '../visits/index.ts';
import { routes as walletRoutes } from '../wallets/index.ts';
import type { GivingDeps } from './addresses.ts';
import { routes } from './routes.tsx';

export type TestSite = { fetch: Answer; deps: GivingDeps; config: Config };

/** The rooms a giver walks through, behind the same door as in the whole application: for tests of their pages. */
export function testSite(db: Db, more: Partial<GivingDeps> = {}): TestSite {
  const config = more.config ?? testConfig();
  const gateways = openGateways(db, { origin: config.origin, webhook_secret: webhookSecret(config.secret) });
  const deps: GivingDeps = { config, db, log: createLog('silent'), clock: openClock(db, 'movable', 0), gateways, ...more };
  const app = new Hono<AppEnv>({ getPath: barePath });
  app.onError((error, c) => answerError(error, c, deps));
  app.notFound((c) => refused(c, 404));
  app.use(async (c, next) => {
    if (/^\/(sandbox|webhooks|assets)\//.test(c.req.path)) return next();
    const { better } = await arrive(c, deps);
    if (better) return c.redirect(better, 302);
    const visit = c.get('visit');
    if (c.req.path.startsWith('/me') && !visit.person) return c.redirect(visit.to('/sign-in'), 303);
    if (c.req.method === 'GET') return next();
    const why = whyForged({
      sec_fetch_site: c.req.header('sec-fetch-site'),
      origin: c.req.header('origin'),
      own_origins: [config.origin],
      person_id: visit.person?.id ?? null,
      token: (await readForm(c)).csrf,
      secret: config.secret,
    });
    if (why) throw new Refusal(why, 403);
    return next();
  });
  const send: Send = async (body, headers) => (await app.request('/webhooks/sandbox', { method: 'POST', body, headers })).status;
  app.get('/assets/*', (c) => serveAsset(c));
  app.route('/', routes(deps));
  app.route('/', walletRoutes(deps));
  app.route('/', signRoutes(deps));
  app.route('/', sandboxRoutes({ ...deps, send }));
  return { fetch: (request, env) => app.fetch(request, env), deps, config };
}
