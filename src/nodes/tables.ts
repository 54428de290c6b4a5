import type { Generated } from 'kysely';

export type HostsTable = {
  id: string;
  slug: string;
  name: string;
  legal_form: Generated<string>;
  country: string;
  currency: string;
  iban: string;
  account_holder: string;
  demonstration: Generated<boolean>;
};

export type NodesTable = {
  id: string;
  host_id: string;
  slug: string;
  kind: string;
  domain: string | null;
  name: unknown;
  tagline: unknown;
  about: unknown;
  terms: unknown;
  team: Generated<unknown>;
  look: unknown;
  locales: Generated<string[]>;
  default_locale: Generated<string>;
  time_zone: string;
  currency: Generated<string>;
  settings: Generated<unknown>;
  created_at: Generated<Temporal.Instant>;
};

declare module '../platform/db.ts' {
  interface Tables {
    hosts: HostsTable;
    nodes: NodesTable;
  }
}
