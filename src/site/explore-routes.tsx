import { Hono } from 'hono';
import { page } from '../look/index.ts';
import { allNodes } from '../nodes/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import type { AppEnv } from '../visits/index.ts';
import { ExplorePage } from './explore.tsx';
import { listedProjects } from './explore-cards.ts';
import { nodeOf } from './explore-filters.tsx';
import { findProjects } from './explore-find.ts';
import { filtersOn, readWish } from './explore-wish.ts';
import { places, reference } from './reference.ts';

const on_map_max = 300;

/** The list of all projects. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/explore', async (c) => {
    const visit = c.get('visit');
    const asked = readWish(new URLSearchParams(visit.path.split('?')[1] ?? ''));
    const wish = asked.view === 'map' ? { ...asked, page: 1 } : asked;
    const limit = wish.view === 'map' ? { limit: on_map_max } : {};
    const [found, nodes, known, towns] = await Promise.all([
      findProjects(db, wish, { node: nodeOf(visit, wish), now: visit.now, ...limit }),
      allNodes(db),
      reference(db),
      places(db),
    ]);
    const listed = await listedProjects(db, found.project_ids);
    shareable(c);
    const narrowed = wish.q !== '' || filtersOn(wish).length > 0 || wish.sort !== null || wish.page > 1;
    const facts = {
      title: visit.t('explore.title'),
      description: visit.t('explore.description'),
      wide: true,
      class: 'explore-page',
      unlisted: narrowed,
    };
    return page(
      c,
      facts,
      <ExplorePage view={{ visit, wish, found, listed, nodes, facets: { reference: known, places: towns } }} />,
    );
  });
  return app;
}
