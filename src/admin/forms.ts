import type { Stray } from '../contributions/index.ts';
import { type Currency, clean, parseMoney, parseReference, Refusal } from '../kit/index.ts';
import { isMailbox, mailbox } from '../people/index.ts';
import type { Form } from '../platform/http.ts';
import { sayWhy, type Visit } from '../visits/index.ts';

/** What is wrong, by field; '' speaks of the form as a whole. Words, not sentences. */
export type Errors = Record<string, string>;

/** The sentence for a word, in the desk's own words where it has some. */
export function sentenceOf(visit: Visit, word: string, params?: Record<string, string | number>): string {
  return visit.t.maybe(`desk.why_${word}`, params) ?? sayWhy(visit, { code: word, params });
}

/** Every error as the sentence the page shows. */
export function sentences(visit: Visit, errors: Errors, params?: Record<string, string | number>): Errors {
  return Object.fromEntries(Object.entries(errors).map(([field, word]) => [field, sentenceOf(visit, word, params)]));
}

/** Runs a verb. What it refuses comes back as errors for the form; anything else is our own mistake. */
export async function orErrors<R>(act: Promise<R>): Promise<{ ok: R } | { errors: Errors }> {
  try {
    return { ok: await act };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { errors: error.fields ?? { '': error.code } };
  }
}

export type CashForm = { campaign_id: string; amount_cents: bigint; name: string; email: string; form_key: string };

/** Cash: everything but the address must be said. */
export function readCash(
  form: Form,
  visit: Visit,
  open: readonly { id: string; currency: Currency }[],
): { ok: CashForm } | { errors: Errors } {
  const errors: Errors = {};
  const { minimum_contribution_cents: min_cents, maximum_contribution_cents: max_cents } = visit.node.settings;
  const campaign = open.find(({ id }) => id === form.campaign);
  const amount = parseMoney(form.amount, visit.locale, campaign?.currency ?? visit.node.currency, { min_cents, max_cents });
  const name = clean(form.name, { max: 80 });
  const email = mailbox(form.email ?? '');
  if (!campaign) errors.campaign = 'campaign_is_missing';
  if ('why' in amount) errors.amount = amount.why;
  if ('why' in name || name.ok === '') errors.name = 'why' in name ? 'name_cannot_be_kept' : 'name_is_missing';
  if (email !== '' && !isMailbox(email)) errors.email = 'email_is_not_an_address';
  if (!campaign || 'why' in amount || 'why' in name || Object.keys(errors).length > 0) return { errors };
  return {
    ok: {
      campaign_id: campaign.id,
      amount_cents: amount.ok.cents,
      name: name.ok,
      email,
      form_key: (form.form_key ?? '').slice(0, 64),
    },
  };
}

/** A transfer found on the account: its reference as the bank shows it, and what arrived. */
export function readTransfer(form: Form, visit: Visit): { ok: { reference: string; amount_cents: bigint } } | { errors: Errors } {
  const errors: Errors = {};
  const typed = (form.reference ?? '').trim();
  const reference = parseReference(typed);
  const amount = parseMoney(form.amount, visit.locale, visit.node.host.currency);
  if (!reference) errors.reference = typed === '' ? 'reference_is_missing' : 'reference_is_unreadable';
  if ('why' in amount) errors.amount = amount.why;
  if (!reference || 'why' in amount) return { errors };
  return { ok: { reference, amount_cents: amount.ok.cents } };
}

/**
 * A line of the bank statement that fits nothing: how the statement names it makes it unique. Its fields have names of their own: they stand
 * on one page with those of a transfer. The reference is kept as the payer wrote it where it cannot be read as one of ours.
 */
export function readStray(form: Form, visit: Visit): { ok: Omit<Stray, 'host_id'> } | { errors: Errors } {
  const errors: Errors = {};
  const { currency } = visit.node.host;
  const amount = parseMoney(form.stray_amount, visit.locale, currency);
  const day = readDay(form.day, visit);
  const line = clean(form.line, { max: 60 });
  const wrote = clean(form.stray_reference, { max: 60 });
  if ('why' in amount) errors.stray_amount = amount.why;
  if ('why' in day) errors.day = day.why;
  if ('why' in line || line.ok === '') errors.line = 'why' in line ? line.why : 'line_is_missing';
  if ('why' in wrote) errors.stray_reference = wrote.why;
  if ('why' in amount || 'why' in day || 'why' in line || 'why' in wrote || line.ok === '') return { errors };
  const reference = parseReference(wrote.ok) || wrote.ok || null;
  return { ok: { cents: amount.ok.cents, currency, at: day.ok, line: line.ok, reference } };
}

/** The beginning of a day, here: on or before today. */
function readDay(typed: string | undefined, visit: Visit): { ok: Temporal.Instant } | { why: string } {
  if (!/^\d{4}-\d\d-\d\d$/.test(typed ?? '')) return { why: 'day_is_missing' };
  try {
    const at = Temporal.PlainDate.from(typed ?? '', { overflow: 'reject' })
      .toZonedDateTime(visit.node.time_zone)
      .toInstant();
    return Temporal.Instant.compare(at, visit.now) > 0 ? { why: 'day_is_in_the_future' } : { ok: at };
  } catch {
    return { why: 'day_is_missing' };
  }
}

/** Why parked money is settled, and whether it was sent back. */
export function readResolution(form: Form): { ok: { resolution: string; returned: boolean } } | { errors: Errors } {
  const errors: Errors = {};
  const resolution = clean(form.resolution, { max: 500, lines: 10 });
  if (form.way !== 'returned' && form.way !== 'explained') errors.way = 'way_is_missing';
  if ('why' in resolution || [...resolution.ok].length < 5) errors.resolution = 'resolution_is_missing';
  if ('why' in resolution || Object.keys(errors).length > 0) return { errors };
  return { ok: { resolution: resolution.ok, returned: form.way === 'returned' } };
}

/** A reason people will read. The verb asks for ten characters. */
export function readReason(typed: string): { ok: string } | { errors: Errors } {
  const reason = clean(typed, { max: 1_000, lines: 20 });
  if ('why' in reason)
    return { errors: { reason: reason.why === 'text_is_too_long' ? 'reason_is_too_long' : 'reason_cannot_be_kept' } };
  return { ok: reason.ok };
}
