import type { Node } from '../nodes/index.ts';
import { type Locale, speak } from '../platform/i18n.ts';
import type { StopLink, Topic } from './links.ts';
import { htmlOf, siteOf } from './sheet.ts';

/** What a mail says, before it has a form. Every text is plain and already in the reader's language. */
export type Letter = {
  locale: Locale;
  node: Node;
  subject: string;
  /** The sentence that matters. */
  title: string;
  hello: string;
  paragraphs: readonly string[];
  /** What one may want to look up again: names and values, in order. */
  facts: readonly Fact[];
  action: { label: string; url: string } | null;
  /** After the action, smaller. */
  after: readonly string[];
  /** Why this mail came, and who holds the money. */
  foot: readonly string[];
  /** Only in news: where to say that no more are wanted. */
  stop: (StopLink & { label: string }) | null;
};

export type Fact = readonly [name: string, value: string];

/** A mail as it waits to be sent. `key`: the same is queued once. `news`: may be stopped by its reader. */
export type Mail = {
  key: string;
  kind: string;
  to: string;
  locale: Locale;
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
  news: { topic: Topic; campaign_id: string } | null;
};

/** Gives a letter its two forms. */
export function mailOf(letter: Letter, about: { key: string; kind: string; to: string }): Mail {
  const subject = oneLine(letter.subject, 180);
  const news = letter.stop?.news ?? null;
  return {
    ...about,
    locale: letter.locale,
    subject,
    html: htmlOf({ ...letter, subject }),
    text: textOf(letter),
    headers: headersOf(letter),
    news,
  };
}

/**
 * A header ends where a line ends: what people wrote (a title, a name) is brought to one line here, without the characters that would
 * begin another header or turn the direction of reading.
 */
export function oneLine(text: string, length_max: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= length_max ? line : `${letters.slice(0, length_max - 1).join('')}…`;
}

function headersOf({ stop }: Letter): Record<string, string> {
  if (!stop) return {};
  return { 'List-Unsubscribe': `<${stop.one_click_url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

function textOf(letter: Letter): string {
  const t = speak(letter.locale);
  const named = (label: string) => t('mail.label', { label });
  const facts = letter.facts.map(([name, value]) => `${named(name)} ${value}`).join('\n');
  const action = letter.action && `${named(letter.action.label)}\n${letter.action.url}`;
  const foot = [...letter.foot, letter.stop && `${named(letter.stop.label)}\n${letter.stop.url}`];
  const parts = [letter.title, letter.hello, ...letter.paragraphs, facts, action, ...letter.after];
  return `${[...parts, `-- \n${siteOf(letter)}`, ...foot].filter(Boolean).join('\n\n')}\n`;
}
