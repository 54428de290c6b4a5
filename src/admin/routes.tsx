import { Hono } from 'hono';
import type { Deps } from '../platform/http.ts';
import type { AppEnv } from '../visits/index.ts';
import { treasurerRoutes } from './money-routes.tsx';
import { stewardRoutes } from './steward-routes.tsx';

/** Both desks: of the steward of a node, of the treasurer of its host. */
export function routes(deps: Deps): Hono<AppEnv> {
  return new Hono<AppEnv>().route('/', stewardRoutes(deps)).route('/', treasurerRoutes(deps));
}
