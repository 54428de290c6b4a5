import { refuse } from '../kit/index.ts';
import { run, sql, transact } from '../platform/db.ts';
import { countAttempt, type Limit, networkOf } from '../platform/limits.ts';
import { type Entered, enteredBy, refuseAs } from './enter.ts';
import { type Caller, countOrRefuse, type House, headersOf, inEvenTime, mailbox, personOfMailbox } from './house.ts';
import { sendLetter } from './letters.ts';
import { collectTokens } from './tokens.ts';

/**
 * The way in that stays open when somebody else uses up the attempts with a password. So that nobody can use up this one either, an
 * address is counted together with the network that asks; over all networks it is only kept from being flooded.
 */
const limits: { account: Limit; network: Limit; flood: Limit } = {
  account: { what: 'link', attempts_max: 5, window_s: 3600 },
  network: { what: 'link_network', attempts_max: 40, window_s: 3600 },
  flood: { what: 'link_flood', attempts_max: 30, window_s: 3600 },
};

/**
 * Sends a link to enter, or, to an address without account, a mail that says so. Same answer, same time.
 * @throws Refusal `too_many_attempts` (429)
 */
export async function askLink(house: House, caller: Caller, email: string, next: string): Promise<void> {
  const key = `${mailbox(email)} ${networkOf(caller.address)}`;
  await countOrRefuse(house, caller, key, limits);
  const flooded = await transact(house.db, (trx) => countAttempt(trx, limits.flood, mailbox(email)));
  await inEvenTime(300, async () => {
    if (!flooded.allowed) return;
    const known = await personOfMailbox(house.db, email);
    const token = await askLinkToken(house, caller, mailbox(email));
    const letter = known
      ? { kind: 'sign_link' as const, to: known.email, name: known.name, locale: known.locale }
      : { kind: 'sign_none' as const, to: mailbox(email), name: '', locale: caller.locale };
    await sendLetter(house, { ...letter, caller, token, next });
  });
}

/** A token for a mailbox. One for an address without account opens nothing, and costs the same. */
export async function askLinkToken(house: House, caller: Caller, email: string): Promise<string> {
  const auth = await house.auth();
  const tokens = await collectTokens(() => auth.api.signInMagicLink({ body: { email }, headers: headersOf(caller) }));
  return tokens[0]?.token ?? '';
}

/**
 * Enters with the link from a mail: once. It proves the address; a password set before by somebody who never proved it is gone.
 * @throws Refusal `link_is_over` (422) when it was used, is too old, or never was
 */
export async function enterByLink(house: House, caller: Caller, token: string): Promise<Entered> {
  const auth = await house.auth();
  await clearUnproven(house, (await mailboxOfLink(house, token)) ?? refuse('link_is_over'));
  const headers = headersOf(caller);
  const answer = await auth.api
    .magicLinkVerify({ query: { token }, headers, returnHeaders: true })
    .catch((error: unknown) => refuseAs(error, 'link_is_over'));
  return enteredBy(house, answer, 'link');
}

/** Whose mailbox a link was sent to, while it can still be used. */
async function mailboxOfLink(house: House, token: string): Promise<string | null> {
  const context = await (await house.auth()).$context;
  const found = await context.internalAdapter.findVerificationValue(`magic-link:${token}`);
  if (!found || found.expiresAt.getTime() < Temporal.Now.instant().epochMilliseconds) return null;
  const { email } = JSON.parse(found.value) as { email?: unknown };
  return typeof email === 'string' ? email : null;
}

/**
 * Whatever somebody set up on this address before it was proven (a password, a session) is not the owner's. better-auth would do the
 * same in several steps, with ids that are not uuids; here it is one transaction.
 */
async function clearUnproven(house: House, email: string): Promise<void> {
  const person = await personOfMailbox(house.db, email);
  if (!person || person.email_verified) return;
  await transact(house.db, async (trx) => {
    await run(trx, sql`delete from credentials where person_id = ${person.id}`);
    await run(trx, sql`delete from sessions where person_id = ${person.id}`);
    await run(trx, sql`update people set email_verified = true, updated_at = now() where id = ${person.id}`);
  });
}
