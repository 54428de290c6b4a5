import { createHash } from 'node:crypto';
import { only, run, sql, type Trx } from './db.ts';

/** So many attempts in so many seconds, counted in fixed windows. */
export type Limit = { what: string; attempts_max: number; window_s: number };

export type Counted = { allowed: true } | { allowed: false; retry_at: Temporal.Instant };

/**
 * Counts one attempt of `who` and says whether it was still within the limit. One statement, so that a hundred at once are counted as a
 * hundred. `who` (an address, a network) is kept only as a hash.
 */
export async function countAttempt(trx: Trx, limit: Limit, who: string): Promise<Counted> {
  const counted = await only<{ count: number; ends_at: Temporal.Instant }>(
    trx,
    sql`insert into attempts (key, window_start, count)
        values (${keyOf(limit, who)}, to_timestamp(floor(extract(epoch from moment()) / ${limit.window_s}::int) * ${limit.window_s}::int), 1)
        on conflict (key, window_start) do update set count = attempts.count + 1
        returning count, window_start + make_interval(secs => ${limit.window_s}::int) as ends_at`,
  );
  return counted.count <= limit.attempts_max ? { allowed: true } : { allowed: false, retry_at: counted.ends_at };
}

/** Forgets what was counted for `who`: called when the true owner got in. */
export async function forgetAttempts(trx: Trx, limit: Limit, who: string): Promise<void> {
  await run(trx, sql`delete from attempts where key = ${keyOf(limit, who)}`);
}

/** Removes windows that ended long ago. Returns how many rows went. */
export function sweepAttempts(trx: Trx): Promise<number> {
  return run(trx, sql`delete from attempts where window_start < moment() - interval '2 days'`);
}

function keyOf(limit: Limit, who: string): string {
  return `${limit.what}:${createHash('sha256').update(who).digest('base64url').slice(0, 22)}`;
}

/** The network an address belongs to: all of an IPv4 address, the first /64 of an IPv6 one (what one household is given). */
export function networkOf(address: string): string {
  const plain = address
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .toLowerCase();
  if (!plain.includes(':')) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const zeros = plain.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`;
}
