import type { Event } from '../activity/index.ts';
import { assert } from '../kit/index.ts';
import { allNodes, type Node } from '../nodes/index.ts';
import { only, rows, run, sql, type Trx } from '../platform/db.ts';
import type { Locale } from '../platform/i18n.ts';
import { type Campaign, campaignsOf, type Gift, giftsOf, operatorsOf, treasurersOf } from './facts.ts';
import { type GiverLetter, giverMail } from './giver.ts';
import { alarmMail, type Parked, parkedMail } from './keepers.ts';
import type { Mail } from './letter.ts';
import type { Post } from './links.ts';
import { type Milestone, type PromoterLetter, promoterMail } from './promoter.ts';
import { type Said, sayOf } from './say.ts';

/** Everything the letters of one batch of events need, asked once for all of them. */
export type Desk = {
  trx: Trx;
  post: Post;
  nodes: readonly Node[];
  gifts: Map<string, Gift>;
  campaigns: Map<string, Campaign>;
  /** Events from before are too old to be told: of campaigns of the past, or after a very long sleep. */
  oldest: Temporal.Instant;
  said: Map<string, Said>;
};

/** What is told about some events of one batch. */
export type Telling = (desk: Desk, events: readonly Event[]) => Promise<readonly Mail[]>;

const told_days = 14;

/** Opens the desk for a batch: a handful of questions, whatever its size. Nodes are read anew: one may be a second old. */
export async function openDesk(trx: Trx, post: Post, events: readonly Event[]): Promise<Desk> {
  const about_gifts = events.filter((event) => event.kind.startsWith('contribution_') || event.kind === 'giver_news');
  const gifts = await giftsOf(trx, idsOf(about_gifts, 'subject_id'));
  const others = [...gifts.values()].map((gift) => gift.redirect_campaign_id);
  const campaigns = await campaignsOf(trx, [
    ...new Set([...idsOf(events, 'campaign_id'), ...others.filter((id) => id !== null)]),
  ]);
  const { now } = await only<{ now: Temporal.Instant }>(trx, sql`select moment() as now`);
  return {
    trx,
    post,
    nodes: await allNodes(trx),
    gifts,
    campaigns,
    oldest: now.subtract({ hours: 24 * told_days }),
    said: new Map(),
  };
}

function idsOf(events: readonly Event[], name: 'subject_id' | 'campaign_id'): string[] {
  return [...new Set(events.map((event) => event[name]).filter((id) => id !== null))];
}

type Worth = (gift: Gift, from: unknown) => boolean;

/** Writes to the giver of the contribution that an event speaks of. `worth`: not every move of that kind is worth a letter. */
export function tellGiver(letter: GiverLetter, worth: Worth = () => true): Telling {
  return async (desk, events) =>
    recent(desk, events).flatMap((event) => {
      const gift = desk.gifts.get(event.subject_id ?? '');
      return gift && worth(gift, event.data.from) ? [toGiver(desk, gift, trueOf(gift, letter), event)] : [];
    });
}

/** Nobody is told that nothing was charged while a treasurer looks at what was. */
function trueOf(gift: Gift, letter: GiverLetter): GiverLetter {
  return gift.strayed && (letter === 'released' || letter === 'lapsed') ? 'strayed' : letter;
}

/** The letters that `passOn` asked for. Money that is back already needs no announcement. */
export const tellPassedOn: Telling = async (desk, events) =>
  recent(desk, events).flatMap((event) => {
    const gift = desk.gifts.get(event.subject_id ?? '');
    const letter = event.data.letter as 'round_two' | 'funded' | 'failed';
    return gift && (letter !== 'failed' || gift.state === 'collected') ? [toGiver(desk, gift, letter, event)] : [];
  });

function toGiver(desk: Desk, gift: Gift, letter: GiverLetter, event: Event): Mail {
  const said = saidOf(desk, gift.campaign_id, gift.locale);
  const other = gift.redirect_campaign_id ? desk.campaigns.get(gift.redirect_campaign_id) : undefined;
  return giverMail(desk.post, said, gift, letter, event.id, other ? said.text(other.title) : '');
}

/**
 * What happened to a campaign concerns all who gave: one event for each of them, so that their letters are written in batches too, each
 * once. News goes to each address once; `failed` to each contribution whose money has to travel back.
 */
export function passOn(letter: 'round_two' | 'funded' | 'failed'): Telling {
  return async (desk, events) => {
    const campaigns = idsOf(recent(desk, events), 'campaign_id');
    const data = JSON.stringify({ letter });
    const chosen =
      letter === 'failed'
        ? sql`select * from contributions c where c.state = 'collected'
                 and (c.if_failed = 'back_to_me' or exists (select from refunds r where r.contribution_id = c.id))`
        : sql`select distinct on (campaign_id, lower(email)) * from contributions
               where state in ('secured', 'collected', 'declined', 'disputed') order by campaign_id, lower(email), id`;
    await run(
      desk.trx,
      sql`insert into events (at, kind, node_id, campaign_id, subject_id, person_id, data)
          select moment(), 'giver_news', node_id, campaign_id, id, person_id, ${data}::jsonb
            from (${chosen}) chosen where campaign_id = any(${campaigns}::uuid[]) order by id`,
    );
    return [];
  };
}

/** Writes to whoever is responsible for the campaign. */
export function tellPromoter(letter: PromoterLetter): Telling {
  return async (desk, events) =>
    recent(desk, events).flatMap((event) => {
      const said = ofPromoter(desk, event);
      return said ? (promoterMail(desk.post, said, letter, event.id) ?? []) : [];
    });
}

/** Milestones passed together are told together, while the campaign lives. */
export const tellMilestones: Telling = async (desk, events) => {
  const by_campaign = Map.groupBy(recent(desk, events), (event) => event.campaign_id);
  return [...by_campaign.values()].flatMap((passed) => {
    const [first] = passed;
    const said = first && ofPromoter(desk, first);
    if (!said || !['round_one', 'collecting', 'round_two', 'open'].includes(said.campaign.state)) return [];
    const milestones = passed.map((event) => event.data as Milestone);
    return promoterMail(desk.post, said, 'milestone', first.id, milestones) ?? [];
  });
};

function ofPromoter(desk: Desk, event: Event): Said | null {
  const promoter = desk.campaigns.get(event.campaign_id ?? '')?.promoter;
  return promoter ? saidOf(desk, event.campaign_id ?? '', promoter.locale) : null;
}

/** Money that fits nothing is told to whoever looks after the money of that host; to the operators when no host is known. */
export const tellTreasurers: Telling = async (desk, events) => {
  const mails: Mail[] = [];
  for (const event of recent(desk, events)) {
    const [parked] = await rows<Parked>(
      desk.trx,
      sql`select id, host_id, gateway, why, amount_cents, currency from parked where id = ${event.subject_id}`,
    );
    if (!parked) continue;
    const keepers = parked.host_id ? await treasurersOf(desk.trx, parked.host_id) : await operatorsOf(desk.trx);
    const node = desk.nodes.find((each) => each.host.id === parked.host_id) ?? mainOf(desk.nodes);
    for (const keeper of keepers) mails.push(parkedMail(desk.post, node, keeper, parked, event.id));
  }
  return mails;
};

/** A broken promise about money wakes those who run the installation. */
export const alarmOperators: Telling = async (desk, events) => {
  const keepers = await operatorsOf(desk.trx);
  const node = mainOf(desk.nodes);
  return recent(desk, events).flatMap((event) => {
    const broken = (event.data.promises as string[] | undefined) ?? [];
    return keepers.map((keeper) => alarmMail(desk.post, node, keeper, broken, event.id));
  });
};

function mainOf(nodes: readonly Node[]): Node {
  const node = nodes.find((each) => each.kind === 'main') ?? nodes[0];
  assert(node !== undefined, 'an installation has a main node');
  return node;
}

function recent(desk: Desk, events: readonly Event[]): readonly Event[] {
  return events.filter((event) => Temporal.Instant.compare(event.at, desk.oldest) >= 0);
}

function saidOf(desk: Desk, campaign_id: string, locale: Locale): Said {
  const key = `${campaign_id} ${locale}`;
  const known = desk.said.get(key);
  if (known) return known;
  const campaign = desk.campaigns.get(campaign_id);
  const node = desk.nodes.find((each) => each.id === campaign?.node_id);
  assert(campaign !== undefined && node !== undefined, 'an event of a campaign finds its campaign and its node');
  const said = sayOf(campaign, node, locale);
  desk.said.set(key, said);
  return said;
}
