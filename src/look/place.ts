import { inLocale, type Locale, locales } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';

/** "Acequia" for the main node, "Euskadi · Acequia" for the others. */
export function placeName(visit: Visit): string {
  if (visit.node.kind === 'main') return visit.t('look.network');
  return `${nodeName(visit).text} · ${visit.t('look.network')}`;
}

/** The node's own name in the reader's language. */
export function nodeName(visit: Visit): { text: string; lang: Locale | undefined } {
  return inLocale(visit.node.name, visit.locale, visit.node.default_locale);
}

/** The languages this node speaks. */
export function offered(visit: Visit): Locale[] {
  return locales.filter((locale) => visit.node.locales.includes(locale));
}
