import type { Child } from 'hono/jsx';
import type { T } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import { words } from './parts.tsx';

/** The id of a field's control: what the error summary links to. */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^\w-]/g, '-')}`;
}

/**
 * A form. POST by default, with the hidden csrf field; a bare action (`/contribute`) gets its language and node.
 * `novalidate`: the server's sentences are better than the browser's.
 */
export function Form(props: {
  visit: Visit;
  action: string;
  method?: 'get' | 'post';
  class?: string;
  id?: string;
  enctype?: 'multipart/form-data';
  label?: string;
  children?: Child;
}) {
  const { visit, method = 'post' } = props;
  const action =
    /^\/(en|fr|es)(\/|$|\?)/.test(props.action) || !props.action.startsWith('/') ? props.action : visit.to(props.action);
  return (
    <form
      action={action}
      method={method}
      class={words('form', props.class)}
      id={props.id}
      enctype={props.enctype}
      aria-label={props.label}
      novalidate
    >
      {method === 'post' && <input type="hidden" name="csrf" value={visit.csrf} />}
      {props.children}
    </form>
  );
}

type FieldFacts = {
  t: T;
  name: string;
  label: Child;
  hint?: Child;
  error?: string | null | undefined;
  /** Fields are obligatory unless said otherwise; the optional ones say so. */
  optional?: boolean;
  class?: string;
};
type TextFacts = {
  value?: string | null | undefined;
  type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel' | 'date' | 'number';
  autocomplete?: string;
  inputmode?: 'text' | 'decimal' | 'numeric' | 'email' | 'url' | 'search' | 'tel';
  maxlength?: number;
  min?: number | string;
  max?: number | string;
  placeholder?: string;
  lang?: string;
  autofocus?: boolean;
  readonly?: boolean;
  spellcheck?: boolean;
  /** Shown before the value, inside the frame ("€"). */
  before?: string;
  /** Shown after the value, inside the frame. */
  after?: string;
  /** Width in characters, for short values. */
  size?: number;
};

/** One line of text with its label, hint and error. */
export function Field(props: FieldFacts & TextFacts) {
  const { type = 'text', value, before, after } = props;
  const control = (
    <input
      class="input"
      id={fieldId(props.name)}
      name={props.name}
      type={type}
      value={value ?? undefined}
      {...described(props)}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      placeholder={props.placeholder}
      lang={props.lang}
      autofocus={props.autofocus}
      readonly={props.readonly}
      spellcheck={props.spellcheck}
      size={props.size}
      required={!props.optional}
    />
  );
  return (
    <FieldFrame {...props} class={words(props.class, props.size !== undefined && 'is-short')}>
      {before || after ? (
        <span class="input-frame">
          {before && <span aria-hidden="true">{before}</span>}
          {control}
          {after && <span aria-hidden="true">{after}</span>}
        </span>
      ) : (
        control
      )}
    </FieldFrame>
  );
}

/** Several lines of text. */
export function TextArea(props: FieldFacts & { value?: string | null; rows?: number; maxlength?: number; lang?: string }) {
  return (
    <FieldFrame {...props}>
      <textarea
        class="input"
        id={fieldId(props.name)}
        name={props.name}
        rows={props.rows ?? 5}
        maxlength={props.maxlength}
        lang={props.lang}
        required={!props.optional}
        {...described(props)}
      >
        {props.value ?? ''}
      </textarea>
    </FieldFrame>
  );
}

export type Option = { value: string; label: string; disabled?: boolean };

/** One of many, when there are too many for radio buttons. */
export function Select(props: FieldFacts & { options: readonly Option[]; value?: string | null; autocomplete?: string }) {
  return (
    <FieldFrame {...props}>
      <select class="input" id={fieldId(props.name)} name={props.name} autocomplete={props.autocomplete} {...described(props)}>
        {props.options.map((option) => (
          <option value={option.value} selected={option.value === (props.value ?? '')} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** The list of what must be mended, each with a link to its field; it takes the focus when the page comes back. */
export function ErrorSummary(props: {
  t: T;
  errors: Readonly<Record<string, string | null | undefined>>;
  title?: string;
  children?: Child;
}) {
  const listed = Object.entries(props.errors).filter(([, sentence]) => sentence);
  if (listed.length === 0 && !props.children) return null;
  return (
    <div class="notice is-problem error-summary" role="alert" tabindex={-1} id="errors" autofocus>
      <p class="notice-title">{props.title ?? props.t('look.errors_title', { n: listed.length })}</p>
      {props.children}
      {listed.length > 0 && (
        <ul>
          {listed.map(([name, sentence]) => (
            <li>
              <a href={`#${fieldId(name)}`}>{sentence}</a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The sentence under a field that could not be accepted. */
export function FieldError(props: { name: string; error?: string | null | undefined }) {
  if (!props.error) return null;
  return (
    <p class="field-error" id={`${fieldId(props.name)}-error`}>
      {props.error}
    </p>
  );
}

/** The aria attributes that tie a control to its hint and its error. */
export function described(field: { name: string; hint?: Child; error?: string | null | undefined }) {
  const id = fieldId(field.name);
  const ids = words(Boolean(field.hint) && `${id}-hint`, Boolean(field.error) && `${id}-error`);
  return { 'aria-describedby': ids || undefined, 'aria-invalid': field.error ? ('true' as const) : undefined };
}

function FieldFrame(props: FieldFacts & { children?: Child }) {
  const id = fieldId(props.name);
  return (
    <div class={words('field', props.error && 'has-error', props.class)}>
      <label for={id}>
        {props.label}
        {props.optional && <span class="optional"> {props.t('look.optional')}</span>}
      </label>
      {props.hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      {props.children}
      <FieldError name={props.name} error={props.error} />
    </div>
  );
}
