import {
  Breadcrumbs,
  Button,
  ButtonLink,
  type Column,
  DataTable,
  Empty,
  ErrorSummary,
  Form,
  Notice,
  Time,
} from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import { type Errors, sentences } from '../forms.ts';
import type { HandRefund, Waiting } from '../money-queries.ts';
import { TreasurerFrame } from './frame.tsx';
import { actionColumn, amountOf, ProjectLink, wordOf } from './words.tsx';

type RefundsFacts = { visit: Visit; waiting: Waiting; refunds: HandRefund[]; unanswered: HandRefund[] };

/** Refunds no payment company can send; below, those whose outcome it does not say. */
export function RefundsPage({ visit, waiting, refunds, unanswered }: RefundsFacts) {
  const { t } = visit;
  return (
    <TreasurerFrame visit={visit} current="refunds" waiting={waiting}>
      <p class="lede">{t('desk.refunds_lede')}</p>
      <DataTable
        caption={t('desk.tab_refunds')}
        quiet_caption
        columns={[...columnsOf(visit), actionColumn(visit)]}
        rows={refunds.map((refund) => [
          ...cellsOf(visit, refund),
          <ButtonLink small href={visit.to(`/desk/money/refunds/${refund.id}`)}>
            {t('desk.refund_sent')}
            <span class="visually-hidden"> {refund.name}</span>
          </ButtonLink>,
        ])}
        empty={<Empty title={t('desk.refunds_none')} />}
      />
      {unanswered.length > 0 && <Unanswered visit={visit} refunds={unanswered} />}
    </TreasurerFrame>
  );
}

/** Nothing to press: whoever pays another way before looking might pay twice. */
function Unanswered({ visit, refunds }: { visit: Visit; refunds: HandRefund[] }) {
  const { t } = visit;
  return (
    <section class="stack is-tight">
      <h2>{t('desk.unanswered_title')}</h2>
      <p>{t('desk.unanswered_text')}</p>
      <DataTable
        caption={t('desk.unanswered_title')}
        quiet_caption
        columns={[...columnsOf(visit), { label: t('desk.outcome') }]}
        rows={refunds.map((refund) => [...cellsOf(visit, refund), t('desk.outcome_unknown', { n: refund.attempts })])}
      />
    </section>
  );
}

/** What both lists say of a refund, in the order of `cellsOf`. */
function columnsOf({ t }: Visit): Column[] {
  return [
    { label: t('desk.given_by') },
    { label: t('desk.amount'), numeric: true },
    { label: t('desk.method') },
    { label: t('desk.project') },
    { label: t('desk.since') },
  ];
}

function cellsOf(visit: Visit, refund: HandRefund) {
  return [
    <>
      {refund.name}
      <span class="desk-sub">{refund.email}</span>
    </>,
    amountOf(visit, refund.amount_cents, refund.currency),
    wordOf(visit, 'method', refund.method),
    <ProjectLink visit={visit} {...refund} />,
    <Time at={refund.created_at}>{visit.day(refund.created_at)}</Time>,
  ];
}

/** Asks once more: the money has left, the giver will be told. */
export function RefundPage({ visit, refund, errors }: { visit: Visit; refund: HandRefund; errors: Errors }) {
  const { t } = visit;
  const sentence = Object.values(sentences(visit, errors))[0];
  const amount = amountOf(visit, refund.amount_cents, refund.currency);
  return (
    <>
      <Breadcrumbs
        t={t}
        trail={[{ href: visit.to('/desk/money/refunds'), label: t('desk.tab_refunds') }, { label: t('desk.refund_sent') }]}
      />
      {sentence && (
        <ErrorSummary t={t} errors={{}} title={t('desk.not_done')}>
          <p>{sentence}</p>
        </ErrorSummary>
      )}
      <h1>{t('desk.refund_title', { amount, name: refund.name })}</h1>
      <p class="lede">
        {t('desk.refund_text', {
          amount,
          name: refund.name,
          email: refund.email || '—',
          title: visit.text(refund.title, refund.locale).text,
          way: wordOf(visit, 'method', refund.method),
        })}
      </p>
      {refund.method === 'sandbox' && <Notice kind="info">{t('desk.refund_refused')}</Notice>}
      <Form visit={visit} action={`/desk/money/refunds/${refund.id}`}>
        <div class="row">
          <Button kind="give">{t('desk.refund_button', { amount })}</Button>
          <ButtonLink kind="quiet" href={visit.to('/desk/money/refunds')}>
            {t('desk.back')}
          </ButtonLink>
        </div>
      </Form>
    </>
  );
}
