import { run, sql, type Trx } from '../platform/db.ts';
import { isOwn } from './own.ts';

/**
 * A person proved an address: the contributions made as a guest with it become theirs. Answers how many. Those to a campaign of their own
 * stay with the guest's link: whoever has an account does not give to their own campaign.
 */
export function claimContributions(trx: Trx, person_id: string, email: string): Promise<number> {
  return run(
    trx,
    sql`update contributions c set person_id = ${person_id} where c.person_id is null and lower(c.email) = lower(${email})
           and not exists (select from campaigns k where k.id = c.campaign_id and ${isOwn('k', person_id)})`,
  );
}
