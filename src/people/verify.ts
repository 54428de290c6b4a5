import { refuse } from '../kit/index.ts';
import { type Entered, enterByPassword, refuseAs } from './enter.ts';
import { type Caller, type House, headersOf } from './house.ts';

/**
 * The address a verification link speaks of, for the page that shows it. Not checked here: `confirmAddress` does.
 */
export function addressOf(token: string): string | null {
  try {
    const part = token.split('.')[1] ?? '';
    const { email } = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as { email?: unknown };
    return typeof email === 'string' ? email : null;
  } catch {
    return null;
  }
}

/**
 * Proves the address and enters, with the link from the mailbox and the password chosen at sign-up. Asking for both closes an old trick:
 * somebody else opens an account in your name with a password of theirs and waits until you confirm it.
 * @throws Refusal `link_is_over`, `sign_in_refused` (422), `too_many_attempts` (429)
 */
export async function confirmAddress(house: House, caller: Caller, token: string, password: string): Promise<Entered> {
  const email = addressOf(token) ?? refuse('link_is_over');
  const entered = await enterByPassword(house, caller, email, password).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'address_not_proven') return null;
    throw error;
  });
  if (entered) return entered;
  const auth = await house.auth();
  await auth.api
    .verifyEmail({ query: { token }, headers: headersOf(caller) })
    .catch((error: unknown) => refuseAs(error, 'link_is_over'));
  return enterByPassword(house, caller, email, password);
}
