import { Prose, Time } from '../look/index.ts';
import { addressOf, dayIn, said, type View } from './project-words.ts';

/** News, newest first. */
export function Updates({ view }: { view: View }) {
  const { t } = view.visit;
  const { updates, updates_count } = view.facts;
  if (updates_count === 0) return <p class="muted">{t('project.updates_none')}</p>;
  const zone = view.facts.campaign?.time_zone ?? view.visit.node.time_zone;
  return (
    <>
      {updates.map((update) => {
        const title = said(view, update.title);
        const body = said(view, update.body);
        return (
          <article class="update">
            <h3 lang={title.lang}>{title.text}</h3>
            <p class="muted small">
              <Time at={update.published_at}>
                {t('project.update_by', { day: dayIn(view.visit, update.published_at, zone), name: update.author_name })}
              </Time>{' '}
              {update.demonstration && <em class="demonstration">{t('project.demonstration')}</em>}
            </p>
            <Prose text={body.text} level={4} lang={body.lang} />
          </article>
        );
      })}
      {updates.length < updates_count && (
        <p>
          <a href={addressOf(view, 'updates')}>{t('project.updates_all', { n: updates_count })}</a>
        </p>
      )}
    </>
  );
}
