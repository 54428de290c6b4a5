import { grantRole as grant, type RoleName, roles_of_scope, type Scope } from '../src/people/index.ts';
import { row, sql, transact } from '../src/platform/db.ts';
import { type Command, type Tools, WrongUse } from './command.ts';

export const grantRole: Command = {
  usage: 'grant-role <e-mail> <role> [<slug of the node, host or project>]',
  about: 'Gives a role to a person, with an audit row: how the first operator is made.',
  async run([email = '', role = '', slug], { db, say }) {
    const scope = scopeOf(role);
    const person = await row<{ id: string }>(db, sql`select id from people where lower(email) = lower(${email})`);
    if (!person) throw new WrongUse(`Nobody has the address "${email}".`);
    const scope_id = await thingOf(db, scope, slug);
    await transact(db, (trx) =>
      grant(trx, { person_id: person.id, role: role as RoleName, scope, scope_id, by: null, reason: 'command line' }),
    );
    say(`${email} is now ${role}${slug ? ` of ${slug}` : ''}.`);
  },
};

function scopeOf(role: string): Scope {
  for (const [scope, roles] of Object.entries(roles_of_scope))
    if ((roles as readonly string[]).includes(role)) return scope as Scope;
  throw new WrongUse(`"${role}" is not a role: ${Object.values(roles_of_scope).flat().join(', ')}.`);
}

async function thingOf(db: Tools['db'], scope: Scope, slug: string | undefined): Promise<string | null> {
  if (scope === 'installation') return null;
  if (!slug) throw new WrongUse(`This role is held on a ${scope}: write its slug.`);
  const found = await row<{ id: string }>(db, sql`select id from ${sql.table(`${scope}s`)} where slug = ${slug}`);
  if (!found) throw new WrongUse(`There is no ${scope} "${slug}".`);
  return found.id;
}
