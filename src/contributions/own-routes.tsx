import { Hono } from 'hono';
import { page } from '../look/index.ts';
import { allNodes } from '../nodes/index.ts';
import type { AppEnv } from '../visits/index.ts';
import type { GivingDeps } from './addresses.ts';
import { ownContributions } from './page-queries.ts';
import { OwnPage } from './views/own-page.tsx';

const per_page = 30;

/** What a signed-in person has given, in all nodes. */
export function ownRoutes({ db }: GivingDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/me/contributions', async (c) => {
    const visit = c.get('visit');
    if (!visit.person) return c.notFound();
    const at = Math.min(10_000, Number(/^[1-9]\d{0,4}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1));
    const lines = await ownContributions(db, visit.person.id, per_page, (at - 1) * per_page);
    const nodes = await allNodes(db);
    const pages = Math.ceil((lines[0]?.all_count ?? 0) / per_page);
    return page(
      c,
      { title: visit.t('contribution.own_title'), unlisted: true },
      <OwnPage visit={visit} lines={lines} nodes={nodes} page={at} pages={pages} />,
    );
  });
  return app;
}
