import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { matchedRoutes } from 'hono/route';
import * as admin from './admin/index.ts';
import * as contributions from './contributions/index.ts';
import * as dev from './dev/index.ts';
import type { Gateways } from './gateways/index.ts';
import { guard } from './guard.ts';
import { type Checks, type Health, healthRoutes } from './health.ts';
import { Refusal, refuse } from './kit/index.ts';
import { assetUrl, serveAsset } from './look/index.ts';
import * as notifications from './notifications/index.ts';
import { cookieName, type Deps, readForm, whyNotAddress } from './platform/http.ts';
import { type Metrics, openMetrics } from './platform/metrics.ts';
import { type Answer, openPageCache, type PageCache } from './platform/page-cache.ts';
import { type Rule, ruleOf, whyNotAllowed } from './policy.ts';
import { answerError, refused } from './refused.tsx';
import type { Send } from './sandbox/index.ts';
import * as sandbox from './sandbox/index.ts';
import * as sign from './sign/index.ts';
import * as site from './site/index.ts';
import { type AppEnv, arrive, barePath, whyForged } from './visits/index.ts';
import * as wallets from './wallets/index.ts';

/** What the whole application stands on. */
export type AppDeps = Deps & {
  gateways: Gateways;
  /** Does at once what a worker would do next: asked for when somebody moves the clock. */
  catchUp(): Promise<void>;
  /** More to ask before this process says that it is ready. */
  checks?: Checks;
};

/** What rooms are given; each takes what it needs. `send` hands a webhook of the sandbox company to ourselves, without a network. */
type RoomDeps = AppDeps & { send: Send };

/** Every room with pages. A new one is a line here and its routes in policy.ts. */
const rooms: readonly ((deps: RoomDeps) => Hono<AppEnv>)[] = [
  site.routes,
  sign.routes,
  contributions.routes,
  admin.routes,
  wallets.routes,
  notifications.routes,
  sandbox.routes,
  dev.routes,
];

export type App = {
  /** All routes, without what is kept for strangers: for tests and for `npm run routes`. */
  routes: Hono<AppEnv>;
  /** What the server answers with. */
  fetch: Answer;
  pages: PageCache;
  /** For whoever delivers the sandbox company's webhooks. */
  send: Send;
  /** Rooms add their figures here. */
  metrics: Metrics;
  health: Health;
  close(): void;
};

/** Knows every door, holds no rules. The order: number and headers, sense of the address, size, who may, the room. */
export function buildApp(deps: AppDeps): App {
  const app = new Hono<AppEnv>({ getPath: barePath });
  const pages = openPageCache((request, env) => app.fetch(request, env), personalCookies(deps));
  const metrics = openMetrics(() => pages.counted);
  admin.watchMoney(metrics, deps.db);
  const health: Health = { stopping: false };
  app.onError((error, c) => answerError(error, c, deps));
  app.notFound((c) => refused(c, 404));
  app.use(guard(deps, metrics), refuseNonsense, refuseLarge(), admit(deps));
  app.route('/', healthRoutes(deps, metrics, health, deps.checks ?? {}));
  app.get('/assets/*', (c) => serveAsset(c));
  app.get('/favicon.ico', (c) => c.redirect(assetUrl('favicon.svg'), 302));
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /*/me\nDisallow: /*/sign-in\n'));
  const send: Send = async (body, headers) => (await app.request('/webhooks/sandbox', { method: 'POST', body, headers })).status;
  for (const routes of rooms) app.route('/', routes({ ...deps, send }));
  return { routes: app, fetch: pages.fetch, pages, send, metrics, health, close: () => metrics.close() };
}

/** A page asked for with one of these may be somebody's own. */
function personalCookies(deps: Deps): string[] {
  return ['session', 'flash'].map((name) => cookieName(deps.config, name));
}

const refuseNonsense: MiddlewareHandler<AppEnv> = async (c, next) => {
  const why = whyNotAddress(c.req.url);
  if (why) refuse(why, 400);
  await next();
};

/** Forms of ours are small; what machines send is a little larger. */
function refuseLarge(): MiddlewareHandler<AppEnv> {
  const onError = () => refuse('form_is_too_large', 400);
  const for_people = bodyLimit({ maxSize: 64 * 1024, onError });
  const for_machines = bodyLimit({ maxSize: 256 * 1024, onError });
  return (c, next) => (rulesOf(c)?.every((rule) => rule.machines) ? for_machines(c, next) : for_people(c, next));
}

/** Deny by default: the visit is made, the table of policy.ts asked, forms from elsewhere refused. */
function admit(deps: Deps): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const rules = rulesOf(c);
    if (rules?.every((rule) => rule.machines)) return next();
    const { node_exists, better } = await arrive(c, deps);
    if (!rules || !node_exists) return c.notFound();
    const visit = c.get('visit');
    if (rules.some((rule) => whyNotAllowed(rule.who, visit, deps.config.production) === 'does_not_exist')) return c.notFound();
    if (better) return c.redirect(better, 302);
    for (const rule of rules) {
      const why = whyNotAllowed(rule.who, visit, deps.config.production);
      if (why === 'nobody_is_signed_in') return c.redirect(visit.to(`/sign-in?next=${encodeURIComponent(nextOf(c))}`), 303);
      if (why) return refused(c, 403);
    }
    await refuseForged(c, deps);
    return next();
  };
}

function nextOf(c: Context<AppEnv>): string {
  return c.req.method === 'GET' || c.req.method === 'HEAD' ? c.get('visit').path : '/me';
}

/** The rules of every route this address leads to; undefined when there is none, or when one of them has no rule. */
function rulesOf(c: Context): Rule[] | undefined {
  const routes = matchedRoutes(c).filter((route) => route.method !== 'ALL');
  const rules = routes.map((route) => ruleOf(route.method, route.path));
  return rules.length > 0 && rules.every((rule) => rule !== undefined) ? rules : undefined;
}

async function refuseForged(c: Context<AppEnv>, deps: Deps): Promise<void> {
  if (['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) return;
  const visit = c.get('visit');
  const host = c.req.header('host') ?? '';
  const nearby = deps.config.production ? [] : [`http://${host}`, `https://${host}`];
  const why = whyForged({
    sec_fetch_site: c.req.header('sec-fetch-site'),
    origin: c.req.header('origin'),
    own_origins: [deps.config.origin, visit.origin, ...nearby],
    person_id: visit.person?.id ?? null,
    token: (await readForm(c)).csrf,
    secret: deps.config.secret,
  });
  if (why) throw new Refusal(why, 403);
}
