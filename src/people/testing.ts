import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '../kit/index.ts';
import type { Config } from '../platform/config.ts';
import { type Db, run, sql, transact } from '../platform/db.ts';
import { cookieName } from '../platform/http.ts';
import type { Person, PersonId } from './person.ts';
import { grantRole, type Role } from './roles.ts';

/** A person with a proven address and these roles, for tests. */
export async function plantPerson(
  db: Db,
  wish: { name?: string; email?: string; roles?: readonly Role[] } = {},
): Promise<Person> {
  const id = newId<'person'>() as PersonId;
  const name = wish.name ?? 'Ana';
  const email = wish.email ?? `${id}@example.org`;
  await transact(db, async (trx) => {
    await run(trx, sql`insert into people (id, name, email, email_verified) values (${id}, ${name}, ${email}, true)`);
    for (const role of wish.roles ?? []) await grantRole(trx, { person_id: id, ...role, by: null });
  });
  return { id, name, email, email_verified: true, locale: 'en' };
}

/** Signs somebody in without their password: the `cookie` header their browser would send. */
export async function sessionCookieFor(db: Db, config: Config, person_id: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await transact(db, (trx) =>
    run(
      trx,
      sql`insert into sessions (id, person_id, token, expires_at, user_agent)
          values (${newId()}, ${person_id}, ${token}, now() + interval '30 days', 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0')`,
    ),
  );
  const signature = createHmac('sha256', config.secret).update(token).digest('base64');
  return `${cookieName(config, 'session')}=${encodeURIComponent(`${token}.${signature}`)}`;
}
