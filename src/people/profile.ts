import { type Db, row, run, sql, type Trx } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import type { PersonId } from './person.ts';

/** Changes how a person is called and which language we write to them in. */
export async function changeProfile(trx: Trx, person_id: PersonId, profile: { name: string; locale: Locale }): Promise<void> {
  await run(
    trx,
    sql`update people set name = ${profile.name}, locale = ${profile.locale}, updated_at = now() where id = ${person_id}`,
  );
}

/** Somebody who always entered by mail link may have none. */
export async function hasPassword(db: Db, person_id: PersonId): Promise<boolean> {
  const found = await row(db, sql`select from credentials where person_id = ${person_id} and password is not null limit 1`);
  return found !== undefined;
}
