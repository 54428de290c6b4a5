import { Hono } from 'hono';
import { refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { type Deps, readForm } from '../platform/http.ts';
import { stopCampaign } from '../rounds/index.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { actorOf, type C, idOf, pageFacts, pageOf } from './asked.ts';
import { type Errors, orErrors, readReason } from './forms.ts';
import { campaignsOver, campaignsUnderWay, campaignToStop, eventsOfNode } from './queries.ts';
import { CampaignsPage, mayStop } from './views/campaigns.tsx';
import { LogPage } from './views/log.tsx';
import { StopPage } from './views/stop.tsx';

const log_lines = 60;

/** The steward's desk: campaigns of the visit's node, stopping one, the log. The policy has made sure that a steward of this node asks. */
export function campaignRoutes({ db, config }: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/desk', async (c) => {
    const visit = c.get('visit');
    const [live, over] = await Promise.all([campaignsUnderWay(db, visit.node.id), campaignsOver(db, visit.node.id, pageOf(c))]);
    return page(c, pageFacts(c, 'desk.steward_title'), <CampaignsPage visit={visit} live={live} over={over} />);
  });

  app.get('/desk/campaigns/:id/stop', (c) => stopPage(c, '', {}));

  app.post('/desk/campaigns/:id/stop', async (c) => {
    const visit = c.get('visit');
    const typed = (await readForm(c)).reason ?? '';
    const reason = readReason(typed);
    if ('errors' in reason) return stopPage(c, typed, reason.errors);
    const stopped = await orErrors(stopCampaign(db, actorOf(c), visit.node.id, idOf(c), reason.ok));
    if ('errors' in stopped) return stopPage(c, typed, stopped.errors);
    sayNext(c, config, visit.t('desk.said_stopped'));
    return c.redirect(visit.to('/desk'), 303);
  });

  app.get('/desk/log', async (c) => {
    const visit = c.get('visit');
    const before = /^\d{1,18}$/.exec(c.req.query('before') ?? '')?.[0];
    const events = await eventsOfNode(db, visit.node.id, before ? BigInt(before) : null, log_lines + 1);
    const shown = events.slice(0, log_lines);
    const older = events.length > log_lines ? (shown.at(-1)?.id ?? null) : null;
    return page(c, pageFacts(c, 'desk.log_title'), <LogPage visit={visit} events={shown} older={older} />);
  });

  async function stopPage(c: C, reason: string, errors: Errors) {
    const visit = c.get('visit');
    const campaign = await campaignToStop(db, visit.node.id, idOf(c));
    if (!campaign) return c.notFound();
    if (!mayStop(campaign)) return refuse('campaign_is_decided', 409);
    const title = { text: visit.t('desk.stop_title', { title: visit.text(campaign.title, campaign.locale).text }) };
    return page(
      c,
      { ...pageFacts(c, title, errors), narrow: true },
      <StopPage visit={visit} campaign={campaign} reason={reason} errors={errors} />,
    );
  }

  return app;
}
