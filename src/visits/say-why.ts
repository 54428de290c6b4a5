import type { Visit } from './visit.ts';

/** A refusal in the reader's words. Instants among its params (`retry_at`) are said as `when`, in the node's time. */
export function sayWhy(
  visit: Pick<Visit, 't' | 'moment'>,
  why: { code: string; params?: Readonly<Record<string, string | number>> | undefined },
): string {
  const retry_at = why.params?.retry_at;
  const params = {
    ...why.params,
    ...(typeof retry_at === 'string' ? { when: visit.moment(Temporal.Instant.from(retry_at)) } : {}),
  };
  return (
    visit.t.maybe(`refusal.${why.code}`, params) ?? visit.t.maybe(`sign.why_${why.code}`, params) ?? why.code.replaceAll('_', ' ')
  );
}
