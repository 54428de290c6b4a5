/** A table as a file for spreadsheets (RFC 4180), in UTF-8. The first row names the columns. */
export function csv(rows: readonly (readonly (string | number | bigint | null)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/**
 * Whatever a spreadsheet would run as a formula is given a leading apostrophe, which makes it text. Numbers of ours are written plainly.
 */
function cell(value: string | number | bigint | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const harmless = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
