import type { Currency } from '../kit/index.ts';
import { type Db, row, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import type { CampaignState } from '../projects/index.ts';
import type { Contribution, Method, State } from './contribution.ts';

/** A contribution with all its page says about it. Amounts in cents of its currency. */
export type Shown = Omit<Contribution, 'currency'> & {
  currency: Currency;
  reference: string | null;
  reward_answer: string | null;
  address: string | null;
  slug: string;
  title: Texts;
  title_locale: Locale;
  demonstration: boolean;
  campaign_state: CampaignState;
  minimum_cents: bigint;
  pledged_cents: bigint;
  ends_at: Temporal.Instant | null;
  campaign_grace_ends_at: Temporal.Instant | null;
  time_zone: string;
  reward_title: Texts | null;
  delivery_on: string | null;
  lines: Texts[];
  other_slug: string | null;
  other_title: Texts | null;
  other_locale: Locale | null;
  /** A card was saved for later: what the contribution is waiting to be charged with. */
  saves_card: boolean;
  /** A checkout of the payment company is still open. */
  checkout_is_open: boolean;
  /** Why its money waits for a treasurer. */
  parked_why: string | null;
  /** A treasurer has decided about money that did not fit: when, how much it was, whether it went back. */
  settled_at: Temporal.Instant | null;
  settled_cents: bigint | null;
  settled_by_return: boolean | null;
  refund_state: 'due' | 'sent' | 'refused' | 'by_hand' | 'done' | null;
  refunded_at: Temporal.Instant | null;
  /** Its movement in the campaign's public ledger. */
  movement_id: bigint | null;
  host_name: string;
  host_legal_form: string;
  host_country: string;
  iban: string;
  account_holder: string;
};

export function contributionShown(db: Db, id: string): Promise<Shown | undefined> {
  return row<Shown>(
    db,
    sql`select c.*, p.slug, p.title, p.locale as title_locale, p.demonstration, k.state as campaign_state, k.minimum_cents, k.ends_at,
               k.grace_ends_at as campaign_grace_ends_at, k.time_zone, t.secured_cents + t.collected_cents + t.declined_cents as pledged_cents,
               r.title as reward_title, r.delivery_on::text,
               array(select l.title from budget_lines l where l.id = any(c.wish) order by l.position) as lines,
               op.slug as other_slug, op.title as other_title, op.locale as other_locale,
               exists (select from payments y where y.contribution_id = c.id and y.purpose = 'secure') as saves_card,
               exists (select from payments y where y.contribution_id = c.id and y.state = 'asked' and y.purpose <> 'collect') as checkout_is_open,
               (select d.why from parked d where d.contribution_id = c.id and d.resolved_at is null order by d.parked_at limit 1) as parked_why,
               s.resolved_at as settled_at, s.amount_cents as settled_cents, s.returned as settled_by_return, f.state as refund_state, f.done_at as refunded_at,
               (select min(m.id) from entries e join movements m on m.entry_id = e.id
                 where e.kind = 'contribution_collected' and e.subject_id = c.id and m.campaign_id = c.campaign_id) as movement_id,
               h.name as host_name, h.legal_form as host_legal_form, h.country as host_country, h.iban, h.account_holder
          from contributions c join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id join hosts h on h.id = c.host_id
          left join campaign_totals t on t.campaign_id = k.id
          left join rewards r on r.id = c.reward_id left join refunds f on f.contribution_id = c.id
          left join campaigns ok on ok.id = c.redirect_campaign_id left join projects op on op.id = ok.project_id
          left join lateral (
            select d.resolved_at, d.amount_cents, exists (select from entries e where e.kind = 'parked_returned' and e.subject_id = d.id) as returned
              from parked d where d.contribution_id = c.id and d.resolved_at is not null order by d.resolved_at desc limit 1) s on true
         where c.id = ${id}`,
  );
}

/** One line of a person's own list. */
export type OwnLine = {
  id: string;
  node_id: string;
  slug: string;
  title: Texts;
  title_locale: Locale;
  amount_cents: bigint;
  tip_cents: bigint;
  currency: Currency;
  state: State;
  method: Method;
  started_at: Temporal.Instant;
  lapses_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  ends_at: Temporal.Instant | null;
  campaign_state: CampaignState;
  minimum_cents: bigint;
  time_zone: string;
  all_count: number;
};

/** A person's contributions, newest first; what was never finished and has lapsed is left out after a month. */
export function ownContributions(db: Db, person_id: string, limit: number, offset: number): Promise<OwnLine[]> {
  return rows<OwnLine>(
    db,
    sql`select c.id, c.node_id, p.slug, p.title, p.locale as title_locale, c.amount_cents, c.tip_cents, c.currency, c.state, c.method, c.started_at,
               c.lapses_at, c.grace_ends_at, k.ends_at, k.state as campaign_state, k.minimum_cents, k.time_zone, (count(*) over ())::int as all_count
          from contributions c join campaigns k on k.id = c.campaign_id join projects p on p.id = k.project_id
         where c.person_id = ${person_id} and (c.state <> 'lapsed' or c.started_at > moment() - interval '30 days')
         order by c.started_at desc, c.id desc limit ${limit} offset ${offset}`,
  );
}
