import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, dayOf, daysLeft, endOfRound, formatDay, formatInstant, lastDay, shareElapsed, zoneCity } from './dates.ts';
import type { Locale } from './money.ts';

const at = (text: string) => Temporal.Instant.from(text);
const ZONES = [
  'Europe/Madrid',
  'Europe/Paris',
  'Atlantic/Canary',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kolkata',
  'UTC',
];

test('a round ends with the last minute of local day D + N, whatever the clocks do', () => {
  const table: [opened_at: string, days: number, zone: string, ends_at: string][] = [
    ['2026-01-10T09:00:00+01:00', 40, 'Europe/Madrid', '2026-02-20T00:00:00+01:00'],
    // Clocks go forward on 29 March 2026 and back on 25 October 2026 in Europe.
    ['2026-03-01T12:00:00+01:00', 40, 'Europe/Madrid', '2026-04-11T00:00:00+02:00'],
    ['2026-03-28T23:59:59+01:00', 0, 'Europe/Madrid', '2026-03-29T00:00:00+01:00'],
    ['2026-03-28T23:59:59+01:00', 1, 'Europe/Madrid', '2026-03-30T00:00:00+02:00'],
    ['2026-10-01T12:00:00+02:00', 40, 'Europe/Paris', '2026-11-11T00:00:00+01:00'],
    ['2026-10-25T02:30:00+02:00', 0, 'Europe/Paris', '2026-10-26T00:00:00+01:00'],
    ['2026-10-25T02:30:00+01:00', 0, 'Europe/Paris', '2026-10-26T00:00:00+01:00'],
    // The same instant is another day, so another end, an hour further west.
    ['2026-05-31T22:30:00Z', 10, 'Europe/Madrid', '2026-06-12T00:00:00+02:00'],
    ['2026-05-31T22:30:00Z', 10, 'Atlantic/Canary', '2026-06-11T00:00:00+01:00'],
    // Where midnight itself is skipped the day begins, and the one before ends, at one o'clock.
    ['2026-09-05T12:00:00-04:00', 0, 'America/Santiago', '2026-09-06T01:00:00-03:00'],
    ['2024-02-28T12:00:00+01:00', 1, 'Europe/Madrid', '2024-03-01T00:00:00+01:00'],
  ];
  for (const [opened_at, days, zone, ends_at] of table) {
    equal(endOfRound(at(opened_at), days, zone).toString(), at(ends_at).toString(), `${opened_at} + ${days} in ${zone}`);
  }
  for (const days of [-1, 1.5, Number.NaN]) throws(() => endOfRound(at('2026-01-01T00:00:00Z'), days, 'UTC'));
});

test('on the day of opening N days are left, on the last day none, in every zone of the year', () => {
  const second = fc.integer({ min: 1_600_000_000, max: 2_000_000_000 });
  fc.assert(
    fc.property(second, fc.integer({ min: 0, max: 120 }), fc.constantFrom(...ZONES), (seconds, days, zone) => {
      const opened_at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
      const ends_at = endOfRound(opened_at, days, zone);
      ok(Temporal.Instant.compare(opened_at, ends_at) < 0);
      equal(daysLeft(opened_at, ends_at, zone), days);
      equal(lastDay(ends_at, zone).toString(), dayOf(opened_at, zone).add({ days }).toString());
      equal(daysLeft(ends_at.subtract({ milliseconds: 1 }), ends_at, zone), 0);
      equal(daysLeft(ends_at.add({ hours: 50 }), ends_at, zone), 0);
    }),
  );
});

test('days left change at local midnight', () => {
  const ends_at = at('2026-04-11T00:00:00+02:00');
  const left = (now: string) => daysLeft(at(now), ends_at, 'Europe/Madrid');
  deepEqual([left('2026-03-28T23:59:00+01:00'), left('2026-03-29T00:00:00+01:00')], [13, 12]);
  deepEqual([left('2026-04-09T23:59:00+02:00'), left('2026-04-10T00:00:00+02:00')], [1, 0]);
});

test('the share of time goes from 0 to 1', () => {
  const [start, end] = [at('2026-01-01T00:00:00Z'), at('2026-01-11T00:00:00Z')];
  const table: [string, number][] = [
    ['2025-12-31T00:00:00Z', 0],
    ['2026-01-01T00:00:00Z', 0],
    ['2026-01-03T00:00:00Z', 0.2],
    ['2026-01-11T00:00:00Z', 1],
    ['2026-02-01T00:00:00Z', 1],
  ];
  for (const [now, share] of table) equal(shareElapsed(start, end, at(now)), share);
  equal(shareElapsed(start, start, at('2025-01-01T00:00:00Z')), 0);
  equal(shareElapsed(start, start, start), 1);
});

test('days are added on the local clock', () => {
  const table: [string, number, string, string][] = [
    ['2026-03-28T12:00:00+01:00', 1, 'Europe/Madrid', '2026-03-29T12:00:00+02:00'],
    ['2026-10-24T12:00:00+02:00', 1, 'Europe/Madrid', '2026-10-25T12:00:00+01:00'],
    ['2026-10-25T12:00:00+01:00', -1, 'Europe/Madrid', '2026-10-24T12:00:00+02:00'],
    ['2026-03-28T02:30:00+01:00', 1, 'Europe/Madrid', '2026-03-29T03:30:00+02:00'],
    ['2026-03-28T12:00:00Z', 7, 'UTC', '2026-04-04T12:00:00Z'],
  ];
  for (const [instant, days, zone, expected] of table)
    equal(addDays(at(instant), days, zone).toString(), at(expected).toString());
});

test('days and moments are written in the language and the zone', () => {
  const instant = at('2026-11-22T23:47:00Z');
  const table: [Locale, string, string][] = [
    ['en', '23 November 2026', '23 November 2026 at 00:47'],
    ['fr', '23 novembre 2026', '23 novembre 2026 à 00:47'],
    ['es', '23 de noviembre de 2026', '23 de noviembre de 2026 a las 0:47'],
  ];
  for (const [locale, day, moment] of table) {
    equal(formatDay(instant, 'Europe/Madrid', locale), day);
    equal(formatDay(Temporal.PlainDate.from('2026-11-23'), 'Pacific/Apia', locale), day);
    equal(formatInstant(instant, 'Europe/Madrid', locale), moment);
  }
  equal(formatDay(instant, 'Atlantic/Canary', 'en'), '22 November 2026');
  equal(formatInstant(instant, 'Atlantic/Canary', 'en'), '22 November 2026 at 23:47');
});

test('a zone is called after its city', () => {
  const table = { 'Europe/Madrid': 'Madrid', 'America/Argentina/Buenos_Aires': 'Buenos Aires', UTC: 'UTC' };
  for (const [zone, city] of Object.entries(table)) equal(zoneCity(zone), city);
});
