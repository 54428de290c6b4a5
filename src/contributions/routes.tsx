import { type Context, Hono } from 'hono';
import { Refusal, refuse } from '../kit/index.ts';
import { page } from '../look/index.ts';
import { type Node, nodeById } from '../nodes/index.ts';
import { transact } from '../platform/db.ts';
import { clientAddress, type Deps, type Form, manyOf, readForm } from '../platform/http.ts';
import { countAttempt, networkOf } from '../platform/limits.ts';
import { type AppEnv, sayWhy, type Visit } from '../visits/index.ts';
import { type GivingDeps, letFormsLeaveTo, pageOf, returnUrl } from './addresses.ts';
import { contribute, type Giving, resume } from './contribute.ts';
import { whyNotOpen } from './contribution.ts';
import { isUuid, type Problems, readGiving } from './form.ts';
import { isFormKey, newFormKey, rememberedKey } from './form-key.ts';
import { ownRoutes } from './own-routes.tsx';
import { pageRoutes } from './page-routes.tsx';
import { begunBy, type CampaignToGive, campaignToGive, type FormFacts, firstGiving, formFacts } from './queries.ts';
import { ClosedPage } from './views/closed-page.tsx';
import { type Draft, FormPage, formTitle } from './views/form-page.tsx';
import { limitsOf } from './views/form-parts.tsx';
import { sayProblems } from './views/words.ts';
import { webhookRoutes } from './webhook-routes.ts';

type C = Context<AppEnv>;
type Said = { problems?: Problems; problem?: string | null; status?: 409 | 422 | 429 | 503 };

/** Everything a giver meets: the form, their contribution, their list; and the door for gateways' webhooks. */
export function routes(deps: GivingDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const { config, db } = deps;

  app.get('/projects/:slug/contribute', async (c) => {
    const facts = await factsOf(c, deps);
    if (facts instanceof Response) return facts;
    return showForm(c, deps, facts, { values: proposed(c, facts), lines: [] }, {});
  });

  app.post('/projects/:slug/contribute', async (c) => {
    const visit = c.get('visit');
    const form = await readForm(c);
    const lines = await manyOf(c, 'line');
    const campaign = await campaignToGive(db, slugOf(c), idOf(form.reward), idOf(form.other), visit.person?.id ?? null);
    const home = campaign && (await nodeById(db, campaign.node_id));
    if (!campaign || !home) return c.notFound();
    const again = (said: Said) => showAgain(c, deps, { values: form, lines }, said);
    if (!config.contributions) return again({ problem: sayWhy(visit, { code: 'contributions_are_paused' }), status: 503 });
    const read = readGiving(form, lines, readingOf(deps, visit, campaign, home));
    if ('problems' in read) return again({ problems: read.problems });
    if (!isFormKey(form.form_key)) return again({ problem: sayWhy(visit, { code: 'form_has_no_key' }) });
    const giving = { ...read.ok, ...whoGives(visit), campaign_id: campaign.campaign_id, form_key: form.form_key };
    try {
      await countGiving(c, deps, giving);
      const begun = await contribute(deps, giving, (id) => returnUrl(deps, visit, id));
      if (begun.url && !begun.again) return c.redirect(begun.url, 303);
      return c.redirect(
        begun.again ? await sameAgain(deps, visit, giving) : pageOf(deps, visit, begun.contribution_id, '&thanks=1'),
        303,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code === 'gateway_is_down' ? keepWaiting(c, deps, giving) : again(saidOf(visit, error));
    }
  });

  app.route('/', pageRoutes(deps));
  app.route('/', ownRoutes(deps));
  app.route('/', webhookRoutes(deps));
  return app;
}

/** The facts of the form, or the answer that stands for them: no such campaign, or at home in another node. */
async function factsOf(c: C, { db }: GivingDeps): Promise<FormFacts | Response> {
  const visit = c.get('visit');
  const facts = await formFacts(db, slugOf(c), visit.person?.id ?? null);
  if (!facts) return c.notFound();
  if (facts.campaign.node_id === visit.node.id || c.req.method !== 'GET') return facts;
  const home = await nodeById(db, facts.campaign.node_id);
  return home ? c.redirect(visit.toNode(home, visit.path), 302) : c.notFound();
}

/** What an address proposes: `?reward=` and `?amount=` in cents. Nothing that is sold out or too small for its reward. */
function proposed(c: C, facts: FormFacts): Form {
  const reward = facts.rewards.find((each) => each.id === c.req.query('reward'));
  const wished = /^[1-9]\d{0,11}$/.exec(c.req.query('amount') ?? '')?.[0];
  const { minimum_contribution_cents: min, maximum_contribution_cents: max } = c.get('visit').node.settings;
  const cents = wished ? BigInt(wished) : (reward?.amount_cents ?? 2_000n);
  const amount_cents = cents < min ? min : cents > max ? max : cents;
  const is_button = [1_000n, 2_000n, 5_000n, 10_000n].includes(amount_cents);
  const typed: Record<string, string> = is_button
    ? { amount: String(amount_cents) }
    : { amount: 'other', amount_free: typedAs(c.get('visit'), amount_cents) };
  return reward ? { ...typed, reward: reward.id } : typed;
}

/** Cents as somebody who reads this language would type them. */
function typedAs(visit: Visit, cents: bigint): string {
  const decimals = cents % 100n === 0n ? '' : `${visit.locale === 'en' ? '.' : ','}${String(cents % 100n).padStart(2, '0')}`;
  return `${cents / 100n}${decimals}`;
}

async function showForm(
  c: C,
  deps: GivingDeps,
  facts: FormFacts,
  typed: Pick<Draft, 'values' | 'lines'>,
  said: Said,
): Promise<Response> {
  const visit = c.get('visit');
  const { campaign } = facts;
  const why = campaign.own ? 'own_campaign' : whyNotOpen(campaign, visit.now);
  if (why) {
    const status = c.req.method === 'GET' ? 200 : why === 'own_campaign' ? 403 : 409;
    return page(
      c,
      { title: formTitle(visit, facts), narrow: true, unlisted: true, status },
      <ClosedPage visit={visit} facts={facts} why={why} typed={c.req.method !== 'GET'} />,
    );
  }
  const begun = await begunHere(c, deps, facts, typed.values.form_key);
  const draft: Draft = {
    visit,
    facts,
    ...typed,
    ...begun,
    errors: sayProblems(visit, said.problems ?? {}, limitsOf({ visit, facts })),
    problem: said.problem ?? (deps.config.contributions ? null : sayWhy(visit, { code: 'contributions_are_paused' })),
    methods: methodsFor(deps, visit),
  };
  letFormsLeaveTo(c, deps.config.origin);
  if (!visit.person) c.header('cache-control', 'private, no-cache');
  return page(
    c,
    {
      title: formTitle(visit, facts),
      description: visit.text(campaign.claim, campaign.locale).text,
      unlisted: said.status !== undefined,
      status: said.status ?? 200,
      class: 'giving-page',
    },
    <FormPage draft={draft} />,
  );
}

async function showAgain(c: C, deps: GivingDeps, typed: Pick<Draft, 'values' | 'lines'>, said: Said): Promise<Response> {
  const facts = await factsOf(c, deps);
  return facts instanceof Response ? facts : showForm(c, deps, facts, typed, { status: 422, ...said });
}

/** The key of this form: the one it came with, the one this browser was given before, or a new one when that has done its work. */
async function begunHere(
  c: C,
  deps: GivingDeps,
  facts: FormFacts,
  posted: string | undefined,
): Promise<Pick<Draft, 'form_key' | 'begun'>> {
  const known = isFormKey(posted) ? posted : rememberedKey(c, deps.config, facts.campaign.id);
  const begun = known ? await begunBy(deps.db, known) : undefined;
  if (known && !begun) return { form_key: known };
  if (!known || begun?.state !== 'started') return { form_key: newFormKey(c, deps.config, facts.campaign.id) };
  return { form_key: known, begun: { ...begun, address: pageOf(deps, c.get('visit'), begun.id) } };
}

function readingOf(deps: GivingDeps, visit: Visit, campaign: CampaignToGive, home: Node) {
  const { reward_id, asks_question, needs_address, why_not_other, currency } = campaign;
  return {
    locale: visit.locale,
    currency,
    min_cents: home.settings.minimum_contribution_cents,
    max_cents: home.settings.maximum_contribution_cents,
    reward: reward_id === null ? null : { id: reward_id, asks_question, needs_address },
    why_not_other,
    account_email: visit.person?.email ?? null,
    methods: methodsFor(deps, visit),
  };
}

export function methodsFor({ config }: Pick<Deps, 'config'>, visit: Visit): string[] {
  return [...(config.sandbox ? ['sandbox'] : []), 'transfer', ...(visit.person ? ['wallet'] : [])];
}

function whoGives(visit: Visit): Pick<Giving, 'made_node_id' | 'giver_node_id' | 'person_id' | 'locale'> {
  return { made_node_id: visit.node.id, giver_node_id: null, person_id: visit.person?.id ?? null, locale: visit.locale };
}

const limits = {
  network: { what: 'guest_contribution', attempts_max: 60, window_s: 3600 },
  person: { what: 'own_contribution', attempts_max: 20, window_s: 3600 },
  // Instructions for a transfer are mailed before anybody has shown that the address is theirs.
  mailbox: { what: 'guest_transfer', attempts_max: 5, window_s: 3600 },
};

/** A hall full of people may give from one network; a program may not go on for ever. */
async function countGiving(c: C, { db }: GivingDeps, giving: Giving): Promise<void> {
  const counted = await transact(db, async (trx) => {
    if (giving.person_id !== null) return countAttempt(trx, limits.person, giving.person_id);
    const network = await countAttempt(trx, limits.network, networkOf(clientAddress(c)));
    return giving.method === 'transfer' && network.allowed ? countAttempt(trx, limits.mailbox, giving.email) : network;
  });
  if (!counted.allowed) refuse('too_many_contributions', 429, { params: { retry_at: counted.retry_at.toString() } });
}

/** A form that comes a second time: the same gift goes on to its payment page; anything else is shown what is. */
async function sameAgain(deps: GivingDeps, visit: Visit, giving: Giving): Promise<string> {
  const first = await firstGiving(deps.db, giving.form_key);
  if (!first) return refuse('checkout_has_ended', 409);
  const same = (['method', 'amount_cents', 'tip_cents', 'reward_id'] as const).every((fact) => first[fact] === giving[fact]);
  if (!same || first.state !== 'started' || first.method !== 'sandbox') return pageOf(deps, visit, first.id, '&again=1');
  return resume(deps, first.id, returnUrl(deps, visit, first.id)).catch(() => pageOf(deps, visit, first.id, '&again=1'));
}

/** The gateway does not answer: the contribution waits, its page says what to do. */
async function keepWaiting(c: C, deps: GivingDeps, giving: Giving): Promise<Response> {
  const first = await firstGiving(deps.db, giving.form_key);
  if (!first) return refuse('gateway_is_down', 503);
  return c.redirect(pageOf(deps, c.get('visit'), first.id, '&down=1'), 303);
}

function saidOf(visit: Visit, refusal: Refusal): Said {
  const status = refusal.status === 429 || refusal.status === 503 || refusal.status === 409 ? refusal.status : 422;
  return refusal.fields ? { problems: refusal.fields, status } : { problem: sayWhy(visit, refusal), status };
}

function slugOf(c: C): string {
  const slug = c.req.param('slug') ?? '';
  return /^[a-z0-9][a-z0-9-]{1,79}$/.test(slug) ? slug : '-';
}

function idOf(text: string | undefined): string | null {
  return isUuid(text) ? text : null;
}
