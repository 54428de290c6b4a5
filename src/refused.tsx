import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { Refusal } from './kit/index.ts';
import { assetUrl, page } from './look/index.ts';
import { codeOf, constraintOf, isConnectionLost } from './platform/db.ts';
import type { Deps } from './platform/http.ts';
import { bestLocale, locales, speak } from './platform/i18n.ts';
import { type AppEnv, pathnameOf, placeOf, sayWhy, type Visit } from './visits/index.ts';

type Status = 400 | 403 | 404 | 409 | 422 | 429 | 500 | 503;

/** What machines are told where no refusal says it better. */
const words: Partial<Record<Status, string>> = { 403: 'not_yours', 404: 'not_found' };

/** Every "no" and every mishap ends here, as a page in the reader's language that says what to do next. */
export async function answerError(error: Error, c: Context<AppEnv>, deps: Deps): Promise<Response> {
  const refusal = asRefusal(error);
  if (!refusal) {
    deps.log.error({ err: error, request_id: c.get('request_id') }, 'Something broke while answering.');
    return refused(c, 500);
  }
  if (refusal !== error) deps.log.warn({ err: error, request_id: c.get('request_id') }, 'Refused because of the database.');
  return refused(c, refusal.status, refusal);
}

/** The page of a status. `refusal` says more exactly what stands in the way. */
export async function refused(c: Context<AppEnv>, status: Status, refusal?: Refusal): Promise<Response> {
  const visit = c.get('visit') as Visit | undefined;
  c.header('cache-control', 'no-store');
  if (status === 503) c.header('retry-after', '10');
  if (status === 429) sayWhen(c, visit, refusal);
  if (!wantsPage(c)) return c.json({ error: refusal?.code ?? words[status] ?? 'broken' }, status);
  if (!visit) return plainPage(c, status);
  const { t } = visit;
  const title = t(`sign.page_${status}_title`);
  const why = refusal ? sayWhy(visit, refusal) : null;
  const link = (path: string) => (text: Child) => <a href={visit.to(path)}>{text}</a>;
  try {
    return await page(
      c,
      { title, narrow: true, unlisted: true, status },
      <>
        <h1>{title}</h1>
        {why && <p class="lede">{why}</p>}
        {(!why || status === 404) && (
          <p>{t.rich(`sign.page_${status}_text`, { a: link(status === 404 ? '/explore' : '/me/contributions') })}</p>
        )}
        {status === 500 && <p class="muted">{t('sign.page_500_number', { id: c.get('request_id') })}</p>}
        <p>
          <a href={visit.to('/')}>{t('sign.back')}</a>
        </p>
      </>,
    );
  } catch {
    return plainPage(c, status);
  }
}

/** Errors of the database that are an answer: a constraint named after a refusal, a text it cannot hold, a server that is away. */
function asRefusal(error: Error): Refusal | null {
  if (error instanceof Refusal) return error;
  const code = codeOf(error) ?? '';
  const constraint = constraintOf(error);
  if (/^23/.test(code) && constraint && speak('en').maybe(`refusal.${constraint}`)) return new Refusal(constraint, 409);
  // Not text for PostgreSQL; not a uuid, a number or a date; a number out of range.
  if (/^22(021|P05|P02|003|007|008)$/.test(code)) return new Refusal('address_cannot_be_read', 400);
  // A lock or a statement that took too long, no connection left, the database starting or stopping.
  if (isConnectionLost(error) || /^(55P03|57014|53300|57P0[1-4])$/.test(code)) return new Refusal('closed_for_a_moment', 503);
  return null;
}

function sayWhen(c: Context<AppEnv>, visit: Visit | undefined, refusal: Refusal | undefined): void {
  const retry_at = refusal?.params?.retry_at;
  const wait_ms =
    visit && typeof retry_at === 'string'
      ? Temporal.Instant.from(retry_at).epochMilliseconds - visit.now.epochMilliseconds
      : 60_000;
  c.header('retry-after', String(Math.max(1, Math.ceil(wait_ms / 1000))));
}

/** Machines get a word. */
function wantsPage(c: Context): boolean {
  const accepted = c.req.header('accept');
  return !accepted || /text\/html|\*\/\*/.test(accepted);
}

/** When not even the node is known (no database): the words alone, in the reader's language. */
async function plainPage(c: Context<AppEnv>, status: Status): Promise<Response> {
  const locale = placeOf(pathnameOf(c.req.url)).locale ?? bestLocale(c.req.header('accept-language'), locales, 'en');
  const t = speak(locale);
  const plain = t.rich(`sign.page_${status}_text`, { a: (text: unknown[]) => text.join('') }).join('');
  const body = html`<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t(`sign.page_${status}_title`)}</title>${styles()}</head>
<body><main class="wrap page is-narrow"><h1>${t(`sign.page_${status}_title`)}</h1><p>${plain}</p></main></body></html>`;
  return c.html(await body, status);
}

function styles() {
  try {
    return html`<link rel="stylesheet" href="${assetUrl('app.css')}">`;
  } catch {
    return '';
  }
}
