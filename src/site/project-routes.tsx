import { type Context, Hono } from 'hono';
import { page } from '../look/index.ts';
import { nodeById } from '../nodes/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import type { AppEnv } from '../visits/index.ts';
import { Poster } from './poster.tsx';
import { type ProjectFacts, type ProjectPart, project_parts, projectFacts, type Wanted, wantedFor } from './project-facts.ts';
import { ProjectPage } from './project-page.tsx';
import { moneyOf, said, type View } from './project-words.ts';

/** The page of a project, each of its parts on its own, and its poster. The same for every stranger. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/projects/:slug', (c) => show(c, null));
  for (const part of project_parts) app.get(`/projects/:slug/${part}`, (c) => show(c, part));
  app.get('/projects/:slug/poster', async (c) => {
    const found = await look(c, { ...wantedFor(null, 1, null), updates: 0, givers: 0, ledger: 0 });
    if (found instanceof Response) return found;
    const title = c.get('visit').t('project.poster_title', { title: said(found, found.facts.project.title).text });
    return page(c, { title, class: 'poster-page', unlisted: true }, <Poster view={found} />);
  });

  async function show(c: Context<AppEnv>, part: ProjectPart | null): Promise<Response> {
    const givers_page = Math.min(100_000, Number(/^[1-9]\d{0,5}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1));
    const before = /^[1-9]\d{0,17}$/.exec(c.req.query('before') ?? '')?.[0];
    const found = await look(c, wantedFor(part, givers_page, before === undefined ? null : BigInt(before)));
    if (found instanceof Response) return found;
    const { title, description } = headOf(found, part);
    return page(
      c,
      { title, description, wide: true, class: 'project-page' },
      <ProjectPage view={found} part={part} page={givers_page} before={before ?? null} />,
    );
  }

  /** The facts, or the answer that stands for them: not found, or at home in another node. */
  async function look(c: Context<AppEnv>, wanted: Wanted): Promise<View | Response> {
    const visit = c.get('visit');
    const slug = c.req.param('slug') ?? '';
    const facts = /^[a-z0-9][a-z0-9-]{1,79}$/.test(slug) ? await projectFacts(db, slug, wanted) : undefined;
    if (!facts) return c.notFound();
    if (facts.project.node_id !== visit.node.id) return sendHome(c, facts);
    shareable(c);
    return { visit, facts };
  }

  /** One address for one project, in the look and language of its own node: every other one leads there. */
  async function sendHome(c: Context<AppEnv>, facts: ProjectFacts): Promise<Response> {
    const visit = c.get('visit');
    const home = await nodeById(db, facts.project.node_id);
    return home ? c.redirect(visit.toNode(home, visit.path), 301) : c.notFound();
  }

  return app;
}

function headOf(view: View, part: ProjectPart | null): { title: string; description: string } {
  const { visit, facts } = view;
  const title = said(view, facts.project.title).text;
  const claim = said(view, facts.project.claim).text;
  const { campaign } = facts;
  const figures = {
    title,
    claim,
    raised: moneyOf(view, facts.raised.raised_cents),
    minimum: campaign ? moneyOf(view, campaign.minimum_cents) : '',
  };
  return {
    title: part === null ? title : visit.t('project.part_title', { part: visit.t(`project.part_${part}`), title }),
    description: campaign ? visit.t('project.about', figures) : claim,
  };
}
