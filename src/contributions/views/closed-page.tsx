import { Breadcrumbs, ButtonLink, Time } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import { sayWhy } from '../../visits/index.ts';
import type { FormFacts } from '../queries.ts';
import { deadline, plain } from './words.ts';

/** No contribution is possible here: why, what became of what was typed, and where to go on. */
export function ClosedPage({ visit, facts, why, typed }: { visit: Visit; facts: FormFacts; why: string; typed: boolean }) {
  const { t } = visit;
  const { campaign, others } = facts;
  const title = visit.text(campaign.title, campaign.locale);
  const here = visit.to(`/projects/${campaign.slug}`);
  return (
    <>
      <div class="stack is-tight">
        <Breadcrumbs t={t} trail={[{ href: here, label: title.text, lang: title.lang }, { label: t('contribute.title') }]} />
        <h1>{t.maybe(`contribute.closed_${why}`) ?? t('contribute.closed_title')}</h1>
      </div>
      <p class="lede">{sayWhy(visit, { code: why, params: { end: deadline(visit, campaign.ends_at, campaign.time_zone) } })}</p>
      {typed && <p>{t('contribute.closed_nothing_charged')}</p>}
      <p class="row">
        <ButtonLink href={here}>{t('contribute.closed_project')}</ButtonLink>
        {why !== 'own_campaign' && (
          <ButtonLink kind="quiet" href={visit.to('/explore')}>
            {t('contribute.closed_explore')}
          </ButtonLink>
        )}
      </p>
      {why !== 'own_campaign' && others.length > 0 && (
        <section class="stack">
          <h2>{t('contribute.closed_others')}</h2>
          <ul class="stack is-tight">
            {others.slice(0, 5).map((other) => (
              <li>
                <a href={visit.to(`/projects/${other.slug}`)}>{plain(visit, other.title, other.locale)}</a>
                {other.ends_at && (
                  <span class="muted">
                    {' '}
                    ·{' '}
                    <Time at={other.ends_at}>
                      {t('contribute.closed_until', { day: visit.day(other.ends_at.subtract({ seconds: 1 })) })}
                    </Time>
                  </span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
