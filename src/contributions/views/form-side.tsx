import { shareElapsed } from '../../kit/index.ts';
import { Gauge, type GaugeFacts, Live, Notice, Panel } from '../../look/index.ts';
import { roundStart } from '../../projects/index.ts';
import type { FormFacts } from '../queries.ts';
import type { Draft } from './form-page.tsx';
import { deadline, hostOf, moneyIn, plain } from './words.ts';

/** Beside the form: what happens with this money and when, in full sentences, and where the campaign stands with it. */
export function FormSide({ draft, shown_cents, total_cents }: { draft: Draft; shown_cents: bigint; total_cents: bigint }) {
  const { visit, facts } = draft;
  const { t } = visit;
  const { campaign, raised } = facts;
  const money = (cents: bigint) => moneyIn(visit, cents, campaign.currency);
  return (
    <aside class="split-side is-sticky giving-side" aria-label={t('contribute.next_title')}>
      <Panel title={t('contribute.next_title')} level={2}>
        <div class="stack is-tight">
          {sentences(draft).map((sentence) => (
            <p class="small">{sentence as string}</p>
          ))}
        </div>
        <Gauge visit={visit} facts={gaugeOf(draft)} currency={campaign.currency} size="large" />
        <p class="raised-now">
          {t('contribute.raised_now')} <b class="num">{money(raised.raised_cents)}</b>
        </p>
        <div class="with-script">
          <p class="sum-line">
            <span>{t('contribute.with_you')}</span> <Live of="with_you">{money(raised.raised_cents + shown_cents)}</Live>
          </p>
          <p class="sum-line is-total">
            <span>{t('contribute.total')}</span>{' '}
            <Live of="total" announce>
              {shown_cents > 0n ? money(total_cents) : '…'}
            </Live>
          </p>
        </div>
      </Panel>
      {campaign.demonstration && <Notice>{t('contribute.demonstration')}</Notice>}
      <p class="small muted">{t('contribute.held_by', { host: hostOf(visit) })}</p>
    </aside>
  );
}

/** The same sentences, where the side has moved below the button: nobody pays before having read them. */
export function BeforePaying({ draft }: { draft: Draft }) {
  return (
    <div class="before-paying">
      {sentences(draft).map((sentence) => (
        <p class="small">{sentence as string}</p>
      ))}
    </div>
  );
}

function sentences({ visit, facts }: Draft): unknown[] {
  const { t } = visit;
  const { campaign, raised } = facts;
  const facts_said = {
    title: plain(visit, campaign.title, campaign.locale),
    minimum: moneyIn(visit, campaign.minimum_cents, campaign.currency),
    end: deadline(visit, campaign.ends_at, campaign.time_zone),
    grace: deadline(visit, campaign.grace_ends_at, campaign.time_zone),
    b: (text: unknown) => <b>{text as string}</b>,
  };
  const ledger = t.rich('contribute.next_ledger', {
    a: (text: unknown) => <a href={visit.to(`/projects/${campaign.slug}/ledger`)}>{text as string}</a>,
  });
  switch (campaign.state) {
    case 'collecting':
      return [t.rich('contribute.next_collecting', facts_said), ledger];
    case 'round_two':
      return [t.rich('contribute.next_round_two', facts_said), ledger];
    case 'open':
      return [t.rich('contribute.next_open', facts_said), ledger];
    default: {
      const reached = raised.raised_cents >= campaign.minimum_cents;
      const charged = t.rich(reached ? 'contribute.next_reached' : 'contribute.next_round_one', facts_said);
      return [t.rich('contribute.next_card', facts_said), charged, ledger];
    }
  }
}

export function gaugeOf({ visit, facts }: { visit: Draft['visit']; facts: FormFacts }): GaugeFacts {
  const { campaign, raised } = facts;
  const start = roundStart(campaign);
  return {
    minimum_cents: campaign.minimum_cents,
    optimum_cents: campaign.optimum_cents,
    collected_cents: raised.collected_cents,
    secured_cents: raised.secured_cents,
    declined_cents: raised.declined_cents,
    collecting: campaign.state === 'collecting',
    time: start && campaign.ends_at ? shareElapsed(start, campaign.ends_at, visit.now) : null,
  };
}
