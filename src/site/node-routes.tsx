import { Hono } from 'hono';
import { nodeName, page } from '../look/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import type { AppEnv } from '../visits/index.ts';
import { AccessibilityPage, SoftwarePage, TeamPage, TermsPage } from './node-pages.tsx';
import { software } from './node-software.ts';

/** The quiet pages of every place: team, terms, access, software. */
export function routes({ config }: Pick<Deps, 'config'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const address = addressIn(config.mail_from);

  app.get('/team', (c) => {
    const visit = c.get('visit');
    shareable(c);
    return page(
      c,
      { title: visit.t('node.team_title', { node: nodeName(visit).text }), narrow: true },
      <TeamPage visit={visit} address={address} />,
    );
  });
  app.get('/terms', (c) => {
    const visit = c.get('visit');
    shareable(c);
    return page(
      c,
      { title: visit.t('node.terms_title', { node: nodeName(visit).text }), narrow: true },
      <TermsPage visit={visit} />,
    );
  });
  app.get('/accessibility', (c) => {
    const visit = c.get('visit');
    shareable(c);
    return page(c, { title: visit.t('node.access_title'), narrow: true }, <AccessibilityPage visit={visit} address={address} />);
  });
  app.get('/software', (c) => {
    const visit = c.get('visit');
    shareable(c);
    return page(
      c,
      { title: visit.t('node.software_title'), narrow: true },
      <SoftwarePage visit={visit} {...software()} address={address} />,
    );
  });
  return app;
}

/** `Acequia <hello@example.org>` is written to at hello@example.org; nobody reads what is sent to no-reply. */
function addressIn(sender: string): string | null {
  const address = /<([^<>]+)>/.exec(sender)?.[1] ?? sender;
  return /^no-?reply@/i.test(address) ? null : address;
}
