import { type Context, Hono } from 'hono';
import { Button, Choice, Choices, Form, Notice, page } from '../look/index.ts';
import { transact } from '../platform/db.ts';
import { type Deps, keepAddressSecret, readForm } from '../platform/http.ts';
import { bestLocale, inLocale, locales } from '../platform/i18n.ts';
import { type AppEnv, address, type Visit } from '../visits/index.ts';
import { readStop, type Stop } from './links.ts';
import { resumeNews, stopNews, titleOf } from './stops.ts';

/** Where the link at the foot of news leads, and the address that mail programs call when their own button is pressed (RFC 8058). */
export function routes({ config, db }: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/mail/:key', async (c) => {
    keepAddressSecret(c);
    const asked = await askedBy(c);
    return asked ? askPage(c, asked) : brokenPage(c);
  });

  app.post('/mail/:key', async (c) => {
    keepAddressSecret(c);
    const asked = await askedBy(c);
    if (!asked) return brokenPage(c);
    const form = await readForm(c);
    const all = form.what === 'all';
    const again = form.again === 'yes';
    await transact(db, (trx) => (again ? resumeNews(trx, asked.stop) : stopNews(trx, asked.stop, all)));
    return donePage(c, asked, { all, again });
  });

  app.post('/mail-stop/:key', async (c) => {
    const stop = readStop(config.secret, c.req.param('key'));
    if (stop) await transact(db, (trx) => stopNews(trx, stop, false));
    return c.text(stop ? 'Done.' : 'This link cannot be read.', stop ? 200 : 404);
  });

  /** A person who opens the other address finds the page. */
  app.get('/mail-stop/:key', (c) => {
    const locale = bestLocale(c.req.header('accept-language'), locales, 'en');
    return c.redirect(address(locale, null, `/mail/${c.req.param('key')}`), 303);
  });

  async function askedBy(c: Context<AppEnv>): Promise<Asked | null> {
    const stop = readStop(config.secret, c.req.param('key') ?? '');
    const found = stop && (await titleOf(db, stop.campaign_id));
    const title = found && inLocale(found.title, c.get('visit').locale, found.locale).text;
    return stop && title ? { stop, title } : null;
  }

  return app;
}

type Asked = { stop: Stop; title: string };

function askPage(c: Context<AppEnv>, { stop, title }: Asked) {
  const visit = c.get('visit');
  const { t } = visit;
  const about = stop.topic === 'promoter_news' ? t('mail.stop_text_promoter', stop) : t('mail.stop_text', stop);
  return page(
    c,
    { title: t('mail.stop_title'), narrow: true, unlisted: true },
    <>
      <h1>{t('mail.stop_title')}</h1>
      <p class="lede">{about}</p>
      <Form visit={visit} action={visit.path}>
        <Choices name="what" legend={t('mail.stop_legend')}>
          <Choice name="what" value="this" label={t('mail.stop_this', { title })} checked />
          <Choice name="what" value="all" label={t('mail.stop_all')} />
        </Choices>
        <div class="row">
          <Button kind="give">{t('mail.stop_button')}</Button>
        </div>
      </Form>
    </>,
  );
}

function donePage(c: Context<AppEnv>, { stop, title }: Asked, { all, again }: { all: boolean; again: boolean }) {
  const visit: Visit = c.get('visit');
  const { t } = visit;
  const heading = again ? t('mail.resumed_title') : t('mail.stopped_title');
  return page(
    c,
    { title: heading, narrow: true, unlisted: true },
    <>
      <h1>{heading}</h1>
      <Notice kind="done" live>
        {again ? t('mail.resumed_text', stop) : t('mail.stopped_text', { all: all ? 'yes' : 'no', title, address: stop.address })}
      </Notice>
      {!again && (
        <Form visit={visit} action={visit.path}>
          <input type="hidden" name="again" value="yes" />
          <div class="row">
            <Button kind="quiet">{t('mail.resume_button')}</Button>
          </div>
        </Form>
      )}
    </>,
  );
}

function brokenPage(c: Context<AppEnv>) {
  const { t } = c.get('visit');
  return page(
    c,
    { title: t('mail.stop_broken_title'), narrow: true, unlisted: true, status: 404 },
    <>
      <h1>{t('mail.stop_broken_title')}</h1>
      <p class="lede">{t('mail.stop_broken_text')}</p>
    </>,
  );
}
