import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Locale } from '../platform/i18n.ts';
import type { Visit } from '../visits/index.ts';
import { assetUrl, nodeCssUrl, prepareAssets, rebuildOnChange } from './assets.ts';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Notice, words } from './parts.tsx';
import { offered, placeName } from './place.ts';

export type PageFacts = {
  /** Without the name of the place: that is added. */
  title: string;
  description?: string | undefined;
  /** Status of the answer, 200 when not said. */
  status?: 200 | 201 | 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503;
  /** Nothing but the narrow column of a form or a text. */
  narrow?: boolean;
  /** The page brings its own bands and widths: no wrap around the body. */
  wide?: boolean;
  /** More elements for the head. */
  head?: Child;
  /** Class of the body, for print and page styles. */
  class?: string;
  /** Keep search engines away (personal pages, forms). */
  unlisted?: boolean;
  /** Absolute address of a picture for those who share the page. */
  picture?: string;
};

const settings = { development: false };

/** Said once at start: whether the developer's line is shown. Builds the assets, so that the first visitor does not wait. */
export async function prepareLook(chosen: { development: boolean }): Promise<void> {
  settings.development = chosen.development;
  await prepareAssets();
  if (chosen.development) rebuildOnChange();
}

/** Answers with a whole page around `body`, in the visit's language and node. */
export async function page<E extends { Variables: { visit: Visit } }>(
  c: Context<E>,
  facts: PageFacts,
  body: Child,
): Promise<Response> {
  await prepareAssets();
  const visit = (c as unknown as Context<{ Variables: { visit: Visit } }>).get('visit');
  const text = await renderPage(visit, facts, body);
  c.header('content-language', visit.locale);
  return c.html(text, facts.status ?? 200);
}

/** The same as text; `prepareAssets` must be over. */
export async function renderPage(visit: Visit, facts: PageFacts, body: Child): Promise<string> {
  return String(await html`<!doctype html>${<Document visit={visit} facts={facts} body={body} />}`);
}

function Document({ visit, facts, body }: { visit: Visit; facts: PageFacts; body: Child }) {
  const { t, locale } = visit;
  return (
    <html lang={locale}>
      <Head visit={visit} facts={facts} />
      <body class={words(facts.class)}>
        <a class="skip" href="#main">
          {t('look.skip')}
        </a>
        <Header visit={visit} />
        <main id="main" tabindex={-1} class={facts.wide ? undefined : words('wrap', 'page', facts.narrow && 'is-narrow')}>
          {visit.flash && (
            <div class={facts.wide ? 'wrap' : undefined}>
              <Notice kind="done" live>
                {visit.flash}
              </Notice>
            </div>
          )}
          {body}
        </main>
        <Footer visit={visit} development={settings.development} />
      </body>
    </html>
  );
}

function Head({ visit, facts }: { visit: Visit; facts: PageFacts }) {
  const place = placeName(visit);
  const title = facts.title === place ? place : `${facts.title} · ${place}`;
  const node_css = nodeCssUrl(visit.node.slug, visit.node.look);
  const bare = visit.path.split('#')[0] ?? '/';
  const absolute = (path: string, locale?: Locale): string => new URL(visit.to(path, locale), visit.origin).href;
  const canonical = absolute(bare.split('?')[0] ?? '/');
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="color-scheme" content="light dark" />
      <link rel="preload" href={assetUrl('text.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="preload" href={assetUrl('display.woff2')} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="stylesheet" href={assetUrl('app.css')} />
      {node_css && <link rel="stylesheet" href={node_css} />}
      <script type="module" src={assetUrl('app.js')} />
      {facts.description && <meta name="description" content={facts.description} />}
      {facts.unlisted && <meta name="robots" content="noindex" />}
      {!facts.unlisted && <link rel="canonical" href={canonical} />}
      {!facts.unlisted &&
        offered(visit).map((locale) => <link rel="alternate" hreflang={locale} href={absolute(bare, locale)} />)}
      <link rel="icon" href={assetUrl('favicon.svg')} type="image/svg+xml" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fcf9f1" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0a1818" />
      <meta property="og:title" content={facts.title} />
      <meta property="og:site_name" content={place} />
      <meta property="og:type" content="website" />
      <meta property="og:url" content={canonical} />
      <meta property="og:locale" content={{ en: 'en_GB', fr: 'fr_FR', es: 'es_ES' }[visit.locale]} />
      {facts.description && <meta property="og:description" content={facts.description} />}
      {facts.picture && <meta property="og:image" content={facts.picture} />}
      {facts.head}
    </head>
  );
}
