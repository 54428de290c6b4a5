import type { Child } from 'hono/jsx';
import { ButtonLink, DataTable, Gauge, GaugeKey, Steps, Toc } from '../look/index.ts';
import type { MessageKey } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';

const parts = ['rounds', 'money', 'fails', 'withdraw', 'fees', 'commons', 'hands', 'privacy', 'questions', 'words'] as const;
const questions = [
  'account',
  'charged',
  'more',
  'declined',
  'reward',
  'promoter',
  'delivered',
  'tax',
  'stopped',
  'loan',
] as const;
const glossary = [
  'acequia',
  'node',
  'host',
  'promoter',
  'companion',
  'round',
  'minimum',
  'optimum',
  'line',
  'return',
  'reward',
  'ask',
  'ledger',
  'wallet',
] as const;

/** Everything a person may want to know before giving money or time, in plain words, with the numbers of this node. */
export function HowPage({ visit }: { visit: Visit }) {
  const { t } = visit;
  const say = sayer(visit);
  return (
    <>
      <header class="stack is-tight">
        <h1>{t('how.title')}</h1>
        <p class="lede">{t('how.lede')}</p>
      </header>
      <Toc t={t} entries={parts.map((part) => ({ href: `#${part}`, label: t(`how.part_${part}`) }))} />
      <Part visit={visit} part="rounds">
        <Rounds visit={visit} />
      </Part>
      <Part visit={visit} part="money">
        <p>{say('how.money_text')}</p>
        <Methods visit={visit} />
        <p>{say('how.money_exact')}</p>
      </Part>
      <Part visit={visit} part="fails">
        <p>{say('how.fails_text')}</p>
        <ul>
          {(['back', 'wallet', 'another', 'fund'] as const).map((choice) => (
            <li>
              <b>{t(`how.fails_${choice}`)}</b> {t(`how.fails_${choice}_text`)}
            </li>
          ))}
        </ul>
      </Part>
      {(['withdraw', 'fees', 'commons', 'hands', 'privacy'] as const).map((part) => (
        <Part visit={visit} part={part}>
          <p>{say(`how.${part}_text`)}</p>
          <p>{say(`how.${part}_more`)}</p>
        </Part>
      ))}
      <Part visit={visit} part="questions">
        <div class="how-questions">
          {questions.map((question) => (
            <details>
              <summary>{t(`how.q_${question}`)}</summary>
              <p>{say(`how.a_${question}`)}</p>
            </details>
          ))}
        </div>
      </Part>
      <Part visit={visit} part="words">
        <dl class="definitions">
          {glossary.map((word) => (
            <div>
              <dt>{t(`how.word_${word}`)}</dt>
              <dd>{say(`how.word_${word}_text`)}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <p class="row">
        <ButtonLink kind="give" href={visit.to('/explore?state=open')}>
          {t('how.go')}
        </ButtonLink>
        <ButtonLink href={visit.to('/terms')}>{t('how.terms')}</ButtonLink>
      </p>
    </>
  );
}

function Part(props: { visit: Visit; part: (typeof parts)[number]; children?: Child }) {
  return (
    <section class="stack how-part" id={props.part} aria-labelledby={`${props.part}-title`}>
      <h2 id={`${props.part}-title`}>{props.visit.t(`how.part_${props.part}`)}</h2>
      {props.children}
    </section>
  );
}

/** Says a message with the numbers of this node: every sentence may use any of them. */
function sayer(visit: Visit): (key: MessageKey) => string {
  const { settings, host } = visit.node;
  const numbers = {
    days: settings.round_days,
    grace: settings.grace_days,
    retries: new Intl.ListFormat(visit.locale, { type: 'conjunction' }).format(settings.retry_days.map(String)),
    tolerance: settings.tolerance_bp / 100,
    kept: 100 - settings.tolerance_bp / 100,
    fee: settings.fee_bp / 100,
    hours: settings.withdrawal_closed_hours,
    least: visit.money(settings.minimum_contribution_cents),
    most: visit.money(settings.maximum_contribution_cents),
    transfer_days: settings.transfer_days,
    card_minutes: settings.card_minutes,
    host: host.name,
  };
  return (key) => visit.t(key, numbers);
}

/** The two gates on an example, then what follows what. */
function Rounds({ visit }: { visit: Visit }) {
  const { t } = visit;
  const say = sayer(visit);
  const facts = {
    minimum_cents: 520_000n,
    optimum_cents: 920_000n,
    collected_cents: 0n,
    secured_cents: 611_000n,
    time: 0.6,
    hands: 0.35,
  };
  const steps = (['opens', 'closes', 'collecting', 'second', 'funded', 'returns'] as const).map((step) => ({
    title: say(`how.step_${step}`),
    text: <p>{say(`how.step_${step}_text`)}</p>,
    state: 'later' as const,
  }));
  return (
    <>
      <p>{say('how.rounds_text')}</p>
      <figure class="panel how-gauge">
        <Gauge visit={visit} facts={facts} size="large" />
        <GaugeKey visit={visit} facts={facts} />
        <figcaption class="small muted">{t('how.gauge_caption')}</figcaption>
      </figure>
      <Steps t={t} steps={steps} />
      <p>{say('how.rounds_single')}</p>
    </>
  );
}

/** What happens with money, by method and moment. */
function Methods({ visit }: { visit: Visit }) {
  const { t } = visit;
  const say = sayer(visit);
  const moments = ['give', 'reached', 'failed', 'second'] as const;
  const rows = (['card', 'transfer', 'wallet', 'cash'] as const).map((method) => [
    t(`how.method_${method}`),
    ...moments.map((moment) => say(`how.${method}_${moment}`)),
  ]);
  return (
    <DataTable
      caption={t('how.methods')}
      quiet_caption
      columns={[{ label: t('how.method') }, ...moments.map((moment) => ({ label: t(`how.when_${moment}`) }))]}
      rows={rows}
    />
  );
}
