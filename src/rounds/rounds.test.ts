import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contribute, handleWebhooks, receiveTransfer, receiveWebhook, resolveParked, withdraw } from '../contributions/index.ts';
import { giving } from '../contributions/testing-giving.ts';
import { payCheckout, sign, takeDueDeliveries } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { balanceOf, book, recipes } from '../ledger/index.ts';
import { only, rows, sql, transact } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantPerson } from '../projects/testing-fixtures.ts';
import { advance, stopCampaign, tend } from './index.ts';
import { back, checkoutOf, openStage, secret } from './testing.ts';

const base = await testDb({ max: 24 });
const { db, owner } = base;
const { deps, give, moveClock, moveClockPast, now, promisesHold, standing, stateOf } = openStage(base);

test('a campaign that reaches its minimum is collected, enters round two and is funded', async () => {
  const campaign = await plantCampaign(owner);
  for (let n = 0; n < 6; n += 1) await give(campaign, { amount_cents: 100_000n, tip_cents: n === 0 ? 300n : 0n });
  assert.deepEqual(await standing(campaign), { secured: 600_000n, collected: 0n, declined: 0n, live: 6 });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'round_two');
  assert.deepEqual(await standing(campaign), { secured: 0n, collected: 600_000n, declined: 0n, live: 6 });
  await give(campaign, { amount_cents: 2_500n });
  assert.equal((await standing(campaign)).collected, 602_500n);
  await moveClockPast((await stateOf(campaign)).ends_at);
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'funded');
  await promisesHold();
});

test('a campaign that misses its minimum fails and everything goes back', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now() });
  await give(campaign, { amount_cents: 100_000n });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'failed');
  assert.deepEqual(await standing(campaign), { secured: 0n, collected: 0n, declined: 0n, live: 0 });
  await promisesHold();
});

test('declined at collection: retried, mended or lapsed; the campaign is decided when grace is over', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now() });
  await give(campaign, { amount_cents: 400_000n });
  await give(campaign, { amount_cents: 100_000n, card: '4000000000000368' });
  await give(campaign, { amount_cents: 100_000n, card: '4000000000000341' });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'collecting');
  assert.deepEqual(await standing(campaign), { secured: 0n, collected: 400_000n, declined: 200_000n, live: 3 });
  await moveClock('25 hours');
  await tend(deps);
  assert.deepEqual(await standing(campaign), { secured: 0n, collected: 500_000n, declined: 100_000n, live: 3 });
  await moveClock('7 days');
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'round_two', '5,000 of 5,200 is within the tolerance of 5 %');
  assert.deepEqual(await standing(campaign), { secured: 0n, collected: 500_000n, declined: 0n, live: 2 });
  await promisesHold();
});

test('a card that never works is tried on days 1, 3, 5 and 7, and lapses with its grace', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now(), rounds: 1 });
  await give(campaign, { amount_cents: 510_000n });
  const { contribution_id } = await give(campaign, { amount_cents: 10_000n, card: '4000000000000341' });
  await moveClockPast(campaign.ends_at);
  const tries: number[] = [];
  for (const later of ['0', '25 hours', '24 hours', '24 hours', '48 hours', '47 hours']) {
    await moveClock(later);
    await tend(deps);
    tries.push(
      (await only<{ declines: number }>(db, sql`select declines from contributions where id = ${contribution_id}`)).declines,
    );
  }
  assert.deepEqual(tries, [1, 2, 2, 3, 4, 5]);
  assert.equal((await stateOf(campaign)).state, 'funded', '5,100 of 5,200 is within the tolerance');
  const { state } = await only<{ state: string }>(db, sql`select state from contributions where id = ${contribution_id}`);
  assert.equal(state, 'lapsed');
  await promisesHold();
});

test('a transfer with another amount is parked; the right one is received when that is resolved', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now() });
  const { contribution_id } = await contribute(deps, giving(campaign, { method: 'transfer', amount_cents: 4_000n }), back);
  const { reference } = await only<{ reference: string }>(
    db,
    sql`select reference from contributions where id = ${contribution_id}`,
  );
  const treasurer = await plantPerson(owner);
  const wrong = await receiveTransfer(db, treasurer.id, reference, 3_999n, campaign.host_id);
  assert.equal(wrong.result, 'parked');
  await promisesHold();
  await assert.rejects(receiveTransfer(db, treasurer.id, reference, 4_000n, campaign.host_id), { code: 'transfer_is_parked' });
  const { id } = await only<{ id: string }>(db, sql`select id from parked where contribution_id = ${contribution_id}`);
  await resolveParked(db, treasurer.id, id, campaign.host_id, 'Sent back to the sender.', true);
  const right = await receiveTransfer(db, treasurer.id, reference, 4_000n, campaign.host_id);
  assert.equal(right.result, 'settled');
  assert.equal((await standing(campaign)).collected, 4_000n);
  await assert.rejects(receiveTransfer(db, treasurer.id, reference, 4_000n, campaign.host_id), {
    code: 'transfer_is_received_already',
  });
  const acts = await rows<{ act: string }>(db, sql`select act from audit where actor_id = ${treasurer.id} order by id`);
  assert.deepEqual(
    acts.map(({ act }) => act),
    ['transfer_received', 'parked_resolved', 'transfer_received'],
  );
  await promisesHold();
});

test('a stopped campaign gives collected money back by each choice', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now(), state: 'round_two' });
  await give(campaign, { amount_cents: 5_000n, tip_cents: 500n });
  await give(campaign, { amount_cents: 7_000n, card: '4000000000000151' });
  await give(campaign, { amount_cents: 3_000n, if_failed: 'node_fund' });
  await stopCampaign(db, newId(), campaign.node_id, campaign.campaign_id, 'The promoter asked us to stop it.');
  await tend(deps);
  const refunds = await sql<{ state: string }>`select r.state from refunds r join contributions c on c.id = r.contribution_id
    where c.campaign_id = ${campaign.campaign_id} order by r.state`.execute(db);
  assert.deepEqual(
    refunds.rows.map((r) => r.state),
    ['by_hand', 'done'],
  );
  assert.equal((await standing(campaign)).collected, 7_000n);
  await promisesHold();
});

test('twenty workers close a round once', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now() });
  await give(campaign, { amount_cents: 600_000n });
  await moveClockPast(campaign.ends_at);
  const moves = await Promise.all(Array.from({ length: 20 }, () => advance(db, campaign.campaign_id)));
  assert.deepEqual(moves.filter(Boolean), ['collecting']);
  await tend(deps);
  await promisesHold();
});

test('twenty people want the last unit of a reward', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now(), rewards: [{ amount_cents: 1_000n, units: 1 }] });
  const reward_id = campaign.rewards[0]?.id ?? null;
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, () => contribute(deps, giving(campaign, { amount_cents: 1_000n, reward_id }), back)),
  );
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'reward_is_sold_out');
  await promisesHold();
});

test('a wallet of 100 euros pays 60 once, whoever asks twenty times at once', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now() });
  const person = await plantPerson(owner);
  const host = { host_id: campaign.host_id, currency: 'EUR' };
  await transact(owner, async (trx) => book(trx, await now(), recipes.walletFilled(host, person.id, newId(), 10_000n)));
  const gift = () => giving(campaign, { method: 'wallet', person_id: person.id, amount_cents: 6_000n });
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => contribute(deps, gift(), back)));
  assert.equal(tries.filter((t) => t.status === 'fulfilled').length, 1);
  for (const t of tries) if (t.status === 'rejected') assert.equal(t.reason.code, 'wallet_is_short');
  assert.equal(await balanceOf(db, campaign.host_id, 'wallet', person.id, 'EUR'), 4_000n);
  await promisesHold();
});

test('withdrawing against closing: the money is counted once or not at all', async () => {
  for (let n = 0; n < 5; n += 1) {
    const campaign = await plantCampaign(owner, { opened_at: await now() });
    const { contribution_id } = await give(campaign, { amount_cents: 520_000n });
    await moveClockPast(campaign.ends_at, '-1 second');
    const [left] = await Promise.allSettled([
      withdraw(db, contribution_id),
      moveClock('2 seconds').then(() => advance(db, campaign.campaign_id)),
    ]);
    await tend(deps);
    const { state } = await stateOf(campaign);
    assert.equal(state, left.status === 'fulfilled' ? 'failed' : 'round_two');
  }
  await promisesHold();
});

test('twenty webhooks at once settle once', async () => {
  const campaign = await plantCampaign(owner, { opened_at: await now(), state: 'round_two' });
  const begun = await contribute(deps, giving(campaign, { amount_cents: 2_000n }), back);
  await payCheckout(db, checkoutOf(begun.url), '4242424242424242');
  const [delivery] = await takeDueDeliveries(db, 10);
  assert.ok(delivery);
  const at = await now();
  const headers = new Headers({ 'sandbox-signature': sign(secret, delivery.body, at) });
  const stored = await Promise.all(Array.from({ length: 20 }, () => receiveWebhook(deps, 'sandbox', delivery.body, headers, at)));
  assert.equal(stored.filter((s) => s === 'stored').length, 1);
  await Promise.all(Array.from({ length: 20 }, () => handleWebhooks(deps)));
  assert.equal((await standing(campaign)).collected, 2_000n);
  const forged = new Headers({ 'sandbox-signature': sign('another secret', delivery.body, at) });
  assert.equal(await receiveWebhook(deps, 'sandbox', delivery.body, forged, at), 'refused');
  await promisesHold();
});
