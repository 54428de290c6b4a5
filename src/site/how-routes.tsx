import { Hono } from 'hono';
import { page } from '../look/index.ts';
import { shareable } from '../platform/page-cache.ts';
import type { AppEnv } from '../visits/index.ts';
import { HowPage } from './how.tsx';

/** How everything works, for people. */
export function routes(): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/how', (c) => {
    const visit = c.get('visit');
    shareable(c);
    return page(
      c,
      { title: visit.t('how.title'), description: visit.t('how.lede'), class: 'how-page' },
      <HowPage visit={visit} />,
    );
  });
  return app;
}
