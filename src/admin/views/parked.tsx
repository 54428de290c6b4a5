import {
  Breadcrumbs,
  Button,
  ButtonLink,
  Choice,
  Choices,
  DataTable,
  Empty,
  ErrorSummary,
  Form,
  TextArea,
  Time,
} from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import { type Errors, sentences } from '../forms.ts';
import type { ParkedLine, Waiting } from '../money-queries.ts';
import { TreasurerFrame } from './frame.tsx';
import { actionColumn, amountOf, wordOf } from './words.tsx';

/** Money that fits nothing. What waits stands first; what was resolved keeps its explanation. */
export function ParkedPage({ visit, waiting, lines }: { visit: Visit; waiting: Waiting; lines: ParkedLine[] }) {
  const { t } = visit;
  const open = lines.filter((line) => !line.resolved_at);
  const resolved = lines.filter((line) => line.resolved_at);
  const columns = [
    { label: t('desk.parked_why') },
    { label: t('desk.amount'), numeric: true },
    { label: t('desk.method') },
    { label: t('desk.when') },
    actionColumn(visit),
  ];
  return (
    <TreasurerFrame visit={visit} current="parked" waiting={waiting}>
      <p class="lede">{t('desk.parked_lede')}</p>
      <DataTable
        caption={t('desk.parked_waiting')}
        columns={columns}
        rows={open.map((line) => [
          <Why visit={visit} line={line} />,
          amountText(visit, line),
          wordOf(visit, 'method', line.gateway),
          <Time at={line.parked_at}>{visit.moment(line.parked_at)}</Time>,
          <ButtonLink small href={visit.to(`/desk/money/parked/${line.id}`)}>
            {t('desk.parked_resolve')}
            <span class="visually-hidden"> {amountText(visit, line)}</span>
          </ButtonLink>,
        ])}
        empty={<Empty title={t('desk.parked_none')} />}
      />
      {resolved.length > 0 && (
        <DataTable
          caption={t('desk.parked_resolved')}
          columns={[...columns.slice(0, 3), { label: t('desk.parked_how') }, { label: t('desk.when') }]}
          rows={resolved.map((line) => [
            <Why visit={visit} line={line} />,
            amountText(visit, line),
            wordOf(visit, 'method', line.gateway),
            line.resolution ?? '',
            line.resolved_at ? <Time at={line.resolved_at}>{visit.moment(line.resolved_at)}</Time> : '',
          ])}
        />
      )}
    </TreasurerFrame>
  );
}

function Why({ visit, line }: { visit: Visit; line: ParkedLine }) {
  const asked =
    line.asked_cents !== null && line.currency
      ? visit.t('desk.parked_asked', { amount: amountOf(visit, line.asked_cents, line.currency) })
      : '';
  return (
    <>
      {wordOf(visit, 'parked', line.why)}
      {(line.reference || asked) && <span class="desk-sub">{[line.reference, asked].filter(Boolean).join(' · ')}</span>}
    </>
  );
}

function amountText(visit: Visit, line: ParkedLine): string {
  return line.amount_cents !== null && line.currency
    ? amountOf(visit, line.amount_cents, line.currency)
    : visit.t('desk.parked_amount_unknown');
}

/** The decision: sent back, or explained. Both say why, for whoever looks later. */
export function ResolvePage(props: { visit: Visit; line: ParkedLine; form: Readonly<Record<string, string>>; errors: Errors }) {
  const { visit, line, form } = props;
  const { t } = visit;
  const { '': whole, ...errors } = sentences(visit, props.errors);
  const facts: [string, string][] = [
    [t('desk.parked_why'), wordOf(visit, 'parked', line.why)],
    [t('desk.amount'), amountText(visit, line)],
    [
      t('desk.parked_asked_for'),
      line.asked_cents !== null && line.currency ? amountOf(visit, line.asked_cents, line.currency) : '',
    ],
    [t('desk.reference'), line.reference ?? ''],
    [t('desk.method'), wordOf(visit, 'method', line.gateway)],
    [t(line.why === 'fits_nothing' ? 'desk.stray_line' : 'desk.gateway_object'), line.gateway_object],
    [t('desk.stray_day'), line.why === 'fits_nothing' && line.at ? visit.day(line.at) : ''],
    [t('desk.when'), visit.moment(line.parked_at)],
  ];
  return (
    <>
      <Breadcrumbs
        t={t}
        trail={[{ href: visit.to('/desk/money/parked'), label: t('desk.tab_parked') }, { label: t('desk.parked_resolve') }]}
      />
      <ErrorSummary t={t} errors={errors}>
        {whole && <p>{whole}</p>}
      </ErrorSummary>
      <h1>{t('desk.parked_title', { amount: amountText(visit, line) })}</h1>
      <dl class="desk-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <Form visit={visit} action={`/desk/money/parked/${line.id}`}>
        <Choices name="way" legend={t('desk.parked_decide')} error={errors.way}>
          <Choice
            name="way"
            value="returned"
            label={t('desk.parked_returned')}
            more={line.booked ? t('desk.parked_returned_more') : t('desk.parked_not_booked')}
            checked={form.way === 'returned'}
          />
          <Choice
            name="way"
            value="explained"
            label={t('desk.parked_explained')}
            more={t('desk.parked_explained_more')}
            checked={form.way === 'explained'}
          />
        </Choices>
        <TextArea
          t={t}
          name="resolution"
          label={t('desk.parked_resolution')}
          hint={t('desk.parked_resolution_hint')}
          value={form.resolution}
          error={errors.resolution}
          rows={3}
          maxlength={500}
        />
        <div class="row">
          <Button kind="give">{t('desk.parked_button')}</Button>
          <ButtonLink kind="quiet" href={visit.to('/desk/money/parked')}>
            {t('desk.back')}
          </ButtonLink>
        </div>
      </Form>
    </>
  );
}
