import { assert } from './assert.ts';

/**
 * Divides cents by weights with the largest remainder (Hamilton); equal remainders go to the earlier place. The parts always
 * sum to the total. Neither total nor weights may be negative, and some weight must be there when there is money.
 */
export function split(total_cents: bigint, weights: readonly bigint[]): bigint[] {
  assert(total_cents >= 0n && weights.every((weight) => weight >= 0n), 'nothing negative is split');
  if (total_cents === 0n) return weights.map(() => 0n);
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(whole > 0n, 'money is split over some weight');
  const parts = weights.map((weight) => (total_cents * weight) / whole);
  const remainders = weights.map((weight, place) => ({ place, remainder: (total_cents * weight) % whole }));
  remainders.sort((a, b) => (a.remainder === b.remainder ? a.place - b.place : a.remainder > b.remainder ? -1 : 1));
  const missing_cents = total_cents - parts.reduce((sum, part) => sum + part, 0n);
  for (const { place } of remainders.slice(0, Number(missing_cents))) parts[place] = (parts[place] ?? 0n) + 1n;
  return parts;
}

export type Line = { readonly id: string; readonly amount_cents: bigint; readonly essential: boolean; readonly position: number };

/** One gift, or the sum of all gifts with the same wish: the result is the same. An empty wish means "where most needed". */
export type Gift = { readonly amount_cents: bigint; readonly wish: readonly string[] };

/** Of what fills a line, `wished_cents` came from people who asked for this line; never more than `filled_cents`. */
export type Filling = { filled_cents: bigint; wished_cents: bigint };

/**
 * Which money fills which budget line (domain, section 3). Gifts are first summed by wish, so their order never matters.
 * 1. Wishes, those for the fewest lines first: each is split over its lines by their amounts; what a full line cannot take
 *    goes to the other lines of the same wish.
 * 2. What found no room there, and gifts without a wish: essential lines in their order, then additional ones.
 * 3. What exceeds all lines together is `overflow_cents`. Filled and overflow always sum to the gifts.
 * Wishes for lines that do not exist are gifts without that wish.
 */
export function fill(lines: readonly Line[], gifts: readonly Gift[]): { lines: Map<string, Filling>; overflow_cents: bigint } {
  const vessels = inOrder(lines).map((line) => ({ id: line.id, amount_cents: line.amount_cents, filled_cents: 0n }));
  let flowing_cents = 0n;
  for (const wish of summedByWish(vessels, gifts)) flowing_cents += pour(wish.amount_cents, wish.vessels);
  const filled = new Map<string, Filling>();
  for (const vessel of vessels) {
    const wished_cents = vessel.filled_cents;
    flowing_cents -= take(vessel, flowing_cents);
    filled.set(vessel.id, { filled_cents: vessel.filled_cents, wished_cents });
  }
  return { lines: filled, overflow_cents: flowing_cents };
}

type Vessel = { readonly id: string; readonly amount_cents: bigint; filled_cents: bigint };
type Wish = { readonly places: readonly number[]; readonly vessels: readonly Vessel[]; amount_cents: bigint };

function inOrder(lines: readonly Line[]): Line[] {
  assert(new Set(lines.map((line) => line.id)).size === lines.length, 'every budget line comes once');
  assert(
    lines.every((line) => line.amount_cents >= 0n),
    'no budget line is negative',
  );
  return lines.toSorted((a, b) => Number(b.essential) - Number(a.essential) || a.position - b.position || (a.id < b.id ? -1 : 1));
}

function summedByWish(vessels: readonly Vessel[], gifts: readonly Gift[]): Wish[] {
  const place_of = new Map(vessels.map((vessel, place) => [vessel.id, place]));
  const wishes = new Map<string, Wish>();
  for (const gift of gifts) {
    assert(gift.amount_cents >= 0n, 'no gift is negative');
    const known = new Set(gift.wish.map((id) => place_of.get(id)).filter((place) => place !== undefined));
    const places = [...known].sort((a, b) => a - b);
    const key = places.join();
    const wish = wishes.get(key);
    if (wish) wish.amount_cents += gift.amount_cents;
    else wishes.set(key, { places, vessels: vessels.filter((_, place) => known.has(place)), amount_cents: gift.amount_cents });
  }
  return [...wishes.values()].sort(fewestLinesFirst);
}

function fewestLinesFirst(a: Wish, b: Wish): number {
  if (a.places.length !== b.places.length) return a.places.length - b.places.length;
  const differs = a.places.findIndex((place, nth) => place !== b.places[nth]);
  return (a.places[differs] ?? 0) - (b.places[differs] ?? 0);
}

// Every turn either places all the money or fills at least one line to the brim, so it ends.
function pour(amount_cents: bigint, vessels: readonly Vessel[]): bigint {
  const open = vessels.filter((vessel) => vessel.filled_cents < vessel.amount_cents);
  if (amount_cents === 0n || open.length === 0) return amount_cents;
  const shares = split(
    amount_cents,
    open.map((vessel) => vessel.amount_cents),
  );
  const placed = open.reduce((sum, vessel, nth) => sum + take(vessel, shares[nth] ?? 0n), 0n);
  return pour(amount_cents - placed, open);
}

function take(vessel: Vessel, offered_cents: bigint): bigint {
  const room_cents = vessel.amount_cents - vessel.filled_cents;
  const taken_cents = offered_cents < room_cents ? offered_cents : room_cents;
  vessel.filled_cents += taken_cents;
  return taken_cents;
}
