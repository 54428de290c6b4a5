import { type Grant, type RoleName, roles_of_scope, type Scope } from '../src/people/index.ts';
import { type Db, row, sql } from '../src/platform/db.ts';
import { WrongUse } from './command.ts';

/** A role as it is written on the command line, and how it is said again. */
export type Written = { grant: Grant; email: string; said: string };

/** @throws WrongUse when there is no such person, role or thing */
export async function readGrant(db: Db, [email = '', role = '', slug]: readonly string[]): Promise<Written> {
  const scope = scopeOf(role);
  const person = await row<{ id: string }>(db, sql`select id from people where lower(email) = lower(${email})`);
  if (!person) throw new WrongUse(`Nobody has the address "${email}".`);
  const scope_id = await thingOf(db, scope, slug);
  const grant = { person_id: person.id, role: role as RoleName, scope, scope_id, by: null, reason: 'command line' };
  return { grant, email, said: scope_id === null ? role : `${role} of ${slug}` };
}

function scopeOf(role: string): Scope {
  for (const [scope, roles] of Object.entries(roles_of_scope))
    if ((roles as readonly string[]).includes(role)) return scope as Scope;
  throw new WrongUse(`"${role}" is not a role: ${Object.values(roles_of_scope).flat().join(', ')}.`);
}

async function thingOf(db: Db, scope: Scope, slug: string | undefined): Promise<string | null> {
  if (scope === 'installation') return null;
  if (!slug) throw new WrongUse(`This role is held on a ${scope}: write its slug.`);
  const found = await row<{ id: string }>(db, sql`select id from ${sql.table(`${scope}s`)} where slug = ${slug}`);
  if (!found) throw new WrongUse(`There is no ${scope} "${slug}".`);
  return found.id;
}
