import { StateChip } from '../look/index.ts';
import { isOpen as isOpenLicence, type Licence, type Return } from '../returns/index.ts';
import { dateIn, monthOf, said, type View } from './project-words.ts';

/** What everybody gets: type, licence, date and state, for ever. */
export function Returns({ view }: { view: View }) {
  const { t } = view.visit;
  const { returns } = view.facts;
  if (returns.length === 0) return <p class="muted">{t('project.returns_none')}</p>;
  return (
    <>
      <p class="muted measure">{t('project.returns_intro')}</p>
      <ul class="items">
        {returns.map((one) => (
          <ReturnItem view={view} one={one} />
        ))}
      </ul>
      <p>
        <a href={view.visit.to('/commons')}>{t('project.returns_catalogue')}</a>
      </p>
    </>
  );
}

/** A sign for the eye; the type stands beside it in words. */
const glyphs: Record<string, string> = { code: '{ }', design: 'cad', file: 'file', manual: 'doc', data: 'csv', service: '↻' };

function ReturnItem({ view, one }: { view: View; one: Return }) {
  const { t } = view.visit;
  const title = said(view, one.title);
  const about = said(view, one.about);
  return (
    <li class="item">
      <span class="glyph" aria-hidden="true">
        {glyphs[one.type] ?? '…'}
      </span>
      <h3 class="line-title" lang={title.lang}>
        {title.text}
      </h3>
      <StateChip t={t} of="return" state={one.state} />
      <p class="item-more">
        {said(view, one.type_name).text} · <LicenceWords view={view} licence={one.licence} /> · {when(view, one)}
        {one.demonstration && (
          <>
            {' '}
            <em class="demonstration">{t('project.demonstration')}</em>
          </>
        )}
      </p>
      {about.text && (
        <p class="item-more" lang={about.lang}>
          {about.text}
        </p>
      )}
      {one.url?.startsWith('https://') && (
        <p class="item-more">
          <a href={one.url} rel="nofollow noopener" aria-label={t('project.return_see', { title: title.text })}>
            {t('project.return_open_it')}
          </a>
        </p>
      )}
    </li>
  );
}

function LicenceWords({ view, licence }: { view: View; licence: Licence | null }) {
  const { t } = view.visit;
  if (!licence) return <>{t('project.licence_none')}</>;
  const remarks = [
    isOpenLicence(licence) && t('project.licence_open'),
    licence.non_commercial && t('project.licence_nc'),
    licence.no_derivatives && t('project.licence_nd'),
  ].filter(Boolean);
  return (
    <>
      {licence.url ? (
        <a href={licence.url} rel="license noopener" title={licence.name}>
          {licence.short_name}
        </a>
      ) : (
        licence.short_name
      )}
      {remarks.length > 0 && ` (${remarks.join(', ')})`}
    </>
  );
}

function when(view: View, one: Return): string {
  const { t } = view.visit;
  if (one.verified_on)
    return t('project.return_verified', { day: dateIn(view.visit, one.verified_on), name: one.verified_by ?? '' });
  if (one.delivered_on) return t('project.return_delivered', { day: dateIn(view.visit, one.delivered_on) });
  if (one.due_on) return t('project.return_due', { month: monthOf(view.visit.locale, one.due_on) });
  return t('project.return_due_months', { n: one.due_months });
}
