import { type Context, Hono } from 'hono';
import { Refusal } from '../kit/index.ts';
import { page } from '../look/index.ts';
import {
  addressOf,
  askLink,
  askProof,
  askReset,
  confirmAddress,
  type Entered,
  enterByLink,
  enterByPassword,
  type House,
  leave,
  mailbox,
  minutes_of_link,
  openHouse,
  personOfReset,
  resetPassword,
  signUp,
  whyNotPassword,
} from '../people/index.ts';
import { type Deps, keepAddressSecret, readForm } from '../platform/http.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { accountRoutes } from './account-routes.tsx';
import { addressOfNext, callerOf, nextOf, orRefusal, problemsOfSignUp, sentences, shown, whyNotEmail } from './form.ts';
import {
  ForgotPage,
  LinkLandingPage,
  LinkPage,
  OverPage,
  ResetPage,
  SentPage,
  SignInPage,
  SignUpPage,
  type Typed,
  VerifyPage,
} from './pages.tsx';

type C = Context<AppEnv>;

export function routes(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const house = openHouse(deps.config, deps.db);
  passwordRoutes(app, house);
  linkRoutes(app, house);
  signUpRoutes(app, house);
  verifyRoutes(app, house);
  resetRoutes(app, house);
  app.post('/sign-out', async (c) => {
    for (const cookie of await leave(house, callerOf(c))) c.header('set-cookie', cookie, { append: true });
    sayNext(c, deps.config, c.get('visit').t('sign.signed_out'));
    return c.redirect(c.get('visit').to('/'), 303);
  });
  app.route('/', accountRoutes(deps));
  return app;
}

function passwordRoutes(app: Hono<AppEnv>, house: House): void {
  const show = (c: C, next: string, typed: Typed, status: 200 | 422 | 429 | 503 = 200) =>
    page(
      c,
      { title: c.get('visit').t('sign.sign_in_title'), narrow: true, unlisted: true, status },
      <SignInPage visit={c.get('visit')} next={next} {...typed} />,
    );

  app.get('/sign-in', async (c) => {
    const next = nextOf(c.req.query('next') ?? c.req.query('then'));
    return c.get('visit').person ? c.redirect(addressOfNext(c.get('visit'), next), 303) : show(c, next, {});
  });
  app.post('/sign-in', async (c) => {
    const form = await readForm(c);
    const next = nextOf(form.next);
    const email = form.email ?? '';
    const errors = sentences(c.get('visit'), {
      email: whyNotEmail(mailbox(email)),
      password: form.password ? null : 'password_is_missing',
    });
    if (Object.keys(errors).length > 0) return show(c, next, { values: { email }, errors }, 422);
    const entered = await orRefusal(enterByPassword(house, callerOf(c), email, form.password ?? ''));
    if (!(entered instanceof Refusal)) return goOn(c, entered, next);
    if (entered.code === 'address_not_proven') {
      await askProof(house, callerOf(c), email, next);
      return sent(c, house, '/sign-in/link', email);
    }
    const { status, errors: said } = shown(c, entered);
    return show(c, next, { values: { email }, errors: said }, status);
  });
}

function linkRoutes(app: Hono<AppEnv>, house: House): void {
  const show = (c: C, next: string, typed: Typed, status: 200 | 422 | 429 | 503 = 200) =>
    page(
      c,
      { title: c.get('visit').t('sign.link_title'), narrow: true, unlisted: true, status },
      <LinkPage visit={c.get('visit')} next={next} minutes={minutes_of_link} {...typed} />,
    );

  app.get('/sign-in/link', (c) => {
    const visit = c.get('visit');
    const next = nextOf(c.req.query('next'));
    const token = c.req.query('token');
    if (c.req.query('sent')) return sentPage(c, '/sign-in/link');
    if (!token) return show(c, next, {});
    keepAddressSecret(c);
    const title = visit.t('sign.link_landing_title');
    return page(c, { title, narrow: true, unlisted: true }, <LinkLandingPage visit={visit} next={next} token={token} />);
  });
  app.post('/sign-in/link', async (c) => {
    const form = await readForm(c);
    const next = nextOf(form.next);
    if (form.token) {
      const entered = await orRefusal(enterByLink(house, callerOf(c), form.token));
      return entered instanceof Refusal ? over(c, '/sign-in/link') : goOn(c, entered, next);
    }
    const email = form.email ?? '';
    const errors = sentences(c.get('visit'), { email: whyNotEmail(mailbox(email)) });
    if (errors.email) return show(c, next, { values: { email }, errors }, 422);
    const asked = await orRefusal(askLink(house, callerOf(c), email, next));
    if (!(asked instanceof Refusal)) return sent(c, house, '/sign-in/link', email);
    const { status, errors: said } = shown(c, asked);
    return show(c, next, { values: { email }, errors: said }, status);
  });
}

function signUpRoutes(app: Hono<AppEnv>, house: House): void {
  const show = (c: C, next: string, typed: Typed, status: 200 | 422 | 429 | 503 = 200) =>
    page(
      c,
      { title: c.get('visit').t('sign.sign_up_title'), narrow: true, unlisted: true, status },
      <SignUpPage visit={c.get('visit')} next={next} {...typed} />,
    );

  app.get('/sign-up', async (c) => {
    const next = nextOf(c.req.query('next'));
    if (c.req.query('sent')) return sentPage(c, '/sign-up');
    return c.get('visit').person ? c.redirect(addressOfNext(c.get('visit'), next), 303) : show(c, next, {});
  });
  app.post('/sign-up', async (c) => {
    const form = await readForm(c);
    const next = nextOf(form.next);
    const values = { name: form.name ?? '', email: form.email ?? '' };
    const { name, email, errors } = problemsOfSignUp(c.get('visit'), form);
    if (Object.keys(errors).length > 0) return show(c, next, { values, errors }, 422);
    const opened = await orRefusal(signUp(house, callerOf(c), { name, email, password: form.password ?? '', next }));
    if (!(opened instanceof Refusal)) return sent(c, house, '/sign-up', email);
    const { status, errors: said } = shown(c, opened);
    return show(c, next, { values, errors: said }, status);
  });
}

function verifyRoutes(app: Hono<AppEnv>, house: House): void {
  const show = (
    c: C,
    facts: { token: string; email: string; next: string },
    typed: Typed,
    status: 200 | 422 | 429 | 503 = 200,
  ) => {
    keepAddressSecret(c);
    return page(
      c,
      { title: c.get('visit').t('sign.verify_title'), narrow: true, unlisted: true, status },
      <VerifyPage visit={c.get('visit')} {...facts} {...typed} />,
    );
  };
  app.get('/verify', (c) => {
    const token = c.req.query('token') ?? '';
    const email = addressOf(token);
    return email ? show(c, { token, email, next: nextOf(c.req.query('next')) }, {}) : over(c, '/sign-in/link');
  });
  app.post('/verify', async (c) => {
    const form = await readForm(c);
    const facts = { token: form.token ?? '', email: addressOf(form.token ?? '') ?? '', next: nextOf(form.next) };
    const entered = await orRefusal(confirmAddress(house, callerOf(c), facts.token, form.password ?? ''));
    if (!(entered instanceof Refusal)) return goOn(c, entered, facts.next);
    if (entered.code === 'link_is_over') return over(c, '/sign-in/link');
    const { status, errors } = shown(c, entered);
    return show(c, facts, { errors }, status);
  });
}

function resetRoutes(app: Hono<AppEnv>, house: House): void {
  const showForgot = (c: C, typed: Typed, status: 200 | 422 | 429 | 503 = 200) =>
    page(
      c,
      { title: c.get('visit').t('sign.forgot_title'), narrow: true, unlisted: true, status },
      <ForgotPage visit={c.get('visit')} {...typed} />,
    );

  app.get('/forgot', (c) => (c.req.query('sent') ? sentPage(c, '/forgot') : showForgot(c, {})));
  app.post('/forgot', async (c) => {
    const email = (await readForm(c)).email ?? '';
    const errors = sentences(c.get('visit'), { email: whyNotEmail(mailbox(email)) });
    if (errors.email) return showForgot(c, { values: { email }, errors }, 422);
    const asked = await orRefusal(askReset(house, callerOf(c), email));
    if (!(asked instanceof Refusal)) return sent(c, house, '/forgot', email);
    const { status, errors: said } = shown(c, asked);
    return showForgot(c, { values: { email }, errors: said }, status);
  });

  const showReset = (c: C, token: string, email: string, typed: Typed, status: 200 | 422 = 200) => {
    keepAddressSecret(c);
    return page(
      c,
      { title: c.get('visit').t('sign.reset_title'), narrow: true, unlisted: true, status },
      <ResetPage visit={c.get('visit')} token={token} email={email} {...typed} />,
    );
  };
  app.get('/reset', async (c) => {
    const token = c.req.query('token') ?? '';
    const person = await personOfReset(house, token);
    return person ? showReset(c, token, person.email, {}) : over(c, '/forgot');
  });
  app.post('/reset', async (c) => {
    const { token = '', password = '' } = await readForm(c);
    const visit = c.get('visit');
    const person = await personOfReset(house, token);
    if (!person) return over(c, '/forgot');
    const errors = sentences(visit, {
      password: whyNotPassword(password, { email: person.email, name: person.name, site: visit.text(visit.node.name).text }),
    });
    if (errors.password) return showReset(c, token, person.email, { errors }, 422);
    const done = await orRefusal(resetPassword(house, callerOf(c), token, password));
    if (done instanceof Refusal) return over(c, '/forgot');
    sayNext(c, house.config, visit.t('sign.password_changed'));
    return c.redirect(visit.to('/sign-in'), 303);
  });
}

function goOn(c: C, entered: Entered, next: string): Response {
  for (const cookie of entered.cookies) c.header('set-cookie', cookie, { append: true });
  return c.redirect(addressOfNext(c.get('visit'), next), 303);
}

function sent(c: C, house: House, again: string, email: string): Response {
  const sentence = c.get('visit').t.rich('sign.sent_text', { email: mailbox(email), b: (text: unknown[]) => text.join('') });
  sayNext(c, house.config, sentence.join(''));
  return c.redirect(c.get('visit').to(`${again}?sent=1`), 303);
}

function sentPage(c: C, again: string): Promise<Response> {
  const visit = c.get('visit');
  return page(c, { title: visit.t('sign.sent_title'), narrow: true, unlisted: true }, <SentPage visit={visit} again={again} />);
}

function over(c: C, again: string): Promise<Response> {
  keepAddressSecret(c);
  const visit = c.get('visit');
  return page(
    c,
    { title: visit.t('sign.over_title'), narrow: true, unlisted: true, status: 422 },
    <OverPage visit={visit} again={again} />,
  );
}
