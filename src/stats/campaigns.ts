import { type Db, rows, sql } from '../platform/db.ts';
import type { Texts } from '../platform/i18n.ts';

/** One campaign in the open accounts: what it raised, and what its ledger says. Amounts in cents. */
export type CampaignAccount = {
  campaign_id: string;
  node_id: string;
  slug: string;
  title: Texts;
  locale: 'en' | 'fr' | 'es';
  demonstration: boolean;
  state: string;
  currency: string;
  minimum_cents: bigint;
  optimum_cents: bigint;
  opened_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
  raised_cents: bigint;
  contributions: number;
  collected_cents: bigint;
  returned_cents: bigint;
  held_cents: bigint;
};

/**
 * Published campaigns, the one that opened last first: `limit` of them after `skip`, of one node or of all. Nothing of any person is in
 * them but numbers.
 */
export function campaignAccounts(db: Db, node_id: string | null, limit: number, skip: number): Promise<CampaignAccount[]> {
  return rows<CampaignAccount>(
    db,
    sql`with chosen as (
          select s.*, p.title, p.locale from stats_campaigns s join projects p on p.id = s.project_id
           where ${node_id}::uuid is null or s.node_id = ${node_id}::uuid
           order by s.opened_at desc, s.campaign_id limit ${limit}::int offset ${skip}::int)
        select c.campaign_id, c.node_id, c.slug, c.title, c.locale, c.demonstration, c.state, c.currency, c.minimum_cents, c.optimum_cents,
               c.opened_at, c.closed_at, c.raised_cents, c.contributions, m.collected_cents, m.returned_cents, m.held_cents
          from chosen c cross join lateral (
            select coalesce(sum(collected_cents), 0)::bigint as collected_cents, coalesce(sum(returned_cents), 0)::bigint as returned_cents,
                   coalesce(sum(collected_cents + moved_in_cents - returned_cents - paid_out_cents), 0)::bigint as held_cents
              from stats_held_movements where campaign_id = c.campaign_id) m
         order by c.opened_at desc, c.campaign_id`,
  );
}
