import { sql } from '../platform/db.ts';

/** In a statement about a campaign `k` or `o`: is it this person's own, as its promoter or of its team? Nobody's (null) never is. */
export function isOwn(campaign: 'k' | 'o', person_id: string | null | ReturnType<typeof sql.ref>) {
  return sql`exists (select from roles r where r.scope = 'project' and r.scope_id = ${sql.ref(`${campaign}.project_id`)}
    and r.person_id = ${person_id}::uuid and r.role in ('promoter', 'team_member'))`;
}
