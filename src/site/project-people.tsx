import { initials } from '../kit/index.ts';
import { Pagination } from '../look/index.ts';
import type { Giver } from './project-crowd.ts';
import { givers_per_page } from './project-facts.ts';
import { addressOf, moneyOf, type View, wentBack } from './project-words.ts';

/** Who gave, as far as they want to be seen. `alone`: on its own address, page after page. */
export function People({ view, page, alone }: { view: View; page: number; alone: boolean }) {
  const { t } = view.visit;
  const { crowd, givers, campaign } = view.facts;
  if (crowd.named + crowd.anonymous === 0)
    return <p class="muted">{t(wentBack(campaign) ? 'project.people_gone' : 'project.people_none')}</p>;
  const more = !alone && crowd.named > givers.length;
  return (
    <>
      <p class="muted measure">{t('project.people_intro', { named: crowd.named, anonymous: crowd.anonymous })}</p>
      <ul class="people">
        {givers.map((giver) => (
          <Person view={view} giver={giver} />
        ))}
      </ul>
      {more && (
        <p>
          <a href={addressOf(view, 'people')}>{t('project.people_all')}</a>
        </p>
      )}
      {alone && (
        <Pagination
          t={t}
          page={page}
          pages={Math.ceil(crowd.named / givers_per_page)}
          href={(n) => addressOf(view, 'people', n === 1 ? '' : `?page=${n}`)}
          label={t('project.people_pages')}
        />
      )}
    </>
  );
}

function Person({ view, giver }: { view: View; giver: Giver }) {
  return (
    <li>
      <span class="glyph is-round" aria-hidden="true">
        {initials(giver.name)}
      </span>
      <span class="person">
        <b>{giver.name}</b>
        {giver.amount_cents !== null && <span class="num">{moneyOf(view, giver.amount_cents)}</span>}
        {giver.message && <q>{giver.message}</q>}
      </span>
    </li>
  );
}
