import { Hono } from 'hono';
import { confirmCash, recordCash, visibilities } from '../contributions/index.ts';
import { newId, refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { localeFor } from '../nodes/index.ts';
import { type Deps, type Form, readForm } from '../platform/http.ts';
import { type AppEnv, sayNext } from '../visits/index.ts';
import { actorOf, type C, idOf, pageFacts } from './asked.ts';
import { type Errors, orErrors, readCash } from './forms.ts';
import { cashById, cashOf, openCampaigns } from './queries.ts';
import { CashPage, ConfirmCashPage } from './views/cash.tsx';
import { amountOf } from './views/words.tsx';

/** Cash that stewards of the visit's node received; above the node's limit a second one confirms it. */
export function cashRoutes({ db, config }: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/desk/cash', (c) => cashPage(c, {}, {}));

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
    sayNext(c, config, visit.t(confirmed.ok.parked ? 'desk.said_cash_parked' : 'desk.said_cash_confirmed'));
    return c.redirect(visit.to('/desk/cash'), 303);
  });

  async function cashPage(c: C, form: Form, errors: Errors) {
    const visit = c.get('visit');
    const [open, lines] = await Promise.all([openCampaigns(db, visit.node.id), cashOf(db, visit.node.id)]);
    const facts = { visit, open, lines, form: { ...form, form_key: form.form_key || newId() }, errors };
    return page(c, pageFacts(c, 'desk.tab_cash', errors), <CashPage {...facts} />);
  }

  async function confirmPage(c: C, errors: Errors) {
    const visit = c.get('visit');
    const line = await cashById(db, visit.node.id, idOf(c));
    if (!line) return c.notFound();
    if (!line.waits) return refuse('contribution_has_ended', 409);
    return page(
      c,
      { ...pageFacts(c, 'desk.cash_confirm', errors), narrow: true },
      <ConfirmCashPage visit={visit} line={line} errors={errors} />,
    );
  }

  return app;
}
