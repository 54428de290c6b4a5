import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Config } from '../platform/config.ts';
import { cookieName, cookieOptions, cookiesOf } from '../platform/http.ts';

/**
 * One form, one contribution. A form carries a random key; the browser remembers the key of each campaign for a day, so that the form
 * opened again (Back, another tab, a reload) is the same form until the contribution it began is paid for or given up.
 */
export function rememberedKey(c: Context, config: Config, campaign_id: string): string | null {
  return remembered(c, config).get(campaign_id.slice(-12)) ?? null;
}

export function newFormKey(c: Context, config: Config, campaign_id: string): string {
  const key = randomBytes(16).toString('base64url');
  const keys = remembered(c, config);
  keys.delete(campaign_id.slice(-12));
  keys.set(campaign_id.slice(-12), key);
  const kept = [...keys].slice(-campaigns_max).map((pair) => pair.join(':'));
  setCookie(c, cookieName(config, 'giving'), kept.join('.'), { ...cookieOptions(config), maxAge: 86_400 });
  return key;
}

/** A key as this installation makes them. */
export function isFormKey(text: string | undefined): text is string {
  return text !== undefined && /^[\w-]{20,64}$/.test(text);
}

const campaigns_max = 6;

function remembered(c: Context, config: Config): Map<string, string> {
  const cookie = cookiesOf(c.req.header('cookie')).get(cookieName(config, 'giving')) ?? '';
  const pairs = cookie
    .slice(0, 1_000)
    .split('.')
    .map((pair) => pair.split(':'));
  return new Map(pairs.filter(([place, key]) => /^[0-9a-f]{12}$/.test(place ?? '') && isFormKey(key)) as [string, string][]);
}
