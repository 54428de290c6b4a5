import type { Generated } from 'kysely';

export type ReturnsTable = {
  id: string;
  project_id: string;
  campaign_id: string;
  position: number;
  type: string;
  title: unknown;
  about: Generated<unknown>;
  licence_id: string | null;
  due_months: Generated<number>;
  due_on: Temporal.PlainDate | null;
  state: Generated<string>;
  url: string | null;
  delivered_on: Temporal.PlainDate | null;
  verified_on: Temporal.PlainDate | null;
  verified_by: string | null;
  demonstration: Generated<boolean>;
};

export type ReturnTypesTable = { id: string; position: number; name: unknown };

export type LicencesTable = {
  id: string;
  position: number;
  spdx: string | null;
  name: string;
  short_name: string;
  url: string | null;
  open_definition: boolean;
  osi: boolean;
  oshwa: boolean;
  non_commercial: boolean;
  no_derivatives: boolean;
  return_types: string[];
};

declare module '../platform/db.ts' {
  interface Tables {
    returns: ReturnsTable;
    return_types: ReturnTypesTable;
    licences: LicencesTable;
  }
}
