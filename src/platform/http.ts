import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import { Refusal } from '../kit/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/** What every room's routes are given. A room that needs more says so: `routes(deps: Deps & { gateways: Gateways })`. */
export type Deps = { config: Config; db: Db; log: Log; clock: Clock };

/** `__Host-` where the site is https: bound to this very host, to all of its paths, and never sent in clear. */
export function cookieName(config: Config, name: string): string {
  return isHttps(config) ? `__Host-${name}` : name;
}

export function cookieOptions(config: Config): { path: '/'; httpOnly: true; sameSite: 'Lax'; secure: boolean } {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure: isHttps(config) };
}

export function isHttps(config: Config): boolean {
  return config.origin.startsWith('https:');
}

/** Said with every answer, errors included. Nothing inline, nothing from elsewhere, framed by nobody. */
export function securityHeaders(config: Config): Record<string, string> {
  return {
    'content-security-policy': content_security_policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()',
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    ...(isHttps(config) ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}

export const content_security_policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "base-uri 'none'",
].join('; ');

/** For pages whose address is itself a key (a receipt, a reset): the address is told to nobody, the page is kept by nobody. */
export function keepAddressSecret(c: Context): void {
  c.header('referrer-policy', 'no-referrer');
  c.header('cache-control', 'no-store');
  c.header('x-robots-tag', 'noindex');
}

/**
 * The address of who is asking. A proxy is believed only when it runs on this machine: then the last hop it wrote is taken, never
 * the first, which anybody may write.
 */
export function clientAddress(c: Context): string {
  const peer = peerOf(c);
  if (!/^(127\.|::1$|::ffff:127\.)/.test(peer)) return peer;
  const last = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return last && /^[0-9a-f.:]{3,45}$/i.test(last) ? last : peer;
}

/**
 * Everybody a request says it came through: the machine at the other end of the line, and all that a forwarding header names. What is no
 * address is in the list as it was written.
 */
export function addressesAlong(c: Context): string[] {
  const named = ['x-forwarded-for', 'x-real-ip'].flatMap((name) => c.req.header(name)?.split(',') ?? []);
  const forwarded = c.req.header('forwarded')?.split(/[,;]/).map(nodeIn) ?? [];
  return [peerOf(c), ...named, ...forwarded.filter((node) => node !== null)].map((address) => address.trim());
}

function peerOf(c: Context): string {
  const incoming = (c.env as { incoming?: IncomingMessage } | undefined)?.incoming;
  return incoming?.socket?.remoteAddress ?? '127.0.0.1';
}

/** Whom a part of a header `Forwarded` (RFC 7239) names; null for what names nobody: the scheme and the host that were asked for. */
function nodeIn(part: string): string | null {
  if (/^\s*(proto|host)=/i.test(part)) return null;
  const [, , node] = /^\s*(?:for|by)=("?)(\[[0-9a-f.:]+\]|[0-9.]+)(?::\d+)?\1\s*$/i.exec(part) ?? [];
  return node?.replaceAll(/[[\]]/g, '') ?? part;
}

export type Form = Readonly<Record<string, string>>;

/** At most so many fields; a form of ours never has as many. */
const fields_max = 200;

/**
 * The text fields of a posted form. A field sent twice keeps the last value, files are not fields, and a text the database could not
 * hold (NUL) is refused here, once, for everybody. Fields that take several values: `manyOf`.
 * @throws Refusal `form_cannot_be_read` (400)
 */
export async function readForm(c: Context): Promise<Form> {
  const form: Record<string, string> = Object.create(null);
  for (const [name, values] of await readBody(c)) form[name] = values.at(-1) ?? '';
  return form;
}

/** Every value of a field that may be chosen several times, in the order sent. */
export async function manyOf(c: Context, name: string): Promise<string[]> {
  return (await readBody(c)).get(name) ?? [];
}

async function readBody(c: Context): Promise<Map<string, string[]>> {
  const body = await parseBody(c);
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of Object.entries(body)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (typeof each !== 'string') continue;
      count += 1;
      if (count > fields_max || isUnstorable(name) || isUnstorable(each)) throw new Refusal('form_cannot_be_read', 400);
      fields.set(name, [...(fields.get(name) ?? []), each]);
    }
  }
  return fields;
}

/** Cached by the request itself, so the check of the form's token and the handler read the same body. */
async function parseBody(c: Context): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return {};
  try {
    return await c.req.parseBody({ all: true });
  } catch {
    throw new Refusal('form_cannot_be_read', 400);
  }
}

/** NUL and halves of surrogate pairs: text that is not text. */
export function isUnstorable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}

const url_length_max = 4_000;

/** Why an address is not even looked at. */
export function whyNotAddress(url: string): 'address_is_too_long' | 'address_cannot_be_read' | null {
  if (url.length > url_length_max) return 'address_is_too_long';
  if (!url.includes('%')) return null;
  try {
    return isUnstorable(decodeURIComponent(url)) ? 'address_cannot_be_read' : null;
  } catch {
    return 'address_cannot_be_read';
  }
}

/** Cookies of a request; the first of two with one name counts, as browsers send the more specific first. */
export function cookiesOf(header: string | undefined): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').slice(0, 8_000).split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, Math.max(0, at)).trim();
    if (at < 1 || cookies.has(name)) continue;
    const value = part.slice(at + 1).trim();
    try {
      cookies.set(name, value.includes('%') ? decodeURIComponent(value) : value);
    } catch {
      continue;
    }
  }
  return cookies;
}
