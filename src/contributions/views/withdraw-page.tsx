import { Breadcrumbs, Button, ButtonLink, Form, Notice } from '../../look/index.ts';
import { sayWhy, type Visit } from '../../visits/index.ts';
import type { Shown } from '../page-queries.ts';
import { partOf } from './contribution-page.tsx';
import { whyNotWithdraw } from './manage.tsx';
import { moneyIn, plain } from './words.ts';

function whatOfThePayment(shown: Shown) {
  if (shown.secured_at) return 'contribution.withdraw_nothing_charged';
  return shown.method === 'transfer' ? 'contribution.withdraw_transfer' : 'contribution.withdraw_unpaid';
}

/** The second look before a contribution is withdrawn. */
export function WithdrawPage({ visit, shown, key, back }: { visit: Visit; shown: Shown; key: string | null; back: string }) {
  const { t } = visit;
  const why = whyNotWithdraw({ visit, shown });
  const said = {
    amount: moneyIn(visit, shown.amount_cents, shown.currency),
    title: plain(visit, shown.title, shown.title_locale),
  };
  return (
    <>
      <Breadcrumbs t={t} trail={[{ href: back, label: t('contribution.title') }, { label: t('contribution.withdraw_title') }]} />
      <h1>{t('contribution.withdraw_title')}</h1>
      {why ? (
        <Notice kind="attention">{sayWhy(visit, { code: why })}</Notice>
      ) : (
        <>
          <p class="lede">{t('contribution.withdraw_sure', said)}</p>
          <ul>
            <li>{t(whatOfThePayment(shown))}</li>
            {shown.reward_id && <li>{t('contribution.withdraw_reward')}</li>}
            <li>{t('contribution.withdraw_later')}</li>
          </ul>
        </>
      )}
      <div class="row">
        {!why && (
          <Form visit={visit} action={partOf({ visit, shown, key }, '/withdraw')}>
            <Button kind="danger">{t('contribution.withdraw_do')}</Button>
          </Form>
        )}
        <ButtonLink kind="quiet" href={back}>
          {t('contribution.withdraw_keep')}
        </ButtonLink>
      </div>
    </>
  );
}
