import type { Child } from 'hono/jsx';
import { type Currency, currency_signs } from '../kit/index.ts';
import type { Visit } from '../visits/index.ts';
import { described, FieldError, fieldId } from './form.tsx';
import { words } from './parts.tsx';

type GroupFacts = {
  name: string;
  legend: Child;
  hint?: Child;
  error?: string | null | undefined;
  class?: string;
  /** Native radio groups need none; a page with one question only may hide the legend from the eye. */
  quiet_legend?: boolean;
};

/** Several choices under one question: a native fieldset. The first choice is what the error summary links to. */
export function Choices(props: GroupFacts & { children?: Child }) {
  const id = fieldId(props.name);
  const { 'aria-describedby': ids } = described(props);
  return (
    <fieldset class={words('choices', props.error && 'has-error', props.class)} id={id} tabindex={-1} aria-describedby={ids}>
      <legend class={props.quiet_legend ? 'visually-hidden' : undefined}>{props.legend}</legend>
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.children}
      <FieldError name={props.name} error={props.error} />
    </fieldset>
  );
}

/** One choice: a native radio button (or a checkbox) with its label, a remark, and something at the right edge (a price). */
export function Choice(props: {
  name: string;
  value: string;
  label: Child;
  checked?: boolean;
  disabled?: boolean;
  type?: 'radio' | 'checkbox';
  more?: Child;
  aside?: Child;
  lang?: string | undefined;
  /** For a checkbox that stands alone and can be wrong: its own error. */
  error?: string | null | undefined;
  id?: string;
  /** Shown only while this choice is taken (needs no script). */
  children?: Child;
}) {
  const { type = 'radio' } = props;
  const id = props.id ?? `${fieldId(props.name)}-${props.value.replace(/[^\w-]/g, '-') || 'none'}`;
  const ids = words(Boolean(props.more) && `${id}-more`, Boolean(props.error) && `${fieldId(props.name)}-error`);
  return (
    <div class={words('choice', props.disabled && 'is-disabled', props.error && 'has-error')} lang={props.lang}>
      <input
        type={type}
        id={id}
        name={props.name}
        value={props.value}
        checked={props.checked}
        disabled={props.disabled}
        aria-describedby={ids || undefined}
        aria-invalid={props.error ? 'true' : undefined}
      />
      <label for={id}>{props.label}</label>
      {props.aside && <span class="choice-aside num">{props.aside}</span>}
      {props.more && (
        <div class="choice-more" id={`${id}-more`}>
          {props.more}
        </div>
      )}
      {props.children && <div class="choice-inside">{props.children}</div>}
      <FieldError name={props.name} error={props.error} />
    </div>
  );
}

/**
 * How much: a native radio group of amounts, with a free one. Posts `name` = cents of the chosen button or `other`,
 * and `<name>_free` = what was typed. When something is typed, scripts choose `other`; without scripts the reader does.
 */
export function Amounts(
  props: GroupFacts & {
    visit: Visit;
    amounts_cents: readonly bigint[];
    /** The chosen button: cents as text, or `other`. */
    value?: string | null;
    free_value?: string | null;
    /** The node's when not said. */
    currency?: Currency;
    /** Offer to give nothing (a tip): shown first. */
    with_zero?: boolean;
  },
) {
  const { visit, name, value = null } = props;
  const { t } = visit;
  const id = fieldId(name);
  const { 'aria-describedby': ids, 'aria-invalid': invalid } = described(props);
  const offered = props.with_zero ? [0n, ...props.amounts_cents.filter((cents) => cents !== 0n)] : props.amounts_cents;
  return (
    <Choices {...props} class={words('amounts', props.class)}>
      <div class="amounts-row">
        {offered.map((cents) => (
          <label class="amount">
            <input type="radio" name={name} value={String(cents)} checked={value === String(cents)} />
            <span class="num">{cents === 0n ? t('look.amount_nothing') : visit.money(cents, props.currency)}</span>
          </label>
        ))}
        <div class="amount is-free">
          <input
            type="radio"
            name={name}
            value="other"
            id={`${id}-other`}
            checked={value === 'other'}
            aria-label={t('look.amount_other')}
          />
          <label class="free" for={`${id}-free`}>
            <span aria-hidden="true">{currency_signs[props.currency ?? visit.node.currency]}</span>
            <span class="visually-hidden">{t('look.amount_other')}</span>
            <input
              class="num"
              id={`${id}-free`}
              name={`${name}_free`}
              value={props.free_value ?? undefined}
              placeholder={t('look.amount_other_short')}
              inputmode="decimal"
              autocomplete="off"
              maxlength={14}
              data-frees={name}
              aria-describedby={ids}
              aria-invalid={invalid}
            />
          </label>
        </div>
      </div>
    </Choices>
  );
}
