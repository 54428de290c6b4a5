import type { Context } from 'hono';
import { clean, Refusal } from '../kit/index.ts';
import { type Caller, isMailbox, mailbox, whyNotPassword } from '../people/index.ts';
import { clientAddress, type Form } from '../platform/http.ts';
import { type AppEnv, ownPath, placeOf, sayWhy, type Visit } from '../visits/index.ts';

/** Who calls, as the verbs of people want to know it. */
export function callerOf(c: Context<AppEnv>): Caller {
  const visit = c.get('visit');
  return {
    locale: visit.locale,
    site: visit.text(visit.node.name).text,
    link: (path) => visit.origin + visit.to(path),
    address: clientAddress(c),
    user_agent: c.req.header('user-agent') ?? '',
    cookie: c.req.header('cookie') ?? '',
  };
}

/** Where to go on to after entering: an own path, bare or whole. */
export function nextOf(given: string | undefined): string {
  return ownPath(given, '/me');
}

export function addressOfNext(visit: Visit, next: string): string {
  return placeOf(next).locale ? next : visit.to(next);
}

/** Runs a verb; what it refuses comes back as a value, for the form to show. */
export async function orRefusal<R>(act: Promise<R>): Promise<R | Refusal> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** The page of the form again, with what stands in the way. */
export function shown(c: Context<AppEnv>, refusal: Refusal): { status: 422 | 429 | 503; errors: Record<string, string> } {
  const retry_at = refusal.params?.retry_at;
  if (refusal.status === 429 && typeof retry_at === 'string') {
    const wait_s = Math.ceil((Temporal.Instant.from(retry_at).epochMilliseconds - c.get('visit').now.epochMilliseconds) / 1000);
    c.header('retry-after', String(Math.max(1, wait_s)));
  }
  const status = refusal.status === 429 || refusal.status === 503 ? refusal.status : 422;
  return { status, errors: { form: sayWhy(c.get('visit'), refusal) } };
}

type Problems = Record<string, string>;

export function whyNotEmail(email: string): string | null {
  if (email === '') return 'email_is_missing';
  return isMailbox(email) ? null : 'email_is_not_an_address';
}

/** A name as it will be kept, or the word for what is wrong with it. */
export function readName(text: string | undefined): { ok: string } | { why: string } {
  const read = clean(text, { max: 80 });
  if ('why' in read) return { why: 'name_cannot_be_kept' };
  return read.ok === '' ? { why: 'name_is_missing' } : read;
}

/** What is wrong with a sign-up, by field, in the reader's words; empty when nothing is. */
export function problemsOfSignUp(visit: Visit, form: Form): { name: string; email: string; errors: Problems } {
  const name = readName(form.name);
  const email = mailbox(form.email ?? '');
  const about = { email, name: form.name ?? '', site: visit.text(visit.node.name).text };
  const whys = {
    name: 'why' in name ? name.why : null,
    email: whyNotEmail(email),
    password: whyNotPassword(form.password, about),
  };
  return { name: 'ok' in name ? name.ok : '', email, errors: sentences(visit, whys) };
}

export function sentences(visit: Visit, whys: Readonly<Record<string, string | null>>): Problems {
  const said: Problems = {};
  for (const [field, why] of Object.entries(whys)) if (why) said[field] = sayWhy(visit, { code: why });
  return said;
}
