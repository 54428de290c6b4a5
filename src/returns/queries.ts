import { type Db, only, sql } from '../platform/db.ts';
import type { Return } from './return.ts';
import './tables.ts';

/** The returns of the campaign `k` with their licences, in the promoter's order, to be asked inside another statement. */
export const returns_json = sql`(select coalesce(json_agg(r order by r.position), '[]') from (
  select r.id, r.position, r.type, y.name as type_name, r.title, r.about, r.due_months, r.due_on, r.state, r.url, r.delivered_on, r.verified_on,
         r.verified_by, r.demonstration,
         (select row_to_json(l) from (select id, name, short_name, url, open_definition, osi, oshwa, non_commercial, no_derivatives
                                        from licences where id = r.licence_id) l) as licence
    from returns r join return_types y on y.id = r.type where r.campaign_id = k.id) r)`;

/** The returns of a campaign in the promoter's order. */
export async function returnsOf(db: Db, campaign_id: string): Promise<Return[]> {
  const { returns } = await only<{ returns: Return[] }>(
    db,
    sql`select ${returns_json} as returns from (select ${campaign_id}::uuid as id) k`,
  );
  return returns;
}
