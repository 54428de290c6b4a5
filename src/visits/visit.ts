import { type Currency, formatDay, formatInstant, formatMoney, money, zoneCity } from '../kit/index.ts';
import type { Node } from '../nodes/index.ts';
import type { Person, Role } from '../people/index.ts';
import { inLocale, type Locale, speak, type T, type Texts } from '../platform/i18n.ts';

/** Who is here, where, in which language and when. Passed in; nothing below a page reads a person, a node or the time by itself. */
export interface Visit {
  node: Node;
  person: Person | null;
  /** What the person may do, each role held on something. Ask with `may(visit, …)`. */
  roles: readonly Role[];
  locale: Locale;
  now: Temporal.Instant;
  t: T;
  /** Bare path with query: without language and node. */
  path: string;
  /** Goes into every form as the hidden field `csrf`. Empty for a stranger: then the request's origin alone decides. */
  csrf: string;
  /** Sentence left by the page before this one. */
  flash?: string | undefined;
  /** Scheme and host of this place, for links that leave the site (mails, feeds, QR codes). */
  origin: string;
  /** Address of a bare own path in this language (or another) and node. */
  to(path: string, locale?: Locale): string;
  /** Address of a bare own path in another node. */
  toNode(node: Pick<Node, 'slug' | 'kind'>, path: string): string;
  money(cents: bigint, currency?: Currency): string;
  day(day: Temporal.Instant | Temporal.PlainDate): string;
  /** Day and hour with the city whose time it is. */
  moment(instant: Temporal.Instant): string;
  number(value: number | bigint): string;
  /** A text kept in several languages. `lang` is set when it is not the reader's. */
  text(texts: Texts, original?: Locale): { text: string; lang: Locale | undefined };
}

export type VisitParts = {
  node: Node;
  locale: Locale;
  now: Temporal.Instant;
  path: string;
  origin: string;
  /** Where nodes without a domain of their own live; `origin` unless told. */
  home_origin?: string;
  person?: Person | null;
  roles?: readonly Role[];
  csrf?: string;
  flash?: string | undefined;
  /** The node whose own domain was asked for: its addresses carry no /n/<slug>, those of other nodes lead to the common origin. */
  domain_node?: Node | null;
};

/** Puts a visit together. Pure: for the middleware, and for tests of pages. */
export function makeVisit(parts: VisitParts): Visit {
  const { node, locale, now } = parts;
  const domain = parts.domain_node?.slug ?? null;
  const toNode = (other: Pick<Node, 'slug' | 'kind'>, path: string, language = locale): string => {
    if (domain === null) return address(language, other, path);
    return other.slug === domain
      ? address(language, null, path)
      : (parts.home_origin ?? parts.origin) + address(language, other, path);
  };
  return {
    node,
    locale,
    now,
    person: parts.person ?? null,
    roles: parts.roles ?? [],
    t: speak(locale),
    path: parts.path,
    csrf: parts.csrf ?? '',
    flash: parts.flash,
    origin: parts.origin,
    to: (path, language) => toNode(node, path, language),
    toNode,
    money: (cents, currency) => formatMoney(money(cents, currency ?? node.currency), locale),
    day: (day) => formatDay(day, node.time_zone, locale),
    moment: (instant) => `${formatInstant(instant, node.time_zone, locale)} (${zoneCity(node.time_zone)})`,
    number: (value) => numbers(locale).format(value),
    text: (texts, original) => inLocale(texts, locale, original ?? node.default_locale),
  };
}

/** `/fr/n/euskadi/projects`: the address of a bare path. The main node's addresses carry no node. */
export function address(locale: Locale, node: Pick<Node, 'slug' | 'kind'> | null, path: string): string {
  const place = node === null || node.kind === 'main' ? '' : `/n/${node.slug}`;
  return `/${locale}${place}${path === '/' ? '' : path}`;
}

// Making a formatter costs a hundred times more than using it.
const formatters = new Map<Locale, Intl.NumberFormat>();
function numbers(locale: Locale): Intl.NumberFormat {
  const found = formatters.get(locale) ?? new Intl.NumberFormat(locale);
  formatters.set(locale, found);
  return found;
}
