import { Hono } from 'hono';
import { page } from '../look/index.ts';
import { allNodes } from '../nodes/index.ts';
import type { Deps } from '../platform/http.ts';
import type { AppEnv } from '../visits/index.ts';
import { walletMoves, walletsOf } from './queries.ts';
import { WalletPage } from './wallet-page.tsx';

const per_page = 40;

/** What hosts keep for the person who is signed in. */
export function routes({ db }: Pick<Deps, 'db'>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/me/wallet', async (c) => {
    const visit = c.get('visit');
    if (!visit.person) return c.notFound();
    const at = Math.min(10_000, Number(/^[1-9]\d{0,4}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1));
    const wallets = await walletsOf(db, visit.person.id);
    const ids = wallets.map((wallet) => wallet.account_id);
    const found = ids.length > 0 ? await walletMoves(db, ids, per_page + 1, (at - 1) * per_page) : [];
    const seen = {
      visit,
      wallets,
      moves: found.slice(0, per_page),
      nodes: await allNodes(db),
      page: at,
      more: found.length > per_page,
    };
    return page(c, { title: visit.t('wallet.title'), unlisted: true }, <WalletPage seen={seen} />);
  });
  return app;
}
