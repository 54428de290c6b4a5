import { IntlMessageFormat } from 'intl-messageformat';
import { type Locale, locales, type MessageKey, messages } from './messages.ts';

export type { Locale, MessageKey };
export { locales };

type Params = Record<string, string | number | bigint | boolean | null | undefined>;
type RichParams = Record<string, unknown>;

/**
 * Says a message in one language. `t('project.days_left', { days: 3 })` gives a string; `t.rich` lets tags in the message
 * (`<link>terms</link>`) become elements: `t.rich('sign.agree', { link: (text) => <a href="/terms">{text}</a> })`.
 * `t.maybe` answers undefined for a key that nobody wrote: for codes that come from the database or a refusal.
 */
export interface T {
  (key: MessageKey, params?: Params): string;
  rich(key: MessageKey, params: RichParams): unknown[];
  maybe(key: string, params?: Params): string | undefined;
  locale: Locale;
}

const speakers = new Map<Locale, T>();

/** The speaker of a language; made once, messages compiled when first said. */
export function speak(locale: Locale): T {
  const known = speakers.get(locale);
  if (known) return known;
  const compiled = new Map<string, string | IntlMessageFormat>();
  const find = (key: string): string | IntlMessageFormat | undefined => {
    const ready = compiled.get(key);
    if (ready !== undefined) return ready;
    const dot = key.indexOf('.');
    const text = messages[locale][key.slice(0, dot)]?.[key.slice(dot + 1)];
    if (text === undefined) return undefined;
    const message = /[{<']/.test(text) ? new IntlMessageFormat(text, locale) : text;
    compiled.set(key, message);
    return message;
  };
  const say = (key: string, params?: Params): string | undefined => {
    const message = find(key);
    if (message === undefined) return undefined;
    return typeof message === 'string' ? message : String(message.format(params as Record<string, string>));
  };
  // A missing message is our mistake: it shows its key rather than a blank, and a test finds it first.
  const t = ((key, params) => say(key, params) ?? key) as T;
  t.maybe = say;
  t.rich = (key, params) => {
    const message = find(key);
    if (message === undefined || typeof message === 'string') return [message ?? key];
    const parts = message.format<unknown>(params as Record<string, string>);
    return Array.isArray(parts) ? parts : [parts];
  };
  t.locale = locale;
  speakers.set(locale, t);
  return t;
}

/** Is this word one of the languages of the interface? */
export function isLocale(word: string | undefined): word is Locale {
  return locales.includes(word as Locale);
}

/** A text kept in several languages ({en, fr, es}), in the reader's language if it was translated. `lang` is set when it is not. */
export type Texts = Partial<Record<Locale, string>>;
export function inLocale(texts: Texts, locale: Locale, original: Locale): { text: string; lang: Locale | undefined } {
  const own = texts[locale];
  if (own) return { text: own, lang: undefined };
  const first = texts[original] ? original : locales.find((other) => texts[other]);
  return { text: (first && texts[first]) ?? '', lang: first };
}

/** The best language for a browser that sends this Accept-Language header. */
export function bestLocale(header: string | undefined, offered: readonly Locale[], fallback: Locale): Locale {
  const wished = (header ?? '')
    .slice(0, 300)
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const q = rest.map((r) => /^\s*q=([0-9.]+)\s*$/.exec(r)?.[1]).find(Boolean);
      return { locale: tag.toLowerCase().slice(0, 2), q: q ? Number(q) : 1 };
    })
    .sort((a, b) => b.q - a.q);
  return (wished.find((w) => offered.includes(w.locale as Locale))?.locale as Locale | undefined) ?? fallback;
}
