import { formatDay, formatInstant, formatMoney, lastDay, money, zoneCity } from '../kit/index.ts';
import type { Node } from '../nodes/index.ts';
import { inLocale, type Locale, speak, type T, type Texts } from '../platform/i18n.ts';
import type { Campaign } from './facts.ts';

/** The words of one campaign in one language; made once for all letters of a batch that speak of it. */
export type Said = {
  t: T;
  locale: Locale;
  node: Node;
  campaign: Campaign;
  params: Record<string, string | number>;
  money(cents: bigint): string;
  /** A day in the campaign's zone. */
  day(instant: Temporal.Instant): string;
  /** Day and hour with the city whose time it is. */
  moment(instant: Temporal.Instant): string;
  text(texts: Texts): string;
  /** A part of a letter (`secured_after`), or nothing when that letter has no such part. */
  part(key: string, more?: Record<string, string | number>): string;
};

/** @param node the campaign's own */
export function sayOf(campaign: Campaign, node: Node, locale: Locale): Said {
  const t = speak(locale);
  const zone = campaign.time_zone;
  const say = {
    money: (cents: bigint) => formatMoney(money(cents, campaign.currency), locale),
    day: (instant: Temporal.Instant) => formatDay(instant, zone, locale),
    moment: (instant: Temporal.Instant) => `${formatInstant(instant, zone, locale)} (${zoneCity(zone)})`,
    text: (texts: Texts) => inLocale(texts, locale, campaign.locale).text,
  };
  const last = campaign.ends_at && formatDay(lastDay(campaign.ends_at, zone), zone, locale);
  const params = {
    title: say.text(campaign.title),
    place: campaign.place,
    node: inLocale(node.name, locale, node.default_locale).text,
    host: node.host.name,
    minimum: say.money(campaign.minimum_cents),
    optimum: say.money(campaign.optimum_cents),
    raised: say.money(campaign.raised_cents),
    collected: say.money(campaign.collected_cents),
    pledged: say.money(campaign.closing_pledged_cents ?? campaign.raised_cents),
    contributions: campaign.contributions,
    pledgers: campaign.closing_contributions ?? campaign.contributions,
    percent: Number((campaign.raised_cents * 100n) / campaign.minimum_cents),
    tolerance_percent: (10_000 - campaign.tolerance_bp) / 100,
    phase: campaign.state === 'fulfilled' ? 'funded' : campaign.state,
    ending: campaign.state === 'failed' || campaign.state === 'stopped' ? campaign.state : 'other',
    day: last ?? '',
    end: last ? t('mail.end_of_day', { day: last, city: zoneCity(zone) }) : '',
    grace: campaign.grace_ends_at ? say.moment(campaign.grace_ends_at) : '',
  };
  const part = (key: string, more?: Record<string, string | number>) =>
    t.maybe(`mail.${key}`, more ? { ...params, ...more } : params)?.trim() ?? '';
  return { t, locale, node, campaign, params, ...say, part };
}

/** The sentences at the foot of every mail about a campaign. */
export function footOf(said: Said, why: 'why_giver' | 'why_promoter'): string[] {
  const demonstration = said.campaign.demonstration || said.node.host.demonstration;
  return [demonstration ? said.part('demonstration') : '', said.part(why), said.part('held_by')].filter(Boolean);
}
