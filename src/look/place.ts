import { inLocale, type Locale, locales } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';

/** The main node is the place itself and needs no other name; the others say what they belong to: "Euskadi · Acequia". */
export function placeName(visit: Visit): string {
  const name = nodeName(visit).text;
  return visit.node.kind === 'main' ? name : `${name} · ${visit.t('look.network')}`;
}

/** The node's own name in the reader's language. */
export function nodeName(visit: Visit): { text: string; lang: Locale | undefined } {
  return inLocale(visit.node.name, visit.locale, visit.node.default_locale);
}

/** The languages this node speaks. */
export function offered(visit: Visit): Locale[] {
  return locales.filter((locale) => visit.node.locales.includes(locale));
}
