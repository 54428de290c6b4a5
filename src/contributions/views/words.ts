import { type Currency, formatDay, formatInstant, lastDay, zoneCity } from '../../kit/index.ts';
import type { Locale, Texts } from '../../platform/i18n.ts';
import { sayWhy, type Visit } from '../../visits/index.ts';
import type { Problems } from '../form.ts';

/** A deadline as people say it: the day that ends, 24:00, and whose time it is. */
export function deadline(visit: Visit, at: Temporal.Instant | null, zone: string): string {
  if (!at) return '';
  const city = zoneCity(zone);
  if (at.toZonedDateTimeISO(zone).startOfDay().toInstant().equals(at)) {
    return visit.t('contribution.deadline', { day: formatDay(lastDay(at, zone), zone, visit.locale), city });
  }
  return instant(visit, at, zone);
}

/** Day and hour in a campaign's own time. */
export function instant(visit: Visit, at: Temporal.Instant | null, zone: string): string {
  return at ? visit.t('contribution.instant', { moment: formatInstant(at, zone, visit.locale), city: zoneCity(zone) }) : '';
}

export function dayIn(visit: Visit, at: Temporal.Instant | null, zone: string): string {
  return at ? formatDay(at, zone, visit.locale) : '';
}

const months = new Map<Locale, Intl.DateTimeFormat>();

/** "February 2027", of a date as the database writes it. */
export function monthOf(locale: Locale, date: string): string {
  const format = months.get(locale) ?? new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  months.set(locale, format);
  return format.format(Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds);
}

export function nodeNameOf(visit: Visit): string {
  return visit.text(visit.node.name).text;
}

export function hostOf(visit: Visit): string {
  return visit.node.host.name;
}

/** A text in the reader's language, without its mark: for sentences that quote it. */
export function plain(visit: Visit, texts: Texts, original: Locale): string {
  return visit.text(texts, original).text;
}

/** Words of problems as sentences; `params` are what they need to be told. */
export function sayProblems(visit: Visit, problems: Problems, params: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(problems).map(([field, code]) => [field, sayWhy(visit, { code, params })]));
}

export function moneyIn(visit: Visit, cents: bigint, currency: string): string {
  return visit.money(cents, currency as Currency);
}
