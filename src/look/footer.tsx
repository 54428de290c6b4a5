import { raw } from 'hono/html';
import type { Visit } from '../visits/index.ts';
import { remember } from './memo.ts';
import { nodeName } from './place.ts';

const source_licence_url = 'https://www.gnu.org/licenses/agpl-3.0.html';

type FooterFacts = { visit: Visit; development: boolean };

/** The foot of every page: who answers for this place, its rules, the source and its licence. The same for all who come. */
export function Footer(facts: FooterFacts) {
  return raw(drawnFoot(facts));
}

const drawnFoot = remember(
  (facts: FooterFacts) => String(<Foot {...facts} />),
  ({ visit, development }) => [visit.locale, visit.to('/'), JSON.stringify(visit.node.name), development].join('|'),
  200,
);

function Foot({ visit, development }: FooterFacts) {
  const { t } = visit;
  const name = nodeName(visit);
  return (
    <footer class="foot">
      <svg class="foot-water" width="100%" height="14" aria-hidden="true">
        <path d={`M0 7q20-9 40 0${'t40 0'.repeat(70)}`} />
      </svg>
      <div class="wrap foot-row">
        <div class="foot-about">
          <p class="foot-name" lang={name.lang}>
            {name.text}
          </p>
          <p>{t('look.foot_about')}</p>
        </div>
        <nav aria-label={t('look.foot_place')}>
          <h2>{t('look.foot_place')}</h2>
          <ul>
            <li>
              <a href={visit.to('/team')}>{t('look.foot_team')}</a>
            </li>
            <li>
              <a href={visit.to('/terms')}>{t('look.foot_terms')}</a>
            </li>
            <li>
              <a href={visit.to('/accounts')}>{t('look.nav_accounts')}</a>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('look.foot_open')}>
          <h2>{t('look.foot_open')}</h2>
          <ul>
            <li>
              <a href={source_licence_url} rel="license">
                {t('look.foot_licence')}
              </a>
            </li>
            <li>
              <a href={visit.to('/accessibility')}>{t('look.foot_access')}</a>
            </li>
            <li>
              <a href={visit.to('/how')}>{t('look.nav_how')}</a>
            </li>
          </ul>
        </nav>
      </div>
      {development && (
        <p class="wrap foot-dev">
          {t('look.dev_line')} <a href={visit.to('/dev/clock')}>{t('look.dev_clock')}</a>{' '}
          <a href={visit.to('/dev/mail')}>{t('look.dev_mail')}</a> <a href={visit.to('/dev/style')}>{t('look.dev_style')}</a>
        </p>
      )}
    </footer>
  );
}
