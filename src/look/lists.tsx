import type { Child } from 'hono/jsx';
import type { Locale, T } from '../platform/i18n.ts';
import { words } from './parts.tsx';

export type Column = {
  label: Child /** Name of the column where the table is stacked on narrow screens. */;
  name?: string;
  numeric?: boolean;
  class?: string;
};

/**
 * A table with a caption. On narrow screens rows become small sheets (`stack`, the default) or the table scrolls within a frame
 * that the keyboard reaches (`scroll`). The first cell of a row names it.
 */
export function DataTable(props: {
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly Child[])[];
  foot?: readonly Child[];
  empty?: Child;
  narrow?: 'stack' | 'scroll';
  quiet_caption?: boolean;
  class?: string;
}) {
  const { columns, narrow = 'stack' } = props;
  if (props.rows.length === 0 && props.empty) return <div>{props.empty}</div>;
  const cells = (row: readonly Child[]) =>
    row.map((cell, index) => <Cell column={columns[index]} first={index === 0} cell={cell} />);
  const table = (
    <table class={words('table', `is-${narrow}`, props.class)} role="table">
      <caption class={props.quiet_caption ? 'visually-hidden' : undefined}>{props.caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th scope="col" role="columnheader" class={words(column.numeric && 'is-number', column.class) || undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {props.rows.map((row) => (
          <tr role="row">{cells(row)}</tr>
        ))}
      </tbody>
      {props.foot && (
        <tfoot role="rowgroup">
          <tr role="row">{cells(props.foot)}</tr>
        </tfoot>
      )}
    </table>
  );
  if (narrow === 'stack') return table;
  return (
    <section class="table-frame" aria-label={props.caption} tabindex={0}>
      {table}
    </section>
  );
}

function Cell({ column, first, cell }: { column: Column | undefined; first: boolean; cell: Child }) {
  const look = words(column?.numeric && 'is-number', column?.class) || undefined;
  const name = column?.name ?? (typeof column?.label === 'string' ? column.label : undefined);
  if (first) {
    return (
      <th scope="row" role="rowheader" class={look}>
        {cell}
      </th>
    );
  }
  return (
    <td role="cell" class={look} data-name={name}>
      {cell}
    </td>
  );
}

/** Numbered pages. `href(n)` gives the address of page n. */
export function Pagination(props: { t: T; page: number; pages: number; href: (page: number) => string; label?: string }) {
  const { t, page, pages, href } = props;
  if (pages < 2) return null;
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages);
  return (
    <nav class="pages" aria-label={props.label ?? t('look.pages')}>
      <ul>
        {page > 1 && (
          <li>
            <a href={href(page - 1)} rel="prev">
              {t('look.previous')}
            </a>
          </li>
        )}
        {near.flatMap((n, index) => {
          const before = near[index - 1];
          const gap = before !== undefined && n - before > 1 ? [<li aria-hidden="true">…</li>] : [];
          return [
            ...gap,
            <li>
              <a href={href(n)} aria-current={n === page ? 'page' : undefined} aria-label={t('look.page_n', { n })}>
                {n}
              </a>
            </li>,
          ];
        })}
        {page < pages && (
          <li>
            <a href={href(page + 1)} rel="next">
              {t('look.next')}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

export type Crumb = { href?: string; label: Child; lang?: Locale | undefined };

/** Where this page stands; the last one is the page itself and needs no link. */
export function Breadcrumbs(props: { t: T; trail: readonly Crumb[] }) {
  return (
    <nav class="crumbs" aria-label={props.t('look.trail')}>
      <ol>
        {props.trail.map((crumb) => (
          <li lang={crumb.lang}>
            {crumb.href ? <a href={crumb.href}>{crumb.label}</a> : <span aria-current="page">{crumb.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

export type TocEntry = { href: string; label: Child; count?: number | string; current?: boolean };

/** The contents of a long page: stays at the upper edge, scrolls sideways with a visible hint; scripts mark where one reads. */
export function Toc(props: { t: T; entries: readonly TocEntry[]; label?: string }) {
  return (
    <nav class="toc" aria-label={props.label ?? props.t('look.on_this_page')} data-toc>
      <ul>
        {props.entries.map((entry) => (
          <li>
            <a href={entry.href} aria-current={entry.current ? 'true' : undefined}>
              {entry.label}
              {entry.count !== undefined && <span class="toc-count num">{entry.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Pages beside each other, as links. */
export function Tabs(props: { label: string; tabs: readonly TocEntry[] }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count !== undefined && <span class="toc-count num">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export type Step = { title: Child; text?: Child; state?: 'done' | 'now' | 'later' };

/** What happens one after the other. With states it is a calendar: done, now, still to come. */
export function Steps(props: { steps: readonly Step[]; t: T; class?: string }) {
  const dated = props.steps.some((step) => step.state);
  return (
    <ol class={words('steps', dated && 'is-calendar', props.class)}>
      {props.steps.map((step) => (
        <li class={step.state && `is-${step.state}`} aria-current={step.state === 'now' ? 'step' : undefined}>
          <p class="step-title">
            {step.title}
            {step.state === 'done' && <span class="visually-hidden"> ({props.t('look.step_done')})</span>}
          </p>
          {step.text && <div class="step-text">{step.text}</div>}
        </li>
      ))}
    </ol>
  );
}
