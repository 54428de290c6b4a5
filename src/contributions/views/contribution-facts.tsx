import { Panel, StateChip, Time } from '../../look/index.ts';
import { type Page, partOf } from './contribution-page.tsx';
import { instant, moneyIn, monthOf, plain } from './words.ts';

/** What was given, to what, by which way: the short form of the receipt. */
export function Facts({ seen }: { seen: Page }) {
  const { visit, shown } = seen;
  const { t } = visit;
  const money = (cents: bigint) => <b class="num">{moneyIn(visit, cents, shown.currency)}</b>;
  const ledger =
    shown.movement_id === null
      ? null
      : visit.to(`/projects/${shown.slug}/ledger?before=${shown.movement_id + 1n}#m${shown.movement_id}`);
  const reward = shown.reward_title ? visit.text(shown.reward_title, shown.title_locale) : null;
  return (
    <Panel title={t('contribution.facts_title')} level={2} class="contribution-facts">
      <p>
        <StateChip t={t} of="contribution" state={shown.state} />
      </p>
      <dl class="facts">
        <dt>{t('contribution.fact_amount')}</dt>
        <dd>{money(shown.amount_cents)}</dd>
        {shown.tip_cents > 0n && <dt>{t('contribution.fact_tip')}</dt>}
        {shown.tip_cents > 0n && <dd>{money(shown.tip_cents)}</dd>}
        {shown.tip_cents > 0n && <dt class="is-total">{t('contribution.fact_total')}</dt>}
        {shown.tip_cents > 0n && <dd class="is-total">{money(shown.amount_cents + shown.tip_cents)}</dd>}
        <dt>{t('contribution.fact_method')}</dt>
        <dd>{t.maybe(`contribution.method_${shown.method}`) ?? shown.method}</dd>
        <dt>{t('contribution.fact_made')}</dt>
        <dd>
          <Time at={shown.started_at}>{instant(visit, shown.started_at, shown.time_zone)}</Time>
        </dd>
        {reward && <dt>{t('contribution.fact_reward')}</dt>}
        {reward && (
          <dd>
            <span lang={reward.lang}>{reward.text}</span>
            {shown.delivery_on && (
              <span class="muted"> · {t('contribution.expected', { month: monthOf(visit.locale, shown.delivery_on) })}</span>
            )}
          </dd>
        )}
        {shown.lines.length > 0 && <dt>{t('contribution.fact_lines')}</dt>}
        {shown.lines.length > 0 && <dd>{shown.lines.map((line) => plain(visit, line, shown.title_locale)).join(', ')}</dd>}
        <dt>{t('contribution.fact_seen')}</dt>
        <dd>{t(`contribution.seen_${shown.visibility}`)}</dd>
        {shown.reference && <dt>{t('contribution.fact_reference')}</dt>}
        {shown.reference && (
          <dd>
            <code>{shown.reference}</code>
          </dd>
        )}
      </dl>
      <ul class="small stack is-tight">
        <li>
          <a href={partOf(seen, '/receipt')}>
            {t(shown.collected_at ? 'contribution.to_receipt' : 'contribution.to_confirmation')}
          </a>
        </li>
        {ledger && (
          <li>
            <a href={ledger}>{t('contribution.to_ledger', { n: String(shown.movement_id) })}</a>
          </li>
        )}
      </ul>
      {!ledger && ['started', 'secured', 'declined'].includes(shown.state) && (
        <p class="small muted">{t('contribution.not_in_ledger')}</p>
      )}
    </Panel>
  );
}
