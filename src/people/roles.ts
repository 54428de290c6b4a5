import { auditAct } from '../activity/index.ts';
import { refuse } from '../kit/index.ts';
import { type Db, rows, run, sql, type Trx } from '../platform/db.ts';
import type { PersonId } from './person.ts';
import './tables.ts';

/** Which roles can be held on what (domain.md 1). The database holds the same list as a constraint. */
export const roles_of_scope = {
  installation: ['operator', 'auditor'],
  host: ['treasurer'],
  node: ['steward', 'companion', 'reviewer', 'editor', 'moderator'],
  project: ['promoter', 'team_member', 'spokesperson'],
} as const;

export type Scope = keyof typeof roles_of_scope;
export type RoleName = (typeof roles_of_scope)[Scope][number];

/** A role held on something; `scope_id` is null only for the installation. */
export type Role = Readonly<{ role: RoleName; scope: Scope; scope_id: string | null }>;

/**
 * Whether the visitor holds this very role on this very thing. No role includes another: a steward of one node is nobody in the next,
 * an operator keeps the machines and not the money.
 */
export function may(visitor: { roles: readonly Role[] }, role: RoleName, scope: Scope, scope_id: string | null = null): boolean {
  return visitor.roles.some((held) => held.role === role && held.scope === scope && held.scope_id === scope_id);
}

/** Every role a person holds. A visit already carries them (`visit.roles`). */
export function rolesOf(db: Db | Trx, person_id: string): Promise<Role[]> {
  return rows<Role>(db, sql`select role, scope, scope_id from roles where person_id = ${person_id} order by scope, role`);
}

export type Grant = {
  person_id: PersonId | string;
  role: RoleName;
  scope: Scope;
  scope_id?: string | null;
  /** Who gives or takes it; null: the system itself, from the command line. */
  by: PersonId | string | null;
  reason?: string;
};

/**
 * Gives a role, with its audit row. Giving it again changes nothing.
 * @throws Refusal `role_does_not_fit` when the role is not held on such a thing
 */
export async function grantRole(trx: Trx, grant: Grant): Promise<void> {
  whyRoleDoesNotFit(grant) && refuse('role_does_not_fit');
  const added = await run(
    trx,
    sql`insert into roles (person_id, role, scope, scope_id, granted_at, granted_by)
        values (${grant.person_id}, ${grant.role}, ${grant.scope}, ${grant.scope_id ?? null}, moment(), ${grant.by})
        on conflict do nothing`,
  );
  if (added > 0) await auditRole(trx, 'role_granted', grant);
}

/** Takes a role away, with its audit row. Answers whether it was held; taking what is not held changes nothing. */
export async function withdrawRole(trx: Trx, grant: Grant): Promise<boolean> {
  const removed = await run(
    trx,
    sql`delete from roles where person_id = ${grant.person_id} and role = ${grant.role} and scope = ${grant.scope}
           and scope_id is not distinct from ${grant.scope_id ?? null}::uuid`,
  );
  if (removed > 0) await auditRole(trx, 'role_withdrawn', grant);
  return removed > 0;
}

function whyRoleDoesNotFit(grant: Grant): 'role_does_not_fit' | null {
  const roles: readonly string[] = roles_of_scope[grant.scope];
  const needs_id = grant.scope !== 'installation';
  return roles.includes(grant.role) && needs_id === Boolean(grant.scope_id) ? null : 'role_does_not_fit';
}

function auditRole(trx: Trx, act: 'role_granted' | 'role_withdrawn', grant: Grant): Promise<void> {
  const held = { role: grant.role, scope: grant.scope, scope_id: grant.scope_id ?? null };
  return auditAct(trx, {
    actor_id: grant.by,
    act,
    target_kind: 'person',
    target_id: grant.person_id,
    ...(act === 'role_granted' ? { after: held } : { before: held }),
    ...(grant.reason === undefined ? {} : { reason: grant.reason }),
  });
}
