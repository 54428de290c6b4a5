import type { Child } from 'hono/jsx';
import { Button, DataTable, ErrorSummary, Field, Form, Panel, Select, Time } from '../look/index.ts';
import { roles_of_scope, type Session } from '../people/index.ts';
import { locales } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import type { Typed } from './pages.tsx';

/** Languages in their own words. */
const tongues = { en: 'English', fr: 'Français', es: 'Español' };

export function AccountPage(props: Typed & { visit: Visit; has_password: boolean }) {
  const { visit, values, errors } = props;
  const { t, person } = visit;
  return (
    <>
      <h1>{t('sign.me_title')}</h1>
      <p>{t.rich('sign.me_email', { email: person?.email, b: (text: Child) => <b>{text}</b> })}</p>
      <Form visit={visit} action="/me">
        {errors && <ErrorSummary t={t} errors={errors} />}
        <Field
          t={t}
          name="name"
          label={t('sign.name')}
          hint={t('sign.name_hint')}
          value={values?.name ?? person?.name}
          error={errors?.name}
          autocomplete="name"
          maxlength={80}
        />
        <Select
          t={t}
          name="locale"
          label={t('sign.me_language')}
          value={values?.locale ?? person?.locale ?? visit.locale}
          error={errors?.locale}
          options={locales.map((locale) => ({ value: locale, label: tongues[locale] }))}
        />
        <Button>{t('sign.me_save')}</Button>
      </Form>
      <Panel title={t('sign.me_password_title')} level={2}>
        <p>{t(props.has_password ? 'sign.me_password_change' : 'sign.me_password_none')}</p>
        <Form visit={visit} action="/forgot">
          <input type="hidden" name="email" value={person?.email} />
          <Button kind="quiet">{t('sign.me_password_button')}</Button>
        </Form>
      </Panel>
      <Panel title={t('sign.me_sessions_title')} level={2}>
        <a href={visit.to('/me/sessions')}>{t('sign.me_sessions_link')}</a>
      </Panel>
      <Roles visit={visit} />
    </>
  );
}

/** Roles on a project are shown where the projects are. */
function Roles({ visit }: { visit: Visit }) {
  const held = [...new Set(visit.roles.filter((role) => role.scope !== 'project').map((role) => role.role))];
  const known = Object.values(roles_of_scope)
    .flat()
    .filter((role) => held.includes(role));
  if (known.length === 0) return null;
  return (
    <Panel title={visit.t('sign.me_roles_title')} level={2}>
      <ul>
        {known.map((role) => (
          <li>{visit.t(`sign.role_${role}`)}</li>
        ))}
      </ul>
    </Panel>
  );
}

export function SessionsPage({
  visit,
  sessions,
  session_id,
}: {
  visit: Visit;
  sessions: readonly Session[];
  session_id: string | null;
}) {
  const { t } = visit;
  const columns = [{ label: t('sign.session_device') }, { label: t('sign.session_since') }, { label: t('sign.session_act') }];
  const rows = sessions.map((session) => [
    deviceOf(session.user_agent) ?? t('sign.session_unknown'),
    <Time at={session.created_at}>{visit.moment(session.created_at)}</Time>,
    session.id === session_id ? (
      t('sign.session_this')
    ) : (
      <Form visit={visit} action="/me/sessions">
        <Button kind="quiet" small name="session" value={session.id}>
          {t('sign.session_end')}
        </Button>
      </Form>
    ),
  ]);
  return (
    <>
      <h1>{t('sign.me_sessions_title')}</h1>
      <p class="lede">{t('sign.sessions_lead')}</p>
      <DataTable caption={t('sign.me_sessions_title')} quiet_caption columns={columns} rows={rows} />
      <Form visit={visit} action="/me/sessions">
        <Button kind="danger" name="session" value="others">
          {t('sign.session_end_others')}
        </Button>
      </Form>
    </>
  );
}

/** "Firefox, Linux": enough to recognise one's own. */
export function deviceOf(user_agent: string | null): string | null {
  if (!user_agent) return null;
  const browsers = [/(Edg)\//, /(Firefox)\//, /(Chrome)\//, /(Safari)\//];
  const systems = [/(Android)/, /(iPhone|iPad)/, /(Windows)/, /(Mac OS X)/, /(Linux)/];
  const first = (patterns: RegExp[]) => patterns.map((pattern) => pattern.exec(user_agent)?.[1]).find(Boolean);
  return (
    [first(browsers)?.replace('Edg', 'Edge'), first(systems)?.replace('Mac OS X', 'macOS')].filter(Boolean).join(', ') || null
  );
}
