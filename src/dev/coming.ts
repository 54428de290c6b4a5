import { type Db, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';

/** Something that will happen by itself. Things of one kind and campaign that fall within a minute are told together. */
export type Coming = {
  at: Temporal.Instant;
  kind:
    | 'round_opens'
    | 'round_ends'
    | 'grace_ends'
    | 'card_tried_again'
    | 'mending_ends'
    | 'checkout_lapses'
    | 'refund_sent'
    | 'webhook_comes'
    | 'return_due';
  n: number;
  campaign_id: string | null;
  slug: string | null;
  title: Texts | null;
  locale: Locale | null;
};

/** What comes next, soonest first; only what is still to come. */
export function comingMoments(db: Db, limit: number): Promise<Coming[]> {
  return rows<Coming>(
    db,
    sql`with coming as (
          select opened_at as at, 'round_opens' as kind, id as campaign_id from campaigns where state = 'scheduled' and opened_at is not null
          union all select ends_at, 'round_ends', id from campaigns where state in ('round_one', 'round_two')
          union all select grace_ends_at, 'grace_ends', id from campaigns where state = 'collecting'
          union all select next_retry_at, 'card_tried_again', campaign_id from contributions where state = 'declined' and next_retry_at is not null
          union all select grace_ends_at, 'mending_ends', campaign_id from contributions where state = 'declined' and grace_ends_at is not null
          union all select lapses_at, 'checkout_lapses', campaign_id from contributions where state = 'started' and lapses_at is not null
          union all select r.next_try_at, 'refund_sent', c.campaign_id from refunds r join contributions c on c.id = r.contribution_id where r.state in ('due', 'sent')
          union all select due_at, 'webhook_comes', null from sandbox.deliveries where delivered_at is null
          union all select ((due_on + 1)::timestamp at time zone k.time_zone), 'return_due', k.id from returns r join campaigns k on k.id = r.campaign_id
                     where r.state = 'promised' and r.due_on is not null
        ), grouped as (
          select min(at) as at, kind, campaign_id, count(*)::int as n from coming where at > moment() group by kind, campaign_id, date_trunc('minute', at)
           order by 1 limit ${limit}
        )
        select g.at, g.kind, g.n, g.campaign_id, p.slug, p.title, p.locale
          from grouped g left join campaigns k on k.id = g.campaign_id left join projects p on p.id = k.project_id order by g.at, g.kind`,
  );
}

export type LiveCampaign = {
  id: string;
  slug: string;
  title: Texts;
  locale: Locale;
  state: string;
  currency: string;
  ends_at: Temporal.Instant;
  raised_cents: bigint;
  minimum_cents: bigint;
};

/** Campaigns whose round, or whose days of grace, end some day. */
export function liveCampaigns(db: Db): Promise<LiveCampaign[]> {
  return rows<LiveCampaign>(
    db,
    sql`select k.id, p.slug, p.title, p.locale, k.state, k.currency, case when k.state = 'collecting' then k.grace_ends_at else k.ends_at end as ends_at,
               coalesce(t.secured_cents + t.collected_cents + t.declined_cents, 0) as raised_cents, k.minimum_cents
          from campaigns k join projects p on p.id = k.project_id left join campaign_totals t on t.campaign_id = k.id
         where k.state in ('round_one', 'collecting', 'round_two') order by ends_at, p.slug`,
  );
}

/** What happened after an event, told by kind and campaign. */
export type Happened = {
  at: Temporal.Instant;
  kind: string;
  n: number;
  slug: string | null;
  title: Texts | null;
  locale: Locale | null;
};

export function happenedSince(db: Db, event_id: bigint): Promise<Happened[]> {
  return rows<Happened>(
    db,
    sql`select min(e.at) as at, e.kind, count(*)::int as n, p.slug, p.title, p.locale
          from events e left join campaigns k on k.id = e.campaign_id left join projects p on p.id = k.project_id
         where e.id > ${event_id} and e.kind <> 'giver_news'
         group by e.kind, e.campaign_id, date_trunc('minute', e.at), p.slug, p.title, p.locale order by min(e.id) limit 200`,
  );
}
