import type { Random } from '../kit/index.ts';
import { type Oklch, toHex } from './colour.ts';

/** The colours of one cover: a sky, land from far to near, water, a light, and a dark for fine lines. */
export type Palette = {
  mood: string;
  sky: string;
  land: (share: number) => string;
  night: string;
  water: string;
  deep: string;
  light: string;
  line: string;
};

type Mood = { sky: Oklch; far: Oklch; near: Oklch; water: Oklch; light: Oklch };

/** A palette around the node's water and clay; the slug chooses the mood. */
export function paletteOf(random: Random, node: { water: Oklch; clay: Oklch }, wanted?: string): Palette {
  const moods = moodsOf(node.water.h, node.clay.h);
  const mood = wanted && moods[wanted] ? wanted : random.pick(Object.keys(moods));
  const chosen = moods[mood] as Mood;
  const turn = (random.next() - 0.5) * 14;
  const shade = (colour: Oklch, light = 0): string =>
    toHex({ l: Math.min(0.99, colour.l + light), c: colour.c, h: (colour.h + turn + 360) % 360 });
  return {
    mood,
    sky: shade(chosen.sky),
    land: (share) => shade(between(chosen.far, chosen.near, Math.min(1, Math.max(0, share)))),
    night: toHex({ l: 0.27, c: 0.05, h: (node.water.h + 22) % 360 }),
    water: shade(chosen.water),
    deep: shade(chosen.near, -0.1),
    light: shade(chosen.light),
    line: shade(chosen.sky, 0.02),
  };
}

function moodsOf(water: number, clay: number): Record<string, Mood> {
  const at = (l: number, c: number, h: number): Oklch => ({ l, c, h });
  const sun = at(0.84, 0.13, 85);
  const cream = at(0.95, 0.035, 88);
  return {
    clay: {
      sky: at(0.94, 0.035, clay + 45),
      far: at(0.87, 0.09, clay + 47),
      near: at(0.47, 0.13, clay),
      water: at(0.57, 0.085, water),
      light: at(0.58, 0.09, water),
    },
    water: {
      sky: at(0.93, 0.025, water),
      far: at(0.83, 0.06, water),
      near: at(0.35, 0.075, water + 22),
      water: cream,
      light: sun,
    },
    meadow: {
      sky: at(0.95, 0.04, 105),
      far: at(0.87, 0.1, 122),
      near: at(0.42, 0.085, 160),
      water: at(0.68, 0.085, water),
      light: at(0.83, 0.13, 78),
    },
    dusk: {
      sky: at(0.91, 0.05, 55),
      far: at(0.82, 0.09, 28),
      near: at(0.33, 0.075, 305),
      water: at(0.93, 0.045, 70),
      light: at(0.72, 0.15, 38),
    },
    straw: {
      sky: at(0.965, 0.028, 95),
      far: at(0.91, 0.1, 95),
      near: at(0.52, 0.09, 66),
      water: at(0.6, 0.09, water),
      light: at(0.64, 0.15, clay),
    },
    mist: {
      sky: at(0.95, 0.018, 160),
      far: at(0.87, 0.04, 165),
      near: at(0.36, 0.05, 195),
      water: at(0.95, 0.03, 95),
      light: at(0.68, 0.15, clay + 6),
    },
    orchard: {
      sky: at(0.94, 0.03, water),
      far: at(0.87, 0.105, 112),
      near: at(0.5, 0.13, clay + 6),
      water: at(0.6, 0.085, water),
      light: at(0.64, 0.15, clay),
    },
  };
}

function between(one: Oklch, other: Oklch, share: number): Oklch {
  const turn = ((other.h - one.h + 540) % 360) - 180;
  return { l: one.l + (other.l - one.l) * share, c: one.c + (other.c - one.c) * share, h: (one.h + turn * share + 360) % 360 };
}
