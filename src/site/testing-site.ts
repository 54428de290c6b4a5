import { Hono } from 'hono';
import { openClock } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import type { Deps } from '../platform/http.ts';
import { testConfig } from '../platform/testing.ts';
import { type AppEnv, arrive, barePath } from '../visits/index.ts';
import { routes } from './routes.tsx';

/** The site alone, without policy and page cache: `const ask = testSite(db); await ask('/en/explore')`. */
export function testSite(db: Db): (path: string) => Promise<Response> {
  const deps = { config: testConfig(), db, clock: openClock(db, 'movable', 0), log: console } as unknown as Deps;
  const app = new Hono<AppEnv>({ getPath: barePath });
  app.use(async (c, next) => {
    await arrive(c, deps);
    await next();
  });
  app.onError((error) => {
    throw error;
  });
  app.route('/', routes(deps));
  return async (path) => app.request(path);
}

/** What a page says, without its tags. */
export function wordsOf(html: string): string {
  return html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x?\w+;|&\w+;/g, ' ')
    .replace(/\s+/g, ' ');
}
