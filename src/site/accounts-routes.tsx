import { type Context, Hono } from 'hono';
import { page } from '../look/index.ts';
import { allNodes } from '../nodes/index.ts';
import type { Deps } from '../platform/http.ts';
import { shareable } from '../platform/page-cache.ts';
import { books, campaignAccounts, lastCheck, totalsOf } from '../stats/index.ts';
import type { AppEnv } from '../visits/index.ts';
import { AccountsPage } from './accounts.tsx';
import { CampaignsPage } from './accounts-campaigns.tsx';
import { campaignsFile, totalsFile } from './accounts-files.ts';
import { scopeOf } from './home.tsx';

const on_a_page = 50;
const at_a_glance = 8;

/** The open accounts: of a node, or of the whole installation from the main one. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/accounts', async (c) => {
    const visit = c.get('visit');
    const scope = scopeOf(visit.node);
    const [all, nodes, campaigns, check] = await Promise.all([
      books(db),
      allNodes(db),
      campaignAccounts(db, scope.node_id, at_a_glance, 0),
      lastCheck(db),
    ]);
    shareable(c);
    const facts = { title: visit.t('accounts.title'), description: visit.t('accounts.lede'), class: 'accounts-page' };
    return page(
      c,
      facts,
      <AccountsPage view={{ visit, books: all, scope, totals: totalsOf(all, scope), nodes, campaigns, check }} />,
    );
  });

  app.get('/accounts.csv', async (c) => {
    const visit = c.get('visit');
    const [all, nodes] = await Promise.all([books(db), allNodes(db)]);
    return file(c, totalsFile(visit.t, all, nodes, scopeOf(visit.node)), `acequia-${visit.node.slug}-accounts.csv`);
  });

  app.get('/accounts/campaigns', async (c) => {
    const visit = c.get('visit');
    const scope = scopeOf(visit.node);
    const count = totalsOf(await books(db), scope).campaigns;
    const pages = Math.max(1, Math.ceil(count / on_a_page));
    const asked = Number(/^[1-9]\d{0,4}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1);
    const number = Math.min(asked, pages);
    const [nodes, campaigns] = await Promise.all([
      allNodes(db),
      campaignAccounts(db, scope.node_id, on_a_page, (number - 1) * on_a_page),
    ]);
    shareable(c);
    const facts = { title: visit.t('accounts.campaigns_title'), class: 'accounts-page', unlisted: number > 1 };
    return page(
      c,
      facts,
      <CampaignsPage visit={visit} nodes={nodes} campaigns={campaigns} count={count} page={number} pages={pages} />,
    );
  });

  app.get('/accounts/campaigns.csv', async (c) => {
    const visit = c.get('visit');
    return file(
      c,
      campaignsFile(db, await allNodes(db), scopeOf(visit.node).node_id),
      `acequia-${visit.node.slug}-campaigns.csv`,
    );
  });

  return app;
}

function file(c: Context<AppEnv>, body: string | ReadableStream<Uint8Array>, name: string): Response {
  c.header('content-type', 'text/csv; charset=utf-8');
  c.header('content-disposition', `attachment; filename="${name}"`);
  if (!c.get('visit').person) c.header('cache-control', 'public, max-age=60');
  return typeof body === 'string' ? c.body(body) : c.body(body);
}
