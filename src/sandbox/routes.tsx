import { type Context, Hono } from 'hono';
import { abandonCheckout, type Checkout, payCheckout, readCheckout, scriptOf } from '../gateways/index.ts';
import { refuse } from '../kit/index.ts';
import { prepareAssets } from '../look/index.ts';
import { content_security_policy, type Deps, type Form, readForm } from '../platform/http.ts';
import { isLocale, type Locale, speak } from '../platform/i18n.ts';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import { type AppEnv, whyForged } from '../visits/index.ts';
import { deliverWebhooks, type Send } from './deliver.ts';
import { AuthenticatePage, type Counter, EndedPage, PayPage, UnknownPage } from './pages.tsx';

type C = Context<AppEnv>;
type SandboxDeps = Deps & { send: Send };

/** The company's own pages: no language or node in the address, no visit, nothing of the merchant's. */
export function routes(deps: SandboxDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  if (!deps.config.sandbox) return app;
  const { db } = deps;
  const post = oneAtATime(
    () => deliverWebhooks(deps, deps.send),
    (err) => deps.log.error({ err }, 'Webhooks of the sandbox company wait.'),
  );

  app.get('/sandbox/pay/:id', async (c) => {
    const checkout = await readCheckout(db, c.req.param('id'));
    return checkout ? showPay(c, deps, checkout, {}) : unknown(c);
  });

  app.post('/sandbox/pay/:id', async (c) => {
    refuseForeign(c, deps);
    const id = c.req.param('id');
    const form = await readForm(c);
    if (form.step === 'leave') return leave(c, id);
    const wrong = problemsOf(form);
    const number = numberOf(form);
    if (Object.keys(wrong).length > 0) return again(c, id, form, wrong);
    if (scriptOf(number) === 'asks_authentication' && form.answer !== 'yes') {
      if (form.answer === 'no') return again(c, id, {}, { form: 'sandbox.refused_by_bank' });
      const open = await readCheckout(db, id);
      return open
        ? show(c, open, await stateOf(deps, open), (counter) => <AuthenticatePage counter={counter} number={number} />)
        : unknown(c);
    }
    const paid = await payCheckout(db, id, number);
    if (paid === undefined) return unknown(c);
    if (paid === 'card_was_declined') return again(c, id, form, { form: 'sandbox.declined' });
    if (paid.state === 'open') return showPay(c, deps, paid, {}, 422);
    post.kick();
    return back(c, paid);
  });

  async function leave(c: C, id: string): Promise<Response> {
    const left = await abandonCheckout(db, id);
    if (!left) return unknown(c);
    post.kick();
    return back(c, left);
  }

  async function again(c: C, id: string, typed: Form, errors: Errors): Promise<Response> {
    const checkout = await readCheckout(db, id);
    return checkout ? showPay(c, deps, checkout, { typed, errors }, 422) : unknown(c);
  }
  return app;
}

/** Field -> key of the sentence; `form` stands for all of it. */
export type Errors = Readonly<Record<string, `sandbox.${string}`>>;
type Said = { typed?: Form; errors?: Errors };

async function showPay(c: C, deps: SandboxDeps, checkout: Checkout, said: Said, status: 200 | 422 = 200): Promise<Response> {
  const state = await stateOf(deps, checkout);
  if (state !== 'open') return show(c, checkout, state, (counter) => <EndedPage counter={counter} />, status);
  return show(
    c,
    checkout,
    state,
    (counter) => <PayPage counter={counter} typed={said.typed ?? {}} errors={said.errors ?? {}} />,
    status,
  );
}

async function stateOf({ clock }: SandboxDeps, checkout: Checkout): Promise<Counter['state']> {
  if (checkout.state !== 'open') return checkout.state;
  return Temporal.Instant.compare(checkout.expires_at, await clock.now()) < 0 ? 'expired' : 'open';
}

async function show(
  c: C,
  checkout: Checkout,
  state: Counter['state'],
  body: (counter: Counter) => unknown,
  status: 200 | 422 = 200,
): Promise<Response> {
  await prepareAssets();
  const locale = localeOf(c, checkout.locale);
  const answer = await body({ checkout, state, locale, t: speak(locale) });
  c.header('cache-control', 'no-store');
  c.header('content-language', locale);
  c.header('x-robots-tag', 'noindex');
  // The form ends at the merchant's, who may live on another origin.
  c.header(
    'content-security-policy',
    content_security_policy.replace("form-action 'self'", `form-action 'self' ${new URL(checkout.return_url).origin}`),
  );
  return c.html(`<!doctype html>${String(answer)}`, status);
}

async function unknown(c: C): Promise<Response> {
  await prepareAssets();
  const locale = localeOf(c, '');
  return c.html(`<!doctype html>${String(await (<UnknownPage locale={locale} t={speak(locale)} />))}`, 404);
}

function localeOf(c: C, otherwise: string): Locale {
  const asked = c.req.query('lang');
  if (isLocale(asked)) return asked;
  return isLocale(otherwise) ? otherwise : 'en';
}

function back(c: C, checkout: Checkout): Response {
  return c.redirect(checkout.return_url, 303);
}

/** The company's forms are sent from the company's pages. */
function refuseForeign(c: C, { config }: SandboxDeps): void {
  const host = c.req.header('host') ?? '';
  const nearby = config.production ? [] : [`http://${host}`, `https://${host}`];
  const why = whyForged({
    sec_fetch_site: c.req.header('sec-fetch-site'),
    origin: c.req.header('origin'),
    own_origins: [config.origin, ...nearby],
    person_id: null,
    token: undefined,
    secret: '',
  });
  if (why) refuse(why, 403);
}

/** One of the test cards, or what was typed. */
function numberOf(form: Form): string {
  return (form.card && form.card !== 'typed' ? form.card : (form.number ?? '')).replaceAll(/[\s-]/g, '').slice(0, 30);
}

function problemsOf(form: Form): Errors {
  if (form.card && form.card !== 'typed') return {};
  const wrong: Record<string, `sandbox.${string}`> = {};
  if (!/^\d{12,19}$/.test(numberOf(form))) wrong.number = 'sandbox.number_is_wrong';
  if (!/^(0[1-9]|1[0-2])\s*\/?\s*(\d\d|20\d\d)$/.test(form.expiry?.trim() ?? '')) wrong.expiry = 'sandbox.expiry_is_wrong';
  if (!/^\d{3,4}$/.test(form.cvc?.trim() ?? '')) wrong.cvc = 'sandbox.cvc_is_wrong';
  if (!form.holder?.trim()) wrong.holder = 'sandbox.holder_is_missing';
  return wrong;
}
