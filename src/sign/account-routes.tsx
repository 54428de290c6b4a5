import { type Context, Hono } from 'hono';
import { assert, isId } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { changeProfile, endOtherSessions, endSession, hasPassword, type Person, sessionsOf } from '../people/index.ts';
import { transact } from '../platform/db.ts';
import { type Deps, readForm } from '../platform/http.ts';
import { isLocale } from '../platform/i18n.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { AccountPage, SessionsPage } from './account-pages.tsx';
import { readName, sentences } from './form.ts';
import type { Typed } from './pages.tsx';

/** One's own account; the policy lets only the signed-in pass. */
export function accountRoutes({ config, db }: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const show = async (c: Context<AppEnv>, typed: Typed, status: 200 | 422 = 200) => {
    const visit = c.get('visit');
    const has_password = await hasPassword(db, personOf(c).id);
    return page(
      c,
      { title: visit.t('sign.me_title'), narrow: true, unlisted: true, status },
      <AccountPage visit={visit} has_password={has_password} {...typed} />,
    );
  };
  app.get('/me', (c) => show(c, {}));
  app.post('/me', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const name = readName(form.name);
    const locale = isLocale(form.locale) ? form.locale : null;
    if ('why' in name || !locale) {
      const errors = sentences(visit, { name: 'why' in name ? name.why : null, locale: locale ? null : 'language_is_unknown' });
      return show(c, { values: { name: form.name ?? '', locale: form.locale ?? '' }, errors }, 422);
    }
    await transact(db, (trx) => changeProfile(trx, personOf(c).id, { name: name.ok, locale }));
    sayNext(c, config, visit.t('sign.me_saved'));
    return c.redirect(visit.to('/me'), 303);
  });

  app.get('/me/sessions', async (c) => {
    const visit = c.get('visit');
    const sessions = await sessionsOf(db, personOf(c).id);
    return page(
      c,
      { title: visit.t('sign.me_sessions_title'), unlisted: true },
      <SessionsPage visit={visit} sessions={sessions} session_id={c.get('session_id')} />,
    );
  });
  app.post('/me/sessions', async (c) => {
    const { t, to } = c.get('visit');
    const { session } = await readForm(c);
    const person = personOf(c);
    if (session === 'others') {
      const n = await transact(db, (trx) => endOtherSessions(trx, person.id, c.get('session_id') ?? ''));
      sayNext(c, config, t('sign.sessions_ended', { n }));
    } else if (isId(session) && (await transact(db, (trx) => endSession(trx, person.id, session)))) {
      sayNext(c, config, t('sign.session_ended'));
    }
    return c.redirect(to('/me/sessions'), 303);
  });
  return app;
}

function personOf(c: Context<AppEnv>): Person {
  const { person } = c.get('visit');
  assert(person, 'the policy lets only the signed-in pass');
  return person;
}
