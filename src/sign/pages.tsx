import type { Child } from 'hono/jsx';
import { Button, ErrorSummary, Field, Form } from '../look/index.ts';
import type { Visit } from '../visits/index.ts';

/** What was typed, and what is wrong with it: sentences by field, `form` for all of it. */
export type Typed = { values?: Readonly<Record<string, string>>; errors?: Readonly<Record<string, string>> };
type Props = Typed & { visit: Visit; next: string };

function Errors({ visit, errors }: { visit: Visit } & Typed) {
  const { form, ...fields } = errors ?? {};
  if (!errors || Object.keys(errors).length === 0) return null;
  return (
    <ErrorSummary t={visit.t} errors={fields} {...(form ? { title: form } : {})}>
      {form && Object.keys(fields).length === 0 ? <span /> : undefined}
    </ErrorSummary>
  );
}

function EmailField({ visit, values, errors, hint }: { visit: Visit; hint?: string } & Typed) {
  return (
    <Field
      t={visit.t}
      name="email"
      type="email"
      label={visit.t('sign.email')}
      hint={hint}
      value={values?.email}
      error={errors?.email}
      autocomplete="username"
      inputmode="email"
      spellcheck={false}
      maxlength={254}
    />
  );
}

function PasswordField({ visit, errors, fresh }: { visit: Visit; fresh?: boolean } & Typed) {
  const { t } = visit;
  return (
    <Field
      t={t}
      name="password"
      type="password"
      label={fresh ? t('sign.new_password') : t('sign.password')}
      hint={fresh ? t('sign.password_hint') : undefined}
      error={errors?.password}
      autocomplete={fresh ? 'new-password' : 'current-password'}
    />
  );
}

const withNext = (visit: Visit, path: string, next: string): string =>
  visit.to(next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`);

export function SignInPage(props: Props) {
  const { visit, next } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.sign_in_title')}</h1>
      <p class="lede">{t('sign.sign_in_lead')}</p>
      <Form visit={visit} action="/sign-in">
        <Errors {...props} />
        <input type="hidden" name="next" value={next} />
        <EmailField {...props} />
        <PasswordField {...props} />
        <Button kind="give">{t('sign.sign_in_button')}</Button>
      </Form>
      <ul class="stack">
        <li>
          <a href={withNext(visit, '/sign-in/link', next)}>{t('sign.by_link')}</a>
        </li>
        <li>
          <a href={visit.to('/forgot')}>{t('sign.forgot')}</a>
        </li>
        <li>{t.rich('sign.no_account', { a: (text: Child) => <a href={withNext(visit, '/sign-up', next)}>{text}</a> })}</li>
      </ul>
    </>
  );
}

export function LinkPage(props: Props & { minutes: number }) {
  const { visit, next } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.link_title')}</h1>
      <p class="lede">{t('sign.link_lead', { minutes: props.minutes })}</p>
      <Form visit={visit} action="/sign-in/link">
        <Errors {...props} />
        <input type="hidden" name="next" value={next} />
        <EmailField {...props} />
        <Button kind="give">{t('sign.link_button')}</Button>
      </Form>
    </>
  );
}

/** A press of a button uses the link, not its opening: programs that look into mails open every link. */
export function LinkLandingPage({ visit, next, token }: { visit: Visit; next: string; token: string }) {
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.link_landing_title')}</h1>
      <p class="lede">{t('sign.link_landing_lead')}</p>
      <Form visit={visit} action="/sign-in/link">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="token" value={token} />
        <Button kind="give">{t('sign.link_landing_button')}</Button>
      </Form>
    </>
  );
}

/** Who asked for a mail is told the same, whether the address is known or not. */
export function SentPage({ visit, again }: { visit: Visit; again: string }) {
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.sent_title')}</h1>
      <p>{t('sign.sent_nothing')}</p>
      <p>
        <a href={visit.to(again)}>{t('sign.sent_again')}</a>
      </p>
    </>
  );
}

export function SignUpPage(props: Props) {
  const { visit, next, values, errors } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.sign_up_title')}</h1>
      <p class="lede">{t('sign.sign_up_lead')}</p>
      <Form visit={visit} action="/sign-up">
        <Errors {...props} />
        <input type="hidden" name="next" value={next} />
        <Field
          t={t}
          name="name"
          label={t('sign.name')}
          hint={t('sign.name_hint')}
          value={values?.name}
          error={errors?.name}
          autocomplete="name"
          maxlength={80}
        />
        <EmailField {...props} hint={t('sign.email_hint')} />
        <PasswordField {...props} fresh />
        <p>{t.rich('sign.agree', { a: (text: Child) => <a href={visit.to('/terms')}>{text}</a> })}</p>
        <Button kind="give">{t('sign.sign_up_button')}</Button>
      </Form>
      <p>{t.rich('sign.have_account', { a: (text: Child) => <a href={withNext(visit, '/sign-in', next)}>{text}</a> })}</p>
    </>
  );
}

export function VerifyPage(props: Props & { token: string; email: string }) {
  const { visit, next, token, email } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.verify_title')}</h1>
      <p class="lede">{t.rich('sign.verify_lead', { email, b: (text: Child) => <b>{text}</b> })}</p>
      <Form visit={visit} action="/verify">
        <Errors {...props} />
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="username" value={email} autocomplete="username" />
        <PasswordField {...props} />
        <Button kind="give">{t('sign.verify_button')}</Button>
      </Form>
      <p>{t.rich('sign.verify_forgot', { a: (text: Child) => <a href={withNext(visit, '/sign-in/link', next)}>{text}</a> })}</p>
    </>
  );
}

export function ForgotPage(props: Typed & { visit: Visit }) {
  const { visit } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.forgot_title')}</h1>
      <p class="lede">{t('sign.forgot_lead')}</p>
      <Form visit={visit} action="/forgot">
        <Errors {...props} />
        <EmailField {...props} />
        <Button kind="give">{t('sign.forgot_button')}</Button>
      </Form>
    </>
  );
}

export function ResetPage(props: Typed & { visit: Visit; token: string; email: string }) {
  const { visit, token, email } = props;
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.reset_title')}</h1>
      <p class="lede">{t.rich('sign.reset_lead', { email, b: (text: Child) => <b>{text}</b> })}</p>
      <Form visit={visit} action="/reset">
        <Errors {...props} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="username" value={email} autocomplete="username" />
        <PasswordField {...props} fresh />
        <Button kind="give">{t('sign.reset_button')}</Button>
      </Form>
    </>
  );
}

/** A link that was used, is too old, or never was. */
export function OverPage({ visit, again }: { visit: Visit; again: string }) {
  const { t } = visit;
  return (
    <>
      <h1>{t('sign.over_title')}</h1>
      <p class="lede">{t('sign.why_link_is_over')}</p>
      <p>
        <a href={visit.to(again)}>{t('sign.sent_again')}</a>
      </p>
    </>
  );
}
