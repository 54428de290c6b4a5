import type { IfFailed, Method, State } from '../contributions/index.ts';
import type { Currency } from '../kit/index.ts';
import { rows, sql, type Trx } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import type { CampaignState } from '../projects/index.ts';

/** What mails tell of a contribution. Amounts in cents. */
export type Gift = {
  id: string;
  campaign_id: string;
  person_id: string | null;
  email: string;
  name: string;
  locale: Locale;
  amount_cents: bigint;
  tip_cents: bigint;
  currency: Currency;
  method: Method;
  state: State;
  reference: string | null;
  if_failed: IfFailed;
  redirect_campaign_id: string | null;
  lapses_at: Temporal.Instant | null;
  collected_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  next_retry_at: Temporal.Instant | null;
  reward: Texts | null;
  /** Money came for it that did not fit: it waits for a treasurer, or was sent back. */
  strayed: boolean;
};

/** What mails tell of a campaign, with whom to write to about it. */
export type Campaign = {
  id: string;
  state: CampaignState;
  node_id: string;
  slug: string;
  title: Texts;
  locale: Locale;
  place: string;
  demonstration: boolean;
  currency: Currency;
  minimum_cents: bigint;
  optimum_cents: bigint;
  ends_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  tolerance_bp: number;
  time_zone: string;
  stop_reason: string | null;
  /** Standing now; after the end, what stood when it ended. */
  raised_cents: bigint;
  collected_cents: bigint;
  contributions: number;
  closing_pledged_cents: bigint | null;
  closing_contributions: number | null;
  promoter: { id: string; email: string; name: string; locale: Locale } | null;
};

/** One question for all contributions of a batch. */
export async function giftsOf(trx: Trx, ids: readonly string[]): Promise<Map<string, Gift>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Gift>(
    trx,
    sql`select c.id, c.campaign_id, c.person_id, c.email, c.name, c.locale, c.amount_cents, c.tip_cents, c.currency, c.method, c.state, c.reference,
               c.if_failed, c.redirect_campaign_id, c.lapses_at, c.collected_at, c.grace_ends_at, c.next_retry_at, r.title as reward,
               exists (select from parked d where d.contribution_id = c.id) as strayed
          from contributions c left join rewards r on r.id = c.reward_id where c.id = any(${ids}::uuid[])`,
  );
  return new Map(found.map((gift) => [gift.id, gift]));
}

/** One question for all campaigns of a batch. */
export async function campaignsOf(trx: Trx, ids: readonly string[]): Promise<Map<string, Campaign>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Campaign>(
    trx,
    sql`select k.id, k.state, k.node_id, p.slug, p.title, p.locale, p.place, p.demonstration, k.currency, k.minimum_cents, k.optimum_cents, k.ends_at,
               k.grace_ends_at, k.tolerance_bp, k.time_zone, k.stop_reason, k.closing_pledged_cents, k.closing_contributions,
               case when k.state in ('failed', 'stopped') then greatest(k.closing_pledged_cents, k.final_collected_cents, 0)
                    else coalesce(t.secured_cents + t.collected_cents + t.declined_cents, 0) end as raised_cents,
               coalesce(k.final_collected_cents, t.collected_cents, 0) as collected_cents,
               case when k.state in ('failed', 'stopped') then coalesce(k.closing_contributions, 0) else coalesce(t.contributions, 0) end as contributions,
               case when m.id is not null then jsonb_build_object('id', m.id, 'email', m.email, 'name', m.name, 'locale', m.locale) end as promoter
          from campaigns k join projects p on p.id = k.project_id
          left join campaign_totals t on t.campaign_id = k.id
          left join people m on m.id = p.promoter_id
         where k.id = any(${ids}::uuid[])`,
  );
  return new Map(found.map((campaign) => [campaign.id, campaign]));
}

/** Who looks after the money of a host. */
export function treasurersOf(trx: Trx, host_id: string): Promise<Keeper[]> {
  return rows<Keeper>(
    trx,
    sql`select m.id, m.email, m.name, m.locale from roles r join people m on m.id = r.person_id
         where r.role = 'treasurer' and r.scope = 'host' and r.scope_id = ${host_id} order by m.id`,
  );
}

/** Who runs the installation. */
export function operatorsOf(trx: Trx): Promise<Keeper[]> {
  return rows<Keeper>(
    trx,
    sql`select m.id, m.email, m.name, m.locale from roles r join people m on m.id = r.person_id
         where r.role = 'operator' and r.scope = 'installation' order by m.id`,
  );
}

export type Keeper = { id: string; email: string; name: string; locale: Locale };
