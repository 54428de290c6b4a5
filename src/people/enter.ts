import { record } from '../activity/index.ts';
import { refuse } from '../kit/index.ts';
import { type Trx, transact } from '../platform/db.ts';
import { cookieName } from '../platform/http.ts';
import { forgetAttempts, type Limit } from '../platform/limits.ts';
import { type Caller, countOrRefuse, type House, headersOf, mailbox } from './house.ts';

const limits: { account: Limit; network: Limit } = {
  account: { what: 'sign_in', attempts_max: 10, window_s: 900 },
  network: { what: 'sign_in_network', attempts_max: 60, window_s: 900 },
};

/** Somebody came in. The cookies go into the answer as they are. */
export type Entered = { person_id: string; cookies: string[] };

/**
 * Enters with a password.
 * @throws Refusal `sign_in_refused` (422) for a wrong password, an unknown address, and an account without password alike;
 *   `address_not_proven` (422) when the password is right and the address was never proven; `too_many_attempts` (429)
 */
export async function enterByPassword(house: House, caller: Caller, email: string, password: string): Promise<Entered> {
  await countOrRefuse(house, caller, email, limits);
  const auth = await house.auth();
  const body = { email: mailbox(email), password };
  const answer = await auth.api
    .signInEmail({ body, headers: headersOf(caller), returnHeaders: true })
    .catch((error: unknown) => refuseAs(error, isUnproven(error) ? 'address_not_proven' : 'sign_in_refused'));
  await transact(house.db, (trx) => forgetAttempts(trx, limits.account, mailbox(email)));
  return enteredBy(house, answer, 'password');
}

/** Leaves: the session ends here and in the database. Returns the cookies that say so. */
export async function leave(house: House, caller: Caller): Promise<string[]> {
  const auth = await house.auth();
  const { headers } = await auth.api.signOut({ headers: headersOf(caller), returnHeaders: true });
  return ownCookies(house, headers);
}

export type Proof = 'verification' | 'link' | 'reset' | 'password';

/** Reads what better-auth answered, and tells the house that this address is this person's. */
export async function enteredBy(house: House, answer: { headers: Headers; response: unknown }, proof: Proof): Promise<Entered> {
  const { user } = answer.response as { user: { id: string; email: string } };
  await transact(house.db, (trx) => recordProof(trx, { id: user.id, email: user.email }, proof));
  return { person_id: user.id, cookies: ownCookies(house, answer.headers) };
}

/** better-auth also clears cookies of features that are not used here. */
function ownCookies(house: House, headers: Headers): string[] {
  return headers.getSetCookie().filter((line) => line.startsWith(`${cookieName(house.config, 'session')}=`));
}

/**
 * News that a mailbox belongs to a person, told every time they show it: what was given as a guest with that address, also since last
 * time, is attached to the person in the reaction. Telling it twice changes nothing.
 */
export function recordProof(trx: Trx, person: { id: string; email: string }, proof: Proof): Promise<void> {
  return record(trx, {
    kind: 'address_proven',
    person_id: person.id,
    subject_id: person.id,
    data: { email: person.email, proof },
  });
}

/**
 * What better-auth refused, in our words. Only its refusals: a database that does not answer is not "wrong password".
 * It refuses by throwing an error with a status, or, where a browser would be sent elsewhere, a redirect.
 */
export function refuseAs(error: unknown, code: string): never {
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500) refuse(code);
  throw error;
}

function isUnproven(error: unknown): boolean {
  return (
    error instanceof Error && 'body' in error && (error.body as { code?: string } | undefined)?.code === 'EMAIL_NOT_VERIFIED'
  );
}
