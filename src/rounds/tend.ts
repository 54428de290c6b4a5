import {
  askBeforeDeciding,
  askOpenCharges,
  askSilentPayments,
  collectDue,
  giveBack,
  handleWebhooks,
  lapseDue,
  sendRefunds,
} from '../contributions/index.ts';
import type { Gateways } from '../gateways/index.ts';
import { Crash } from '../platform/crash.ts';
import { type Db, only, passesByItself, rows, sql } from '../platform/db.ts';
import { advance, campaignsToAdvance } from './advance.ts';

type Deps = { db: Db; gateways: Gateways };

/**
 * Does everything whose time has come, as far as it can be done now: reports in the inbox, payments that never reported, rounds that close,
 * charges, checkouts that lapse, returns of money, refunds. Runs every minute, after the clock was moved, and in rehearsals. What is to be
 * done is read from the state of things, never from a timer: a crash, a missed minute or twenty workers at once change nothing. What goes
 * wrong with one campaign holds up no other; it is thrown when all is done.
 */
export async function tend(deps: Deps): Promise<void> {
  const wrong: unknown[] = [];
  const apart = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      // A database that is away is away for all of them.
      if (error instanceof Crash || passesByItself(error)) throw error;
      wrong.push(error);
    }
  };
  await apart(() => untilNothing(() => handleWebhooks(deps)));
  await apart(() => untilNothing(() => askSilentPayments(deps)));
  for (const id of await campaignsToAdvance(deps.db)) await apart(() => settleCampaign(deps, id));
  for (const id of await campaignsWithRetries(deps.db)) await apart(() => untilNothing(() => collectDue(deps, id)));
  // Only now: the last try of a declined one falls on the day its grace ends.
  await apart(() => untilNothing(() => lapseDue(deps)));
  await apart(() => countLateMoney(deps.db));
  for (const id of await campaignsGivingBack(deps.db)) await apart(() => giveAllBack(deps, id));
  await apart(() => untilNothing(() => sendRefunds(deps)));
  if (wrong.length > 0) throw wrong.length === 1 ? wrong[0] : new AggregateError(wrong, `${wrong.length} things went wrong`);
}

/**
 * Asks, charges and decides one campaign as far as it goes today. While the gateway says nothing about a payment, a decision that is due
 * waits for it, a few minutes at most.
 */
async function settleCampaign(deps: Deps, campaign_id: string): Promise<void> {
  const unanswered = await askBeforeDeciding(deps, campaign_id);
  await untilNothing(() => collectDue(deps, campaign_id));
  if (unanswered > 0 && (await hasJustEnded(deps.db, campaign_id))) return;
  // Each decision may open the way for the next: collected at once, then round two that is over already.
  while ((await advance(deps.db, campaign_id)) !== null) await untilNothing(() => collectDue(deps, campaign_id));
}

/** Rounds close within five minutes of their end (reliability.md, P9). */
async function hasJustEnded(db: Db, campaign_id: string): Promise<boolean> {
  const { ended } = await only<{ ended: boolean }>(
    db,
    sql`select coalesce(case when state = 'collecting' then grace_ends_at else ends_at end between moment() - interval '4 minutes' and moment(), false) as ended
          from campaigns where id = ${campaign_id}`,
  );
  return ended;
}

/** Outside collecting only mended and declined ones are charged, while their grace lasts. */
async function campaignsWithRetries(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select distinct k.id from contributions c join campaigns k on k.id = c.campaign_id
         where k.state in ('round_two', 'funded') and c.method in ('sandbox', 'archive')
           and (c.state = 'secured' or (c.state = 'declined' and c.next_retry_at <= moment()))`,
  );
  return found.map((campaign) => campaign.id);
}

async function campaignsGivingBack(db: Db): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select distinct k.id from campaigns k join contributions c on c.campaign_id = k.id
         where k.state in ('failed', 'stopped') and c.state in ('started', 'secured', 'declined', 'collected')
           and not exists (select from refunds r where r.contribution_id = c.id)`,
  );
  return found.map((campaign) => campaign.id);
}

/** What a mended card or a late transfer brings to a campaign that is funded already counts in its final figure. */
async function countLateMoney(db: Db): Promise<void> {
  await sql`update campaigns k set final_collected_cents = t.collected_cents from campaign_totals t
             where t.campaign_id = k.id and k.state = 'funded' and k.closed_at > moment() - interval '60 days'
               and k.final_collected_cents < t.collected_cents`.execute(db);
}

async function giveAllBack(deps: Deps, campaign_id: string): Promise<void> {
  await askOpenCharges(deps, campaign_id);
  for (let last = await giveBack(deps, campaign_id); last; ) last = await giveBack(deps, campaign_id, last);
}

/** Batches until there is nothing left; bounded, so that a batch that can never succeed does not hold the others up for ever. */
async function untilNothing(batch: () => Promise<number>): Promise<void> {
  for (let turn = 0; turn < 10_000; turn += 1) if ((await batch()) === 0) return;
}
