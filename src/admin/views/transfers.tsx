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
  return (
    <TreasurerFrame visit={visit} current="transfers" waiting={waiting}>
      <Panel title={t('desk.transfer_title')} level={2} class="desk-form">
        <p class="muted">{t('desk.transfer_lede')}</p>
        <Form visit={visit} action="/desk/money/transfers">
          <ErrorSummary t={t} errors={errors}>
            {whole && <p>{whole}</p>}
          </ErrorSummary>
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
            after="€"
            autocomplete="off"
            maxlength={20}
          />
          <div class="row">
            <Button kind="give">{t('desk.transfer_button')}</Button>
          </div>
        </Form>
      </Panel>
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
