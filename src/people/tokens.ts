import { AsyncLocalStorage } from 'node:async_hooks';

export const minutes_of_link = 20;
export const minutes_of_reset = 60;
export const hours_of_verification = 24;

/** A secret that better-auth made for a mail: to be written there and nowhere else. */
export type Token = { kind: 'link' | 'reset' | 'verify'; email: string; token: string };

/**
 * better-auth hands out its tokens through callbacks that know neither the reader's language nor which call they belong to. The call
 * that asks opens a tray; the callback lays the token into it. No other use of it.
 */
const tray = new AsyncLocalStorage<Token[]>();

/** Runs `ask` and returns the tokens that came of it; the caller writes the mails. */
export async function collectTokens(ask: () => Promise<unknown>): Promise<Token[]> {
  const tokens: Token[] = [];
  await tray.run(tokens, ask);
  return tokens;
}

/** The library's callbacks call this. */
export function lay(token: Token): Promise<void> {
  tray.getStore()?.push(token);
  return Promise.resolve();
}
