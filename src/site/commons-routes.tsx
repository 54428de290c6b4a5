import { Hono } from 'hono';
import { page } from '../look/index.ts';
import { allNodes } from '../nodes/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import type { AppEnv } from '../visits/index.ts';
import { CommonsPage } from './commons.tsx';
import { findCommons, readCommonsWish } from './commons-find.ts';
import { reference } from './reference.ts';

/** The catalogue of the commons: of a node, or of the whole network from the main one. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/commons', async (c) => {
    const visit = c.get('visit');
    const wish = readCommonsWish(new URLSearchParams(visit.path.split('?')[1] ?? ''));
    const node_id = visit.node.kind === 'main' ? null : visit.node.id;
    const [found, nodes, known] = await Promise.all([findCommons(db, wish, node_id), allNodes(db), reference(db)]);
    shareable(c);
    const facts = {
      title: visit.t('commons.title'),
      description: visit.t('commons.lede'),
      class: 'commons-page',
      unlisted: visit.path.includes('?'),
    };
    return page(c, facts, <CommonsPage view={{ visit, wish, found, nodes, reference: known }} />);
  });
  return app;
}
