import { createHmac } from 'node:crypto';
import { type Db, row, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { sameText } from '../platform/seal.ts';
import type { Person } from './person.ts';
import type { Role } from './roles.ts';
import './tables.ts';

/** A session lasts this long from sign-in, for everybody; it is not prolonged. */
export const session_days = 30;

/** Whoever holds a role on money, a node or the installation is signed out sooner. */
const staff_idle_minutes = 30;
const staff_hours = 12;

export type SignedIn = { person: Person; roles: readonly Role[]; session_id: string };

/**
 * Who holds this session cookie: one query for the person and every role. Cookies are `<token>.<signature>` as better-auth signs them;
 * one that we did not sign never reaches the database.
 */
export async function signedIn(db: Db, secret: string, cookie: string): Promise<SignedIn | null> {
  const token = tokenOf(secret, cookie);
  if (token === null) return null;
  const found = await row<Person & { session_id: string; roles: Role[]; idle_minutes: number; age_hours: number }>(
    db,
    sql`select p.id, p.name, p.email, p.email_verified, p.locale, s.id as session_id,
               (extract(epoch from now() - s.updated_at) / 60)::float8 as idle_minutes,
               (extract(epoch from now() - s.created_at) / 3600)::float8 as age_hours,
               coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'scope', r.scope, 'scope_id', r.scope_id))
                           from roles r where r.person_id = p.id), '[]') as roles
          from sessions s join people p on p.id = s.person_id
         where s.token = ${token} and s.expires_at > now()`,
  );
  if (!found) return null;
  const { session_id, roles, idle_minutes, age_hours, ...person } = found;
  if (roles.some(isStaff)) {
    if (idle_minutes > staff_idle_minutes || age_hours > staff_hours) return null;
    if (idle_minutes > 1)
      await transact(db, (trx) => run(trx, sql`update sessions set updated_at = now() where id = ${session_id}`));
  }
  return { person, roles, session_id };
}

function isStaff(role: Role): boolean {
  return role.scope === 'installation' || role.scope === 'host' || role.role === 'steward';
}

/** The token inside a session cookie, or null when the signature is not ours. */
export function tokenOf(secret: string, cookie: string): string | null {
  const dot = cookie.lastIndexOf('.');
  if (dot < 1 || cookie.length > 300) return null;
  const token = cookie.slice(0, dot);
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return sameText(signature, cookie.slice(dot + 1)) ? token : null;
}

export type Session = {
  id: string;
  created_at: Temporal.Instant;
  updated_at: Temporal.Instant;
  ip_address: string | null;
  user_agent: string | null;
};

/** Where a person is signed in, newest first. */
export function sessionsOf(db: Db, person_id: string): Promise<Session[]> {
  return rows<Session>(
    db,
    sql`select id, created_at, updated_at, ip_address, user_agent from sessions
         where person_id = ${person_id} and expires_at > now() order by created_at desc limit 100`,
  );
}

/** Ends one session of this person; of nobody else. */
export async function endSession(trx: Trx, person_id: string, session_id: string): Promise<boolean> {
  return (await run(trx, sql`delete from sessions where person_id = ${person_id} and id = ${session_id}`)) > 0;
}

/** Ends every session of this person but the one that asks. Returns how many ended. */
export function endOtherSessions(trx: Trx, person_id: string, but_session_id: string): Promise<number> {
  return run(trx, sql`delete from sessions where person_id = ${person_id} and id <> ${but_session_id}`);
}
