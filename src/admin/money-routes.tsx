import { type Context, Hono } from 'hono';
import { receiveTransfer, resolveParked } from '../contributions/index.ts';
import { page } from '../look/index.ts';
import { type Deps, type Form, readForm } from '../platform/http.ts';
import type { MessageKey } from '../platform/i18n.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { type Errors, orErrors, readResolution, readTransfer } from './forms.ts';
import * as money from './money-queries.ts';
import { refundSent } from './refund.ts';
import { actorOf, idOf, statusOf } from './steward-routes.tsx';
import { ActsPage, DeclinedPage, MoneyPage } from './views/money.tsx';
import { ParkedPage, ResolvePage } from './views/parked.tsx';
import { RefundPage, RefundsPage } from './views/refunds.tsx';
import { TransfersPage } from './views/transfers.tsx';
import { amountOf } from './views/words.tsx';

type C = Context<AppEnv>;

/** The treasurer's desk, of the host of the visit's node. The policy has made sure that a treasurer of that host asks. */
export function treasurerRoutes(deps: Deps): Hono<AppEnv> {
  const { db, config } = deps;
  const app = new Hono<AppEnv>();

  app.get('/desk/money', async (c) => {
    const { visit, host_id, waiting } = await deskOf(c);
    return page(
      c,
      facts(c, 'desk.treasurer_title'),
      <MoneyPage visit={visit} waiting={waiting} accounts={await money.accountTotals(db, host_id)} />,
    );
  });

  app.get('/desk/money/transfers', (c) => transfersPage(c, { reference: c.req.query('reference')?.slice(0, 60) ?? '' }, {}));

  app.post('/desk/money/transfers', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const read = readTransfer(form, visit);
    if ('errors' in read) return transfersPage(c, form, read.errors);
    const { reference, amount_cents } = read.ok;
    const received = await orErrors(receiveTransfer(db, actorOf(c), reference, amount_cents, visit.node.host.id));
    if ('errors' in received) return transfersPage(c, form, received.errors);
    const said: MessageKey = received.ok.result === 'settled' ? 'desk.said_transfer' : 'desk.said_transfer_parked';
    sayNext(c, config, visit.t(said, { amount: amountOf(visit, amount_cents, visit.node.host.currency), reference }));
    return c.redirect(visit.to(received.ok.result === 'settled' ? '/desk/money/transfers' : '/desk/money/parked'), 303);
  });

  app.get('/desk/money/parked', async (c) => {
    const { visit, host_id, nameless, waiting } = await deskOf(c);
    return page(
      c,
      facts(c, 'desk.tab_parked'),
      <ParkedPage visit={visit} waiting={waiting} lines={await money.parkedMoney(db, host_id, nameless)} />,
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
    sayNext(c, config, visit.t('desk.said_resolved'));
    return c.redirect(visit.to('/desk/money/parked'), 303);
  });

  app.get('/desk/money/refunds', async (c) => {
    const { visit, host_id, waiting } = await deskOf(c);
    return page(
      c,
      facts(c, 'desk.tab_refunds'),
      <RefundsPage visit={visit} waiting={waiting} refunds={await money.refundsByHand(db, host_id)} />,
    );
  });

  app.get('/desk/money/refunds/:id', (c) => refundPage(c, {}));

  app.post('/desk/money/refunds/:id', async (c) => {
    const visit = c.get('visit');
    const sent = await orErrors(refundSent(db, actorOf(c), visit.node.host.id, idOf(c)));
    if ('errors' in sent) return refundPage(c, sent.errors);
    sayNext(c, config, visit.t('desk.said_refund'));
    return c.redirect(visit.to('/desk/money/refunds'), 303);
  });

  app.get('/desk/money/declined', async (c) => {
    const { visit, host_id, waiting } = await deskOf(c);
    return page(
      c,
      facts(c, 'desk.tab_declined'),
      <DeclinedPage visit={visit} waiting={waiting} declined={await money.declinedByCampaign(db, host_id)} />,
    );
  });

  app.get('/desk/money/acts', async (c) => {
    const { visit, host_id, waiting } = await deskOf(c);
    return page(
      c,
      facts(c, 'desk.tab_acts'),
      <ActsPage visit={visit} waiting={waiting} acts={await money.actsOnMoney(db, host_id, 60)} />,
    );
  });

  async function deskOf(c: C) {
    const visit = c.get('visit');
    const host_id = visit.node.host.id;
    const nameless = visit.node.kind === 'main';
    return { visit, host_id, nameless, waiting: await money.waitingFor(db, host_id, nameless) };
  }

  async function transfersPage(c: C, form: Form, errors: Errors) {
    const { visit, host_id, waiting } = await deskOf(c);
    const expected = await money.expectedTransfers(db, host_id);
    return page(
      c,
      facts(c, 'desk.tab_transfers', errors),
      <TransfersPage visit={visit} waiting={waiting} expected={expected} form={form} errors={errors} />,
    );
  }

  async function parkedOf(c: C) {
    const { node } = c.get('visit');
    return money.parkedById(db, node.host.id, node.kind === 'main', idOf(c));
  }

  async function resolvePage(c: C, form: Form, errors: Errors) {
    const line = await parkedOf(c);
    if (!line) return c.notFound();
    if (line.resolved_at) return c.redirect(c.get('visit').to('/desk/money/parked'), 303);
    return page(
      c,
      { ...facts(c, 'desk.parked_resolve', errors), narrow: true },
      <ResolvePage visit={c.get('visit')} line={line} form={form} errors={errors} />,
    );
  }

  async function refundPage(c: C, errors: Errors) {
    const visit = c.get('visit');
    const refund = await money.refundByHand(db, visit.node.host.id, idOf(c));
    if (!refund) return c.redirect(visit.to('/desk/money/refunds'), 303);
    return page(
      c,
      { ...facts(c, 'desk.refund_sent', errors), narrow: true },
      <RefundPage visit={visit} refund={refund} errors={errors} />,
    );
  }

  return app;
}

function facts(c: C, key: MessageKey, errors: Errors = {}) {
  return { title: c.get('visit').t(key), unlisted: true, status: statusOf(errors) };
}
