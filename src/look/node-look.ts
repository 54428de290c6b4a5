import { contrast, type Oklch, readOklch } from './colour.ts';
import { readTokens, type Scheme } from './tokens.ts';

/** What a node may choose: its water and its clay, in the light and in the dark, written as `oklch(l c h)`. */
export type NodeLook = Record<Scheme, { water: string; clay: string }>;

export const usual_look: NodeLook = {
  light: { water: 'oklch(0.48 0.09 220)', clay: 'oklch(0.53 0.145 38)' },
  dark: { water: 'oklch(0.79 0.09 215)', clay: 'oklch(0.72 0.13 45)' },
};

const text_ratio = 4.5;
const control_ratio = 3;

/**
 * Why a look cannot be used, as words such as `light_water_unreadable_on_paper`; empty when it can.
 * Ratios of WCAG 2.2: 4.5 for text, 3 for the outline of a control.
 */
export function checkLook(look: unknown): string[] {
  return (['light', 'dark'] as const).flatMap((scheme) => checkScheme(look, scheme));
}

/** The style sheet that gives a node its colours. Only colours that were read and checked are written into it. */
export function nodeCss(look: unknown): string {
  if (checkLook(look).length > 0) return '';
  const { light, dark } = look as NodeLook;
  const both = (name: 'water' | 'clay') => `--${name}:light-dark(${light[name].trim()},${dark[name].trim()})`;
  return `@layer tokens{:root{${both('water')};${both('clay')}}}`;
}

/** The two colours a picture is drawn from; the usual ones when a look cannot be read. */
export function lookHues(look: unknown): { water: Oklch; clay: Oklch } {
  const water = colourOf(look, 'light', 'water') ?? colourOf(usual_look, 'light', 'water');
  const clay = colourOf(look, 'light', 'clay') ?? colourOf(usual_look, 'light', 'clay');
  return { water: water ?? { l: 0.48, c: 0.09, h: 220 }, clay: clay ?? { l: 0.53, c: 0.145, h: 38 } };
}

function checkScheme(look: unknown, scheme: Scheme): string[] {
  const tokens = readTokens(scheme);
  const water = colourOf(look, scheme, 'water');
  const clay = colourOf(look, scheme, 'clay');
  const words: string[] = [];
  if (!water) words.push(`${scheme}_water_is_not_a_colour`);
  if (!clay) words.push(`${scheme}_clay_is_not_a_colour`);
  for (const ground of ['paper', 'sheet']) {
    const under = tokens.get(ground);
    if (!under) continue;
    if (water && contrast(water, under) < text_ratio) words.push(`${scheme}_water_unreadable_on_${ground}`);
    if (clay && contrast(clay, under) < control_ratio) words.push(`${scheme}_clay_too_close_to_${ground}`);
  }
  const on_clay = tokens.get('on-clay');
  if (on_clay && clay && contrast(on_clay, clay) < text_ratio) words.push(`${scheme}_text_unreadable_on_clay`);
  return words;
}

function colourOf(look: unknown, scheme: Scheme, name: 'water' | 'clay'): Oklch | null {
  const side = (look as Partial<NodeLook> | null)?.[scheme];
  return typeof side?.[name] === 'string' ? readOklch(side[name]) : null;
}
