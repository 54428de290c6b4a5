import type { Context } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import type { Config } from '../platform/config.ts';
import { cookieName, cookieOptions } from '../platform/http.ts';
import { sealed, unsealed } from '../platform/seal.ts';

/** Leaves a sentence for the next page, shown once: `sayNext(c, config, t('sign.signed_out'))`. */
export function sayNext(c: Context, config: Config, sentence: string): void {
  setCookie(c, cookieName(config, 'flash'), sealed(config.secret, 'flash', sentence.slice(0, 500)), {
    ...cookieOptions(config),
    maxAge: 60,
  });
}

/** The sentence left by the page before, and its cookie gone. */
export function takeFlash(c: Context, config: Config, cookies: ReadonlyMap<string, string>): string | undefined {
  const given = cookies.get(cookieName(config, 'flash'));
  if (given === undefined) return undefined;
  deleteCookie(c, cookieName(config, 'flash'), cookieOptions(config));
  return unsealed(config.secret, 'flash', given) ?? undefined;
}
