import { readFileSync } from 'node:fs';
import { type Oklch, readOklch } from './colour.ts';

export type Scheme = 'light' | 'dark';

const read = new Map<Scheme, ReadonlyMap<string, Oklch>>();

/** The literal colours of css/tokens.css in one scheme: the style sheet stays the only place where they are written. Read once. */
export function readTokens(scheme: Scheme): ReadonlyMap<string, Oklch> {
  const known = read.get(scheme);
  if (known) return known;
  const css = readFileSync(new URL('./css/tokens.css', import.meta.url), 'utf8');
  const found = new Map<string, Oklch>();
  for (const [, name = '', light = '', dark = ''] of css.matchAll(
    /--([a-z-]+): light-dark\((oklch\([^()]*\)), (oklch\([^()]*\))\)/g,
  )) {
    const colour = readOklch(scheme === 'light' ? light : dark);
    if (colour) found.set(name, colour);
  }
  read.set(scheme, found);
  return found;
}
