import { deepEqual, equal, match, notEqual, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { idsFrom, isId, newId, parseReference, reference } from './ids.ts';
import { seeded } from './random.ts';

const ID = '01a203f6-fa44-73a5-ae96-bbfbc2862f34';
const ALPHABET = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const id = fc.uuid({ version: 7 });

test('an id is a uuid v7 that carries its moment', () => {
  const at = Temporal.Instant.from('2026-03-29T01:00:00.123Z');
  const born = newId<'contribution'>(at);
  match(born, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  equal(Number.parseInt(born.slice(0, 13).replace('-', ''), 16), at.epochMilliseconds);
  ok(newId(at) < newId(at.add({ milliseconds: 1 })));
  ok(isId(newId()));
  equal(new Set(Array.from({ length: 10_000 }, () => newId(at))).size, 10_000);
});

test('seeded ids tell the same story again', () => {
  const at = Temporal.Instant.from('2026-01-01T00:00:00Z');
  const story = (seed: string) => {
    const next = idsFrom(seeded(seed));
    return Array.from({ length: 100 }, () => next(at));
  };
  deepEqual(story('a'), story('a'));
  notEqual(story('a')[0], story('b')[0]);
  equal(new Set(story('a')).size, 100);
  for (const one of story('a')) match(one, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('only a uuid in its usual form is an id', () => {
  for (const text of [ID, newId(), crypto.randomUUID()]) equal(isId(text), true);
  for (const text of [
    '',
    'x',
    ID.toUpperCase(),
    `${ID} `,
    `${ID}\n`,
    `{${ID}}`,
    ID.replaceAll('-', ''),
    null,
    undefined,
    7,
    [ID],
    {},
  ]) {
    equal(isId(text), false);
  }
});

test('a reference is short, always the same for one id, and read back', () => {
  equal(reference(ID), reference(ID));
  throws(() => reference('not an id'));
  fc.assert(
    fc.property(id, (one) => {
      match(reference(one), /^ACQ-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
      equal(parseReference(reference(one)), reference(one));
    }),
  );
});

test('references of ten thousand ids of one moment differ', () => {
  const next = idsFrom(seeded('references'));
  const at = Temporal.Instant.from('2026-01-01T00:00:00Z');
  equal(new Set(Array.from({ length: 10_000 }, () => reference(next(at)))).size, 10_000);
});

test('what people and banks make of a reference is still read', () => {
  const wanted = reference(ID);
  const bare = wanted.replaceAll('-', '');
  const ways = [
    wanted.toLowerCase(),
    bare,
    bare.slice(3),
    ` ${wanted}\n`,
    wanted.replaceAll('-', ' '),
    wanted.replaceAll('-', '.'),
  ];
  for (const way of ways) equal(parseReference(way), wanted);
  fc.assert(
    fc.property(
      id,
      (one) => parseReference(reference(one).slice(4).replaceAll('1', 'l').replaceAll('0', 'o')) === reference(one),
    ),
  );
  for (const other of ['', 'ACQ', 'ACQ-', bare.slice(0, -1), `${bare}0`, 'ACQ-UUUU-UUUU', '7F3K', '\u0000', wanted.repeat(50)]) {
    equal(parseReference(other), null);
  }
});

test('one wrong character, or any two exchanged, is noticed', () => {
  const place = fc.nat({ max: 7 });
  fc.assert(
    fc.property(id, place, place, fc.constantFrom(...ALPHABET), (one, a, b, wrong) => {
      const right = [...reference(one).slice(4).replace('-', '')];
      const changed = right.with(a, wrong);
      equal(parseReference(changed.join('')) === null, wrong !== right[a]);
      const exchanged = right.with(a, right[b] ?? '').with(b, right[a] ?? '');
      equal(parseReference(exchanged.join('')) === null, right[a] !== right[b]);
    }),
  );
});
