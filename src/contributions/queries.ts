import type { Currency, Gift } from '../kit/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { type Db, only, row, rows, sql } from '../platform/db.ts';
import type { Locale, Texts } from '../platform/i18n.ts';
import {
  type Campaign,
  type FilledLine,
  fillLines,
  linesOf,
  type Raised,
  raisedBy,
  unpublished_states,
} from '../projects/index.ts';
import { type Reward, rewardsOf } from '../rewards/index.ts';
import type { State } from './contribution.ts';
import { isOwn } from './own.ts';
import './tables.ts';

export type WhyNotOther = null | 'other_campaign_is_closed' | 'own_other_campaign';

/** What the handler must know of a campaign before it can read the form and give: one small question. */
export type CampaignToGive = {
  campaign_id: string;
  node_id: string;
  currency: Currency;
  reward_id: string | null;
  asks_question: boolean;
  needs_address: boolean;
  /** Why its money may not go on to the campaign that was chosen for the case that it fails. */
  why_not_other: WhyNotOther;
};

/** `reward` and `other`: the ids chosen in the form, or null; `person_id`: who gives. Undefined: no public campaign has this slug. */
export function campaignToGive(
  db: Db,
  slug: string,
  reward: string | null,
  other: string | null,
  person_id: string | null,
): Promise<CampaignToGive | undefined> {
  return row<CampaignToGive>(
    db,
    sql`select k.id as campaign_id, k.node_id, k.currency, r.id as reward_id, r.question is not null as asks_question,
               coalesce(r.needs_address, false) as needs_address,
               ${whyNotOther(other, person_id)} as why_not_other
          from campaigns k left join rewards r on r.id = ${reward}::uuid and r.campaign_id = k.id
         where k.id = ${publicCampaignOf(slug)}`,
  );
}

/** The campaign that a project shows: the latest that was published. */
function publicCampaignOf(slug: string) {
  return sql`(select shown.id from campaigns shown join projects its on its.id = shown.project_id
               where its.slug = ${slug} and shown.state <> all(${unpublished_states}::text[]) order by shown.run desc limit 1)`;
}

/** Of the campaign `k`: may what was given to it go on to `other`? Nobody sends their money to a campaign of their own. */
function whyNotOther(other: string | null, person_id: string | null) {
  return sql<WhyNotOther>`case
    when not exists (select from campaigns o where o.id = ${other}::uuid and o.host_id = k.host_id and o.id <> k.id and ${isOpen('o')}) then 'other_campaign_is_closed'
    when exists (select from campaigns o where o.id = ${other}::uuid and ${isOwn('o', person_id)}) then 'own_other_campaign' end`;
}

/** The same question about a contribution that exists. */
export async function whyNotGoOnTo(db: Db, campaign_id: string, other: string, person_id: string | null): Promise<WhyNotOther> {
  const asked = sql`select ${whyNotOther(other, person_id)} as why from campaigns k where k.id = ${campaign_id}`;
  return (await only<{ why: WhyNotOther }>(db, asked)).why;
}

function isOpen(campaign: 'o') {
  const k = sql.ref(campaign);
  return sql`((${k}.state in ('round_one', 'round_two') and ${k}.ends_at >= moment()) or (${k}.state = 'collecting' and ${k}.grace_ends_at >= moment()))`;
}

/** A campaign as its form shows it. */
export type FormCampaign = Campaign & {
  node_id: string;
  host_id: string;
  slug: string;
  locale: Locale;
  title: Texts;
  claim: Texts;
  promoter_name: string;
  demonstration: boolean;
  /** The person who looks is its promoter or of its team. */
  own: boolean;
};

export type OtherCampaign = { id: string; slug: string; title: Texts; locale: Locale; ends_at: Temporal.Instant | null };
/** What this very form has begun already. */
export type Begun = { id: string; state: State; amount_cents: bigint };

/** Everything the form shows. Amounts in cents of the campaign's currency. */
export type FormFacts = {
  campaign: FormCampaign;
  raised: Raised;
  lines: FilledLine[];
  rewards: Reward[];
  /** Open campaigns of the same host, the soonest to end first. */
  others: OtherCampaign[];
  /** null: nobody is signed in. */
  wallet_cents: bigint | null;
};

/** The facts of the form; undefined when no public campaign has this slug. */
export async function formFacts(db: Db, slug: string, person_id: string | null): Promise<FormFacts | undefined> {
  const campaign = await formCampaign(db, slug, person_id);
  if (!campaign) return undefined;
  const [rewards, lines, gifts, others, wallet_cents] = await Promise.all([
    rewardsOf(db, campaign.id),
    linesOf(db, campaign.id),
    giftsOf(db, campaign.id),
    otherCampaigns(db, campaign.id, campaign.host_id, person_id),
    person_id === null ? null : balanceOf(db, campaign.host_id, 'wallet', person_id, campaign.currency),
  ]);
  return { campaign, raised: raisedBy(campaign), lines: fillLines(lines, gifts).lines, rewards, others, wallet_cents };
}

function formCampaign(db: Db, slug: string, person_id: string | null): Promise<FormCampaign | undefined> {
  return row<FormCampaign>(
    db,
    sql`select k.id, k.node_id, k.host_id, k.run, k.state, k.currency, k.minimum_cents, k.optimum_cents, k.rounds, k.round_days, k.time_zone,
               k.tolerance_bp, k.grace_days, k.opened_at, k.ends_at, k.round_one_ended_at, k.grace_ends_at, k.secured_at, k.closed_at,
               k.stop_reason, k.closing_pledged_cents, k.closing_contributions, k.final_collected_cents,
               coalesce(t.secured_cents, 0) as secured_cents, coalesce(t.collected_cents, 0) as collected_cents,
               coalesce(t.declined_cents, 0) as declined_cents, coalesce(t.contributions, 0) as contributions,
               p.slug, p.locale, p.title, p.claim, p.promoter_name, p.demonstration,
               ${isOwn('k', person_id)} as own
          from campaigns k join projects p on p.id = k.project_id left join campaign_totals t on t.campaign_id = k.id
         where k.id = ${publicCampaignOf(slug)}`,
  );
}

/** What stands, summed by wish: enough to fill the lines. */
function giftsOf(db: Db, campaign_id: string): Promise<Gift[]> {
  return rows<Gift>(
    db,
    sql`select wish, sum(amount_cents)::bigint as amount_cents from contributions
         where campaign_id = ${campaign_id} and state in ('secured', 'collected', 'declined', 'disputed') group by wish`,
  );
}

/** Open campaigns of a host, other than this one and those of the person's own. */
export function otherCampaigns(db: Db, campaign_id: string, host_id: string, person_id: string | null): Promise<OtherCampaign[]> {
  return rows<OtherCampaign>(
    db,
    sql`select o.id, p.slug, p.title, p.locale, o.ends_at from campaigns o join projects p on p.id = o.project_id
         where o.host_id = ${host_id} and o.id <> ${campaign_id} and ${isOpen('o')} and not ${isOwn('o', person_id)}
         order by o.ends_at, o.id limit 40`,
  );
}

/** The contribution that this form began, if it did. */
export function begunBy(db: Db, form_key: string): Promise<Begun | undefined> {
  return row<Begun>(db, sql`select id, state, amount_cents from contributions where form_key = ${form_key}`);
}

/** What a second post of a form is compared with. */
export type FirstGiving = {
  id: string;
  state: State;
  method: string;
  amount_cents: bigint;
  tip_cents: bigint;
  reward_id: string | null;
};

export function firstGiving(db: Db, form_key: string): Promise<FirstGiving | undefined> {
  return row<FirstGiving>(
    db,
    sql`select id, state, method, amount_cents, tip_cents, reward_id from contributions where form_key = ${form_key}`,
  );
}
