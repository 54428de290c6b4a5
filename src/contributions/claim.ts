import { run, sql, type Trx } from '../platform/db.ts';

/** A person proved an address: the contributions made as a guest with it become theirs. Answers how many. */
export function claimContributions(trx: Trx, person_id: string, email: string): Promise<number> {
  return run(
    trx,
    sql`update contributions set person_id = ${person_id} where person_id is null and lower(email) = lower(${email})`,
  );
}
