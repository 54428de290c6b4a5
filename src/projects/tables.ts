import type { Generated } from 'kysely';

export type ProjectsTable = {
  id: string;
  node_id: string;
  slug: string;
  locale: string;
  title: unknown;
  claim: unknown;
  sections: Generated<unknown>;
  cover: string | null;
  video: string | null;
  place: string;
  region: string | null;
  latitude: number | null;
  longitude: number | null;
  scope: string;
  categories: string[];
  commitment_id: string | null;
  goals: Generated<number[]>;
  keywords: Generated<string[]>;
  promoter_id: string | null;
  promoter_name: string;
  companion: unknown;
  demonstration: Generated<boolean>;
  facts: Generated<unknown>;
  created_at: Temporal.Instant;
  search: Generated<string>;
};

export type CampaignsTable = {
  id: string;
  project_id: string;
  node_id: string;
  host_id: string;
  run: Generated<number>;
  state: Generated<string>;
  currency: string;
  minimum_cents: bigint;
  optimum_cents: bigint;
  rounds: Generated<number>;
  round_days: Generated<number>;
  time_zone: string;
  tolerance_bp: Generated<number>;
  grace_days: Generated<number>;
  opened_at: Temporal.Instant | null;
  ends_at: Temporal.Instant | null;
  round_one_ended_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  secured_at: Temporal.Instant | null;
  closed_at: Temporal.Instant | null;
  stop_reason: string | null;
  closing_pledged_cents: bigint | null;
  closing_contributions: number | null;
  final_collected_cents: bigint | null;
};

export type CampaignTotalsTable = {
  campaign_id: string;
  secured_cents: Generated<bigint>;
  collected_cents: Generated<bigint>;
  declined_cents: Generated<bigint>;
  contributions: Generated<number>;
};

export type BudgetLinesTable = {
  id: string;
  campaign_id: string;
  position: number;
  kind: string;
  title: unknown;
  why: Generated<unknown>;
  amount_cents: bigint;
  essential: boolean;
  starts_on: Temporal.PlainDate | null;
  ends_on: Temporal.PlainDate | null;
};

export type AsksTable = {
  id: string;
  campaign_id: string;
  position: number;
  type: string;
  title: unknown;
  why: Generated<unknown>;
  quantity: Generated<string>;
  unit: Generated<string>;
  place: string | null;
  remote: Generated<boolean>;
};

export type UpdatesTable = {
  id: string;
  project_id: string;
  title: unknown;
  body: unknown;
  author_name: string;
  published_at: Temporal.Instant;
  demonstration: Generated<boolean>;
};

declare module '../platform/db.ts' {
  interface Tables {
    projects: ProjectsTable;
    campaigns: CampaignsTable;
    campaign_totals: CampaignTotalsTable;
    budget_lines: BudgetLinesTable;
    asks: AsksTable;
    updates: UpdatesTable;
  }
}
