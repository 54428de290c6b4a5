import type { Random } from '../kit/index.ts';
import { type Point, sheet, smooth, smoothRing, steps, swell, whole } from './cover-geometry.ts';
import type { Palette } from './cover-palette.ts';

const { width, height } = sheet;

/** Hills one behind the other with their contour lines, a light above, and a stream that widens as it comes nearer. */
export function hills(random: Random, colours: Palette): string {
  const layers = 6;
  const parts = [
    `<circle cx="${random.int(110, 490)}" cy="${random.int(70, 122)}" r="${random.int(28, 54)}" fill="${colours.light}"/>`,
  ];
  const wooded = random.int(1, 3);
  for (let layer = 0; layer < layers; layer++) {
    const share = layer / (layers - 1);
    const base = 132 + 186 * share ** 0.9;
    const rise = swell(random, 640 - layer * 40);
    const at = (x: number): number => base + rise(x) * (34 - layer * 3);
    const ridge = (drop: number): string => smooth(steps(-60, width + 60, 8).map((x) => [x, at(x) + drop]));
    if (layer === wooded) parts.push(trees(random, colours, at, share));
    parts.push(`<path fill="${colours.land(share)}" d="${ridge(0)}V400H-60z"/>`);
    parts.push(
      `<path fill="none" stroke="${colours.line}" stroke-opacity="${(0.34 - share * 0.16).toFixed(2)}" d="${ridge(9)}${layer < 3 ? ridge(18) : ''}"/>`,
    );
  }
  return parts.join('') + stream(random, colours);
}

/** A line of poplars behind a ridge: gives the hills their size. */
function trees(random: Random, colours: Palette, ridge: (x: number) => number, share: number): string {
  const from = random.int(40, 330);
  const crowns = Array.from({ length: random.int(4, 7) }, (_, index) => {
    const x = from + index * random.int(19, 26);
    const high = random.int(13, 21);
    return `<ellipse cx="${x}" cy="${whole(ridge(x)) - high + 6}" rx="5" ry="${high}"/>`;
  });
  return `<g fill="${colours.land(share + 0.3)}">${crowns.join('')}</g>`;
}

function stream(random: Random, colours: Palette): string {
  const side = random.chance(0.5) ? 1 : -1;
  const x = random.int(200, 400);
  const bend = (y: number): number => x + side * Math.sin((y - 150) / 46) * (14 + (y - 150) * 0.34);
  const bank = (edge: number): Point[] =>
    steps(168, 412, 8).map((y) => [bend(y) + edge * (0.6 + ((y - 168) / 244) ** 1.7 * 30), y]);
  return `<path fill="${colours.water}" d="${smooth(bank(-1))}${smooth(bank(1).reverse()).replace('M', 'L')}z"/>`;
}

/** Terraces around a slope, each edged by its channel; here and there a tree. */
export function terraces(random: Random, colours: Palette): string {
  const from_left = random.chance(0.5);
  const [cx, cy] = [from_left ? -60 : width + 60, height + 130];
  const wobble = swell(random, 2.4);
  const on = (radius: number, angle: number): Point => {
    const reach = radius * (1 + wobble(angle) * 0.075);
    return [cx + Math.cos(angle) * reach * 1.16, cy + Math.sin(angle) * reach];
  };
  const [start, end] = from_left ? [-Math.PI / 2 - 0.3, 0.2] : [Math.PI - 0.2, Math.PI * 1.5 + 0.3];
  const light = `<circle cx="${from_left ? random.int(430, 520) : random.int(80, 170)}" cy="${random.int(70, 108)}" r="${random.int(26, 46)}" fill="${colours.light}"/>`;
  const rings = steps(560, 128, 9).map((radius, index) => {
    const edge = smooth(steps(start, end, 8).map((angle) => on(radius, angle)));
    const crowns = index === 0 ? '' : grove(random, colours, (angle) => on(radius + 17, angle), [start, end], index / 8);
    return `${crowns}<path fill="${colours.land(index / 8.5)}" stroke="${colours.water}" stroke-width="${random.int(5, 13)}" d="${edge}L${cx} ${cy + 300}z"/>`;
  });
  return light + rings.join('');
}

function grove(
  random: Random,
  colours: Palette,
  on: (angle: number) => Point,
  [start, end]: [number, number],
  share: number,
): string {
  if (random.chance(0.35)) return '';
  const from = start + (end - start) * (0.15 + random.next() * 0.6);
  const crowns = Array.from({ length: random.int(1, 4) }, (_, index) => {
    const [x, y] = on(from + index * 0.055);
    return `<circle cx="${whole(x)}" cy="${whole(y)}" r="${random.int(6, 11)}"/>`;
  });
  return `<g fill="${colours.land(Math.min(1, share + 0.35))}">${crowns.join('')}</g>`;
}

/** A river seen from above, between banks that keep the lines of its older beds. */
export function river(random: Random, colours: Palette): string {
  const sway = swell(random, 640);
  const lean = random.int(-80, 80);
  const bed = (x: number): number => 200 + sway(x) * 104 + ((x - 300) / 300) * lean;
  const course = smooth(steps(-60, width + 60, 11).map((x) => [x, bed(x)]));
  const stroke = (colour: string, thick: number, extra = ''): string =>
    `<path d="${course}" stroke="${colour}" stroke-width="${thick}"${extra}/>`;
  const beds = [352, 286, 224, 166, 112].map((thick, index) => stroke(colours.land(0.12 + index * 0.17), thick));
  const crowns = steps(-6, 606, 13).map((x) => {
    const y = bed(x) + (random.chance(0.5) ? -1 : 1) * random.int(70, 150);
    return `<circle cx="${whole(x + random.int(-16, 16))}" cy="${whole(y)}" r="${random.int(5, 13)}" fill="${random.chance(0.25) ? colours.light : colours.land(random.next() * 0.4 + 0.6)}"/>`;
  });
  const islands = [random.int(110, 240), random.int(350, 500)].map((x) => {
    const lean_here = whole((Math.atan2(bed(x + 20) - bed(x - 20), 40) * 180) / Math.PI);
    return `<ellipse rx="${random.int(16, 30)}" ry="6" transform="translate(${x} ${whole(bed(x))})rotate(${lean_here})" fill="${colours.land(0.55)}"/>`;
  });
  return (
    `<rect width="600" height="400" fill="${colours.land(0)}"/><g fill="none">${beds.join('')}${stroke(colours.sky, 62)}${stroke(colours.water, 48)}` +
    `${stroke(colours.sky, 16, ' stroke-opacity=".2"')}</g>${islands.join('')}${crowns.join('')}`
  );
}

/** Heights as on a hiker's map: rings around two summits, the lake between them, and the path from one to the other. */
export function contours(random: Random, colours: Palette): string {
  const [west, east]: [Point, Point] = [
    [random.int(110, 230), random.int(110, 290)],
    [random.int(380, 500), random.int(90, 310)],
  ];
  const shapes = [swell(random, Math.PI * 2), swell(random, Math.PI * 2)];
  const parts = [`<rect width="600" height="400" fill="${colours.land(0)}"/>`];
  for (let level = 0; level < 6; level++) {
    const rings = [west, east].map(([x, y], index) => {
      const radius = (index === 0 ? 265 : 230) * (1 - level / 6.4) ** 1.15;
      const ring = Array.from({ length: 9 }, (_, corner): Point => {
        const angle = (corner / 9) * Math.PI * 2;
        const reach = radius * (1 + (shapes[index]?.(angle) ?? 0) * (0.24 - level * 0.02));
        return [x + Math.cos(angle) * reach * 1.12 + level * 5, y + Math.sin(angle) * reach * 0.86 - level * 3];
      });
      return smoothRing(ring);
    });
    parts.push(
      `<path fill="${colours.land(0.1 + level * 0.16)}" stroke="${colours.line}" stroke-opacity=".45" d="${rings.join('')}"/>`,
    );
  }
  const lake: Point = [(west[0] + east[0]) / 2, (west[1] + east[1]) / 2 + (random.chance(0.5) ? 110 : -110)];
  const shore = Array.from({ length: 7 }, (_, corner): Point => {
    const angle = (corner / 7) * Math.PI * 2;
    return [lake[0] + Math.cos(angle) * random.int(46, 74), lake[1] + Math.sin(angle) * random.int(22, 36)];
  });
  const trail = `M${west[0] + 25} ${west[1] - 15}Q${whole(lake[0])} ${whole(lake[1])} ${east[0] + 25} ${east[1] - 15}`;
  return (
    `${parts.join('')}<path fill="${colours.water}" stroke="${colours.line}" stroke-width="3" d="${smoothRing(shore)}"/>` +
    `<path fill="none" stroke="${colours.light}" stroke-width="5" stroke-linecap="round" stroke-dasharray=".1 12" d="${trail}"/>` +
    `<g fill="${colours.light}" stroke="${colours.line}" stroke-width="3"><circle cx="${west[0] + 25}" cy="${west[1] - 15}" r="9"/><circle cx="${east[0] + 25}" cy="${east[1] - 15}" r="9"/></g>`
  );
}
