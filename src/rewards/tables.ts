import type { Generated } from 'kysely';

export type RewardsTable = {
  id: string;
  campaign_id: string;
  position: number;
  type: string;
  title: unknown;
  about: Generated<unknown>;
  amount_cents: bigint;
  units: number | null;
  taken: Generated<number>;
  delivery_on: Temporal.PlainDate | null;
  question: unknown;
  needs_address: Generated<boolean>;
  symbolic: Generated<boolean>;
  demonstration: Generated<boolean>;
  note: unknown;
};

declare module '../platform/db.ts' {
  interface Tables {
    rewards: RewardsTable;
  }
}
