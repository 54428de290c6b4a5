/** The mark: a channel seen from above, with its gate. `ground` and `line` are any SVG colours. */
export function mark(ground: string, line: string): string {
  return (
    `<rect width="36" height="36" rx="9" fill="${ground}"/>` +
    `<g fill="none" stroke="${line}" stroke-width="2.7" stroke-linecap="round">` +
    `<path d="M5.5 11.5c4 0 4.5 3.2 8 3.2s4.5-3.2 9-3.2 4.5 3.2 8 3.2"/>` +
    `<path d="M5.5 18.5c4 0 4.5 3.2 8 3.2s4.5-3.2 9-3.2 4.5 3.2 8 3.2"/>` +
    `<path d="M5.5 25.5c4 0 4.5 3.2 8 3.2s4.5-3.2 9-3.2 4.5 3.2 8 3.2"/></g>`
  );
}

/** The icon of the browser's tab, in the usual water. */
export function favicon(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36">${mark('#00697f', '#fdfaf3')}</svg>`;
}
