import { type Currency, formatMoney, money } from '../../kit/index.ts';
import type { Column } from '../../look/index.ts';
import type { Locale, Texts } from '../../platform/i18n.ts';
import type { Visit } from '../../visits/index.ts';

/** The name of a project, leading to its page, in the language it was written in. */
export function ProjectLink({ visit, slug, title, locale }: { visit: Visit; slug: string; title: Texts; locale: Locale }) {
  const { text, lang } = visit.text(title, locale);
  return (
    <a href={visit.to(`/projects/${slug}`)} lang={lang}>
      {text || slug}
    </a>
  );
}

export function amountOf(visit: Visit, cents: bigint, currency: string): string {
  return formatMoney(money(cents, currency as Currency), visit.locale);
}

/** A word of the database (a state, an account, an act) as people say it. */
export function wordOf(visit: Visit, kind: 'event' | 'act' | 'account' | 'method' | 'parked', word: string): string {
  return visit.t.maybe(`desk.${kind}_${word}`) ?? word.replaceAll('_', ' ');
}

/** The last column of a table, with what one can do about a row: its name is heard, not seen. */
export function actionColumn(visit: Visit): Column {
  return { label: <span class="visually-hidden">{visit.t('desk.action')}</span>, name: '' };
}
