import type { Random } from '../kit/index.ts';
import { type Point, sheet, steps, whole } from './cover-geometry.ts';
import type { Palette } from './cover-palette.ts';

const { width, height } = sheet;

/** Fields seen from above: parcels cut again and again, some of them with their rows, and the channels that feed them. */
export function fields(random: Random, colours: Palette): string {
  const tilt = (random.next() - 0.5) * 0.5;
  const parcels = cut(
    random,
    [
      [-30, -30],
      [width + 30, -30],
      [width + 30, height + 30],
      [-30, height + 30],
    ],
    4,
    tilt,
  );
  const grounds = parcels.map((parcel) => `<path fill="${colours.land(random.next() ** 1.2 * 0.86)}" d="${outline(parcel)}"/>`);
  const rowed = random
    .shuffle(parcels)
    .slice(0, 5)
    .map((parcel) => rows(random, colours, parcel));
  const edges = parcels.map(outline).join('');
  const main = steps(-20, width + 20, 3).map(
    (x, index): Point => [x, 200 + (random.next() - 0.5) * 150 + (index === 1 ? 0 : tilt * 160)],
  );
  const [a, b, c] = main as [Point, Point, Point];
  const channel = `M${whole(a[0])} ${whole(a[1])}Q${whole(b[0])} ${whole(b[1])} ${whole(c[0])} ${whole(c[1])}`;
  return (
    grounds.join('') +
    rowed.join('') +
    `<g fill="none"><path stroke="${colours.sky}" stroke-width="5" d="${edges}"/>` +
    `<path stroke="${colours.sky}" stroke-width="26" d="${channel}"/><path stroke="${colours.water}" stroke-width="16" d="${channel}"/></g>`
  );
}

function cut(random: Random, parcel: Point[], times: number, tilt: number): Point[][] {
  if (times === 0 || (times < 2 && random.chance(0.25))) return [parcel];
  const [a, b, c, d] = parcel as [Point, Point, Point, Point];
  const on = (from: Point, to: Point, share: number): Point => [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
  ];
  const wide = Math.hypot(b[0] - a[0], b[1] - a[1]) > Math.hypot(d[0] - a[0], d[1] - a[1]) * 1.05;
  const share = 0.36 + random.next() * 0.28;
  const lean = tilt * 0.3 + (random.next() - 0.5) * 0.16;
  const clamp = (value: number): number => Math.min(0.72, Math.max(0.28, value));
  if (wide) {
    const [top, foot] = [on(a, b, clamp(share + lean)), on(d, c, clamp(share - lean))];
    return [...cut(random, [a, top, foot, d], times - 1, tilt), ...cut(random, [top, b, c, foot], times - 1, tilt)];
  }
  const [left, right] = [on(a, d, clamp(share + lean)), on(b, c, clamp(share - lean))];
  return [...cut(random, [a, b, right, left], times - 1, tilt), ...cut(random, [left, right, c, d], times - 1, tilt)];
}

function outline(parcel: readonly Point[]): string {
  return `M${parcel.map(([x, y]) => `${whole(x)} ${whole(y)}`).join('L')}z`;
}

/** Rows from one side of a parcel to the side across: they follow its form. */
function rows(random: Random, colours: Palette, parcel: readonly Point[]): string {
  const [a, b, c, d] = parcel as [Point, Point, Point, Point];
  const along = random.chance(0.5);
  const [one, two, three, four] = along ? [a, b, d, c] : [a, d, b, c];
  const on = (from: Point, to: Point, share: number): string =>
    `${whole(from[0] + (to[0] - from[0]) * share)} ${whole(from[1] + (to[1] - from[1]) * share)}`;
  const count = random.int(5, 8);
  const lines = steps(1 / (count + 1), count / (count + 1), count).map(
    (share) => `M${on(one, two, share)}L${on(three, four, share)}`,
  );
  const dotted = random.chance(0.35) ? ' stroke-dasharray=".1 9" stroke-linecap="round" stroke-width="5"' : ' stroke-width="2.5"';
  return `<path fill="none" stroke="${random.chance(0.5) ? colours.sky : colours.deep}" stroke-opacity=".55"${dotted} d="${lines.join('')}"/>`;
}

/** The plan of a water system: one intake, gates, and plots that each get their share. */
export function channels(random: Random, colours: Palette): string {
  const spine = random.int(176, 224);
  const plots: string[] = [];
  const waters: string[] = [];
  const gates: string[] = [];
  const orchards: string[] = [];
  for (const x of [-38, 78, 194, 310, 426, 542]) {
    for (const side of [-1, 1]) {
      const deep = random.pick([92, 118, 144]);
      const top = side < 0 ? spine - 36 - deep : spine + 36;
      plots.push(
        `<rect x="${x}" y="${top}" width="92" height="${deep}" rx="${random.chance(0.25) ? 46 : 8}" fill="${colours.land(0.18 + random.next() * 0.8)}"/>`,
      );
      const planted = random.next();
      if (planted < 0.4) orchards.push(orchard(x + 22, top + 24, 3, deep < 100 ? 3 : 4));
      else if (planted < 0.64)
        plots.push(
          `<circle cx="${x + 46}" cy="${top + deep / 2}" r="${random.int(14, 27)}" fill="${random.chance(0.5) ? colours.sky : colours.light}"/>`,
        );
      waters.push(`M${x - 40} ${spine}Q${x - 12} ${spine} ${x - 12} ${spine + side * 30}V${side < 0 ? top : top + deep}`);
      if (random.chance(0.7)) gates.push(`M${x - 23} ${spine + side * 40}h22`);
    }
  }
  const main = `M-20 ${spine}H620`;
  return (
    `<rect width="600" height="400" fill="${colours.land(0.03)}"/>${plots.join('')}<g fill="none" stroke-linecap="round">` +
    `<path stroke="${colours.sky}" stroke-width="11" stroke-dasharray=".1 24" d="${orchards.join('')}"/>` +
    `<path stroke="${colours.sky}" stroke-width="32" d="${main}"/><path stroke="${colours.water}" stroke-width="20" d="${main}"/>` +
    `<path stroke="${colours.water}" stroke-width="9" d="${waters.join('')}"/><path stroke="${colours.deep}" stroke-width="6" stroke-linecap="butt" ` +
    `d="${gates.join('')}M${random.int(200, 400)} ${spine - 21}v42"/></g>`
  );
}

function orchard(x: number, y: number, columns: number, rows_of_trees: number): string {
  return Array.from({ length: rows_of_trees }, (_, row) => `M${x} ${y + row * 24}h${(columns - 1) * 24 + 1}`).join('');
}

/** Seeds, leaves, drops, suns and furrows, set like tiles. */
export function seeds(random: Random, colours: Palette): string {
  const tones = [
    colours.sky,
    colours.land(0.1),
    colours.land(0.4),
    colours.land(0.65),
    colours.land(0.95),
    colours.water,
    colours.light,
  ];
  const order = random.shuffle(motifs);
  const places = [0, 150, 300, 450].flatMap((x) => [-25, 125, 275].map((y) => [x, y] as const));
  return places
    .map(([x, y], index) => {
      const [ground = '', figure = '', third = ''] = random.shuffle(tones);
      const drawn = (order[(index * 3 + random.int(0, 1)) % order.length] ?? leaf)(figure, third);
      return `<g transform="translate(${x} ${y})rotate(${random.pick([0, 90, 180, 270])} 75 75)scale(1.5)"><path fill="${ground}" d="M0 0h100.4v100.4H0z"/>${drawn}</g>`;
    })
    .join('');
}

type Motif = (figure: string, third: string) => string;
const leaf: Motif = (figure) => `<path fill="${figure}" d="M0 0Q100 0 100 100 0 100 0 0z"/>`;
const motifs: Motif[] = [
  leaf,
  (figure, third) => `<path fill="${figure}" d="M0 0A100 100 0 0 1 100 100H0z"/><circle cx="28" cy="72" r="14" fill="${third}"/>`,
  (figure, third) => `<circle cx="50" cy="50" r="36" fill="${figure}"/><path fill="${third}" d="M50 14a36 36 0 0 1 0 72z"/>`,
  (figure) =>
    `<path fill="none" stroke="${figure}" stroke-width="9" d="M0 20q25-18 50 0t50 0M0 50q25-18 50 0t50 0M0 80q25-18 50 0t50 0"/>`,
  (figure) =>
    `<path fill="${figure}" d="M0 0h50a50 50 0 0 1-50 50zM50 50h50v50A50 50 0 0 1 50 50zM50 0h50v50A50 50 0 0 1 50 0zM0 50h50v50A50 50 0 0 1 0 50z"/>`,
  (figure, third) =>
    `<path fill="${figure}" d="M50 8Q92 50 50 92 8 50 50 8z"/><path stroke="${third}" stroke-width="4" d="M50 24v68"/>`,
  (figure) => `<path fill="${figure}" d="M0 100A50 50 0 0 1 100 100zM0 50a50 50 0 0 1 100 0z"/>`,
  (figure, third) =>
    `<path fill="none" stroke="${figure}" stroke-width="9" d="M12 0v100M37 0v100M62 0v100M87 0v100"/><circle cx="62" cy="38" r="17" fill="${third}"/>`,
];
