import { raw } from 'hono/html';
import { seeded } from '../kit/index.ts';
import { type Point, smooth, steps, whole } from './cover-geometry.ts';
import { type Palette, paletteOf } from './cover-palette.ts';
import { escaped, remember } from './memo.ts';
import { lookHues } from './node-look.ts';
import { words } from './parts.tsx';

const width = 720;
const height = 600;
const terraces = 5;

/**
 * The picture of a home: a spring in the hills, one channel that passes from terrace to terrace, a gate at each fall, and the plots
 * it waters. In the colours of the node. Says nothing that the text does not say.
 */
export function Scene(props: { look: unknown; class?: string }) {
  return raw(
    `<svg class="${escaped(words('scene', props.class))}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">${drawScene(props.look)}</svg>`,
  );
}

const drawScene = remember(
  (look: unknown) => {
    const random = seeded('acequia');
    const colours = paletteOf(random, lookHues(look), 'meadow');
    const plots = Array.from({ length: terraces }, (_, level) => plot(colours, level)).join('');
    return hillsAndSun(colours) + plots + channel(colours) + orchards(colours) + gates(look);
  },
  (look) => JSON.stringify(look ?? null),
  50,
);

/** The upper edge of a terrace: terraces lean a little to either side, so that water finds its way. */
function edge(level: number, x: number): number {
  const fall = level % 2 === 0 ? 1 : -1;
  return 316 + level * 44 + level * level * 4.5 + ((x - 360) / 360) * 13 * fall + Math.sin(x / 118 + level * 1.7) * 6;
}

function line(level: number, from: number, to: number, drop = 0): Point[] {
  return steps(from, to, 9).map((x) => [x, edge(level, x) + drop]);
}

function hillsAndSun(colours: Palette): string {
  const far = 'M0 236Q110 150 232 204T430 176 720 226V600H0z';
  const near = 'M0 292Q140 206 300 262T560 246 720 276V600H0z';
  const poplars = [
    [96, 252],
    [118, 246],
    [139, 243],
    [562, 250],
    [584, 252],
    [609, 255],
    [631, 258],
  ].map(([x = 0, y = 0], index) => `<ellipse cx="${x}" cy="${y - 14}" rx="7" ry="${23 + (index % 3) * 5}"/>`);
  return (
    `<rect width="720" height="600" fill="${colours.sky}"/><circle cx="520" cy="124" r="92" fill="${colours.light}" fill-opacity=".22"/>` +
    `<circle cx="520" cy="124" r="56" fill="${colours.light}"/><path fill="${colours.land(0.08)}" d="${far}"/>` +
    `<g fill="${colours.land(0.62)}">${poplars.join('')}</g><path fill="${colours.land(0.26)}" d="${near}"/>` +
    `<path fill="none" stroke="${colours.line}" stroke-opacity=".4" stroke-width="1.5" d="M0 304Q140 218 300 274T560 258 720 288M0 248Q110 162 232 216T430 188 720 238"/>`
  );
}

function plot(colours: Palette, level: number): string {
  const top = smooth(line(level, -20, 740));
  const rows = [22, 32, 42].map((drop) => smooth(line(level, level % 2 ? 330 : 40, level % 2 ? 690 : 400, drop)));
  return (
    `<path fill="${colours.land(0.36 + level * 0.14)}" stroke="${colours.line}" stroke-opacity=".55" stroke-width="3" d="${top}V620H-20z"/>` +
    `<path fill="none" stroke="${colours.land(0.18 + level * 0.12)}" stroke-width="4" stroke-linecap="round" stroke-dasharray="${level % 2 ? '.1 11' : '16 9'}" d="${rows.join('')}"/>`
  );
}

/** One line of water from the spring to the last plot: along each terrace, then down at its lower end, wider as it comes nearer. */
function channel(colours: Palette): string {
  const reaches = Array.from({ length: terraces }, (_, level) => {
    const [from, to] = level % 2 === 0 ? [128, 602] : [602, 128];
    const fall = level === terraces - 1 ? 'V620' : `L${to} ${whole(edge(level + 1, to) + 10)}`;
    return { level, path: smooth(line(level, from, to, 10)) + fall };
  });
  const spring = `M312 240Q288 254 300 268T206 300 128 ${whole(edge(0, 128) + 10)}`;
  const stroke = (colour: string, path: string, thick: number): string =>
    `<path stroke="${colour}" stroke-width="${thick}" d="${path}"/>`;
  const banks = reaches.map(({ level, path }) => stroke(colours.line, path, 13 + level * 2.4)).join('');
  const waters = reaches.map(({ level, path }) => stroke(colours.water, path, 8 + level * 1.9)).join('');
  return (
    `<g fill="none" stroke-linejoin="round" stroke-linecap="round">${stroke(colours.line, spring, 9)}${banks}` +
    `${stroke(colours.water, spring, 5)}${waters}</g><circle cx="312" cy="240" r="6" fill="${colours.water}"/>`
  );
}

function orchards(colours: Palette): string {
  const trees = [
    [60, 0, 13],
    [92, 0, 10],
    [664, 1, 14],
    [690, 1, 10],
    [250, 1, 12],
    [276, 1, 9],
    [46, 3, 15],
    [78, 3, 11],
    [480, 2, 13],
    [512, 2, 10],
    [540, 2, 14],
    [664, 3, 12],
    [430, 4, 12],
    [462, 4, 15],
    [496, 4, 11],
    [250, 3, 12],
  ];
  const crowns = trees.map(
    ([x = 0, level = 0, size = 0]) => `<circle cx="${x}" cy="${whole(edge(level, x) + 36 - size / 2)}" r="${size}"/>`,
  );
  return `<g fill="${colours.land(1)}">${crowns.join('')}</g>`;
}

/** A gate at each fall: posts, a beam, and a board in the colour of action. */
function gates(look: unknown): string {
  const { clay } = lookHues(look);
  const board = `oklch(${clay.l} ${clay.c} ${clay.h})`;
  return [0, 1, 2, 3]
    .map((level) => {
      const x = level % 2 === 0 ? 588 : 142;
      const y = whole(edge(level, x) + 10);
      return `<g transform="translate(${x} ${y})scale(${0.8 + level * 0.12})" stroke="#0d2b29" stroke-width="4"><path fill="${board}" d="M-9-20h18V4H-9z"/><path d="M-10 10v-34M10 10v-34M-17-24h34"/></g>`;
    })
    .join('');
}
