import { shareElapsed } from '../kit/index.ts';
import { Gauge, type GaugeFacts, GaugeKey } from '../look/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { type Campaign, roundStart } from '../projects/index.ts';
import { Actions } from './project-actions.tsx';
import { addressOf, moneyOf, moneyWords, type View, wentBack } from './project-words.ts';

/** Where the money stands, what happens with it, and the two ways to take part. Right after the claim on narrow screens. */
export function ProjectSide({ view }: { view: View }) {
  const { t } = view.visit;
  const { campaign } = view.facts;
  const words = moneyWords(view);
  return (
    <aside class="project-side" aria-label={t('project.state_of_money')}>
      <section class="panel">
        {campaign && <Standing view={view} campaign={campaign} />}
        <div class="project-money">
          <p class="project-when">{words.title}</p>
          {words.reason && <p>{words.reason}</p>}
          <p>{words.text}</p>
          {wentBack(campaign) && <StillHeld view={view} />}
        </div>
        <Actions view={view} />
      </section>
      {campaign && <Definitions view={view} campaign={campaign} />}
      <p class="small">
        <a href={addressOf(view, 'poster')}>{t('project.print_poster')}</a>
      </p>
    </aside>
  );
}

function Standing({ view, campaign }: { view: View; campaign: Campaign }) {
  const { t } = view.visit;
  const { raised } = view.facts;
  const gauge = gaugeOf(view, campaign);
  const from: MessageKey = wentBack(campaign) ? 'project.promised_from' : 'project.raised_from';
  return (
    <>
      <p class="raised">
        <span class="big-num">{moneyOf(view, raised.raised_cents)}</span>{' '}
        <span>{raised.contributions > 0 ? t(from, { n: raised.contributions }) : t('project.nothing_yet')}</span>
      </p>
      <Gauge
        visit={view.visit}
        facts={gauge}
        currency={campaign.currency}
        size="large"
        {...(wentBack(campaign) ? { class: 'went-back' } : {})}
      />
      {campaign.state === 'collecting' && <GaugeKey visit={view.visit} facts={gauge} currency={campaign.currency} />}
    </>
  );
}

/** What the gauge shows: collected, promised and declined apart while the money is collected; the hatch where hands are asked for. */
export function gaugeOf({ visit, facts }: View, campaign: Campaign): GaugeFacts {
  const { raised } = facts;
  const start = roundStart(campaign);
  return {
    minimum_cents: campaign.minimum_cents,
    optimum_cents: campaign.optimum_cents,
    collected_cents: wentBack(campaign) ? raised.raised_cents : raised.collected_cents,
    secured_cents: raised.secured_cents,
    declined_cents: raised.declined_cents,
    collecting: campaign.state === 'collecting',
    hands: facts.asks.length > 0 ? 0 : null,
    time: start && campaign.ends_at ? shareElapsed(start, campaign.ends_at, visit.now) : null,
  };
}

function StillHeld({ view }: { view: View }) {
  const { t } = view.visit;
  const held_cents = view.facts.ledger.held_cents;
  return (
    <p>{held_cents > 0n ? t('project.money_still_held', { held: moneyOf(view, held_cents) }) : t('project.money_all_back')}</p>
  );
}

/** Each figure with what it means: said on the page, not in a tooltip. */
function Definitions({ view, campaign }: { view: View; campaign: Campaign }) {
  const { t } = view.visit;
  const { raised, project } = view.facts;
  const parts = [
    ['project.def_promised', raised.secured_cents],
    ['project.def_collected', raised.collected_cents],
    ['project.def_declined', raised.declined_cents],
  ] as const;
  return (
    <details class="definitions">
      <summary>{t('project.definitions')}</summary>
      <dl>
        <dt>
          {t('project.def_raised')} <b class="num">{moneyOf(view, raised.raised_cents)}</b>
        </dt>
        <dd>{t('project.def_raised_text')}</dd>
        {parts.map(([key, cents]) => cents > 0n && <dd>{`${t(key)} ${moneyOf(view, cents)}`}</dd>)}
        <dt>
          {t('project.def_contributions')} <b class="num">{view.visit.number(raised.contributions)}</b>
        </dt>
        <dd>{t('project.def_contributions_text')}</dd>
        <dt>
          {t('project.def_minimum')} <b class="num">{moneyOf(view, campaign.minimum_cents)}</b>
        </dt>
        <dd>{t('project.def_minimum_text', { percent: (10_000 - campaign.tolerance_bp) / 100 })}</dd>
        <dt>
          {t('project.def_optimum')} <b class="num">{moneyOf(view, campaign.optimum_cents)}</b>
        </dt>
        <dd>{t('project.def_optimum_text')}</dd>
      </dl>
      <p>{t('project.held_by', { host: view.visit.node.host.name })}</p>
      {project.demonstration && <p>{t('project.demonstration_long')}</p>}
    </details>
  );
}
