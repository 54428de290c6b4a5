import { type Event, takeUnreacted } from './activity/index.ts';
import { claimContributions } from './contributions/index.ts';
import * as mails from './notifications/index.ts';
import { codeOf, type Db, isConnectionLost, run, sql, type Trx, transact } from './platform/db.ts';
import type { Log } from './platform/log.ts';
import { keepDoing, type Loop } from './platform/loop.ts';
import { markMilestones } from './rounds/index.ts';

/** Also for mails: where people reach us, and the secret of the keys in links. */
export type Deps = { db: Db; log: Log; post: mails.Post };

/** What follows some events of one batch, in the transaction that marks them; mails it answers with are queued with it. */
type Reaction = mails.Telling;

/** The only place where something follows an event: what may follow a fact, one line each. What must be true with it is in its verb. */
const reactions: Readonly<Record<string, readonly Reaction[]>> = {
  contribution_started: [mails.tellGiver('transfer', (gift) => gift.method === 'transfer' && gift.state === 'started')],
  contribution_secured: [mails.tellGiver('secured', (_gift, from) => from === 'started'), lookForMilestones],
  contribution_collected: [mails.tellGiver('collected', (_gift, from) => from !== 'disputed'), lookForMilestones],
  contribution_declined: [mails.tellGiver('declined', (gift) => gift.state === 'declined')],
  contribution_lapsed: [mails.tellGiver('lapsed', (gift, from) => from === 'declined' || gift.method === 'transfer')],
  contribution_released: [mails.tellGiver('released')],
  contribution_refunded: [mails.tellGiver('refunded')],
  contribution_credited: [mails.tellGiver('credited')],
  contribution_redirected: [mails.tellGiver('redirected')],
  contribution_withdrawn: [mails.tellGiver('withdrawn', (gift, from) => from !== 'started' || gift.method === 'transfer')],
  campaign_round_one: [mails.tellPromoter('opened')],
  campaign_collecting: [mails.tellPromoter('collecting')],
  campaign_round_two: [mails.tellPromoter('round_two'), mails.passOn('round_two')],
  campaign_funded: [mails.tellPromoter('funded'), mails.passOn('funded')],
  campaign_failed: [mails.tellPromoter('failed'), mails.passOn('failed')],
  campaign_stopped: [mails.tellPromoter('stopped'), mails.passOn('failed')],
  giver_news: [mails.tellPassedOn],
  milestone_reached: [mails.tellMilestones],
  money_parked: [mails.tellTreasurers],
  promises_broken: [mails.alarmOperators],
  address_proven: [claimForProver],
};

/**
 * Reacts to the oldest events nobody reacted to, at most `batch` of them, in one transaction: taken, followed and marked together, or not
 * at all. Any number of workers may do it at once. Answers how many events there were: call again while it is `batch`.
 */
export async function react(deps: Deps, batch = 500): Promise<number> {
  let taken: readonly Event[] = [];
  try {
    return await transact(deps.db, async (trx) => {
      taken = await takeUnreacted(trx, batch);
      await follow(trx, deps.post, taken);
      return taken.length;
    });
  } catch (error) {
    const [first] = taken;
    if (isPassing(error) || !first) throw error;
    return batch === 1 ? setAside(deps, first, error) : oneByOne(deps, batch);
  }
}

async function follow(trx: Trx, post: mails.Post, events: readonly Event[]): Promise<void> {
  const followed = events.filter((event) => reactions[event.kind]);
  if (followed.length === 0) return;
  const desk = await mails.openDesk(trx, post, followed);
  const letters = [];
  for (const [reaction, about] of byReaction(followed)) letters.push(...(await reaction(desk, about)));
  await mails.queueMails(trx, letters);
}

/** Each reaction is called once, with all events of the batch it follows. */
function byReaction(events: readonly Event[]): Map<Reaction, readonly Event[]> {
  const pairs = events.flatMap((event) => (reactions[event.kind] ?? []).map((reaction) => ({ event, reaction })));
  const sorted = Map.groupBy(pairs, ({ reaction }) => reaction);
  return new Map([...sorted].map(([reaction, found]) => [reaction, found.map(({ event }) => event)]));
}

async function lookForMilestones(desk: mails.Desk, events: readonly Event[]): Promise<[]> {
  await markMilestones(desk.trx, [...new Set(events.map((event) => event.campaign_id).filter((id) => id !== null))]);
  return [];
}

async function claimForProver(desk: mails.Desk, events: readonly Event[]): Promise<[]> {
  for (const event of events)
    if (event.person_id) await claimContributions(desk.trx, event.person_id, String(event.data.email ?? ''));
  return [];
}

/** One event nobody can react to must not hold up the others: the batch that failed is gone through one by one. */
async function oneByOne(deps: Deps, batch: number): Promise<number> {
  let reacted = 0;
  while (reacted < batch && (await react(deps, 1)) === 1) reacted += 1;
  return reacted;
}

/** Marks it, and says so loudly: the fact stands, only what should have followed is missing. */
async function setAside(deps: Deps, event: Event, error: unknown): Promise<number> {
  deps.log.error({ err: error, event: event.id, kind: event.kind }, 'nothing could follow this event: it was set aside');
  await transact(deps.db, (trx) =>
    run(trx, sql`update events set reacted_at = moment() where id = ${event.id} and reacted_at is null`),
  );
  return 1;
}

/** The database is away, busy or full: nothing is wrong with the events, they wait. */
function isPassing(error: unknown): boolean {
  return isConnectionLost(error) || /^(40|53|55|57|58|XX)/.test(codeOf(error) ?? '');
}

/** Reacts until stopped: at once while there is more, then looking again every 300 ms. */
export function runReactions(deps: Deps, every_ms = 300): Loop {
  const batch = 500;
  return keepDoing({ log: deps.log, name: 'reactions', every_ms, work: async () => (await react(deps, batch)) === batch });
}
