import type { Random } from '../kit/index.ts';

export type Point = [x: number, y: number];

/** Covers are drawn on a sheet of 600 by 400. */
export const sheet = { width: 600, height: 400 };

export const whole = Math.round;

/** A smooth open line through the middles between the given points. */
export function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = points.at(-1);
  if (!first || !last) return '';
  const parts = rest.slice(0, -1).map(([x, y], index) => {
    const [nx, ny] = rest[index + 1] ?? last;
    return `Q${whole(x)} ${whole(y)} ${whole((x + nx) / 2)} ${whole((y + ny) / 2)}`;
  });
  return `M${whole(first[0])} ${whole(first[1])}${parts.join('')}L${whole(last[0])} ${whole(last[1])}`;
}

/** A smooth closed line. */
export function smoothRing(points: readonly Point[]): string {
  const middle = (a: Point, b: Point): string => `${whole((a[0] + b[0]) / 2)} ${whole((a[1] + b[1]) / 2)}`;
  const at = (index: number): Point => points[index % points.length] ?? [0, 0];
  const parts = points.map((point, index) => `Q${whole(point[0])} ${whole(point[1])} ${middle(point, at(index + 1))}`);
  return `M${middle(at(points.length - 1), at(0))}${parts.join('')}z`;
}

/** A gentle wave made of a few sines, the same for the same chance. `x` in sheet units; answers between -1 and 1. */
export function swell(random: Random, longest = 520): (x: number) => number {
  const parts = [1, 0.55, 0.3].map((weight, index) => ({
    weight,
    length: longest / (index + 1 + random.next() * 0.6),
    shift: random.next() * Math.PI * 2,
  }));
  return (x) => parts.reduce((sum, part) => sum + part.weight * Math.sin((x / part.length) * Math.PI * 2 + part.shift), 0) / 1.85;
}

/** Evenly spaced numbers, both ends included. */
export function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + ((to - from) * index) / (count - 1));
}
