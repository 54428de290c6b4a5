import type { Child } from 'hono/jsx';
import { type Checkout, cards } from '../gateways/index.ts';
import { type Currency, formatMoney, money } from '../kit/index.ts';
import { assetUrl } from '../look/index.ts';
import type { Form } from '../platform/http.ts';
import { type Locale, locales, type MessageKey, type T } from '../platform/i18n.ts';
import type { Errors } from './routes.tsx';

/** A checkout at the company's counter, and the language spoken there. */
export type Counter = { checkout: Checkout; state: Checkout['state'] | 'expired'; locale: Locale; t: T };

const tongues: Record<Locale, string> = { en: 'English', fr: 'Français', es: 'Español' };

/** The good card first, then the others in the order of what people try. */
const test_cards = Object.entries(cards)
  .map(([digits, script]) => ({ number: digits === '4242' ? '4242424242424242' : `400000000000${digits}`, script }))
  .sort((a, b) => placeOf(a.script) - placeOf(b.script));

function placeOf(script: string): number {
  const first = ['succeeds', 'declined', 'asks_authentication'].indexOf(script);
  return first < 0 ? 3 : first;
}

function amountOf({ checkout, locale }: Counter): string {
  return formatMoney(money(checkout.amount_cents, checkout.currency as Currency), locale);
}

/** A sober page of another house: its own head, its own face, and play money said on every one. */
function House(props: { locale: Locale; t: T; title: string; path?: string; children?: Child }) {
  const { t, locale } = props;
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${props.title} · Sandbox Pay`}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={assetUrl('app.css')} />
        <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
      </head>
      <body class="sbx">
        <header>
          <p class="sbx-play">{t('sandbox.play_money')}</p>
          <div class="sbx-head">
            <p class="sbx-name">
              <svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
                <rect x="1" y="5" width="26" height="18" rx="4" />
                <path d="M1 11h26M5 18h6" />
              </svg>
              Sandbox Pay
            </p>
            {props.path && (
              <nav aria-label={t('look.languages')} class="sbx-tongues">
                {locales.map((each) => (
                  <a
                    href={`${props.path}?lang=${each}`}
                    lang={each}
                    hreflang={each}
                    aria-current={each === locale ? 'true' : undefined}
                  >
                    {tongues[each]}
                  </a>
                ))}
              </nav>
            )}
          </div>
        </header>
        <main class="sbx-main">{props.children}</main>
        <footer class="sbx-foot">
          <p>{t('sandbox.about')}</p>
        </footer>
      </body>
    </html>
  );
}

function pathOf({ checkout }: Counter): string {
  return `/sandbox/pay/${checkout.id}`;
}

function Order({ counter }: { counter: Counter }) {
  const { t, checkout } = counter;
  const later = checkout.purpose === 'secure';
  return (
    <section class="sbx-order" aria-labelledby="order">
      <p class="sbx-merchant">{checkout.merchant === 'acequia' ? 'Acequia' : checkout.merchant}</p>
      <h1 id="order">{t(later ? 'sandbox.title_secure' : 'sandbox.title_pay')}</h1>
      <p class="sbx-sum">{amountOf(counter)}</p>
      <p>{checkout.description}</p>
      <p class="sbx-say">{t(later ? 'sandbox.say_secure' : 'sandbox.say_pay', { amount: amountOf(counter) })}</p>
    </section>
  );
}

/** A card, chosen or typed. Choosing needs no script; what is typed is asked for only then. */
export function PayPage({ counter, typed, errors }: { counter: Counter; typed: Form; errors: Errors }) {
  const { t, locale, checkout } = counter;
  const chosen = typed.card ?? '4242424242424242';
  const later = checkout.purpose === 'secure';
  return (
    <House locale={locale} t={t} title={t(later ? 'sandbox.title_secure' : 'sandbox.title_pay')} path={pathOf(counter)}>
      <Order counter={counter} />
      <section class="sbx-sheet" aria-label={t('sandbox.card')}>
        <Wrong t={t} errors={errors} />
        <form method="post" action={`${pathOf(counter)}?lang=${locale}`} novalidate>
          <fieldset class="sbx-cards">
            <legend>{t('sandbox.card')}</legend>
            <p class="sbx-hint">{t('sandbox.card_hint')}</p>
            {test_cards.map(({ number, script }) => (
              <CardChoice t={t} number={number} script={script} chosen={chosen} />
            ))}
            <div class="sbx-card">
              <input type="radio" name="card" value="typed" id="c-typed" checked={chosen === 'typed'} />
              <label for="c-typed">{t('sandbox.another')}</label>
              <div class="sbx-typed">
                <Line
                  t={t}
                  name="number"
                  typed={typed}
                  errors={errors}
                  inputmode="numeric"
                  autocomplete="cc-number"
                  placeholder="4242 4242 4242 4242"
                />
                <div class="sbx-pair">
                  <Line
                    t={t}
                    name="expiry"
                    typed={typed}
                    errors={errors}
                    inputmode="numeric"
                    autocomplete="cc-exp"
                    placeholder="12/34"
                  />
                  <Line t={t} name="cvc" typed={{}} errors={errors} inputmode="numeric" autocomplete="cc-csc" placeholder="123" />
                </div>
                <Line t={t} name="holder" typed={typed} errors={errors} inputmode="text" autocomplete="cc-name" />
              </div>
            </div>
          </fieldset>
          <button type="submit" class="sbx-pay">
            {t(later ? 'sandbox.do_secure' : 'sandbox.do_pay', { amount: amountOf(counter) })}
          </button>
          {later && <p class="sbx-under">{t('sandbox.nothing_today')}</p>}
        </form>
        <form method="post" action={`${pathOf(counter)}?lang=${locale}`} class="sbx-leave">
          <button type="submit" name="step" value="leave">
            {t('sandbox.leave')}
          </button>
        </form>
      </section>
    </House>
  );
}

function CardChoice({ t, number, script, chosen }: { t: T; number: string; script: string; chosen: string }) {
  const id = `c-${number.slice(-4)}`;
  return (
    <div class="sbx-card">
      <input type="radio" name="card" value={number} id={id} checked={chosen === number} aria-describedby={`${id}-does`} />
      <label for={id}>{number.replace(/(.{4})(?=.)/g, '$1 ')}</label>
      <span class="sbx-does" id={`${id}-does`}>
        {t.maybe(`sandbox.card_${script}`) ?? script.replaceAll('_', ' ')}
      </span>
    </div>
  );
}

type LineFacts = {
  t: T;
  name: 'number' | 'expiry' | 'cvc' | 'holder';
  typed: Form;
  errors: Errors;
  inputmode: 'numeric' | 'text';
  autocomplete: string;
  placeholder?: string;
};

function Line({ t, name, typed, errors, inputmode, autocomplete, placeholder }: LineFacts) {
  const error = errors[name];
  return (
    <p class="sbx-line">
      <label for={`f-${name}`}>{t(`sandbox.${name}`)}</label>
      <input
        id={`f-${name}`}
        name={name}
        value={typed[name]}
        inputmode={inputmode}
        autocomplete={autocomplete}
        placeholder={placeholder}
        maxlength={40}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `f-${name}-error` : undefined}
      />
      {error && (
        <span class="sbx-error" id={`f-${name}-error`}>
          {t(error as MessageKey)}
        </span>
      )}
    </p>
  );
}

function Wrong({ t, errors }: { t: T; errors: Errors }) {
  if (Object.keys(errors).length === 0) return null;
  return (
    <div class="sbx-wrong" role="alert" tabindex={-1} autofocus>
      <p>{t((errors.form ?? 'sandbox.look_again') as MessageKey)}</p>
    </div>
  );
}

/** The card's bank wants to know that it is really its owner. */
export function AuthenticatePage({ counter, number }: { counter: Counter; number: string }) {
  const { t, locale } = counter;
  if (counter.state !== 'open') return <EndedPage counter={counter} />;
  return (
    <House locale={locale} t={t} title={t('sandbox.bank_title')}>
      <section class="sbx-bank">
        <p class="sbx-merchant">{t('sandbox.bank')}</p>
        <h1>{t('sandbox.bank_title')}</h1>
        <p>
          {t(counter.checkout.purpose === 'secure' ? 'sandbox.bank_text_secure' : 'sandbox.bank_text_pay', {
            amount: amountOf(counter),
            digits: number.slice(-4),
          })}
        </p>
        <form method="post" action={`${pathOf(counter)}?lang=${locale}`}>
          <input type="hidden" name="card" value={number} />
          <button type="submit" name="answer" value="yes" class="sbx-pay">
            {t('sandbox.bank_yes')}
          </button>
          <button type="submit" name="answer" value="no" class="sbx-quiet">
            {t('sandbox.bank_no')}
          </button>
        </form>
      </section>
    </House>
  );
}

/** Paid, saved, given up or too late: there is nothing left to do here. */
export function EndedPage({ counter }: { counter: Counter }) {
  const { t, locale, state } = counter;
  return (
    <House locale={locale} t={t} title={t(`sandbox.ended_${state}` as MessageKey)} path={pathOf(counter)}>
      <section class="sbx-bank">
        <h1>{t(`sandbox.ended_${state}` as MessageKey)}</h1>
        <p>{t(`sandbox.ended_${state}_text` as MessageKey, { amount: amountOf(counter) })}</p>
        <p>
          <a class="sbx-pay" href={counter.checkout.return_url}>
            {t('sandbox.back')}
          </a>
        </p>
      </section>
    </House>
  );
}

export function UnknownPage({ locale, t }: { locale: Locale; t: T }) {
  return (
    <House locale={locale} t={t} title={t('sandbox.unknown')}>
      <section class="sbx-bank">
        <h1>{t('sandbox.unknown')}</h1>
        <p>{t('sandbox.unknown_text')}</p>
      </section>
    </House>
  );
}
