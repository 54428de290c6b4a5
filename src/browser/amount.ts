/**
 * Reads an amount as it is being typed, in cents: generous, because it only feeds the sums on the page. What counts is read again,
 * strictly, where the form is received. Null while it is not (yet) an amount.
 */
export function typedCents(typed: string): number | null {
  const bare = typed.replace(/[\s€$£]/g, '');
  const found = /^(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?$/.exec(bare);
  if (!found) return null;
  const [, units = '', decimals = ''] = found;
  return Number(units.replace(/[.,]/g, '')) * 100 + Number(decimals.padEnd(2, '0'));
}

/** Cents as people write them here; whole amounts without decimals. */
export function writeCents(cents: number, locale: string, currency: string): string {
  const digits = cents % 100 === 0 ? 0 : 2;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(cents / 100);
}
