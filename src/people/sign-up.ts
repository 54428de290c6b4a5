import { refuse } from '../kit/index.ts';
import type { Limit } from '../platform/limits.ts';
import { type Caller, countOrRefuse, type House, headersOf, inEvenTime, mailbox, personOfMailbox } from './house.ts';
import { sendLetter } from './letters.ts';
import { askLinkToken } from './mail-link.ts';
import { collectTokens } from './tokens.ts';

const limits: { account: Limit; network: Limit } = {
  account: { what: 'sign_up', attempts_max: 5, window_s: 3600 },
  network: { what: 'sign_up_network', attempts_max: 30, window_s: 3600 },
};

export type SigningUp = { name: string; email: string; password: string; next: string };

/**
 * Opens an account that waits for the proof of its address. Fields were checked by the form. Whoever already has an account gets the same
 * answer, after the same time, and finds in the mailbox that the account exists, with a link to enter.
 * @throws Refusal `sign_up_is_closed` (503), `too_many_attempts` (429)
 */
export async function signUp(house: House, caller: Caller, form: SigningUp): Promise<void> {
  if (!house.config.sign_up) refuse('sign_up_is_closed', 503);
  await countOrRefuse(house, caller, form.email, limits);
  await inEvenTime(400, async () => {
    const auth = await house.auth();
    const email = mailbox(form.email);
    const known = await personOfMailbox(house.db, email);
    const body = { name: form.name, email, password: form.password, locale: caller.locale };
    // For a known address better-auth does the work of hashing all the same, and changes nothing.
    const tokens = await collectTokens(() => auth.api.signUpEmail({ body, headers: headersOf(caller) }));
    if (known) {
      const token = await askLinkToken(house, caller, email);
      await sendLetter(house, {
        kind: 'sign_known',
        to: known.email,
        name: known.name,
        locale: known.locale,
        caller,
        token,
        next: form.next,
      });
      return;
    }
    for (const { token } of tokens) {
      await sendLetter(house, {
        kind: 'sign_verify',
        to: email,
        name: form.name,
        locale: caller.locale,
        caller,
        token,
        next: form.next,
      });
    }
  });
}

/**
 * Sends the verification again, to somebody whose password was right. Says nothing when there is nothing to verify.
 */
export async function askProof(house: House, caller: Caller, email: string, next: string): Promise<void> {
  const auth = await house.auth();
  const person = await personOfMailbox(house.db, email);
  const body = { email: mailbox(email) };
  const tokens = await collectTokens(() => auth.api.sendVerificationEmail({ body }));
  for (const { token } of person ? tokens : []) {
    await sendLetter(house, {
      kind: 'sign_verify',
      to: mailbox(email),
      name: person?.name ?? '',
      locale: caller.locale,
      caller,
      token,
      next,
    });
  }
}
