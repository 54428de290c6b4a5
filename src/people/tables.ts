import type { Generated } from 'kysely';

type Instant = Temporal.Instant;

export type PeopleTable = {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  locale: Generated<string>;
  created_at: Generated<Instant>;
  updated_at: Generated<Instant>;
};

export type SessionsTable = {
  id: string;
  person_id: string;
  token: string;
  expires_at: Instant;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Generated<Instant>;
  updated_at: Generated<Instant>;
};

export type CredentialsTable = {
  id: string;
  person_id: string;
  account_id: string;
  provider_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: Instant | null;
  refresh_token_expires_at: Instant | null;
  scope: string | null;
  password: string | null;
  created_at: Generated<Instant>;
  updated_at: Generated<Instant>;
};

export type VerificationsTable = {
  id: string;
  identifier: string;
  value: string;
  expires_at: Instant;
  created_at: Generated<Instant>;
  updated_at: Generated<Instant>;
};

export type AttemptsTable = { key: string; window_start: Instant; count: Generated<number> };

export type RolesTable = {
  person_id: string;
  role: string;
  scope: string;
  scope_id: string | null;
  granted_at: Generated<Instant>;
  granted_by: string | null;
};

declare module '../platform/db.ts' {
  interface Tables {
    people: PeopleTable;
    sessions: SessionsTable;
    credentials: CredentialsTable;
    verifications: VerificationsTable;
    attempts: AttemptsTable;
    roles: RolesTable;
  }
}
