import { Hono } from 'hono';
import type { AppEnv } from '../visits/index.ts';
import type { DeskDeps } from './asked.ts';
import { campaignRoutes } from './campaign-routes.tsx';
import { cashRoutes } from './cash-routes.tsx';
import { moneyRoutes } from './money-routes.tsx';
import { waitingRoutes } from './waiting-routes.tsx';

/** Both desks: of the steward of a node, of the treasurer of its host. */
export function routes(deps: DeskDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const part of [campaignRoutes, cashRoutes, moneyRoutes, waitingRoutes]) app.route('/', part(deps));
  return app;
}
