import { type Context, Hono } from 'hono';
import { Refusal, refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { nodeById } from '../nodes/index.ts';
import { transact } from '../platform/db.ts';
import { keepAddressSecret, readForm } from '../platform/http.ts';
import { type AppEnv, sayNext, sayWhy, type Visit } from '../visits/index.ts';
import { type GivingDeps, letFormsLeaveTo, returnUrl } from './addresses.ts';
import { askNow } from './ask.ts';
import { mend, resume } from './contribute.ts';
import { choices_if_failed, type IfFailed, visibilities } from './contribution.ts';
import { isUuid } from './form.ts';
import { isContributionKey } from './key.ts';
import { contributionShown, type Shown } from './page-queries.ts';
import { otherCampaigns, whyNotGoOnTo } from './queries.ts';
import { ContributionPage, type Page, pageTitle } from './views/contribution-page.tsx';
import { ReceiptPage } from './views/receipt.tsx';
import { WithdrawPage } from './views/withdraw-page.tsx';
import { changeIfFailed, changeVisibility, withdraw } from './withdraw.ts';

type C = Context<AppEnv>;
type Held = { shown: Shown; visit: Visit; key: string | null };

/** One contribution, for its holder: whoever owns it and is signed in, or whoever carries its key. */
export function pageRoutes(deps: GivingDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { db } = deps;

  app.get('/contributions/:id', async (c) => {
    const held = await holderOf(c, deps);
    return atHome(c, deps, held) ?? show(c, deps, held, {});
  });

  app.get('/contributions/:id/return', async (c) => {
    const { shown, visit, key } = await holderOf(c, deps);
    await askNow(deps, shown.id).catch((err) => deps.log.warn({ err }, 'A gateway did not say what became of a payment.'));
    return c.redirect(addressOf(visit, shown.id, key, '&back=1'), 303);
  });

  app.get('/contributions/:id/receipt', async (c) => {
    const held = await holderOf(c, deps);
    const title = held.visit.t(held.shown.collected_at ? 'contribution.receipt_title' : 'contribution.confirmation_title');
    return (
      atHome(c, deps, held) ??
      page(
        c,
        { title, narrow: true, unlisted: true, class: 'receipt-page' },
        <ReceiptPage {...held} back={addressOf(held.visit, held.shown.id, held.key)} />,
      )
    );
  });

  app.get('/contributions/:id/withdraw', async (c) => {
    const held = await holderOf(c, deps);
    const title = held.visit.t('contribution.withdraw_title');
    return page(
      c,
      { title, narrow: true, unlisted: true },
      <WithdrawPage {...held} back={addressOf(held.visit, held.shown.id, held.key)} />,
    );
  });

  app.post('/contributions/:id/withdraw', (c) =>
    act(c, deps, async ({ shown }) => {
      const { forget } = await withdraw(db, shown.id);
      for (const token of forget) await deps.gateways.sandbox.forget(token).catch(() => {});
      return 'contribution.said_withdrawn';
    }),
  );

  app.post('/contributions/:id/visibility', (c) =>
    act(c, deps, async ({ shown }, form) => {
      const visibility =
        visibilities.find((each) => each === form.visibility) ??
        refuse('choice_is_unknown', 422, { fields: { visibility: 'choice_is_unknown' } });
      await transact(db, (trx) => changeVisibility(trx, shown.id, visibility));
      return 'contribution.said_visibility';
    }),
  );

  app.post('/contributions/:id/if-failed', (c) =>
    act(c, deps, async (held, form) => {
      const { shown } = held;
      const choice =
        choices_if_failed.find((each) => each === form.if_failed) ??
        refuse('choice_is_unknown', 422, { fields: { if_failed: 'choice_is_unknown' } });
      const other = await otherChosen(deps, held, choice, form.other);
      await transact(db, (trx) => changeIfFailed(trx, shown.id, choice, other));
      return 'contribution.said_if_failed';
    }),
  );

  app.post('/contributions/:id/card', (c) => toGateway(c, deps, (shown, back) => mend(deps, shown.id, back)));
  app.post('/contributions/:id/resume', (c) => toGateway(c, deps, (shown, back) => resume(deps, shown.id, back)));
  return app;
}

/** @throws Refusal `contribution_is_unknown` (404): also for a wrong key, so that nobody learns which contributions exist. */
async function holderOf(c: C, { db, config }: GivingDeps): Promise<Held> {
  keepAddressSecret(c);
  const visit = c.get('visit');
  const id = c.req.param('id') ?? '';
  const given = c.req.query('key') ?? (c.req.method === 'POST' ? (await readForm(c)).key : undefined);
  const key = isContributionKey(config.secret, id, given) ? (given ?? null) : null;
  const shown = isUuid(id) && (key !== null || visit.person) ? await contributionShown(db, id) : undefined;
  if (shown && (key !== null || (given === undefined && shown.person_id === visit.person?.id))) return { shown, visit, key };
  return refuse('contribution_is_unknown', 404);
}

export function addressOf(visit: Visit, id: string, key: string | null, more = ''): string {
  return visit.to(`/contributions/${id}${key ? `?key=${key}${more}` : more.replace('&', '?')}`);
}

/** A contribution stands in the node of its project: its look, its host, its language of dates. */
function atHome(c: C, deps: GivingDeps, { shown, visit }: Held): Promise<Response> | null {
  if (shown.node_id === visit.node.id) return null;
  return nodeById(deps.db, shown.node_id).then((home) => (home ? c.redirect(visit.toNode(home, visit.path), 302) : c.notFound()));
}

async function show(
  c: C,
  deps: GivingDeps,
  held: Held,
  wrong: { errors?: Record<string, string>; problem?: string; status?: 409 | 422 | 503 },
): Promise<Response> {
  const { shown, visit, key } = held;
  const others =
    shown.if_failed === 'another_campaign' || mayChoose(shown)
      ? await otherCampaigns(deps.db, shown.campaign_id, shown.host_id, giverOf(held))
      : [];
  const arrived = c.req.query('back')
    ? 'back'
    : c.req.query('again')
      ? 'again'
      : c.req.query('down')
        ? 'down'
        : c.req.query('thanks')
          ? 'thanks'
          : null;
  const seen: Page = { shown, visit, key, others, arrived, errors: wrong.errors ?? {}, problem: wrong.problem ?? null };
  letFormsLeaveTo(c, deps.config.origin);
  return page(
    c,
    { title: pageTitle(seen), unlisted: true, status: wrong.status ?? 200, class: 'contribution-page' },
    <ContributionPage seen={seen} />,
  );
}

function mayChoose(shown: Shown): boolean {
  return ['started', 'secured', 'declined', 'collected'].includes(shown.state);
}

/** Does what a form of the page asks, then shows the page as it is now; a refusal is shown on the page itself. */
async function act(
  c: C,
  deps: GivingDeps,
  work: (
    held: Held,
    form: Record<string, string>,
  ) => Promise<'contribution.said_withdrawn' | 'contribution.said_visibility' | 'contribution.said_if_failed'>,
): Promise<Response> {
  const held = await holderOf(c, deps);
  const { shown, visit, key } = held;
  try {
    sayNext(c, deps.config, visit.t(await work(held, await readForm(c))));
    return c.redirect(addressOf(visit, shown.id, key), 303);
  } catch (error) {
    return showRefusal(c, deps, held, error);
  }
}

/** Opens the payment company's page for this contribution. When it does not answer, nothing is lost: the page says so. */
async function toGateway(c: C, deps: GivingDeps, open: (shown: Shown, back: string) => Promise<string>): Promise<Response> {
  const held = await holderOf(c, deps);
  try {
    return c.redirect(await open(held.shown, returnUrl(deps, held.visit, held.shown.id)), 303);
  } catch (error) {
    return showRefusal(c, deps, held, error);
  }
}

async function showRefusal(c: C, deps: GivingDeps, held: Held, error: unknown): Promise<Response> {
  if (!(error instanceof Refusal) || error.status === 404) throw error;
  const fields = Object.entries(error.fields ?? {}).map(([field, code]) => [field, sayWhy(held.visit, { code })]);
  const status = error.status === 503 || error.status === 409 ? error.status : 422;
  const fresh = (await contributionShown(deps.db, held.shown.id)) ?? held.shown;
  return show(
    c,
    deps,
    { ...held, shown: fresh },
    { errors: Object.fromEntries(fields), ...(fields.length > 0 ? {} : { problem: sayWhy(held.visit, error) }), status },
  );
}

/** Whoever gave it; a guest's own account, where they have come with the key and are signed in. */
function giverOf({ shown, visit }: Held): string | null {
  return shown.person_id ?? visit.person?.id ?? null;
}

async function otherChosen(deps: GivingDeps, held: Held, choice: IfFailed, other: string | undefined): Promise<string | null> {
  if (choice !== 'another_campaign') return null;
  if (!other) refuse('other_campaign_is_missing', 422, { fields: { other: 'other_campaign_is_missing' } });
  const why = isUuid(other)
    ? await whyNotGoOnTo(deps.db, held.shown.campaign_id, other, giverOf(held))
    : ('other_campaign_is_closed' as const);
  return why === null ? other : refuse(why, 422, { fields: { other: why } });
}
