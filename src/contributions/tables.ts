import type { Generated } from 'kysely';

export type ContributionsTable = {
  id: string;
  campaign_id: string;
  host_id: string;
  node_id: string;
  made_node_id: string;
  giver_node_id: string | null;
  person_id: string | null;
  email: string;
  name: string;
  locale: string;
  amount_cents: bigint;
  tip_cents: Generated<bigint>;
  currency: string;
  reward_id: string | null;
  reward_answer: string | null;
  address: string | null;
  wish: Generated<string[]>;
  message: string | null;
  visibility: string;
  if_failed: string;
  redirect_campaign_id: string | null;
  method: string;
  reference: string | null;
  state: Generated<string>;
  standby: Generated<boolean>;
  started_at: Temporal.Instant;
  lapses_at: Temporal.Instant | null;
  secured_at: Temporal.Instant | null;
  collected_at: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  declines: Generated<number>;
  next_retry_at: Temporal.Instant | null;
  grace_ends_at: Temporal.Instant | null;
  form_key: string | null;
};

export type PaymentsTable = {
  id: string;
  contribution_id: string;
  gateway: string;
  purpose: string;
  attempt: Generated<number>;
  amount_cents: bigint;
  currency: string;
  live: Generated<boolean>;
  state: Generated<string>;
  gateway_object: string | null;
  method_token: string | null;
  failure: string | null;
  created_at: Temporal.Instant;
  asked_again_at: Temporal.Instant | null;
  settled_at: Temporal.Instant | null;
};

export type WebhooksTable = {
  id: Generated<bigint>;
  gateway: string;
  event_id: string;
  body: string;
  received_at: Temporal.Instant;
  handled_at: Temporal.Instant | null;
  outcome: string | null;
};

export type ParkedTable = {
  id: string;
  host_id: string | null;
  gateway: string;
  gateway_object: string;
  contribution_id: string | null;
  why: string;
  amount_cents: bigint | null;
  currency: string | null;
  details: Generated<unknown>;
  parked_at: Temporal.Instant;
  resolved_at: Temporal.Instant | null;
  resolution: string | null;
};

export type RefundsTable = {
  id: string;
  contribution_id: string;
  payment_id: string | null;
  gateway: string;
  amount_cents: bigint;
  currency: string;
  state: Generated<string>;
  reason: string;
  attempts: Generated<number>;
  next_try_at: Temporal.Instant | null;
  failure: string | null;
  gateway_object: string | null;
  created_at: Temporal.Instant;
  done_at: Temporal.Instant | null;
};

declare module '../platform/db.ts' {
  interface Tables {
    contributions: ContributionsTable;
    payments: PaymentsTable;
    webhooks: WebhooksTable;
    parked: ParkedTable;
    refunds: RefundsTable;
  }
}
