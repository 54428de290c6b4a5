import { refuse } from '../kit/index.ts';
import { run, sql, transact } from '../platform/db.ts';
import type { Limit } from '../platform/limits.ts';
import { recordProof, refuseAs } from './enter.ts';
import { type Caller, countOrRefuse, type House, headersOf, inEvenTime, mailbox, personOfMailbox } from './house.ts';
import { sendLetter } from './letters.ts';
import type { Person } from './person.ts';
import { collectTokens } from './tokens.ts';

const limits: { account: Limit; network: Limit } = {
  account: { what: 'reset', attempts_max: 5, window_s: 3600 },
  network: { what: 'reset_network', attempts_max: 40, window_s: 3600 },
};

/**
 * Sends a link to choose a new password (once, one hour), or, to an address without account, a mail that says so.
 * @throws Refusal `too_many_attempts` (429)
 */
export async function askReset(house: House, caller: Caller, email: string): Promise<void> {
  await countOrRefuse(house, caller, email, limits);
  await inEvenTime(300, async () => {
    const auth = await house.auth();
    const known = await personOfMailbox(house.db, email);
    const body = { email: mailbox(email) };
    const tokens = await collectTokens(() => auth.api.requestPasswordReset({ body, headers: headersOf(caller) }));
    const token = tokens[0]?.token ?? '';
    const letter = known
      ? { kind: 'sign_reset' as const, to: known.email, name: known.name, locale: known.locale }
      : { kind: 'sign_none' as const, to: mailbox(email), name: '', locale: caller.locale };
    await sendLetter(house, { ...letter, caller, token, next: '/' });
  });
}

/** Whose link it is, while it can still be used. */
export async function personOfReset(house: House, token: string): Promise<Person | null> {
  const auth = await house.auth();
  const context = await auth.$context;
  const found = token ? await context.internalAdapter.findVerificationValue(`reset-password:${token}`) : null;
  if (!found || found.expiresAt.getTime() < Temporal.Now.instant().epochMilliseconds) return null;
  const user = await context.internalAdapter.findUserById(found.value);
  return user ? ((await personOfMailbox(house.db, user.email)) ?? null) : null;
}

/**
 * Sets a new password, ends every session, and tells the mailbox. The link came from the mailbox, so the address is proven too.
 * @throws Refusal `link_is_over` (422)
 */
export async function resetPassword(house: House, caller: Caller, token: string, password: string): Promise<void> {
  const person = (await personOfReset(house, token)) ?? refuse('link_is_over');
  const auth = await house.auth();
  const body = { token, newPassword: password };
  await auth.api.resetPassword({ body, headers: headersOf(caller) }).catch((error: unknown) => refuseAs(error, 'link_is_over'));
  await transact(house.db, async (trx) => {
    await run(
      trx,
      sql`update people set email_verified = true, updated_at = now() where id = ${person.id} and not email_verified`,
    );
    await recordProof(trx, person, 'reset');
  });
  await sendLetter(house, {
    kind: 'sign_changed',
    to: person.email,
    name: person.name,
    locale: person.locale,
    caller,
    token: '',
    next: '/',
  });
}
