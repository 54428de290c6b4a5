import { type Fact, type Mail, mailOf } from './letter.ts';
import { linkTo, type Post, stopLinks } from './links.ts';
import { footOf, type Said } from './say.ts';

/** Letters to whoever is responsible for a campaign: every state it comes to, and what it passes on the way. */
export type PromoterLetter = 'opened' | 'collecting' | 'round_two' | 'funded' | 'failed' | 'stopped' | 'milestone';

type FactName = 'raised' | 'collected' | 'minimum' | 'optimum' | 'contributions' | 'last_day' | 'reason';

const plans: Record<PromoterLetter, readonly FactName[]> = {
  opened: ['minimum', 'optimum', 'last_day'],
  collecting: ['raised', 'minimum', 'contributions'],
  round_two: ['collected', 'optimum', 'contributions', 'last_day'],
  funded: ['collected', 'minimum', 'contributions'],
  failed: ['raised', 'minimum', 'contributions'],
  stopped: ['reason'],
  milestone: ['raised', 'minimum', 'last_day'],
};

export type Milestone = { milestone: string; n: number };

/**
 * Writes one letter to the promoter, with figures and never a name: who gave anonymously stays so here too. `passed`: the milestones, which
 * are told together when they were passed together. Null when nobody is known to be responsible.
 */
export function promoterMail(
  post: Post,
  said: Said,
  letter: PromoterLetter,
  event_id: bigint,
  passed: readonly Milestone[] = [],
): Mail | null {
  const { promoter, id: campaign_id, slug } = said.campaign;
  if (!promoter) return null;
  const params = {
    milestone: highest(passed)
      .map((each) => milestoneOf(said, each))
      .join(', '),
  };
  const part = (name: string) => said.part(`p_${letter}_${name}`, params);
  const news = letter === 'milestone';
  const stop =
    news &&
    stopLinks(post, said.node, said.locale, { address: promoter.email.toLowerCase(), topic: 'promoter_news', campaign_id });
  return mailOf(
    {
      locale: said.locale,
      node: said.node,
      subject: part('subject'),
      title: sentence(part('title')),
      hello: promoter.name ? said.part('hello', { name: promoter.name }) : said.part('hello_nobody'),
      paragraphs: [part('text')],
      facts: plans[letter].flatMap((name) => facts[name](said)),
      action: { label: said.part('action_project'), url: linkTo(post, said.node, said.locale, `/projects/${slug}`) },
      after: [part('after')].filter(Boolean),
      foot: footOf(said, 'why_promoter'),
      stop: stop ? { ...stop, label: said.part('stop_news') } : null,
    },
    { key: `event:${event_id}:promoter`, kind: `promoter_${letter}`, to: promoter.email },
  );
}

/** Of those passed together, the furthest of each family: who has half the minimum has a fifth of it too. */
function highest(passed: readonly Milestone[]): Milestone[] {
  const families = Map.groupBy(passed, ({ milestone }) => milestone.startsWith('percent_'));
  return [families.get(true), families.get(false)].flatMap((family) => family?.toSorted((a, b) => b.n - a.n).slice(0, 1) ?? []);
}

function milestoneOf(said: Said, { milestone, n }: Milestone): string {
  if (milestone === 'percent_100') return said.part('m_minimum');
  if (milestone === 'contribution_1') return said.part('m_first');
  return said.part(milestone.startsWith('percent_') ? 'm_percent' : 'm_contributions', { n });
}

const facts: Record<FactName, (said: Said) => Fact[]> = {
  raised: (said) => [[said.part('fact_raised'), said.money(said.campaign.raised_cents)]],
  collected: (said) => [[said.part('fact_collected'), said.money(said.campaign.collected_cents)]],
  minimum: (said) => [[said.part('fact_minimum'), said.money(said.campaign.minimum_cents)]],
  optimum: (said) => [[said.part('fact_optimum'), said.money(said.campaign.optimum_cents)]],
  contributions: (said) => [[said.part('fact_contributions'), String(said.params.contributions)]],
  last_day: (said) => (said.params.end ? [[said.part('fact_last_day'), String(said.params.end)]] : []),
  reason: (said) => (said.campaign.stop_reason ? [[said.part('fact_reason'), said.campaign.stop_reason]] : []),
};

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
