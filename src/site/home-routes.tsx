import { Hono } from 'hono';
import { nodeName, page } from '../look/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import { totalsOf } from '../stats/index.ts';
import type { AppEnv } from '../visits/index.ts';
import { HomePage, scopeOf } from './home.tsx';
import { homeFacts } from './home-facts.ts';

/** The first page of every node. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/', async (c) => {
    const visit = c.get('visit');
    const { node, t } = visit;
    const facts = await homeFacts(db, visit);
    shareable(c);
    const name = nodeName(visit).text;
    const title = node.kind === 'main' ? t('home.title', { node: name }) : name;
    const description = visit.text(node.tagline, node.default_locale).text;
    return page(
      c,
      { title, description, wide: true, class: 'home-page' },
      <HomePage view={{ visit, facts, totals: totalsOf(facts.books, scopeOf(node)) }} />,
    );
  });
  return app;
}
