import type { Generated, GeneratedAlways } from 'kysely';

export type EventsTable = {
  id: GeneratedAlways<bigint>;
  at: Temporal.Instant;
  kind: string;
  node_id: string | null;
  campaign_id: string | null;
  subject_id: string | null;
  person_id: string | null;
  data: Generated<unknown>;
  reacted_at: Temporal.Instant | null;
};

export type AuditTable = {
  id: GeneratedAlways<bigint>;
  at: Temporal.Instant;
  actor_id: string | null;
  act: string;
  target_kind: string;
  target_id: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
};

declare module '../platform/db.ts' {
  interface Tables {
    events: EventsTable;
    audit: AuditTable;
  }
}
