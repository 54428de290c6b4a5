import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Signatures of our own (cookies, form tokens, links). The purpose is part of what is signed: a seal made for one thing never opens another.
 * @returns base64url, 43 characters
 */
export function seal(secret: string, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}

/** Compared in a time that tells nothing. */
export function isSealOf(secret: string, purpose: string, text: string, given: string): boolean {
  return sameText(seal(secret, purpose, text), given);
}

export function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Text that travels with its own seal: `<text in base64url>.<seal>`. */
export function sealed(secret: string, purpose: string, text: string): string {
  const carried = Buffer.from(text).toString('base64url');
  return `${carried}.${seal(secret, purpose, carried)}`;
}

/** The text of `sealed`, or null when anybody touched it. */
export function unsealed(secret: string, purpose: string, given: string): string | null {
  const dot = given.indexOf('.');
  const carried = given.slice(0, Math.max(0, dot));
  if (dot < 1 || !isSealOf(secret, purpose, carried, given.slice(dot + 1))) return null;
  return Buffer.from(carried, 'base64url').toString('utf8');
}
