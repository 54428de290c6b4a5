import { Hono } from 'hono';
import { isId, refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { only, sql } from '../platform/db.ts';
import { type Deps, readForm } from '../platform/http.ts';
import type { AppEnv } from '../visits/index.ts';
import { liveThrough, type Span } from './clock.ts';
import { clockPage } from './clock-page.tsx';
import { comingMoments, happenedSince, liveCampaigns } from './coming.ts';
import { mailboxPage, mailPage } from './mail-pages.tsx';
import { keptMail, keptMails } from './mails.ts';
import { stylePage } from './style.tsx';

/** Pages for those who build: in production none of them exists. `catchUp`: what a worker would do next, done at once. */
export function routes(deps: Deps & { catchUp(): Promise<void> }): Hono<AppEnv> {
  const { db, config } = deps;
  const app = new Hono<AppEnv>();

  app.get('/dev/clock', async (c) => {
    const since = /^\d{1,18}$/.test(c.req.query('since') ?? '') ? BigInt(c.req.query('since') ?? '0') : null;
    const [campaigns, coming, happened] = await Promise.all([
      liveCampaigns(db),
      comingMoments(db, 40),
      since === null ? null : happenedSince(db, since),
    ]);
    const visit = c.get('visit');
    const movable = config.clock === 'movable';
    return page(c, { title: visit.t('dev.clock'), unlisted: true }, clockPage(visit, { campaigns, coming, happened, movable }));
  });

  app.post('/dev/clock', async (c) => {
    if (config.clock !== 'movable') refuse('clock_is_real', 409);
    const form = await readForm(c);
    const span = spans[form.by ?? ''] ?? { to: await endOf(form.campaign ?? '') };
    const before = await only<{ id: bigint }>(db, sql`select coalesce(max(id), 0) as id from events`);
    await liveThrough(deps, span);
    deps.clock.forget();
    return c.redirect(c.get('visit').to(`/dev/clock?since=${before.id}#happened`), 303);
  });

  app.get('/dev/mail', async (c) => {
    const to = c.req.query('to')?.slice(0, 254) ?? '';
    const number = Number(c.req.query('page') ?? 1);
    const box = await keptMails(db, to, Number.isInteger(number) && number > 0 && number < 10_000 ? number : 1);
    return page(c, { title: c.get('visit').t('dev.mail'), unlisted: true }, mailboxPage(c.get('visit'), { ...box, to }));
  });

  app.get('/dev/mail/:id', async (c) => {
    const mail = isId(c.req.param('id')) ? await keptMail(db, c.req.param('id')) : undefined;
    if (!mail) return c.notFound();
    return page(c, { title: mail.subject, unlisted: true }, mailPage(c.get('visit'), mail));
  });

  /** The document itself: nothing may run or be fetched in it, and its links lead out of it. */
  app.get('/dev/mail/:id/html', async (c) => {
    const mail = isId(c.req.param('id')) ? await keptMail(db, c.req.param('id')) : undefined;
    if (!mail) return c.notFound();
    c.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    return c.html(mail.html);
  });

  app.get('/dev/style', (c) => page(c, { title: 'Style', unlisted: true }, stylePage(c.get('visit'))));

  async function endOf(campaign_id: string): Promise<Temporal.Instant> {
    const campaign = (await liveCampaigns(db)).find(({ id }) => id === campaign_id);
    return campaign ? campaign.ends_at.add({ minutes: 1 }) : refuse('campaign_is_decided', 409);
  }

  return app;
}

const spans: Record<string, Span> = { hour: { hours: 1 }, day: { days: 1 }, week: { days: 7 } };
