import type { Currency } from '../kit/index.ts';
import { type Db, rows, sql, type Trx } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import { type Host, type Node, settingsOf } from './node.ts';
import './tables.ts';

/**
 * Nodes are read for every page and change a few times a year: each process keeps them for `kept_ms`.
 * A change of a node is seen everywhere within that time.
 */
const kept_ms = 5_000;

type Shelf = { read_at: number; nodes: Promise<readonly Node[]> };
const shelves = new WeakMap<object, Shelf>();

/** Every node with its host, the main one first, then by name. */
export function allNodes(db: Db): Promise<readonly Node[]> {
  const shelf = shelves.get(db);
  if (shelf && performance.now() - shelf.read_at < kept_ms) return shelf.nodes;
  const nodes = readNodes(db);
  shelves.set(db, { read_at: performance.now(), nodes });
  // What failed is not kept: the next visitor asks again.
  nodes.catch(() => shelves.delete(db));
  return nodes;
}

export async function nodeBySlug(db: Db, slug: string): Promise<Node | undefined> {
  return (await allNodes(db)).find((node) => node.slug === slug);
}

/** @param domain host name without port, in lower case */
export async function nodeByDomain(db: Db, domain: string): Promise<Node | undefined> {
  return (await allNodes(db)).find((node) => node.domain === domain);
}

export async function nodeById(db: Db, id: string): Promise<Node | undefined> {
  return (await allNodes(db)).find((node) => node.id === id);
}

/** The node of the installation itself. An installation without one was never planted. */
export async function mainNode(db: Db): Promise<Node> {
  const node = (await allNodes(db)).find((each) => each.kind === 'main');
  if (node) return node;
  forgetNodes(db);
  throw new Error('This installation has no main node yet: start it once with an empty database, or plant one.');
}

/** Called by whoever changed a node, so that this process sees it at once. */
export function forgetNodes(db: Db): void {
  shelves.delete(db);
}

type Row = Omit<Node, 'settings' | 'host' | 'currency' | 'locales' | 'default_locale'> & {
  settings: Record<string, unknown>;
  currency: string;
  locales: string[];
  default_locale: string;
  host: Omit<Host, 'currency'> & { currency: string };
};

async function readNodes(db: Db | Trx): Promise<readonly Node[]> {
  const found = await rows<Row>(
    db,
    sql`select n.id, n.host_id, n.slug, n.kind, n.domain, n.name, n.tagline, n.about, n.terms, n.team, n.look,
               n.locales, n.default_locale, n.time_zone, n.currency, n.settings, to_jsonb(h) as host
          from nodes n join hosts h on h.id = n.host_id
         order by n.kind <> 'main', n.name ->> n.default_locale, n.slug`,
  );
  return found.map((row) =>
    Object.freeze({
      ...row,
      currency: row.currency as Currency,
      locales: row.locales as Locale[],
      default_locale: row.default_locale as Locale,
      host: Object.freeze({ ...row.host, currency: row.host.currency as Currency }),
      settings: settingsOf(row.settings),
    }),
  );
}
