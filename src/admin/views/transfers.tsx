import { currency_signs } from '../../kit/index.ts';
import { Button, DataTable, Empty, ErrorSummary, Field, Form, Panel, Time } from '../../look/index.ts';
import type { Visit } from '../../visits/index.ts';
import { type Errors, sentences } from '../forms.ts';
import type { Expected, Waiting } from '../money-queries.ts';
import { TreasurerFrame } from './frame.tsx';
import { actionColumn, amountOf, ProjectLink } from './words.tsx';

type TransfersFacts = {
  visit: Visit;
  waiting: Waiting;
  expected: Expected[];
  form: Readonly<Record<string, string>>;
  errors: Errors;
};

/** A line of the bank statement is typed here; below, the transfers people have announced. */
export function TransfersPage({ visit, waiting, expected, form, ...rest }: TransfersFacts) {
  const { t } = visit;
  const { '': whole, ...errors } = sentences(visit, rest.errors);
  const is_stray = stray_fields.some((field) => errors[field]);
  return (
    <TreasurerFrame visit={visit} current="transfers" waiting={waiting}>
      <Panel title={t('desk.transfer_title')} level={2} class="desk-form">
        <p class="muted">{t('desk.transfer_lede')}</p>
        <Form visit={visit} action="/desk/money/transfers">
          {!is_stray && (
            <ErrorSummary t={t} errors={errors}>
              {whole && <p>{whole}</p>}
            </ErrorSummary>
          )}
          <Field
            t={t}
            name="reference"
            label={t('desk.reference')}
            hint={t('desk.reference_hint')}
            value={form.reference}
            error={errors.reference}
            size={18}
            autocomplete="off"
            spellcheck={false}
            maxlength={60}
          />
          <Field
            t={t}
            name="amount"
            label={t('desk.amount_arrived')}
            hint={t('desk.amount_arrived_hint')}
            value={form.amount}
            error={errors.amount}
            inputmode="decimal"
            size={12}
            after={currency_signs[visit.node.host.currency]}
            autocomplete="off"
            maxlength={20}
          />
          <div class="row">
            <Button kind="give">{t('desk.transfer_button')}</Button>
          </div>
        </Form>
      </Panel>
      <StrayPanel visit={visit} form={form} errors={is_stray ? errors : {}} />
      <DataTable
        caption={t('desk.transfers_expected')}
        columns={[
          { label: t('desk.reference') },
          { label: t('desk.given_by') },
          { label: t('desk.amount'), numeric: true },
          { label: t('desk.project') },
          { label: t('desk.expected_until') },
          actionColumn(visit),
        ]}
        rows={expected.map((line) => [
          <span class="num">{line.reference}</span>,
          line.name,
          amountOf(visit, line.total_cents, line.currency),
          <ProjectLink visit={visit} {...line} />,
          <Time at={line.lapses_at}>{visit.day(line.lapses_at)}</Time>,
          <a href={visit.to(`/desk/money/transfers?reference=${encodeURIComponent(line.reference)}`)} rel="nofollow">
            {t('desk.transfer_this')}
            <span class="visually-hidden"> {line.reference}</span>
          </a>,
        ])}
        empty={<Empty title={t('desk.transfers_none')} />}
      />
    </TreasurerFrame>
  );
}

const stray_fields = ['stray_amount', 'day', 'line', 'stray_reference'] as const;

/** Money that fits nothing: a second transfer, one without a reference. It is parked, never refused. */
function StrayPanel({ visit, form, errors }: { visit: Visit; form: Readonly<Record<string, string>>; errors: Errors }) {
  const { t } = visit;
  const plain = { autocomplete: 'off', spellcheck: false, maxlength: 60 } as const;
  return (
    <Panel title={t('desk.stray_title')} level={2} class="desk-form">
      <p class="muted">{t('desk.stray_lede')}</p>
      <Form visit={visit} action="/desk/money/parked">
        <ErrorSummary t={t} errors={errors} />
        <Field
          t={t}
          name="stray_amount"
          label={t('desk.amount_arrived')}
          value={form.stray_amount}
          error={errors.stray_amount}
          inputmode="decimal"
          size={12}
          after={currency_signs[visit.node.host.currency]}
          autocomplete="off"
          maxlength={20}
        />
        <Field t={t} name="day" type="date" label={t('desk.stray_day')} value={form.day} error={errors.day} size={12} />
        <Field
          t={t}
          name="line"
          label={t('desk.stray_line')}
          hint={t('desk.stray_line_hint')}
          value={form.line}
          error={errors.line}
          {...plain}
        />
        <Field
          t={t}
          name="stray_reference"
          label={t('desk.stray_reference')}
          hint={t('desk.stray_reference_hint')}
          value={form.stray_reference}
          error={errors.stray_reference}
          optional
          {...plain}
        />
        <div class="row">
          <Button>{t('desk.stray_button')}</Button>
        </div>
      </Form>
    </Panel>
  );
}
