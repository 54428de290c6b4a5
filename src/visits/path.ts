import { getPath } from 'hono/utils/url';
import { isLocale, type Locale } from '../platform/i18n.ts';

/** What an address says before the page's own path begins. */
export type Place = { locale: Locale | null; node_slug: string | null; path: string };

/**
 * `/fr/n/euskadi/projects/x` → French, node euskadi, `/projects/x`. Addresses without a language keep their path as it is.
 * Looks at text only, so that the router can ask before anything is read.
 */
export function placeOf(pathname: string): Place {
  const word = pathname.slice(1, 3);
  const ends = pathname.length === 3 || pathname[3] === '/';
  if (!ends || !isLocale(word)) return { locale: null, node_slug: null, path: pathname || '/' };
  const rest = pathname.slice(3) || '/';
  const in_node = /^\/n\/([a-z0-9-]{2,40})(?=\/|$)/.exec(rest);
  if (!in_node) return { locale: word, node_slug: null, path: rest };
  return { locale: word, node_slug: in_node[1] ?? null, path: rest.slice(in_node[0].length) || '/' };
}

/** The router's view of a request: the bare path, decoded as Hono decodes it. A slash at the end is overlooked here and redirected later. */
export function barePath(request: Request): string {
  const { path } = placeOf(getPath(request));
  return path.endsWith('/') ? path.replace(/\/+$/, '') || '/' : path;
}

/** The path of an absolute address without parsing all of it. */
export function pathnameOf(url: string): string {
  const start = url.indexOf('/', url.indexOf(':') + 4);
  if (start < 0) return '/';
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/**
 * A path of ours that a `next` parameter may lead to, or the fallback: one slash, no host, no backslash, nothing a browser would read
 * as another site.
 */
export function ownPath(next: unknown, fallback: string): string {
  if (typeof next !== 'string' || next.length > 500) return fallback;
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(next)) return fallback;
  const url = URL.canParse(next, 'http://own.invalid') ? new URL(next, 'http://own.invalid') : null;
  // Dots and percent signs may still turn "/x/..//evil" into "//evil": what the URL rules make of it is what is judged and used.
  if (url?.origin !== 'http://own.invalid' || url.pathname.startsWith('//')) return fallback;
  return url.pathname + url.search + url.hash;
}
