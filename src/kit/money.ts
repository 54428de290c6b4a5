import { assert } from './assert.ts';

/** Languages of people in which amounts and days are written and read. */
export type Locale = 'en' | 'fr' | 'es';

/** Every currency here has two decimals; one that has not needs more than a line in this file. */
export const currencies = ['EUR', 'USD', 'GBP'] as const;
export type Currency = (typeof currencies)[number];

/** Beside a field in which an amount is written. */
export const currency_signs: Readonly<Record<Currency, string>> = { EUR: '€', USD: '$', GBP: '£' };

export type Money = { readonly cents: bigint; readonly currency: Currency };

/** An amount of whole cents; may be negative. */
export function money(cents: bigint, currency: Currency): Money {
  return { cents, currency };
}

/** Sum of two amounts of one currency. */
export function add(a: Money, b: Money): Money {
  return money(a.cents + centsBeside(a, b), a.currency);
}

/** `a` less `b`, which may fall below zero. */
export function subtract(a: Money, b: Money): Money {
  return money(a.cents - centsBeside(a, b), a.currency);
}

/** -1, 0 or 1, as sorting wants it. */
export function compare(a: Money, b: Money): -1 | 0 | 1 {
  const other_cents = centsBeside(a, b);
  if (a.cents === other_cents) return 0;
  return a.cents < other_cents ? -1 : 1;
}

export function isZero(amount: Money): boolean {
  return amount.cents === 0n;
}

/**
 * For people: "€21,840", "21 840 €", "21.840 €"; cents are shown only where there are some.
 * `round` drops the cents downwards, so that a gauge never claims more than there is.
 */
export function formatMoney(amount: Money, locale: Locale, { round = false }: { round?: boolean } = {}): string {
  const whole = round || amount.cents % 100n === 0n;
  return formatter(locale, amount.currency, whole ? 0 : 2).format(formatCents(amount.cents) as Intl.StringNumericLiteral);
}

/** For machines: "20.00", whatever the language. Exact for any bigint. */
export function formatCents(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function centsBeside(a: Money, b: Money): bigint {
  assert(a.currency === b.currency, `${a.currency} and ${b.currency} are never counted together`);
  return b.cents;
}

// Making a formatter costs a hundred times more than using it.
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(locale: Locale, currency: Currency, decimals: 0 | 2): Intl.NumberFormat {
  const key = `${locale} ${currency} ${decimals}`;
  let found = formatters.get(key);
  if (!found) {
    const fraction = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, roundingMode: 'trunc' } as const;
    found = new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
    formatters.set(key, found);
  }
  return found;
}
