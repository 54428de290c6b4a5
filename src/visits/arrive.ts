import type { Context } from 'hono';
import { allNodes, type Node } from '../nodes/index.ts';
import { type SignedIn, signedIn } from '../people/index.ts';
import { cookieName, cookiesOf, type Deps } from '../platform/http.ts';
import { bestLocale } from '../platform/i18n.ts';
import { formToken } from './csrf.ts';
import { takeFlash } from './flash.ts';
import { type Place, pathnameOf, placeOf } from './path.ts';
import { address, makeVisit, type Visit } from './visit.ts';

/** What handlers find on the context: `c.get('visit')`. */
export type AppEnv = { Variables: { visit: Visit; request_id: string; session_id: string | null } };

export type Arrival = Pick<Deps, 'config' | 'db' | 'clock'>;

/** What came of it: whether the node exists, and the one right address when the page was asked for by another. */
export type Arrived = { node_exists: boolean; better: string | null };

/** Makes the visit: node by host or path, language by path, person by session cookie, now by the installation's clock. */
export async function arrive(c: Context<AppEnv>, deps: Arrival): Promise<Arrived> {
  const place = placeOf(pathnameOf(c.req.url));
  const nodes = await allNodes(deps.db);
  const own = nodeOfHost(nodes, c.req.header('host'));
  const here = place.node_slug ? nodes.find((node) => node.slug === place.node_slug) : (own ?? mainOf(nodes));
  const node = here ?? mainOf(nodes);
  const cookies = cookiesOf(c.req.header('cookie'));
  const session = await sessionOf(deps, cookies);
  const visit = makeVisit({
    node,
    locale:
      place.locale ?? session?.person.locale ?? bestLocale(c.req.header('accept-language'), node.locales, node.default_locale),
    now: await deps.clock.now(),
    path: c.req.path + searchOf(c.req.url),
    origin: own ? deps.config.origin.replace(/\/\/.*$/, `//${own.domain}`) : deps.config.origin,
    home_origin: deps.config.origin,
    domain_node: own ?? null,
    person: session?.person ?? null,
    roles: session?.roles ?? [],
    csrf: formToken(deps.config.secret, session?.person.id ?? null),
    flash: takeFlash(c, deps.config, cookies),
  });
  c.set('visit', visit);
  c.set('session_id', session?.session_id ?? null);
  // What is written for one person is kept by nobody.
  if (session) c.header('cache-control', 'no-store');
  return { node_exists: here !== undefined, better: betterAddress(c, place, node, own) };
}

/** Where a page really lives: with a language, without a node that needs no saying, without a slash at its end. */
function betterAddress(c: Context<AppEnv>, place: Place, node: Node, own: Node | undefined): string | null {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return null;
  const visit = c.get('visit');
  const unsaid = place.node_slug !== null && node.slug === (own ?? { slug: node.kind === 'main' ? node.slug : null }).slug;
  const trailing = place.path.length > 1 && place.path.endsWith('/');
  if (place.locale && !unsaid && !trailing) return null;
  if (!place.locale) c.header('vary', 'accept-language, cookie');
  const path = place.path.replace(/\/+$/, '') || '/';
  return address(visit.locale, unsaid || (own && node.slug === own.slug) ? null : node, path) + searchOf(c.req.url);
}

async function sessionOf(deps: Arrival, cookies: ReadonlyMap<string, string>): Promise<SignedIn | null> {
  const cookie = cookies.get(cookieName(deps.config, 'session'));
  return cookie ? signedIn(deps.db, deps.config.secret, cookie) : null;
}

function nodeOfHost(nodes: readonly Node[], host: string | undefined): Node | undefined {
  const domain = host?.toLowerCase().replace(/:\d+$/, '');
  return domain ? nodes.find((node) => node.domain === domain) : undefined;
}

function mainOf(nodes: readonly Node[]): Node {
  const node = nodes.find((each) => each.kind === 'main');
  if (!node) throw new Error('This installation has no main node: it was never planted.');
  return node;
}

function searchOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}
