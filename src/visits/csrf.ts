import { isSealOf, seal } from '../platform/seal.ts';

/**
 * Forms from elsewhere are refused in two ways.
 * 1. Every unsafe request says where it comes from: `Sec-Fetch-Site: same-origin`, or (older browsers) an `Origin` that is ours. Nothing is
 *    needed in the page, so pages for strangers stay the same for everybody, without a cookie.
 * 2. When somebody is signed in, the form also carries a seal of who they are. A form that a stranger opened before signing in, in
 *    another tab, has none: it passes only where the browser itself vouches for the origin.
 */
export type UnsafeRequest = {
  sec_fetch_site: string | undefined;
  origin: string | undefined;
  own_origins: readonly string[];
  /** null: nobody is signed in. */
  person_id: string | null;
  /** The hidden field `csrf`. */
  token: string | undefined;
  secret: string;
};

export function whyForged(request: UnsafeRequest): 'form_is_from_elsewhere' | 'form_is_stale' | null {
  const vouched = request.sec_fetch_site === 'same-origin';
  const ours = request.origin !== undefined && request.own_origins.includes(request.origin);
  if (request.sec_fetch_site !== undefined ? !vouched : !ours) return 'form_is_from_elsewhere';
  if (request.origin !== undefined && request.origin !== 'null' && !vouched && !ours) return 'form_is_from_elsewhere';
  if (request.person_id === null) return null;
  if (!request.token) return vouched ? null : 'form_is_stale';
  return isSealOf(request.secret, 'form', request.person_id, request.token) ? null : 'form_is_stale';
}

export function formToken(secret: string, person_id: string | null): string {
  return person_id === null ? '' : seal(secret, 'form', person_id);
}
