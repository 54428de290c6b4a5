import { whyNotOpen } from '../contributions/index.ts';
import { type Currency, dayOf, daysLeft, formatDay, formatInstant, lastDay, zoneCity } from '../kit/index.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import { type Campaign, reachedWithTolerance } from '../projects/index.ts';
import type { Visit } from '../visits/index.ts';
import type { ProjectFacts, ProjectPart } from './project-facts.ts';

/** What every part of a project's page is given: who looks, and everything there is to show. */
export type View = { visit: Visit; facts: ProjectFacts };

export function addressOf({ visit, facts }: View, part?: ProjectPart | 'contribute' | 'poster', query = ''): string {
  return visit.to(`/projects/${facts.project.slug}${part ? `/${part}` : ''}${query}`);
}

/** A text of the project in the reader's language, or in the one it was written in, marked. */
export function said({ visit, facts }: View, texts: Texts): { text: string; lang: Locale | undefined } {
  return visit.text(texts, facts.project.locale);
}

export function moneyOf({ visit, facts }: View, cents: bigint): string {
  return visit.money(cents, facts.campaign?.currency as Currency | undefined);
}

/** A deadline as people say it: the day that ends, 24:00, and whose time it is. */
export function deadline({ locale, t }: Visit, at: Temporal.Instant, zone: string): string {
  return once(`deadline ${locale} ${zone} ${at.epochMilliseconds}`, () => {
    const city = zoneCity(zone);
    const is_midnight = at.toZonedDateTimeISO(zone).startOfDay().toInstant().equals(at);
    if (is_midnight) return t('project.deadline', { day: formatDay(lastDay(at, zone), zone, locale), city });
    return t('project.instant', { moment: formatInstant(at, zone, locale), city });
  });
}

export function dayIn({ locale }: Visit, at: Temporal.Instant, zone: string): string {
  return once(`day ${locale} ${zone} ${at.epochMilliseconds}`, () => formatDay(dayOf(at, zone), zone, locale));
}

export function momentIn({ locale }: Visit, at: Temporal.Instant, zone: string): string {
  return once(`moment ${locale} ${zone} ${at.epochMilliseconds}`, () => formatInstant(at, zone, locale));
}

/** "February 2027", of a date as the database writes it. */
export function monthOf(locale: Locale, date: string): string {
  return once(`month ${locale} ${date}`, () =>
    new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Temporal.PlainDate.from(date)),
  );
}

export function dateIn({ locale }: Visit, date: string): string {
  return once(`date ${locale} ${date}`, () => formatDay(Temporal.PlainDate.from(date), 'UTC', locale));
}

// Writing a date for people costs as much as thirty elements of the page, and a page shows the same dates to everybody.
const written = new Map<string, string>();

function once(key: string, write: () => string): string {
  const known = written.get(key);
  if (known !== undefined) return known;
  if (written.size >= 5_000) written.clear();
  const text = write();
  written.set(key, text);
  return text;
}

/** Money may be given now: by the same rule that decides when the form is sent. */
export function isOpen(campaign: Campaign | null, now: Temporal.Instant): boolean {
  return campaign !== null && whyNotOpen(campaign, now) === null;
}

/** Nothing more will come: it was decided. */
export function isOver(campaign: Campaign | null): boolean {
  return campaign !== null && ['funded', 'fulfilled', 'closed', 'failed', 'stopped'].includes(campaign.state);
}

/** Its money went back, or is on its way. */
export function wentBack(campaign: Campaign | null): boolean {
  return campaign !== null && (campaign.state === 'failed' || campaign.state === 'stopped');
}

export type MoneyWords = { title: string; text: string; reason?: string };

/** The sentences that say what happens with the money, and when: the same facts the rules decide by. */
export function moneyWords(view: View): MoneyWords {
  const { visit, facts } = view;
  const { campaign } = facts;
  const { t } = visit;
  if (campaign === null) return { title: t('project.money_none_title'), text: t('project.money_none') };
  const day = campaign.closed_at ? dayIn(visit, campaign.closed_at, campaign.time_zone) : '';
  switch (campaign.state) {
    case 'scheduled':
      return { title: t('project.money_scheduled_title'), text: opening(view, campaign) };
    case 'round_one':
      return roundOne(view, campaign);
    case 'collecting':
      return { title: t('project.money_collecting_title'), text: collecting(view, campaign) };
    case 'round_two':
      return { title: left(view, campaign, 'two'), text: t('project.money_round_two', { end: end(view, campaign) }) };
    case 'open':
      return { title: t('project.money_open_title'), text: t('project.money_open') };
    case 'funded':
      return { title: t('project.money_funded_title', { day }), text: t('project.money_funded', { host: visit.node.host.name }) };
    case 'fulfilled':
      return { title: t('project.money_fulfilled_title'), text: t('project.money_fulfilled', { day }) };
    case 'closed':
      return { title: t('project.money_closed_title', { day }), text: t('project.money_closed') };
    case 'stopped':
      return {
        title: t('project.money_stopped_title', { day }),
        text: t('project.money_stopped'),
        reason: t('project.money_stopped_reason', { reason: campaign.stop_reason ?? '' }),
      };
    default:
      return { title: t('project.money_failed_title'), text: failed(view, campaign, day) };
  }
}

function opening({ visit }: View, campaign: Campaign): string {
  if (!campaign.opened_at) return visit.t('project.money_scheduled_undated');
  const moment = momentIn(visit, campaign.opened_at, campaign.time_zone);
  return visit.t('project.money_scheduled', {
    opens: visit.t('project.instant', { moment, city: zoneCity(campaign.time_zone) }),
  });
}

function roundOne(view: View, campaign: Campaign): MoneyWords {
  const { t } = view.visit;
  const facts = { minimum: moneyOf(view, campaign.minimum_cents), end: end(view, campaign), days: campaign.round_days };
  const days = left(view, campaign, 'one');
  if (view.facts.raised.raised_cents < campaign.minimum_cents) return { title: days, text: t('project.money_under', facts) };
  return {
    title: `${t('project.minimum_reached')} · ${days}`,
    text: t(campaign.rounds === 2 ? 'project.money_over_two' : 'project.money_over', facts),
  };
}

function collecting(view: View, campaign: Campaign): string {
  const tolerated_cents = toleratedCents(campaign);
  const grace = campaign.grace_ends_at ? deadline(view.visit, campaign.grace_ends_at, campaign.time_zone) : '';
  return view.visit.t('project.money_collecting', { grace, tolerated: moneyOf(view, tolerated_cents) });
}

/** The least cents with which collecting succeeds: the smallest sum that `reachedWithTolerance` accepts. */
function toleratedCents(campaign: Campaign): bigint {
  const near = (campaign.minimum_cents * BigInt(10_000 - campaign.tolerance_bp)) / 10_000n;
  return reachedWithTolerance(campaign, near) ? near : near + 1n;
}

function failed(view: View, campaign: Campaign, day: string): string {
  const raised = moneyOf(view, view.facts.raised.raised_cents);
  const facts = { raised, minimum: moneyOf(view, campaign.minimum_cents), day };
  const enough = view.facts.raised.raised_cents >= campaign.minimum_cents;
  return view.visit.t(enough ? 'project.money_failed_collecting' : 'project.money_failed', facts);
}

function left({ visit }: View, campaign: Campaign, round: 'one' | 'two'): string {
  const n = campaign.ends_at ? daysLeft(visit.now, campaign.ends_at, campaign.time_zone) : 0;
  return visit.t(round === 'one' ? 'project.days_left_one' : 'project.days_left_two', { n });
}

function end({ visit }: View, campaign: Campaign): string {
  return campaign.ends_at ? deadline(visit, campaign.ends_at, campaign.time_zone) : '';
}
