import { Hono } from 'hono';
import { parkStray, receiveTransfer } from '../contributions/index.ts';
import { page } from '../look/index.ts';
import { type Deps, type Form, readForm } from '../platform/http.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { actorOf, type C, pageFacts, treasury } from './asked.ts';
import { type Errors, orErrors, readStray, readTransfer } from './forms.ts';
import { accountTotals, actsOnMoney, declinedByCampaign, expectedTransfers } from './money-queries.ts';
import { ActsPage, DeclinedPage, MoneyPage } from './views/money.tsx';
import { TransfersPage } from './views/transfers.tsx';
import { amountOf } from './views/words.tsx';

/** The treasurer's desk, of the host of the visit's node. The policy has made sure that a treasurer of that host asks. */
export function moneyRoutes({ db, config }: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/desk/money', async (c) => {
    const { visit, host_id, waiting } = await treasury(c, db);
    return page(
      c,
      pageFacts(c, 'desk.treasurer_title'),
      <MoneyPage visit={visit} waiting={waiting} accounts={await accountTotals(db, host_id)} />,
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
    if ('errors' in received) return transfersPage(c, { ...form, ...asStray(form) }, received.errors);
    const settled = received.ok.result === 'settled';
    const said = { amount: amountOf(visit, amount_cents, visit.node.host.currency), reference };
    sayNext(c, config, visit.t(settled ? 'desk.said_transfer' : 'desk.said_transfer_parked', said));
    return c.redirect(visit.to(settled ? '/desk/money/transfers' : '/desk/money/parked'), 303);
  });

  app.post('/desk/money/parked', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const read = readStray(form, visit);
    if ('errors' in read) return transfersPage(c, form, read.errors);
    const stray = { ...read.ok, host_id: visit.node.host.id };
    const parked = await orErrors(parkStray(db, actorOf(c), stray));
    if ('errors' in parked) return transfersPage(c, form, parked.errors);
    sayNext(c, config, visit.t('desk.said_stray', { amount: amountOf(visit, stray.cents, stray.currency) }));
    return c.redirect(visit.to('/desk/money/parked'), 303);
  });

  app.get('/desk/money/declined', async (c) => {
    const { visit, host_id, waiting } = await treasury(c, db);
    return page(
      c,
      pageFacts(c, 'desk.tab_declined'),
      <DeclinedPage visit={visit} waiting={waiting} declined={await declinedByCampaign(db, host_id)} />,
    );
  });

  app.get('/desk/money/acts', async (c) => {
    const { visit, host_id, waiting } = await treasury(c, db);
    return page(
      c,
      pageFacts(c, 'desk.tab_acts'),
      <ActsPage visit={visit} waiting={waiting} acts={await actsOnMoney(db, host_id, 60)} />,
    );
  });

  async function transfersPage(c: C, form: Form, errors: Errors) {
    const { visit, host_id, waiting } = await treasury(c, db);
    const expected = await expectedTransfers(db, host_id);
    const facts = { visit, waiting, expected, form, errors };
    return page(c, pageFacts(c, 'desk.tab_transfers', errors), <TransfersPage {...facts} />);
  }

  return app;
}

/** A transfer that could not be booked may be one that fits nothing: what was typed stands ready there too. */
function asStray(form: Form): Form {
  return { stray_amount: form.amount ?? '', stray_reference: form.reference ?? '' };
}
