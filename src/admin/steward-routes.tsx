import { type Context, Hono } from 'hono';
import { confirmCash, recordCash, visibilities } from '../contributions/index.ts';
import { isId, newId, refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { localeFor } from '../nodes/index.ts';
import { type Deps, type Form, readForm } from '../platform/http.ts';
import { stopCampaign } from '../rounds/index.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { type Errors, orErrors, readCash, readReason } from './forms.ts';
import { campaignsOver, campaignsUnderWay, campaignToStop, cashOf, eventsOfNode, openCampaigns } from './queries.ts';
import { CampaignsPage, mayStop } from './views/campaigns.tsx';
import { CashPage, ConfirmCashPage } from './views/cash.tsx';
import { LogPage } from './views/log.tsx';
import { StopPage } from './views/stop.tsx';
import { amountOf } from './views/words.tsx';

type C = Context<AppEnv>;

const log_lines = 60;

/** The steward's desk, of the node of the visit. The policy has made sure that a steward of this node asks. */
export function stewardRoutes(deps: Deps): Hono<AppEnv> {
  const { db, config } = deps;
  const app = new Hono<AppEnv>();

  app.get('/desk', async (c) => {
    const visit = c.get('visit');
    const number = Math.min(1_000, Number(/^[1-9]\d{0,3}$/.exec(c.req.query('page') ?? '')?.[0] ?? 1));
    const [live, over] = await Promise.all([campaignsUnderWay(db, visit.node.id), campaignsOver(db, visit.node.id, number)]);
    return page(
      c,
      { title: visit.t('desk.steward_title'), unlisted: true },
      <CampaignsPage visit={visit} live={live} over={over} />,
    );
  });

  app.get('/desk/campaigns/:id/stop', (c) => stopPage(c, '', {}));

  app.post('/desk/campaigns/:id/stop', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const typed = form.reason ?? '';
    const reason = readReason(form);
    if ('errors' in reason) return stopPage(c, typed, reason.errors);
    const stopped = await orErrors(stopCampaign(db, actorOf(c), visit.node.id, idOf(c), reason.ok));
    if ('errors' in stopped) return stopPage(c, typed, stopped.errors);
    sayNext(c, config, visit.t('desk.said_stopped'));
    return c.redirect(visit.to('/desk'), 303);
  });

  app.get('/desk/cash', (c) => cashPage(c, { form_key: newId() }, {}));

  app.post('/desk/cash', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const read = readCash(form, visit, await openCampaigns(db, visit.node.id));
    if ('errors' in read) return cashPage(c, form, read.errors);
    const gift = {
      ...read.ok,
      made_node_id: visit.node.id,
      locale: localeFor(visit.node, form.locale),
      visibility: visibilities.find((each) => each === form.visibility) ?? 'anonymous',
      two_eyes_above_cents: visit.node.settings.cash_two_eyes_cents,
    };
    const recorded = await orErrors(recordCash(db, actorOf(c), gift));
    if ('errors' in recorded) return cashPage(c, form, recorded.errors);
    const amount = amountOf(visit, gift.amount_cents, visit.node.currency);
    sayNext(c, config, visit.t(recorded.ok.waits_for_second ? 'desk.said_cash_waits' : 'desk.said_cash', { amount }));
    return c.redirect(visit.to('/desk/cash'), 303);
  });

  app.get('/desk/cash/:id', (c) => confirmPage(c, {}));

  app.post('/desk/cash/:id', async (c) => {
    const visit = c.get('visit');
    const confirmed = await orErrors(confirmCash(db, actorOf(c), idOf(c), visit.node.id));
    if ('errors' in confirmed) return confirmPage(c, confirmed.errors);
    sayNext(c, config, visit.t('desk.said_cash_confirmed'));
    return c.redirect(visit.to('/desk/cash'), 303);
  });

  app.get('/desk/log', async (c) => {
    const visit = c.get('visit');
    const before = /^\d{1,18}$/.exec(c.req.query('before') ?? '')?.[0];
    const events = await eventsOfNode(db, visit.node.id, before ? BigInt(before) : null, log_lines + 1);
    const shown = events.slice(0, log_lines);
    const older = events.length > log_lines ? (shown.at(-1)?.id ?? null) : null;
    return page(c, { title: visit.t('desk.log_title'), unlisted: true }, <LogPage visit={visit} events={shown} older={older} />);
  });

  async function stopPage(c: C, reason: string, errors: Errors) {
    const visit = c.get('visit');
    const campaign = await campaignToStop(db, visit.node.id, idOf(c));
    if (!campaign) return c.notFound();
    if (!mayStop(campaign)) return refuse('campaign_is_decided', 409);
    const title = visit.t('desk.stop_title', { title: visit.text(campaign.title, campaign.locale).text });
    return page(
      c,
      { title, narrow: true, unlisted: true, status: statusOf(errors) },
      <StopPage visit={visit} campaign={campaign} reason={reason} errors={errors} />,
    );
  }

  async function cashPage(c: C, form: Form, errors: Errors) {
    const visit = c.get('visit');
    const [open, lines] = await Promise.all([openCampaigns(db, visit.node.id), cashOf(db, visit.node.id)]);
    const facts = { visit, open, lines, form: { ...form, form_key: form.form_key || newId() }, errors };
    return page(c, { title: visit.t('desk.tab_cash'), unlisted: true, status: statusOf(errors) }, <CashPage {...facts} />);
  }

  async function confirmPage(c: C, errors: Errors) {
    const visit = c.get('visit');
    const line = (await cashOf(db, visit.node.id, 500)).find(({ id }) => id === c.req.param('id'));
    if (!line) return c.notFound();
    if (line.state !== 'started') return refuse('contribution_has_ended', 409);
    return page(
      c,
      { title: visit.t('desk.cash_confirm'), narrow: true, unlisted: true, status: statusOf(errors) },
      <ConfirmCashPage visit={visit} line={line} errors={errors} />,
    );
  }

  return app;
}

/** Who acts: the policy lets nobody in who is not signed in. */
export function actorOf(c: C): string {
  return c.get('visit').person?.id ?? refuse('not_yours', 403);
}

/** The id in the address; a text that is none is an address that does not exist. */
export function idOf(c: C): string {
  const id = c.req.param('id') ?? '';
  return isId(id) ? id : refuse('page_is_unknown', 404);
}

export function statusOf(errors: Errors): 200 | 422 {
  return Object.keys(errors).length > 0 ? 422 : 200;
}
