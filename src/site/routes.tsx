import { Hono } from 'hono';
import type { Deps } from '../platform/http.ts';
import type { AppEnv } from '../visits/index.ts';
import { routes as accounts } from './accounts-routes.tsx';
import { routes as commons } from './commons-routes.tsx';
import { routes as explore } from './explore-routes.tsx';
import { routes as home } from './home-routes.tsx';
import { routes as how } from './how-routes.tsx';
import { routes as node } from './node-routes.tsx';
import { routes as project } from './project-routes.tsx';

/** Everything a stranger sees. Whole pages live up here: they gather facts through the doors of the rooms below. */
export function routes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  for (const each of [home, explore, project, commons, accounts, how, node]) app.route('/', each(deps));
  return app;
}
