import { assert } from './assert.ts';
import type { Random } from './random.ts';

/** An identifier that cannot be taken for one of another kind: `Id<'campaign'>` is not an `Id<'person'>`. */
export type Id<B extends string> = string & { readonly brand: B };

/** A new uuid v7. Its order of birth is a kindness to indexes; no rule may rest on it. `at` is the moment written in it. */
export function newId<B extends string>(at: Temporal.Instant = Temporal.Now.instant()): Id<B> {
  if (rehearsed) return rehearsed(Temporal.Instant.fromEpochMilliseconds(++rehearsed_ms));
  // A v4 already has the random bits and the variant where a v7 wants them; only time and version are replaced.
  return uuid(at, crypto.randomUUID().slice(15));
}

/** The same, from a seeded source: equal seeds and moments give equal ids. For rehearsals and seeds, never for live data. */
export function idsFrom(random: Random): <B extends string>(at: Temporal.Instant) => Id<B> {
  const hex = (digits: number) => Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join('');
  return (at) => uuid(at, `${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`);
}

let rehearsed: ReturnType<typeof idsFrom> | null = null;
let rehearsed_ms = 0;

/** From now on `newId` is born of this source, in order, so that a rehearsal tells the same story twice. null: chance again. */
export function rehearseIds(random: Random | null): void {
  rehearsed = random && idsFrom(random);
  rehearsed_ms = 1_700_000_000_000;
}

/** Whether a text from outside can be asked of the database as an id: a uuid in its usual lower-case form. */
export function isId<B extends string>(text: unknown): text is Id<B> {
  return typeof text === 'string' && UUID.test(text);
}

/**
 * What a person writes on a bank transfer: "ACQ-7F3K-9Q2M", seven characters from the random bits of the id and one that
 * checks them. 35 bits: store it in a unique column and take another id in the rare case that it exists.
 */
export function reference(id: string): string {
  assert(isId(id), 'a reference is made from an id');
  const bits = Math.floor(Number.parseInt(id.slice(-9), 16) / 2);
  const values = Array.from({ length: 7 }, (_, place) => Math.floor(bits / 32 ** (6 - place)) % 32);
  return written([...values, double(checked(values))]);
}

/** The reference as `reference` writes it, from what people and banks make of it; null where the check character disagrees. */
export function parseReference(text: string): string | null {
  if (text.length > 100) return null;
  const plain = text.toUpperCase().replace(/[\s./-]/g, '');
  const characters = plain.length === 11 && plain.startsWith(PREFIX) ? plain.slice(3) : plain;
  const values = Array.from(characters.replace(/[IL]/g, '1').replaceAll('O', '0'), (character) => ALPHABET.indexOf(character));
  if (values.length !== 8 || values.includes(-1) || checked(values) !== 0) return null;
  return written(values);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const PREFIX = 'ACQ';
// Crockford's base 32: no I, L, O, U, which are misread or make words.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function uuid<B extends string>(at: Temporal.Instant, random: string): Id<B> {
  const time = at.epochMilliseconds.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random}` as Id<B>;
}

function written(values: number[]): string {
  const characters = values.map((value) => ALPHABET.charAt(value)).join('');
  return `${PREFIX}-${characters.slice(0, 4)}-${characters.slice(4)}`;
}

// A weighted sum in the field of 32 elements. Each place has its own weight, so one wrong character or two exchanged ones
// are always noticed. Crockford's own check symbols ($ * = ~) are not allowed on bank transfers.
function checked(values: number[]): number {
  return values.reduce((sum, value) => double(sum) ^ value, 0);
}

function double(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}
