import type { Child } from 'hono/jsx';
import type { Locale } from '../platform/i18n.ts';

export type ButtonKind = 'give' | 'hand' | 'plain' | 'quiet' | 'danger';
type ButtonLook = {
  kind?: ButtonKind | undefined;
  small?: boolean | undefined;
  wide?: boolean | undefined;
  class?: string | undefined;
};

/** A button of a form. `give` is the one action colour: at most one on a page. */
export function Button(
  props: ButtonLook & {
    type?: 'submit' | 'button' | 'reset';
    name?: string;
    value?: string;
    form?: string;
    disabled?: boolean;
    id?: string;
    children?: Child;
  },
) {
  const { type = 'submit', name, value, form, disabled, id } = props;
  return (
    <button class={buttonClass(props)} type={type} name={name} value={value} form={form} disabled={disabled} id={id}>
      {props.children}
    </button>
  );
}

/** A link that looks like a button. */
export function ButtonLink(
  props: ButtonLook & { href: string; rel?: string; download?: boolean; id?: string; children?: Child },
) {
  return (
    <a class={buttonClass(props)} href={props.href} rel={props.rel} download={props.download} id={props.id}>
      {props.children}
    </a>
  );
}

function buttonClass(look: ButtonLook): string {
  return words('button', look.kind ?? 'plain', look.small && 'is-small', look.wide && 'is-wide', look.class);
}

export type ChipKind = 'plain' | 'hand' | 'reed' | 'sun' | 'clay' | 'water' | 'alarm';

/** A small fact. With `href` it is a link (a filter); `current` marks the filter that is on. */
export function Chip(props: {
  kind?: ChipKind | undefined;
  href?: string;
  current?: boolean;
  lang?: Locale | undefined;
  children?: Child;
}) {
  const look = words('chip', props.kind, props.current && 'is-current');
  const mark = props.kind && props.kind !== 'plain' ? <i aria-hidden="true" /> : null;
  if (props.href === undefined) {
    return (
      <span class={look} lang={props.lang}>
        {mark}
        {props.children}
      </span>
    );
  }
  return (
    <a class={look} href={props.href} aria-current={props.current ? 'true' : undefined} lang={props.lang}>
      {mark}
      {props.children}
    </a>
  );
}

export type NoticeKind = 'info' | 'done' | 'attention' | 'problem';

/** A sentence that matters. `live` reads it aloud when it appears (after a form was sent). */
export function Notice(props: { kind?: NoticeKind; title?: string; live?: boolean; children?: Child }) {
  const { kind = 'info' } = props;
  const role = props.live ? (kind === 'problem' ? 'alert' : 'status') : undefined;
  return (
    <div class={`notice is-${kind}`} role={role}>
      {props.title && <p class="notice-title">{props.title}</p>}
      {props.children && <div class="notice-body">{props.children}</div>}
    </div>
  );
}

/** A sheet of paper on the page. `title` is a heading of level `level` (3 when not said). */
export function Panel(props: { title?: string; level?: 2 | 3 | 4; id?: string; class?: string; children?: Child }) {
  const Heading = `h${props.level ?? 3}` as 'h2' | 'h3' | 'h4';
  return (
    <section class={words('panel', props.class)} id={props.id}>
      {props.title && <Heading class="panel-title">{props.title}</Heading>}
      {props.children}
    </section>
  );
}

/** What to show where there is nothing yet: a sentence, and the way on. */
export function Empty(props: { title: string; children?: Child; action?: Child }) {
  return (
    <div class="empty">
      <svg viewBox="0 0 120 40" width="120" height="40" aria-hidden="true" class="empty-mark">
        <path d="M4 8v24h112V8" />
        <path class="is-water" d="M4 28q7-4 14 0t14 0t14 0t14 0t14 0t14 0t14 0t14 0v4H4z" />
      </svg>
      <p class="empty-title">{props.title}</p>
      {props.children && <div class="muted">{props.children}</div>}
      {props.action && <p>{props.action}</p>}
    </div>
  );
}

/** An amount, already written for the reader (`visit.money(cents)`): tabular figures, never broken over two lines. */
export function Money(props: { class?: string; children?: Child }) {
  return <span class={words('num', props.class)}>{props.children}</span>;
}

/** A date or an instant with what the reader sees; `at` is a Temporal value or its ISO text. */
export function Time(props: { at: { toString(): string } | string; class?: string; children?: Child }) {
  return (
    <time datetime={String(props.at).replace(/\[.*\]$/, '')} class={props.class}>
      {props.children}
    </time>
  );
}

/** A title whose hyphenated names ("Peer-to-Peer") stay whole at the end of a line. */
export function Title(props: { text: string }) {
  const longest_kept = 22;
  const pieces = props.text.split(/([^\s-]+(?:-[^\s-]+)+)/);
  return (
    <>
      {pieces.map((piece, index) =>
        index % 2 === 1 && piece.length <= longest_kept ? <span class="whole">{piece}</span> : piece,
      )}
    </>
  );
}

/** Joins class names, leaving out what is not there. */
export function words(...names: (string | number | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
