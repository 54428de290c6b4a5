import type { LocaleText } from './shape.ts';

export const LOCALES = ['en', 'fr', 'es'] as const;

/** Every text below `value`, with the path that leads to it. */
export function* textsIn(value: unknown, path: string): Generator<[string, LocaleText]> {
  if (value === null || typeof value !== 'object') return;
  if (isLocaleText(value)) return yield [path, value];
  for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, `${path}.${key}`);
}

/** One language is enough to be taken for a text: the missing ones are then reported. */
function isLocaleText(value: object): value is LocaleText {
  return LOCALES.some((locale) => typeof Reflect.get(value, locale) === 'string');
}

/** Words that hold a letter or a digit: dashes and lonely punctuation do not count. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
