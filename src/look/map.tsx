import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoMercator, geoPath } from 'd3-geo';
import { raw } from 'hono/html';
import { feature } from 'topojson-client';
import { assert } from '../kit/index.ts';
import { escaped } from './memo.ts';

export type MapPoint = {
  latitude: number;
  longitude: number;
  label: string;
  /** Where the point leads; a point without is only shown. */
  href?: string | undefined;
  kind?: 'water' | 'clay' | 'reed' | undefined;
};

const width = 720;
const height = 440;
/** A map of one town still shows the country around it. */
const span_degrees_min = 5;

/**
 * Places on a map drawn here: no tiles, no other host. Points that would cover each other step aside, so that each can be reached;
 * a list beside the map says the same in words. `label` names the map.
 */
export function MapOfPlaces(props: { points: readonly MapPoint[]; label: string; class?: string }) {
  const placed = props.points.filter((point) => Number.isFinite(point.latitude) && Number.isFinite(point.longitude));
  if (placed.length === 0) return null;
  const projection = geoMercator().fitExtent(
    [
      [28, 28],
      [width - 28, height - 28],
    ],
    boundsOf(placed),
  );
  projection.clipExtent([
    [-4, -4],
    [width + 4, height + 4],
  ]);
  const draw = geoPath(projection).digits(0);
  const coast = draw(land()) ?? '';
  const taken: [number, number][] = [];
  const circles = placed.map((point) => {
    const [x = 0, y = 0] = projection([point.longitude, point.latitude]) ?? [];
    const free = stepAside(x, y, taken);
    taken.push(free);
    return circle(point, ...free);
  });
  return raw(
    `<svg class="map${props.class ? ` ${escaped(props.class)}` : ''}" viewBox="0 0 ${width} ${height}" role="group" aria-label="${escaped(props.label)}">` +
      `<rect class="map-sea" width="${width}" height="${height}"/><path class="map-land" d="${coast}"/>${circles.join('')}</svg>`,
  );
}

function circle(point: MapPoint, x: number, y: number): string {
  const drawn = `<circle cx="${x}" cy="${y}" r="14" class="map-reach"/><circle cx="${x}" cy="${y}" r="7.5" class="map-point is-${point.kind ?? 'clay'}"/>`;
  const title = `<title>${escaped(point.label)}</title>`;
  if (!point.href) return `<g role="img" aria-label="${escaped(point.label)}">${title}${drawn}</g>`;
  return `<a href="${escaped(point.href)}" aria-label="${escaped(point.label)}">${title}${drawn}</a>`;
}

/** The free spot nearest to a place: itself, or one on a ring around it. */
function stepAside(x: number, y: number, taken: readonly [number, number][]): [number, number] {
  const apart_px = 17;
  const spots: [number, number][] = [[x, y]];
  for (let turn = 0; turn < 36; turn++) {
    const reach = apart_px * (1 + Math.floor(turn / 6) * 0.9);
    spots.push([x + Math.cos(turn * 1.05) * reach, y + Math.sin(turn * 1.05) * reach]);
  }
  const free = spots.find(([left, top]) => taken.every(([a, b]) => Math.hypot(a - left, b - top) >= apart_px - 1)) ?? [x, y];
  return [Math.round(free[0]), Math.round(free[1])];
}

function boundsOf(points: readonly MapPoint[]): { type: 'MultiPoint'; coordinates: [number, number][] } {
  const [west, east] = widened(points.map((point) => point.longitude));
  const [south, north] = widened(points.map((point) => point.latitude));
  return {
    type: 'MultiPoint',
    coordinates: [
      [west, south],
      [east, north],
    ],
  };
}

function widened(values: number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const missing = Math.max(0, span_degrees_min - (high - low)) / 2;
  return [low - missing, high + missing];
}

let read: ReturnType<typeof readCountries> | null = null;
/** Read when the first map is drawn. */
function land(): ReturnType<typeof readCountries> {
  read ??= readCountries();
  return read;
}

function readCountries() {
  const path = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const world = JSON.parse(readFileSync(path, 'utf8')) as Parameters<typeof feature>[0];
  const { countries } = world.objects;
  assert(countries !== undefined, 'the atlas holds countries');
  return feature(world, countries);
}
