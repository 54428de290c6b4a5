import { reference } from '../kit/index.ts';
import type { Gift } from './facts.ts';
import { type Fact, type Mail, mailOf } from './letter.ts';
import { contributionLink, linkTo, type Post, stopLinks } from './links.ts';
import { footOf, type Said } from './say.ts';

/** Letters to whoever gave. The last two are news; the others are about their own money and are always sent. */
export type GiverLetter =
  | 'transfer'
  | 'secured'
  | 'collected'
  | 'declined'
  | 'lapsed'
  | 'released'
  | 'strayed'
  | 'failed'
  | 'refunded'
  | 'credited'
  | 'redirected'
  | 'withdrawn'
  | 'round_two'
  | 'funded';

type FactName =
  | 'project'
  | 'exact_total'
  | 'holder'
  | 'iban'
  | 'reference'
  | 'before'
  | 'sums'
  | 'reward'
  | 'method'
  | 'on'
  | 'receiver'
  | 'number'
  | 'mend_before'
  | 'retry'
  | 'reason';
type ActionName = 'contribution' | 'receipt' | 'mend' | 'project' | 'updates' | 'explore' | 'wallet';
type Plan = { facts: readonly FactName[]; action: ActionName; news?: true };

const plans: Record<GiverLetter, Plan> = {
  transfer: { facts: ['exact_total', 'holder', 'iban', 'reference', 'before'], action: 'contribution' },
  secured: { facts: ['project', 'sums', 'reward', 'method', 'number'], action: 'contribution' },
  collected: { facts: ['project', 'sums', 'reward', 'method', 'on', 'receiver', 'number'], action: 'receipt' },
  declined: { facts: ['project', 'sums', 'mend_before', 'retry'], action: 'mend' },
  lapsed: { facts: ['project', 'sums', 'number'], action: 'project' },
  released: { facts: ['project', 'reason', 'sums'], action: 'explore' },
  strayed: { facts: ['project', 'sums', 'number'], action: 'contribution' },
  failed: { facts: ['project', 'reason', 'sums', 'method', 'number'], action: 'contribution' },
  refunded: { facts: ['project', 'sums', 'method', 'number'], action: 'receipt' },
  credited: { facts: ['project', 'reason', 'sums', 'receiver', 'number'], action: 'wallet' },
  redirected: { facts: ['project', 'reason', 'sums', 'number'], action: 'receipt' },
  withdrawn: { facts: ['project', 'sums'], action: 'project' },
  round_two: { facts: [], action: 'project', news: true },
  funded: { facts: [], action: 'updates', news: true },
};

/** Is this letter news, which one may do without? */
export function isNews(letter: GiverLetter): boolean {
  return plans[letter].news === true;
}

/** Writes one letter to the giver of `gift`. `other`: the title of the campaign it was or would be passed on to. */
export function giverMail(post: Post, said: Said, gift: Gift, letter: GiverLetter, event_id: bigint, other: string): Mail {
  const plan = plans[letter];
  const params = paramsOf(said, gift, other);
  const part = (name: string) => said.part(`${letter}_${name}`, params);
  const { news } = plan;
  const stop =
    news &&
    stopLinks(post, said.node, said.locale, {
      address: gift.email.toLowerCase(),
      topic: 'giver_news',
      campaign_id: gift.campaign_id,
    });
  return mailOf(
    {
      locale: said.locale,
      node: said.node,
      subject: part('subject'),
      title: part('title'),
      hello: gift.name ? said.part('hello', { name: gift.name }) : said.part('hello_nobody'),
      paragraphs: [part('text')],
      facts: plan.facts.flatMap((name) => facts[name](said, gift)),
      action: { label: said.part(`action_${plan.action}`), url: actions[plan.action](post, said, gift) },
      after: [part('after'), opensWithoutPassword(plan.action) ? said.part('keep_secret') : ''].filter(Boolean),
      foot: footOf(said, 'why_giver'),
      stop: stop ? { ...stop, label: said.part('stop_news') } : null,
    },
    { key: `event:${event_id}:giver`, kind: `giver_${letter}`, to: gift.email },
  );
}

function opensWithoutPassword(action: ActionName): boolean {
  return action === 'contribution' || action === 'receipt' || action === 'mend';
}

function paramsOf(said: Said, gift: Gift, other: string): Record<string, string> {
  const grace = gift.grace_ends_at;
  return {
    name: gift.name,
    amount: said.money(gift.amount_cents),
    total: said.money(gift.amount_cents + gift.tip_cents),
    method: gift.method,
    other,
    choice: said.part(`if_${gift.if_failed}`, { other }),
    to_fund: gift.if_failed === 'node_fund' ? 'yes' : 'no',
    ...(grace ? { grace: said.moment(grace) } : {}),
    retry: retryOf(gift) ? 'yes' : 'no',
    retry_day: gift.next_retry_at ? said.day(gift.next_retry_at) : '',
  };
}

/** A retry after the grace would come too late to be told. */
function retryOf({ next_retry_at, grace_ends_at }: Gift): Temporal.Instant | null {
  if (!next_retry_at) return null;
  return grace_ends_at && Temporal.Instant.compare(next_retry_at, grace_ends_at) > 0 ? null : next_retry_at;
}

const facts: Record<FactName, (said: Said, gift: Gift) => Fact[]> = {
  project: (said) => [[said.part('fact_project'), said.part('project_by')]],
  exact_total: (said, gift) => [[said.part('fact_exact_total'), said.money(gift.amount_cents + gift.tip_cents)]],
  holder: (said) => [[said.part('fact_holder'), said.node.host.account_holder]],
  iban: (said) => [[said.part('fact_iban'), said.node.host.iban]],
  reference: (said, gift) => [[said.part('fact_reference'), numberOf(gift)]],
  before: (said, gift) => (gift.lapses_at ? [[said.part('fact_before'), said.day(gift.lapses_at)]] : []),
  sums: (said, gift) => sums(said, gift),
  reward: (said, gift) => (gift.reward ? [[said.part('fact_reward'), said.text(gift.reward)]] : []),
  method: (said, gift) => [[said.part('fact_method'), said.part(`method_${gift.method}`)]],
  on: (said, gift) => (gift.collected_at ? [[said.part('fact_on'), said.day(gift.collected_at)]] : []),
  receiver: (said) => [[said.part('fact_receiver'), said.node.host.name]],
  number: (said, gift) => [[said.part('fact_number'), numberOf(gift)]],
  mend_before: (said, gift) => (gift.grace_ends_at ? [[said.part('fact_mend_before'), said.moment(gift.grace_ends_at)]] : []),
  retry: (said, gift) => (retryOf(gift) && gift.next_retry_at ? [[said.part('fact_retry'), said.day(gift.next_retry_at)]] : []),
  reason: (said) =>
    said.campaign.state === 'stopped' && said.campaign.stop_reason ? [[said.part('fact_reason'), said.campaign.stop_reason]] : [],
};

function sums(said: Said, gift: Gift): Fact[] {
  const total: Fact = [said.part('fact_total'), said.money(gift.amount_cents + gift.tip_cents)];
  if (gift.tip_cents === 0n) return [total];
  return [[said.part('fact_amount'), said.money(gift.amount_cents)], [said.part('fact_tip'), said.money(gift.tip_cents)], total];
}

/** The number people quote: the reference of a transfer, or the same made from the id. */
function numberOf(gift: Gift): string {
  return gift.reference ?? reference(gift.id);
}

const toContribution = (post: Post, said: Said, gift: Gift) => contributionLink(post, said.node, said.locale, gift.id);
const toProject = (post: Post, said: Said) => linkTo(post, said.node, said.locale, `/projects/${said.campaign.slug}`);

const actions: Record<ActionName, (post: Post, said: Said, gift: Gift) => string> = {
  contribution: toContribution,
  receipt: (post, said, gift) => contributionLink(post, said.node, said.locale, gift.id, '/receipt'),
  mend: toContribution,
  project: toProject,
  updates: toProject,
  explore: (post, said) => linkTo(post, said.node, said.locale, '/explore'),
  wallet: (post, said) => linkTo(post, said.node, said.locale, '/me/wallet'),
};
