/** For comparing and searching: lower case, without accents; "Cœur d'Été" becomes "coeur d'ete". */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđı]/g, (letter) => UNDIVIDED[letter] ?? letter);
}

/** For addresses: "Llévame al huerto!" becomes "llevame-al-huerto", cut between words. Empty without Latin letters or digits. */
export function slug(text: string, max: number): string {
  const words = fold(text).split(/[^a-z0-9]+/);
  const whole = words.filter(Boolean).join('-');
  if (whole.length <= max) return whole;
  const end = whole.lastIndexOf('-', max);
  return whole.slice(0, end > 0 ? end : max);
}

export type WhyNotText =
  | 'text_is_not_text'
  | 'text_is_too_long'
  | 'text_has_too_many_lines'
  | 'text_has_forbidden_characters'
  | 'text_has_too_many_marks';

/**
 * Reads a text from outside, kept as typed but for its ends, its newlines and its Unicode form (NFC). Missing is ''; whether
 * that will do is for the rule of the field. `max` counts characters as PostgreSQL does; `lines` is 1 unless said otherwise.
 */
export function clean(input: unknown, { max, lines = 1 }: { max: number; lines?: number }): { ok: string } | { why: WhyNotText } {
  if (input === undefined || input === null) return { ok: '' };
  if (typeof input !== 'string') return { why: 'text_is_not_text' };
  const text = input.replace(NEWLINE, '\n').trim();
  // A character is at most two units; asked before anything that would take its time over a very long text.
  if (text.length > max * 2 + MARKS_ALLOWED) return { why: 'text_is_too_long' };
  if (!text.isWellFormed() || FORBIDDEN.test(text)) return { why: 'text_has_forbidden_characters' };
  if (TOO_MANY_MARKS.test(text)) return { why: 'text_has_too_many_marks' };
  const composed = text.normalize('NFC');
  if ([...composed].length > max) return { why: 'text_is_too_long' };
  if (composed.split('\n').length > lines) return { why: 'text_has_too_many_lines' };
  return { ok: composed };
}

/** One or two letters for a portrait that is missing: "Ana María López" is "AL"; '?' for a name without letters. */
export function initials(name: string): string {
  const letters = name.normalize('NFC').match(/(?<![\p{L}\p{M}\p{N}'’.-])[\p{L}\p{N}]/gu) ?? [];
  const [first = '?', ...others] = letters;
  return `${first}${others.at(-1) ?? ''}`.toUpperCase();
}

// Letters that Unicode does not divide into a base and a mark.
const UNDIVIDED: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

const NEWLINE = /\r\n|[\r\u0085\u2028\u2029]/g;
const MARKS_ALLOWED = 8;
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MARKS_ALLOWED + 1}}`, 'u');
// Control characters but tab and newline, and the two that turn the direction of what follows to make it read as another text.
const FORBIDDEN = /[^\P{Cc}\t\n]|[\u202d\u202e]/u;
