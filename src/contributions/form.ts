import { type Currency, clean, type Locale, parseMoney } from '../kit/index.ts';
import { isMailbox, mailbox } from '../people/index.ts';
import type { Form } from '../platform/http.ts';
import type { Giving } from './contribute.ts';
import { choices_if_failed, type IfFailed, methods, visibilities } from './contribution.ts';

/** What must be known of the campaign to read the form: its limits in cents, what the chosen reward asks, what can be paid with. */
export type Reading = {
  locale: Locale;
  currency: Currency;
  min_cents: bigint;
  max_cents: bigint;
  /** The chosen reward; null: none, or it is not of this campaign. */
  reward: { id: string; asks_question: boolean; needs_address: boolean } | null;
  /** Why may the other campaign that was chosen not receive it? */
  why_not_other: string | null;
  /** The e-mail of whoever is signed in. */
  account_email: string | null;
  methods: readonly string[];
};

/** What the form says of the gift and its giver; the rest of a `Giving` is known from the visit. */
export type ReadGiving = Pick<
  Giving,
  | 'email'
  | 'name'
  | 'amount_cents'
  | 'tip_cents'
  | 'reward_id'
  | 'reward_answer'
  | 'address'
  | 'wish'
  | 'message'
  | 'visibility'
  | 'if_failed'
  | 'redirect_campaign_id'
  | 'method'
>;

/** Field -> word of what is wrong with it. */
export type Problems = Record<string, string>;

/**
 * Reads a posted contribution strictly: nothing is guessed, unknown fields are ignored, and everything that is wrong is told at once.
 * `lines` are the values of the field that comes several times.
 */
export function readGiving(form: Form, lines: readonly string[], about: Reading): { ok: ReadGiving } | { problems: Problems } {
  const problems: Problems = {};
  const keep = <R>(field: string, read: { ok: R } | { why: string }, otherwise: R): R => {
    if ('ok' in read) return read.ok;
    problems[field] = read.why;
    return otherwise;
  };
  const reward_id = form.reward ? (about.reward?.id ?? keep('reward', { why: 'reward_is_gone' }, null)) : null;
  const wants_lines = form.wish === 'lines';
  const if_failed = keep('if_failed', oneOf(form.if_failed ?? 'back_to_me', choices_if_failed), 'back_to_me' as IfFailed);
  const read: ReadGiving = {
    amount_cents: keep('amount', readAmount(form, about), 0n),
    tip_cents: keep('tip', readTip(form, about), 0n),
    reward_id,
    reward_answer: asked(about.reward?.asks_question, () =>
      keep(`answer_${reward_id}`, needed(form[`answer_${reward_id}`], 300, 4, 'answer_is_missing'), ''),
    ),
    address: asked(about.reward?.needs_address, () =>
      keep(`address_${reward_id}`, needed(form[`address_${reward_id}`], 400, 8, 'address_is_missing'), ''),
    ),
    wish: wants_lines
      ? keep('wish', lines.length > 0 ? { ok: [...new Set(lines.filter(isUuid))] } : { why: 'lines_are_missing' }, [])
      : [],
    message: keep('message', clean(form.message, { max: 500, lines: 20 }), '') || null,
    visibility: keep('visibility', oneOf(form.visibility ?? 'public', visibilities), 'public'),
    if_failed,
    redirect_campaign_id: if_failed === 'another_campaign' ? keep('other', readOther(form.other, about), null) : null,
    method: keep('method', readMethod(form.method, about), 'sandbox'),
    email: about.account_email ?? keep('email', readEmail(form.email), ''),
    name: keep('name', needed(form.name, 80, 1, 'name_is_missing'), ''),
  };
  if (if_failed === 'wallet' && about.account_email === null) problems.if_failed = 'wallet_needs_account';
  return Object.keys(problems).length > 0 ? { problems } : { ok: read };
}

type Read<R> = { ok: R } | { why: string };

/** One of the buttons (cents), or what was typed. Both at once and not the same: we ask which, rather than charge the wrong one. */
function readAmount(form: Form, about: Reading): Read<bigint> {
  const typed = form.amount_free?.trim() ? readTyped(form.amount_free, about, about.min_cents) : null;
  if (form.amount === 'other' || !form.amount) return typed ?? { why: 'amount_is_missing' };
  const chosen = readCents(form.amount, about);
  const differ = typed !== null && 'ok' in chosen && !('ok' in typed && typed.ok === chosen.ok);
  return differ ? { why: 'amount_is_said_twice' } : chosen;
}

function readTip(form: Form, about: Reading): Read<bigint> {
  const free = form.tip_free?.trim() ?? '';
  const typed = free === '' || /^0(?:[.,]0{1,2})?$/.test(free) ? { ok: 0n } : readTyped(free, about, 1n);
  if (form.tip === 'other' || !form.tip) return typed;
  if (form.tip === '0') return free === '' || ('ok' in typed && typed.ok === 0n) ? { ok: 0n } : { why: 'amount_is_said_twice' };
  const chosen = readCents(form.tip, { ...about, min_cents: 1n });
  const differ = free !== '' && 'ok' in chosen && !('ok' in typed && typed.ok === chosen.ok);
  return differ ? { why: 'amount_is_said_twice' } : chosen;
}

function readTyped(text: string, about: Reading, min_cents: bigint): Read<bigint> {
  const read = parseMoney(text, about.locale, about.currency, { min_cents, max_cents: about.max_cents });
  return 'ok' in read ? { ok: read.ok.cents } : read;
}

/** The value of a button: whole cents, as we wrote them. */
function readCents(text: string, about: Pick<Reading, 'min_cents' | 'max_cents'>): Read<bigint> {
  if (/^-\d+$/.test(text)) return { why: 'amount_is_not_positive' };
  if (!/^\d{1,30}$/.test(text)) return { why: 'amount_is_not_a_number' };
  const cents = BigInt(text);
  if (cents === 0n) return { why: 'amount_is_not_positive' };
  if (cents < about.min_cents) return { why: 'amount_is_too_small' };
  return cents > about.max_cents ? { why: 'amount_is_too_large' } : { ok: cents };
}

function asked(is_asked: boolean | undefined, read: () => string): string | null {
  return is_asked ? read() : null;
}

function needed(text: string | undefined, max: number, lines: number, missing: string): Read<string> {
  const read = clean(text, { max, lines });
  return 'ok' in read && read.ok === '' ? { why: missing } : read;
}

function oneOf<const T extends string>(given: string, choices: readonly T[]): Read<T> {
  const found = choices.find((choice) => choice === given);
  return found ? { ok: found } : { why: 'choice_is_unknown' };
}

function readOther(id: string | undefined, about: Reading): Read<string | null> {
  if (!id) return { why: 'other_campaign_is_missing' };
  return about.why_not_other === null ? { ok: id } : { why: about.why_not_other };
}

function readMethod(given: string | undefined, about: Reading): Read<Giving['method']> {
  if (given === 'wallet' && about.account_email === null) return { why: 'wallet_needs_account' };
  const found = methods.find((method) => method === given);
  return found && about.methods.includes(found) ? { ok: found } : { why: given ? 'method_is_unknown' : 'method_is_missing' };
}

function readEmail(text: string | undefined): Read<string> {
  const email = mailbox(text ?? '');
  if (email === '') return { why: 'email_is_missing' };
  return isMailbox(email) && 'ok' in clean(email, { max: 254 }) ? { ok: email } : { why: 'email_is_not_an_address' };
}

export function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
