import { type Currency, currency_signs } from '../../kit/index.ts';
import {
  Breadcrumbs,
  Button,
  ButtonLink,
  Choice,
  Choices,
  DataTable,
  ErrorSummary,
  Field,
  Form,
  Notice,
  Panel,
  Select,
  StateChip,
  Time,
} from '../../look/index.ts';
import { type Locale, locales, type Texts } from '../../platform/i18n.ts';
import type { Visit } from '../../visits/index.ts';
import { type Errors, sentences } from '../forms.ts';
import type { CashLine } from '../queries.ts';
import { StewardFrame } from './frame.tsx';
import { amountOf, ProjectLink } from './words.tsx';

type CashFacts = {
  visit: Visit;
  open: { id: string; title: Texts; locale: Locale; currency: Currency }[];
  lines: CashLine[];
  /** What was typed. */
  form: Readonly<Record<string, string>>;
  errors: Errors;
};

const tongues: Record<Locale, string> = { en: 'English', fr: 'Français', es: 'Español' };

/** Coins and notes: what waits for a second person, the form, what was received lately. */
export function CashPage(props: CashFacts) {
  const { visit, lines } = props;
  const { t } = visit;
  const waiting = lines.filter((line) => line.waits);
  const past = lines.filter((line) => !line.waits);
  return (
    <StewardFrame visit={visit} current="cash">
      {waiting.length > 0 && <CashTable visit={visit} caption={t('desk.cash_waiting')} lines={waiting} />}
      <Panel title={t('desk.cash_title')} level={2} class="desk-form">
        <p class="muted">{t('desk.cash_lede', { limit: visit.money(visit.node.settings.cash_two_eyes_cents) })}</p>
        <CashForm {...props} />
      </Panel>
      {past.length > 0 && <CashTable visit={visit} caption={t('desk.cash_past')} lines={past} />}
    </StewardFrame>
  );
}

function CashForm({ visit, open, form, ...rest }: CashFacts) {
  const { t, node } = visit;
  const { settings } = node;
  const errors = sentences(visit, rest.errors, {
    min: visit.money(settings.minimum_contribution_cents),
    max: visit.money(settings.maximum_contribution_cents),
  });
  if (open.length === 0) return <p>{t('desk.cash_no_campaign')}</p>;
  const { '': whole, ...fields } = errors;
  return (
    <Form visit={visit} action="/desk/cash">
      <ErrorSummary t={t} errors={fields}>
        {whole && <p>{whole}</p>}
      </ErrorSummary>
      <input type="hidden" name="form_key" value={form.form_key ?? ''} />
      <Select
        t={t}
        name="campaign"
        label={t('desk.cash_for')}
        options={[
          { value: '', label: t('desk.choose') },
          ...open.map((each) => ({ value: each.id, label: visit.text(each.title, each.locale).text })),
        ]}
        value={form.campaign ?? ''}
        error={errors.campaign}
      />
      <Field
        t={t}
        name="amount"
        label={t('desk.amount')}
        value={form.amount}
        error={errors.amount}
        inputmode="decimal"
        size={12}
        after={currency_signs[visit.node.currency]}
        autocomplete="off"
        maxlength={20}
      />
      <Field
        t={t}
        name="name"
        label={t('desk.cash_name')}
        hint={t('desk.cash_name_hint')}
        value={form.name}
        error={errors.name}
        autocomplete="off"
        maxlength={80}
      />
      <Field
        t={t}
        name="email"
        type="email"
        label={t('desk.cash_email')}
        hint={t('desk.cash_email_hint')}
        value={form.email}
        error={errors.email}
        optional
        autocomplete="off"
        maxlength={254}
      />
      <Choices name="visibility" legend={t('desk.cash_visibility')}>
        {(['anonymous', 'name_only', 'public'] as const).map((value) => (
          <Choice
            name="visibility"
            value={value}
            label={t(`desk.visibility_${value}`)}
            checked={(form.visibility ?? 'anonymous') === value}
          />
        ))}
      </Choices>
      <Select
        t={t}
        name="locale"
        label={t('desk.cash_locale')}
        options={locales
          .filter((locale) => node.locales.includes(locale))
          .map((locale) => ({ value: locale, label: tongues[locale] }))}
        value={form.locale ?? visit.locale}
      />
      <div class="row">
        <Button kind="give">{t('desk.cash_button')}</Button>
      </div>
    </Form>
  );
}

function CashTable({ visit, caption, lines }: { visit: Visit; caption: string; lines: CashLine[] }) {
  const { t } = visit;
  return (
    <DataTable
      caption={caption}
      columns={[
        { label: t('desk.given_by') },
        { label: t('desk.project') },
        { label: t('desk.amount'), numeric: true },
        { label: t('desk.recorded') },
        { label: t('desk.state') },
      ]}
      rows={lines.map((line) => [
        line.name,
        <ProjectLink visit={visit} {...line} />,
        amountOf(visit, line.amount_cents, line.currency),
        <span class="small">
          <Time at={line.started_at}>{visit.moment(line.started_at)}</Time>
          {line.recorded_by && (
            <>
              <br />
              {line.recorded_by}
            </>
          )}
        </span>,
        line.waits ? <Confirm visit={visit} line={line} /> : <StateChip t={t} of="contribution" state={line.state} />,
      ])}
    />
  );
}

function Confirm({ visit, line }: { visit: Visit; line: CashLine }) {
  if (line.recorded_by_id === visit.person?.id) return <span class="small muted">{visit.t('desk.cash_needs_other')}</span>;
  return (
    <ButtonLink small href={visit.to(`/desk/cash/${line.id}`)}>
      {visit.t('desk.cash_confirm')}
    </ButtonLink>
  );
}

/** The second person looks at the same money. */
export function ConfirmCashPage({ visit, line, errors }: { visit: Visit; line: CashLine; errors: Errors }) {
  const { t } = visit;
  const sentence = Object.values(sentences(visit, errors))[0];
  const amount = amountOf(visit, line.amount_cents, line.currency);
  return (
    <>
      <Breadcrumbs
        t={t}
        trail={[{ href: visit.to('/desk/cash'), label: t('desk.tab_cash') }, { label: t('desk.cash_confirm') }]}
      />
      {sentence && (
        <ErrorSummary t={t} errors={{}} title={t('desk.not_done')}>
          <p>{sentence}</p>
        </ErrorSummary>
      )}
      <h1>{t('desk.cash_confirm_title', { amount })}</h1>
      <p class="lede">
        {t('desk.cash_confirm_text', {
          amount,
          name: line.name,
          recorded_by: line.recorded_by ?? '—',
          when: visit.moment(line.started_at),
          title: visit.text(line.title, line.locale).text,
        })}
      </p>
      {line.state !== 'started' && <Notice kind="attention">{t('desk.cash_has_ended')}</Notice>}
      <Form visit={visit} action={`/desk/cash/${line.id}`}>
        <div class="row">
          <Button kind="give">{t('desk.cash_confirm_button', { amount })}</Button>
          <ButtonLink kind="quiet" href={visit.to('/desk/cash')}>
            {t('desk.back')}
          </ButtonLink>
        </div>
      </Form>
    </>
  );
}
