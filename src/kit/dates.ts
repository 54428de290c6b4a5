import { assert } from './assert.ts';
import type { Locale } from './money.ts';

/**
 * A round of `days` opened on local day D ends at the end of local day D + days, that is when the following day begins
 * in `zone`; clocks that change in between, or at midnight, make no difference.
 */
export function endOfRound(opened_at: Temporal.Instant, days: number, zone: string): Temporal.Instant {
  assert(Number.isInteger(days) && days >= 0, `a round of ${days} days`);
  const following_day = dayOf(opened_at, zone).add({ days: days + 1 });
  return following_day.toZonedDateTime({ timeZone: zone }).toInstant();
}

/** The local day that ends with `ends_at`: what people are told, since midnight belongs to the day after. */
export function lastDay(ends_at: Temporal.Instant, zone: string): Temporal.PlainDate {
  return dayOf(ends_at.subtract({ nanoseconds: 1 }), zone);
}

/** Local days still to come after today: `days` on the day of opening, 0 on the last day and ever after. */
export function daysLeft(now: Temporal.Instant, ends_at: Temporal.Instant, zone: string): number {
  return Math.max(0, dayOf(now, zone).until(lastDay(ends_at, zone)).days);
}

/** How much of the time is over, from 0 to 1. */
export function shareElapsed(opened_at: Temporal.Instant, ends_at: Temporal.Instant, now: Temporal.Instant): number {
  const whole = ends_at.epochMilliseconds - opened_at.epochMilliseconds;
  if (whole <= 0) return now.epochMilliseconds < ends_at.epochMilliseconds ? 0 : 1;
  return Math.min(1, Math.max(0, (now.epochMilliseconds - opened_at.epochMilliseconds) / whole));
}

/** The same time of day, `days` local days later (or earlier, when negative). */
export function addDays(instant: Temporal.Instant, days: number, zone: string): Temporal.Instant {
  return instant.toZonedDateTimeISO(zone).add({ days }).toInstant();
}

/** The local day of an instant. */
export function dayOf(instant: Temporal.Instant, zone: string): Temporal.PlainDate {
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

/** "22 November 2026". An instant is shown as its day in `zone`. */
export function formatDay(day: Temporal.Instant | Temporal.PlainDate, zone: string, locale: Locale): string {
  const date = day instanceof Temporal.PlainDate ? day : dayOf(day, zone);
  return formatter('day', 'UTC', locale).format(date);
}

/** "22 November 2026 at 16:47", in `zone`; say beside it whose time that is, with `zoneCity`. */
export function formatInstant(instant: Temporal.Instant, zone: string, locale: Locale): string {
  return formatter('moment', zone, locale).format(instant);
}

/** The city that names a zone: "Madrid", "Buenos Aires". */
export function zoneCity(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

// Making a formatter costs a hundred times more than using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(kind: 'day' | 'moment', zone: string, locale: Locale): Intl.DateTimeFormat {
  const key = `${kind} ${zone} ${locale}`;
  let found = formatters.get(key);
  if (!found) {
    const time = kind === 'moment' ? ({ timeStyle: 'short', hourCycle: 'h23' } as const) : {};
    // Plain "en" would write the American month, day, am and pm; the nodes are in Europe.
    found = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: zone, ...time });
    formatters.set(key, found);
  }
  return found;
}
