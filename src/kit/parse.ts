import { type Currency, type Locale, type Money, money } from './money.ts';

export type WhyNotMoney =
  | 'amount_is_missing'
  | 'amount_is_not_a_number'
  | 'amount_has_too_many_decimals'
  | 'amount_is_not_positive'
  | 'amount_is_too_small'
  | 'amount_is_too_large'
  | 'amount_is_ambiguous';

export type AmountLimits = { readonly min_cents?: bigint | undefined; readonly max_cents?: bigint | undefined };

/**
 * Reads an amount as typed, or says why not. Nothing is guessed: where only one reading exists it is taken in any language
 * ("20,50", "20.50", "1 234,50", "1.234.567"); where a mark before three digits may mean thousands or thousandths, the
 * language decides, and where it cannot the amount is refused. `amount_is_too_small` comes only with `min_cents`.
 */
export function parseMoney(
  input: unknown,
  locale: Locale,
  currency: Currency,
  { min_cents = 1n, max_cents = LARGEST_CENTS }: AmountLimits = {},
): { ok: Money } | { why: WhyNotMoney } {
  if (input === undefined || input === null) return { why: 'amount_is_missing' };
  if (typeof input !== 'string' || input.length > LONGEST) return { why: 'amount_is_not_a_number' };
  const text = input.trim();
  if (text === '') return { why: 'amount_is_missing' };
  const minus = /^[-\u2212]/.test(text);
  const read = readFigure(withoutSign(minus ? text.slice(1) : text, currency), locale);
  if (typeof read !== 'bigint') return read;
  if (minus || read === 0n) return { why: 'amount_is_not_positive' };
  if (read < min_cents) return { why: 'amount_is_too_small' };
  if (read > max_cents || read > LARGEST_CENTS) return { why: 'amount_is_too_large' };
  return { ok: money(read, currency) };
}

/** What a bigint column holds. */
const LARGEST_CENTS = 2n ** 63n - 1n;
/** Long enough for 1e309 written out to be called too large, short enough to be read at once. */
const LONGEST = 400;

// Longest first: "US$" ends with "$". French writes "$US" and "£GB".
const SIGNS: Record<Currency, readonly string[]> = {
  EUR: ['EUR', '€'],
  USD: ['USD', 'US$', '$US', '$'],
  GBP: ['GBP', '£GB', '£'],
};

const PLAIN = /^(?<whole>0|[1-9]\d*)(?:(?<mark>[.,])(?<decimals>\d+))?$/;
const GROUPED =
  /^(?<whole>[1-9]\d{0,2}(?<group>[.,\x20\u00a0\u202f])\d{3}(?:\k<group>\d{3})*)(?:(?<mark>[.,])(?<decimals>\d+))?$/;

type Reading = 'thousands' | 'amount_has_too_many_decimals' | 'amount_is_ambiguous';

// What "1,234" and "1.234" say in each language. French groups by spaces, so there either mark may be a foreign group or a
// slip; English figures with their comma are met in every language, hence the doubt in Spanish.
const BEFORE_THREE_DIGITS: Record<Locale, Record<string, Reading>> = {
  en: { ',': 'thousands', '.': 'amount_has_too_many_decimals' },
  fr: { ',': 'amount_is_ambiguous', '.': 'amount_is_ambiguous' },
  es: { ',': 'amount_is_ambiguous', '.': 'thousands' },
};

function withoutSign(text: string, currency: Currency): string {
  const upper = text.toUpperCase();
  for (const sign of SIGNS[currency]) {
    if (upper.startsWith(sign)) return text.slice(sign.length).trimStart();
    if (upper.endsWith(sign)) return text.slice(0, -sign.length).trimEnd();
  }
  return text;
}

function readFigure(text: string, locale: Locale): bigint | { why: WhyNotMoney } {
  const { whole, group, mark, decimals = '' } = (PLAIN.exec(text) ?? GROUPED.exec(text))?.groups ?? {};
  if (whole === undefined || (mark !== undefined && mark === group)) return { why: 'amount_is_not_a_number' };
  if (decimals.length <= 2) return cents(whole, decimals);
  const may_be_thousands = decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  const reading = may_be_thousands ? BEFORE_THREE_DIGITS[locale][mark ?? ''] : undefined;
  if (reading === 'thousands') return cents(whole + decimals, '');
  return { why: reading ?? 'amount_has_too_many_decimals' };
}

function cents(whole: string, decimals: string): bigint {
  return BigInt(whole.replace(/\D/g, '') + decimals.padEnd(2, '0'));
}
