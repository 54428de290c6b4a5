import { Hono } from 'hono';
import { resolveParked } from '../contributions/index.ts';
import { page } from '../look/index.ts';
import { type Form, readForm } from '../platform/http.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { actorOf, type C, type DeskDeps, idOf, pageFacts, treasury } from './asked.ts';
import { type Errors, orErrors, readResolution } from './forms.ts';
import { parkedById, parkedMoney, refundByHand, refundsByHand, refundsUnanswered } from './money-queries.ts';
import { refundSent } from './refund.ts';
import { ParkedPage, ResolvePage } from './views/parked.tsx';
import { RefundPage, RefundsPage } from './views/refunds.tsx';

/** The treasurer's two queues: money that fits nothing, and refunds that no payment company can send. */
export function waitingRoutes({ db, config, gateways }: DeskDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/desk/money/parked', async (c) => {
    const { visit, host_id, nameless, waiting } = await treasury(c, db);
    return page(
      c,
      pageFacts(c, 'desk.tab_parked'),
      <ParkedPage visit={visit} waiting={waiting} lines={await parkedMoney(db, host_id, nameless)} />,
    );
  });

  app.get('/desk/money/parked/:id', (c) => resolvePage(c, {}, {}));

  app.post('/desk/money/parked/:id', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const read = readResolution(form);
    if ('errors' in read) return resolvePage(c, form, read.errors);
    if (!(await parkedOf(c))) return c.notFound();
    const { resolution, returned } = read.ok;
    const resolved = await orErrors(resolveParked(db, actorOf(c), idOf(c), visit.node.host.id, resolution, returned));
    if ('errors' in resolved) return resolvePage(c, form, resolved.errors);
    for (const token of resolved.ok.forget) await gateways.sandbox.forget(token).catch(() => {});
    sayNext(c, config, visit.t('desk.said_resolved'));
    return c.redirect(visit.to('/desk/money/parked'), 303);
  });

  app.get('/desk/money/refunds', async (c) => {
    const { visit, host_id, waiting } = await treasury(c, db);
    const [refunds, unanswered] = await Promise.all([refundsByHand(db, host_id), refundsUnanswered(db, host_id)]);
    const facts = { visit, waiting, refunds, unanswered };
    return page(c, pageFacts(c, 'desk.tab_refunds'), <RefundsPage {...facts} />);
  });

  app.get('/desk/money/refunds/:id', (c) => refundPage(c, {}));

  app.post('/desk/money/refunds/:id', async (c) => {
    const visit = c.get('visit');
    const sent = await orErrors(refundSent(db, actorOf(c), visit.node.host.id, idOf(c)));
    if ('errors' in sent) return refundPage(c, sent.errors);
    sayNext(c, config, visit.t('desk.said_refund'));
    return c.redirect(visit.to('/desk/money/refunds'), 303);
  });

  function parkedOf(c: C) {
    const { node } = c.get('visit');
    return parkedById(db, node.host.id, node.kind === 'main', idOf(c));
  }

  /** Somebody else may have been first: then the list says what is. */
  async function resolvePage(c: C, form: Form, errors: Errors) {
    const visit = c.get('visit');
    const line = await parkedOf(c);
    if (!line) return c.notFound();
    if (line.resolved_at) return gone(c, '/desk/money/parked', 'parked_is_resolved');
    return page(
      c,
      { ...pageFacts(c, 'desk.parked_resolve', errors), narrow: true },
      <ResolvePage visit={visit} line={line} form={form} errors={errors} />,
    );
  }

  async function refundPage(c: C, errors: Errors) {
    const visit = c.get('visit');
    const refund = await refundByHand(db, visit.node.host.id, idOf(c));
    if (!refund) return gone(c, '/desk/money/refunds', 'refund_is_not_waiting');
    return page(
      c,
      { ...pageFacts(c, 'desk.refund_sent', errors), narrow: true },
      <RefundPage visit={visit} refund={refund} errors={errors} />,
    );
  }

  function gone(c: C, path: string, why: 'parked_is_resolved' | 'refund_is_not_waiting') {
    const visit = c.get('visit');
    sayNext(c, config, visit.t(`desk.why_${why}`));
    return c.redirect(visit.to(path), 303);
  }

  return app;
}
