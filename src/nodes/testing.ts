import { newId } from '../kit/index.ts';
import { type Db, json, run, sql, transact } from '../platform/db.ts';
import type { Node } from './node.ts';
import { allNodes, forgetNodes } from './queries.ts';

type Wish = {
  slug?: string;
  kind?: Node['kind'];
  domain?: string;
  settings?: Record<string, unknown>;
  /** A host that is there already; a new one unless told. */
  host_id?: string;
};

const usual_look = {
  light: { water: 'oklch(0.46 0.09 205)', clay: 'oklch(0.5 0.15 40)' },
  dark: { water: 'oklch(0.78 0.09 200)', clay: 'oklch(0.72 0.13 45)' },
};

/** A node with its host, for tests. The first one should be the main one: that is what it is unless told. */
export async function plantNode(db: Db, wish: Wish = {}): Promise<Node> {
  const slug = wish.slug ?? 'main';
  const id = newId<'node'>();
  await transact(db, async (trx) => {
    const host_id = wish.host_id ?? newId<'host'>();
    if (!wish.host_id) {
      await run(
        trx,
        sql`insert into hosts (id, slug, name, country, currency, iban, account_holder, demonstration)
            values (${host_id}, ${`host-${slug}`}, ${`Host of ${slug}`}, 'ES', 'EUR', 'ES9121000418450200051332', ${`Host of ${slug}`}, true)`,
      );
    }
    const texts = json({ en: `Node ${slug}`, fr: `Nœud ${slug}`, es: `Nodo ${slug}` });
    await run(
      trx,
      sql`insert into nodes (id, host_id, slug, kind, domain, name, tagline, about, terms, look, time_zone, settings)
          values (${id}, ${host_id}, ${slug}, ${wish.kind ?? (slug === 'main' ? 'main' : 'local')}, ${wish.domain ?? null},
                  ${texts}, ${texts}, ${texts}, ${texts}, ${json(usual_look)}, 'Europe/Madrid', ${json(wish.settings ?? {})})`,
    );
  });
  forgetNodes(db);
  const node = (await allNodes(db)).find((each) => each.id === id);
  if (!node) throw new Error(`Node ${slug} was not planted.`);
  return node;
}
