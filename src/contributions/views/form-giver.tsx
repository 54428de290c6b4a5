import { Amounts, Choice, Choices, Field, TextArea } from '../../look/index.ts';
import { type Draft, tips_cents } from './form-page.tsx';
import { deadline, hostOf, moneyIn, nodeNameOf } from './words.ts';

type Part = { draft: Draft };

/** Nothing is preselected: whoever adds something has chosen it. */
export function Tip({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  const node = nodeNameOf(visit);
  return (
    <Amounts
      visit={visit}
      name="tip"
      legend={visit.t('contribute.tip', { node })}
      hint={visit.t('contribute.tip_hint', { node })}
      with_zero
      amounts_cents={tips_cents}
      value={values.tip ?? '0'}
      free_value={values.tip_free}
      error={errors.tip}
      currency={facts.campaign.currency}
    />
  );
}

export function WhoGives({ draft }: Part) {
  const { visit, values, errors } = draft;
  const { t, person } = visit;
  const next = encodeURIComponent(visit.path.split('?')[0] ?? '/');
  return (
    <fieldset class="choices">
      <legend>{t('contribute.who')}</legend>
      <p class="field-hint">
        {person
          ? t('contribute.who_signed_in', { email: person.email })
          : t.rich('contribute.who_guest', {
              a: (text: unknown) => <a href={visit.to(`/sign-in?next=${next}`)}>{text as string}</a>,
            })}
      </p>
      <div class="stack">
        {!person && (
          <Field
            t={t}
            name="email"
            type="email"
            label={t('contribute.email')}
            hint={t('contribute.email_hint')}
            value={values.email}
            error={errors.email}
            autocomplete="email"
            inputmode="email"
            spellcheck={false}
            maxlength={254}
          />
        )}
        <Field
          t={t}
          name="name"
          label={t('contribute.name')}
          hint={t('contribute.name_hint')}
          value={values.name ?? person?.name}
          error={errors.name}
          autocomplete="name"
          maxlength={80}
        />
      </div>
    </fieldset>
  );
}

export function Message({ draft }: Part) {
  const { visit, values, errors } = draft;
  const { t } = visit;
  return (
    <TextArea
      t={t}
      name="message"
      label={t('contribute.message')}
      hint={t('contribute.message_hint')}
      optional
      rows={3}
      maxlength={500}
      value={values.message ?? ''}
      error={errors.message}
    />
  );
}

export function HowToPay({ draft }: Part) {
  const { visit, facts, values, errors } = draft;
  const { t } = visit;
  const { campaign } = facts;
  const chosen = values.method ?? draft.methods[0];
  const wallet_cents = facts.wallet_cents ?? 0n;
  const at_once = campaign.state === 'round_two' || campaign.state === 'open';
  const by = deadline(visit, campaign.state === 'collecting' ? campaign.grace_ends_at : campaign.ends_at, campaign.time_zone);
  const more: Record<string, string> = {
    sandbox: t(at_once ? 'contribute.method_sandbox_now' : 'contribute.method_sandbox_later'),
    transfer: by ? t('contribute.method_transfer_by', { by }) : t('contribute.method_transfer_more'),
    wallet: wallet_cents > 0n ? t('contribute.method_wallet_more', { host: hostOf(visit) }) : t('contribute.method_wallet_empty'),
  };
  return (
    <Choices name="method" legend={t('contribute.method')} error={errors.method}>
      {draft.methods.map((method) => (
        <Choice
          name="method"
          value={method}
          checked={chosen === method}
          disabled={method === 'wallet' && wallet_cents <= 0n}
          label={t.maybe(`contribute.method_${method}`) ?? method}
          more={more[method]}
          aside={method === 'wallet' ? moneyIn(visit, wallet_cents, campaign.currency) : undefined}
        />
      ))}
    </Choices>
  );
}
