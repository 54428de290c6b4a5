import { Hono } from 'hono';
import { prepareLook } from '../look/index.ts';
import { openClock } from '../platform/clock.ts';
import type { Db } from '../platform/db.ts';
import { testConfig } from '../platform/testing.ts';
import { type AppEnv, arrive, barePath } from '../visits/index.ts';
import { routes } from './project-routes.tsx';

/** The pages of projects alone, as a stranger meets them: `await get('/fr/projects/huerto')`. */
export async function openProjectPages(
  db: Db,
): Promise<{ get(path: string): Promise<Response>; html(path: string): Promise<string> }> {
  const config = testConfig();
  await prepareLook({ development: false });
  const clock = openClock(db, 'movable', 0);
  const app = new Hono<AppEnv>({ getPath: barePath });
  app.use(async (c, next) => {
    const { better } = await arrive(c, { config, db, clock });
    return better ? c.redirect(better) : next();
  });
  app.route('/', routes({ db }));
  const get = async (path: string) => app.request(path);
  const html = async (path: string) => {
    const response = await get(path);
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
    return response.text();
  };
  return { get, html };
}

/** What a reader sees of a page: no markup, one space between words. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style|svg)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;|&#x27;/g, '’')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
}
