import { Breadcrumbs } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import type { Shown } from '../page-queries.ts';
import { instant, moneyIn, plain } from './words.ts';

/** A sheet to print or keep. Before any money has moved it confirms the promise, and says so. */
export function ReceiptPage({ visit, shown, back }: { visit: Visit; shown: Shown; back: string }) {
  const { t } = visit;
  const paid = shown.collected_at !== null;
  const heading = t(paid ? 'contribution.receipt_title' : 'contribution.confirmation_title');
  const money = (cents: bigint) => moneyIn(visit, cents, shown.currency);
  const ledger =
    shown.movement_id === null
      ? null
      : visit.to(`/projects/${shown.slug}/ledger?before=${shown.movement_id + 1n}#m${shown.movement_id}`);
  return (
    <>
      <Breadcrumbs t={t} trail={[{ href: back, label: t('contribution.title') }, { label: heading }]} />
      <article class="receipt">
        <header class="receipt-head">
          <h1>{heading}</h1>
          <p>
            <b>{shown.host_name}</b>
            {shown.host_legal_form && <span>, {shown.host_legal_form}</span>}
            <br />
            {countryName(visit, shown.host_country)}
          </p>
        </header>
        <p>
          {t(paid ? 'contribution.receipt_says' : 'contribution.confirmation_says', {
            host: shown.host_name,
            total: money(shown.amount_cents + shown.tip_cents),
            name: shown.name,
          })}
        </p>
        <dl class="facts">
          <dt>{t('contribution.receipt_number')}</dt>
          <dd>
            <code>{shown.reference ?? shown.id}</code>
          </dd>
          <dt>{t('contribution.fact_giver')}</dt>
          <dd>{shown.name}</dd>
          <dt>{t('contribution.fact_project')}</dt>
          <dd>{plain(visit, shown.title, shown.title_locale)}</dd>
          <dt>{t('contribution.fact_made')}</dt>
          <dd>{instant(visit, shown.started_at, shown.time_zone)}</dd>
          {shown.collected_at && <dt>{t('contribution.fact_received')}</dt>}
          {shown.collected_at && <dd>{instant(visit, shown.collected_at, shown.time_zone)}</dd>}
          <dt>{t('contribution.fact_method')}</dt>
          <dd>{t.maybe(`contribution.method_${shown.method}`) ?? shown.method}</dd>
          <dt>{t('contribution.fact_amount')}</dt>
          <dd class="num">{money(shown.amount_cents)}</dd>
          {shown.tip_cents > 0n && <dt>{t('contribution.fact_tip')}</dt>}
          {shown.tip_cents > 0n && <dd class="num">{money(shown.tip_cents)}</dd>}
          {shown.tip_cents > 0n && <dt class="is-total">{t('contribution.fact_total')}</dt>}
          {shown.tip_cents > 0n && <dd class="num is-total">{money(shown.amount_cents + shown.tip_cents)}</dd>}
          {ledger && <dt>{t('contribution.receipt_ledger')}</dt>}
          {ledger && (
            <dd>
              <a href={ledger}>{t('contribution.receipt_movement', { n: String(shown.movement_id) })}</a>
            </dd>
          )}
          {['refunded', 'credited', 'redirected', 'withdrawn', 'released', 'charged_back'].includes(shown.state) && (
            <dt>{t('contribution.receipt_since')}</dt>
          )}
          {['refunded', 'credited', 'redirected', 'withdrawn', 'released', 'charged_back'].includes(shown.state) && (
            <dd>
              {t.maybe(`look.contribution_${shown.state}`)} ·{' '}
              {instant(visit, shown.refunded_at ?? shown.ended_at, shown.time_zone)}
            </dd>
          )}
        </dl>
        {paid && <p class="small muted">{t('contribution.receipt_no_certificate')}</p>}
        {shown.demonstration && <p class="small muted">{t('contribution.receipt_demonstration')}</p>}
        <p class="small muted no-print">{t('contribution.receipt_print')}</p>
      </article>
    </>
  );
}

function countryName(visit: Visit, code: string): string {
  return new Intl.DisplayNames(visit.locale, { type: 'region' }).of(code) ?? code;
}
