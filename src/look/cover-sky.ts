import type { Random } from '../kit/index.ts';
import { type Point, sheet, smooth, steps, swell, whole } from './cover-geometry.ts';
import type { Palette } from './cover-palette.ts';

/** A night above quiet water: stars that hold together, as a network does. */
export function stars(random: Random, colours: Palette): string {
  const { width } = sheet;
  const lights = scatter(random, 11);
  const chain = [...lights].sort((a, b) => a[0] - b[0]);
  const spurs = chain
    .slice(2, -2)
    .filter(() => random.chance(0.4))
    .map((from) => spur(from, lights))
    .join('');
  const dust = Array.from({ length: 30 }, () => `M${random.int(8, 592)} ${random.int(8, 250)}h.1`).join('');
  const glow = chain.map(([x, y], index) => `<circle cx="${x}" cy="${y}" r="${index % 4 === 1 ? 7 : 4}"/>`).join('');
  const [moon, high] = [random.int(70, 530), random.int(60, 110)];
  const halo = [170, 116, 70]
    .map((r) => `<circle cx="${moon}" cy="${high}" r="${r}" fill="${colours.sky}" fill-opacity=".07"/>`)
    .join('');
  const ridge = (base: number, rise: number): string => {
    const line = swell(random, 700);
    return smooth(steps(-40, width + 40, 8).map((x) => [x, base + line(x) * rise]));
  };
  const shimmer = Array.from(
    { length: 8 },
    (_, index) => `M${moon - 46 + random.int(-34, 34)} ${350 + index * 6}h${random.int(24, 92)}`,
  ).join('');
  return (
    `<rect width="600" height="400" fill="${colours.night}"/>${halo}<circle cx="${moon}" cy="${high}" r="27" fill="${colours.sky}"/>` +
    `<path stroke="${colours.sky}" stroke-opacity=".6" stroke-width="2.4" stroke-linecap="round" d="${dust}"/>` +
    `<path fill="none" stroke="${colours.sky}" stroke-opacity=".5" stroke-width="1.4" d="M${chain.map(([x, y]) => `${x} ${y}`).join('L')}${spurs}"/><g fill="${colours.light}">${glow}</g>` +
    `<path fill="${colours.land(0.95)}" d="${ridge(268, 30)}V400H-40z"/><path fill="${colours.land(0.72)}" d="${ridge(302, 22)}V400H-40z"/>` +
    `<path fill="${colours.land(0.5)}" d="M0 338h600v62H0z"/><path stroke="${colours.sky}" stroke-width="3" stroke-linecap="round" d="${shimmer}"/>`
  );
}

function spur([x, y]: Point, lights: readonly Point[]): string {
  const [, near] = [...lights].sort((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
  return near ? `M${x} ${y}L${near[0]} ${near[1]}` : '';
}

/** Points that keep their distance. */
function scatter(random: Random, count: number): Point[] {
  const points: Point[] = [];
  for (let tries = 0; points.length < count && tries < 400; tries++) {
    const point: Point = [whole(random.int(36, 564)), whole(random.int(34, 236))];
    if (points.every(([x, y]) => Math.hypot(point[0] - x, point[1] - y) > 78)) points.push(point);
  }
  return points;
}
