import {
  contribute,
  finishRefunds,
  type Giving,
  giveBack,
  handleWebhooks,
  mend,
  receiveTransfer,
  receiveWebhook,
  recordCash,
  resume,
  withdraw,
} from '../contributions/index.ts';
import { abandonCheckout, cards, payCheckout, sign, takeDueDeliveries } from '../gateways/index.ts';
import { newId, Refusal } from '../kit/index.ts';
import { armCrash, Crash, type CrashPoint } from '../platform/crash.ts';
import { row, rows, sql, transact } from '../platform/db.ts';
import type { PlantedCampaign } from '../projects/testing-fixtures.ts';
import { stopCampaign, tend } from '../rounds/index.ts';
import { setClock, type Town, timeOf } from './town.ts';

/** What can happen in a town in one step; the number says how often, against the others. Each answers what it did, for the record. */
export const actions: readonly { name: string; weight: number; act(town: Town): Promise<string> }[] = [
  { name: 'give by card', weight: 30, act: giveByCard },
  { name: 'pay an open checkout', weight: 16, act: payLater },
  { name: 'deliver webhooks', weight: 16, act: deliver },
  { name: 'give by transfer', weight: 5, act: giveByTransfer },
  { name: 'receive a transfer', weight: 6, act: receive },
  { name: 'give from the wallet', weight: 5, act: giveFromWallet },
  { name: 'give cash', weight: 3, act: giveCash },
  { name: 'withdraw', weight: 4, act: withdrawOne },
  { name: 'change the card', weight: 4, act: changeCard },
  { name: 'post a form twice', weight: 2, act: postTwice },
  { name: 'race for the last reward', weight: 3, act: raceForReward },
  { name: 'race from one wallet', weight: 2, act: raceFromWallet },
  { name: 'forge a webhook', weight: 1, act: forge },
  { name: 'let time pass', weight: 14, act: letTimePass },
  { name: 'tend', weight: 12, act: tendOnce },
  { name: 'tend with a bad line', weight: 6, act: tendWithBadLine },
  { name: 'tend by five workers', weight: 3, act: tendByMany },
  { name: 'crash', weight: 6, act: crash },
  { name: 'refund by hand', weight: 3, act: refundByHand },
  { name: 'stop a campaign', weight: 1, act: stop },
];

const amounts = [500n, 1_000n, 1_000n, 2_000n, 2_500n, 5_000n, 5_000n, 10_000n, 25_000n] as const;
const returnUrl = (id: string) => `http://localhost/en/contributions/${id}/return`;

function giving(town: Town, more: Partial<Giving> = {}): Giving {
  const { random } = town;
  const campaign = random.pick(town.campaigns);
  const person = random.chance(0.4) ? random.pick(town.people) : null;
  const amount_cents = random.pick(amounts);
  const reward = random.chance(0.4) ? campaign.rewards.find((r) => r.amount_cents <= amount_cents) : undefined;
  const other = random.pick(town.campaigns);
  const choices = [
    'back_to_me',
    'back_to_me',
    'node_fund',
    ...(person ? (['wallet'] as const) : []),
    ...(other === campaign ? [] : (['another_campaign'] as const)),
  ] as const;
  const if_failed = random.pick(choices);
  return {
    campaign_id: campaign.campaign_id,
    made_node_id: campaign.node_id,
    giver_node_id: null,
    person_id: person?.id ?? null,
    email: person?.email ?? 'guest@example.org',
    name: person?.name ?? 'Guest',
    locale: random.pick(['en', 'fr', 'es'] as const),
    amount_cents,
    tip_cents: random.chance(0.2) ? 150n : 0n,
    reward_id: reward?.id ?? null,
    reward_answer: null,
    address: null,
    wish: random.chance(0.3) ? campaign.lines.slice(0, 1).map((line) => line.id) : [],
    message: null,
    visibility: random.pick(['public', 'name_only', 'anonymous'] as const),
    if_failed,
    redirect_campaign_id: if_failed === 'another_campaign' ? other.campaign_id : null,
    method: 'sandbox',
    form_key: newId(),
    ...more,
  };
}

/** Expected noes are part of the story; anything else ends the rehearsal. */
async function tell(what: () => Promise<string>): Promise<string> {
  try {
    return await what();
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.code}`;
    throw error;
  }
}

function giveByCard(town: Town): Promise<string> {
  return tell(async () => {
    const given = giving(town);
    const begun = await contribute(town, given, returnUrl);
    return `${given.amount_cents} ${town.random.chance(0.7) ? await pay(town, begun.url) : 'left open'}`;
  });
}

async function pay(town: Town, url: string | null): Promise<string> {
  const id = url?.slice(url.lastIndexOf('/') + 1) ?? '';
  if (town.random.chance(0.05)) return (await abandonCheckout(town.db, id)) ? 'abandoned' : 'gone';
  const digits = town.random.chance(0.6) ? '4242' : town.random.pick(Object.keys(cards));
  await payCheckout(town.db, id, `400000000000${digits}`);
  return `paid with ${digits}`;
}

function payLater(town: Town): Promise<string> {
  return tell(async () => {
    const open = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state = 'started' and method = 'sandbox' order by started_at, amount_cents, id`,
    );
    if (open.length === 0) return 'nothing open';
    return pay(town, await resume(town, town.random.pick(open).id, returnUrl('x')));
  });
}

/** Webhooks arrive out of order; some get lost on the way. */
async function deliver(town: Town): Promise<string> {
  const due = (await takeDueDeliveries(town.db, 20)).toSorted((a, b) => Number(a.id - b.id));
  const now = await timeOf(town);
  let arrived = 0;
  for (const { body } of town.random.shuffle(due)) {
    if (town.random.chance(0.05)) continue;
    for (let copy = town.random.chance(0.1) ? 2 : 1; copy > 0; copy -= 1) {
      await receiveWebhook(town, 'sandbox', body, new Headers({ 'sandbox-signature': sign(town.secret, body, now) }), now);
    }
    arrived += 1;
  }
  await handleWebhooks(town);
  return `${arrived} of ${due.length} arrived`;
}

function giveByTransfer(town: Town): Promise<string> {
  return tell(async () => {
    const given = giving(town, { method: 'transfer' });
    await contribute(town, given, returnUrl);
    return `announced ${given.amount_cents}`;
  });
}

function receive(town: Town): Promise<string> {
  return tell(async () => {
    const waiting = await rows<{ reference: string; cents: bigint; host_id: string }>(
      town.db,
      sql`select reference, amount_cents + tip_cents as cents, host_id from contributions where method = 'transfer' and collected_at is null order by started_at, amount_cents, id`,
    );
    if (waiting.length === 0) return 'nobody announced a transfer';
    const { reference, cents, host_id } = town.random.pick(waiting);
    const arrived_cents = town.random.chance(0.85) ? cents : cents + 1n;
    const outcome = await receiveTransfer(town.db, town.staff[0]?.id ?? '', reference, arrived_cents, host_id);
    return `${arrived_cents} of ${cents}: ${outcome.result}`;
  });
}

function giveFromWallet(town: Town): Promise<string> {
  return tell(async () => {
    const person = town.random.pick(town.people);
    await contribute(
      town,
      giving(town, {
        method: 'wallet',
        person_id: person.id,
        email: person.email,
        if_failed: 'wallet',
        redirect_campaign_id: null,
      }),
      returnUrl,
    );
    return `${person.name} paid from the wallet`;
  });
}

function giveCash(town: Town): Promise<string> {
  return tell(async () => {
    const campaign = town.random.pick(town.campaigns);
    const gift = {
      campaign_id: campaign.campaign_id,
      made_node_id: campaign.node_id,
      name: 'Someone',
      email: 'cash@example.org',
      locale: 'en',
      visibility: 'anonymous',
    } as const;
    await recordCash(town.db, town.staff[1]?.id ?? '', {
      ...gift,
      amount_cents: 2_000n,
      form_key: newId(),
      two_eyes_above_cents: 100_000n,
    });
    return 'recorded';
  });
}

function withdrawOne(town: Town): Promise<string> {
  return tell(async () => {
    const live = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state in ('started', 'secured', 'declined') order by started_at, amount_cents, id`,
    );
    if (live.length === 0) return 'nothing to withdraw';
    await withdraw(town.db, town.random.pick(live).id);
    return 'withdrawn';
  });
}

function changeCard(town: Town): Promise<string> {
  return tell(async () => {
    const kept = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state in ('secured', 'declined') and method = 'sandbox' order by state, started_at, amount_cents, id`,
    );
    if (kept.length === 0) return 'no card to change';
    return pay(town, await mend(town, (kept[0] as { id: string }).id, returnUrl('x')));
  });
}

function postTwice(town: Town): Promise<string> {
  return tell(async () => {
    const form = giving(town);
    const posts = await Promise.allSettled([
      contribute(town, form, returnUrl),
      contribute(town, form, returnUrl),
      contribute(town, form, returnUrl),
    ]);
    const made = await rows(town.db, sql`select id from contributions where form_key = ${form.form_key}`);
    if (made.length > 1) throw new Error(`one form made ${made.length} contributions`);
    return `${posts.length} posts, ${made.length} contribution`;
  });
}

async function raceForReward(town: Town): Promise<string> {
  const campaign = town.random.pick(town.campaigns);
  const reward = campaign.rewards[0];
  if (!reward) return 'no reward';
  const forms = Array.from({ length: 8 }, () =>
    giving(town, inCampaign(campaign, { amount_cents: reward.amount_cents, reward_id: reward.id })),
  );
  const tries = await Promise.allSettled(forms.map((form) => contribute(town, form, returnUrl)));
  return `${tries.filter((t) => t.status === 'fulfilled').length} of 8`;
}

async function raceFromWallet(town: Town): Promise<string> {
  const campaign = town.random.pick(town.campaigns);
  const person = town.random.pick(town.people);
  const more = {
    method: 'wallet',
    person_id: person.id,
    email: person.email,
    amount_cents: 9_000n,
    tip_cents: 0n,
    reward_id: null,
    visibility: 'public',
  } as const;
  const forms = Array.from({ length: 8 }, () => giving(town, inCampaign(campaign, more)));
  const tries = await Promise.allSettled(forms.map((form) => contribute(town, form, returnUrl)));
  return `${tries.filter((t) => t.status === 'fulfilled').length} of 8`;
}

/** Races must end alike whoever wins, so that a seed can be replayed: all runners are equal. */
function inCampaign(campaign: PlantedCampaign, more: Partial<Giving>): Partial<Giving> {
  return {
    campaign_id: campaign.campaign_id,
    if_failed: 'back_to_me',
    redirect_campaign_id: null,
    wish: [],
    tip_cents: 0n,
    person_id: null,
    ...more,
  };
}

async function forge(town: Town): Promise<string> {
  const body = JSON.stringify({
    id: newId(),
    object: 'sbx_x',
    client_key: newId(),
    state: 'paid',
    amount: '100',
    currency: 'EUR',
    at: '2027-01-01T00:00:00Z',
  });
  const now = await timeOf(town);
  const answer = await receiveWebhook(
    town,
    'sandbox',
    body,
    new Headers({ 'sandbox-signature': sign('guessed', body, now) }),
    now,
  );
  if (answer !== 'refused') throw new Error('a forged webhook was accepted');
  return answer;
}

async function letTimePass(town: Town): Promise<string> {
  const now = await timeOf(town);
  const next = await row<{ ends_at: Temporal.Instant }>(
    town.db,
    sql`select min(ends_at) as ends_at from campaigns where state in ('round_one', 'round_two') and ends_at >= moment() having min(ends_at) is not null`,
  );
  const to_the_end = next && town.random.chance(0.12) ? next.ends_at.add({ seconds: town.random.pick([0, 1, 60]) }) : null;
  const to = to_the_end ?? now.add({ minutes: town.random.pick([5, 61, 600, 1_500, 2_880]) });
  // Workers wake up every minute, now and then with a bad line, or several together; an hour on, somebody got through.
  const how = town.random.pick([tendOnce, tendWithBadLine, tendByMany]);
  await setClock(town.owner, now.add({ minutes: 4 }));
  const first = await how(town);
  await setClock(town.owner, now.add({ minutes: 65 }));
  await tend(town);
  if (Temporal.Instant.compare(to, now.add({ minutes: 65 })) > 0) await setClock(town.owner, to);
  return `it is ${to.toString()}, tended ${first}, then ${await town.random.pick([tendOnce, tendByMany])(town)}`;
}

async function tendOnce(town: Town): Promise<string> {
  await tend(town);
  return 'done';
}

async function tendWithBadLine(town: Town): Promise<string> {
  Object.assign(town.line, { down: 0.3, answer_lost: 0.2 });
  try {
    await tend(town);
  } finally {
    Object.assign(town.line, { down: 0, answer_lost: 0 });
  }
  return 'done as far as the line allowed';
}

async function tendByMany(town: Town): Promise<string> {
  await Promise.all(Array.from({ length: 5 }, () => tend(town)));
  return 'done together';
}

const crash_points = [
  'webhook_stored',
  'charge_written',
  'charge_made',
  'round_decided',
  'return_written',
  'refund_written',
  'refund_sent',
] as const satisfies CrashPoint[];
const checkout_points = ['contribution_begun', 'checkout_opened'] as const satisfies CrashPoint[];

/** The process dies at a named point, in whatever was going on; the next one starts with what was committed. */
async function crash(town: Town): Promise<string> {
  const in_checkout = town.random.chance(0.4);
  const point = town.random.pick<CrashPoint>(in_checkout ? checkout_points : crash_points);
  armCrash(point);
  try {
    if (in_checkout) await tell(async () => (await contribute(town, giving(town), returnUrl)).contribution_id);
    else {
      await deliver(town);
      await tend(town);
    }
    return `nobody passed ${point}`;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return `at ${point}`;
  } finally {
    armCrash(null);
  }
}

async function refundByHand(town: Town): Promise<string> {
  const queue = await rows<{ id: string }>(town.db, sql`select id from refunds where state = 'by_hand' order by id limit 1`);
  const done = await transact(town.db, (trx) =>
    finishRefunds(
      trx,
      queue.map((refund) => refund.id),
      'by_hand',
    ),
  );
  return `${done.length} sent`;
}

function stop(town: Town): Promise<string> {
  return tell(async () => {
    if (town.random.chance(0.5)) return 'thought better of it';
    const campaign = town.random.pick(town.campaigns);
    await stopCampaign(
      town.db,
      town.staff[1]?.id ?? '',
      campaign.node_id,
      campaign.campaign_id,
      'Stopped in a rehearsal, on purpose.',
    );
    return `stopped ${campaign.slug}`;
  });
}

/** The end of the story: a good line, all webhooks, and time until nothing is left to do. */
export async function finish(town: Town): Promise<void> {
  for (let week = 0; week < 20; week += 1) {
    await setClock(town.owner, (await timeOf(town)).add({ hours: 24 * 7 }));
    await tend(town);
    for (const campaign of town.campaigns) await giveBack(town, campaign.campaign_id);
    const by_hand = await rows<{ id: string }>(town.db, sql`select id from refunds where state = 'by_hand' order by id`);
    await transact(town.db, (trx) =>
      finishRefunds(
        trx,
        by_hand.map((refund) => refund.id),
        'by_hand',
      ),
    );
  }
}
