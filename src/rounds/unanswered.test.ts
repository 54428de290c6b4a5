import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contribute, mend, resolveParked, resume, withdraw } from '../contributions/index.ts';
import { giving } from '../contributions/testing-giving.ts';
import type { Gateways } from '../gateways/index.ts';
import { payCheckout } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { balanceOf } from '../ledger/index.ts';
import { only, row, rows, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedCampaign, plantCampaign, plantNode, plantPerson } from '../projects/testing-fixtures.ts';
import { stopCampaign, tend } from './index.ts';
import { back, checkoutOf, openStage } from './testing.ts';

// Reports that come late, answers that are lost, companies that say nothing: decisions wait for them, and no money is forgotten.

const base = await testDb({ max: 12 });
const { db, owner } = base;
const { deps, deliver, give, moveClockPast, now, promisesHold, stateOf, stateOfGift } = openStage(base);
const late = '4000000000000135';
const lost = '4000000000000119';
const declined_once = '4000000000000368';
const always_declined = '4000000000000341';

/** Campaigns of their own time: each test begins 200 days after the one before. */
let days = 0;
async function fresh(more: Parameters<typeof plantCampaign>[1] = {}): Promise<PlantedCampaign> {
  days += 200;
  await moveClockPast(Temporal.Instant.from('2027-02-20T08:00:00Z').add({ hours: 24 * days }));
  return plantCampaign(owner, { opened_at: await now(), lines: [{ amount_cents: 10_000n, essential: true }], ...more });
}

function behind(faults: Partial<Gateways['sandbox']>): typeof deps {
  return { ...deps, gateways: { ...deps.gateways, sandbox: { ...deps.gateways.sandbox, ...faults } } };
}
const silent = () => Promise.reject(new Error('no answer'));
const answer_lost = behind({ collect: (charge) => deps.gateways.sandbox.collect(charge).then(silent) });

test('a card saved in the last minute counts, though its report comes after the end', async () => {
  const campaign = await fresh();
  await give(campaign, { amount_cents: 8_000n });
  await moveClockPast(campaign.ends_at, '-20 minutes');
  const begun = await contribute(deps, giving(campaign), back);
  for (const minutes of [19, 16, 12, 4, 1]) {
    await moveClockPast(campaign.ends_at, `-${minutes} minutes`);
    await tend(deps);
  }
  await payCheckout(db, checkoutOf(begun.url), late);
  await moveClockPast(campaign.ends_at, '10 seconds');
  await tend(deps);
  assert.equal((await stateOf(campaign)).state, 'round_two');
  assert.equal(await stateOfGift(begun.contribution_id), 'collected');
  await promisesHold();
});

test('a decision waits a few minutes for a company that says nothing, and no longer', async () => {
  const campaign = await fresh();
  await give(campaign, { amount_cents: 8_000n });
  await moveClockPast(campaign.ends_at, '-20 minutes');
  const begun = await contribute(deps, giving(campaign), back);
  await payCheckout(db, checkoutOf(begun.url), lost);
  await moveClockPast(campaign.ends_at, '1 minute');
  await tend(behind({ askStatus: silent }));
  assert.equal((await stateOf(campaign)).state, 'round_one');
  await moveClockPast(campaign.ends_at, '5 minutes');
  await tend(behind({ askStatus: silent }));
  assert.equal((await stateOf(campaign)).state, 'failed');
  await promisesHold();
});

test('a card mended in the last minute of grace is charged', async () => {
  const campaign = await fresh({ rounds: 1 });
  await give(campaign, { amount_cents: 5_000n });
  const { contribution_id } = await give(campaign, { amount_cents: 6_000n, card: always_declined });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  const { grace_ends_at } = await stateOf(campaign);
  await moveClockPast(grace_ends_at, '-1 minute');
  await payCheckout(db, checkoutOf(await mend(deps, contribution_id, back(contribution_id))), late);
  await moveClockPast(grace_ends_at, '5 seconds');
  await tend(deps);
  assert.deepEqual([(await stateOf(campaign)).state, await stateOfGift(contribution_id)], ['funded', 'collected']);
  await promisesHold();
});

test('a checkout does not lapse while the company says nothing about it', async () => {
  const campaign = await fresh();
  const begun = await contribute(deps, giving(campaign), back);
  await payCheckout(db, checkoutOf(begun.url), lost);
  await moveClockPast(await now(), '61 minutes');
  await tend(behind({ askStatus: silent }));
  assert.equal(await stateOfGift(begun.contribution_id), 'started');
  await tend(deps);
  assert.equal(await stateOfGift(begun.contribution_id), 'secured');
});

test('a charge whose answer was lost is found before a stopped campaign gives money back', async () => {
  const campaign = await fresh();
  const { contribution_id } = await give(campaign, { amount_cents: 12_000n });
  await moveClockPast(campaign.ends_at);
  await tend(answer_lost);
  assert.equal(await stateOfGift(contribution_id), 'secured', 'nobody knows');
  await stopCampaign(db, newId(), campaign.node_id, campaign.campaign_id, 'The promoter asked us to stop it.');
  await tend(behind({ askStatus: silent }));
  assert.equal(await stateOfGift(contribution_id), 'secured', 'it waits for the answer');
  await tend(deps);
  assert.equal(await stateOfGift(contribution_id), 'refunded');
  assert.equal(
    (
      await rows(
        db,
        sql`select from sandbox.refunds f join refunds r on r.id::text = f.client_key where r.contribution_id = ${contribution_id}`,
      )
    ).length,
    1,
  );
  await moveClockPast(await now(), '3 days');
  await promisesHold();
});

test('the last try of a declined card, its answer lost, the campaign fails: what was charged goes back', async () => {
  const campaign = await fresh({ rounds: 1 });
  await give(campaign, { amount_cents: 4_000n });
  const { contribution_id } = await give(campaign, { amount_cents: 6_000n, card: declined_once });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  const { grace_ends_at } = await stateOf(campaign);
  await row(owner, sql`update contributions set next_retry_at = grace_ends_at where id = ${contribution_id} returning id`);
  await moveClockPast(grace_ends_at, '5 minutes');
  const no_word = behind({ collect: (charge) => deps.gateways.sandbox.collect(charge).then(silent), askStatus: silent });
  await tend(no_word);
  assert.deepEqual([(await stateOf(campaign)).state, await stateOfGift(contribution_id)], ['failed', 'declined']);
  await tend(deps);
  assert.equal(await stateOfGift(contribution_id), 'refunded');
  await moveClockPast(grace_ends_at, '3 days');
  await promisesHold();
});

test('declined ones of a campaign that fails are released, not lapsed', async () => {
  const campaign = await fresh({ rounds: 1 });
  const { contribution_id } = await give(campaign, { amount_cents: 12_000n, card: always_declined });
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  await moveClockPast((await stateOf(campaign)).grace_ends_at);
  await tend(deps);
  assert.deepEqual([(await stateOf(campaign)).state, await stateOfGift(contribution_id)], ['failed', 'released']);
});

test('two new cards reported at once: the last one asked for is charged, the others are forgotten', async () => {
  const campaign = await fresh();
  const { contribution_id } = await give(campaign, { amount_cents: 12_000n });
  const one = await mend(deps, contribution_id, back(contribution_id));
  await row(
    owner,
    sql`insert into payments (id, contribution_id, gateway, purpose, attempt, amount_cents, currency, created_at)
        select ${newId()}, contribution_id, gateway, purpose, attempt + 1, amount_cents, currency, moment() from payments
         where contribution_id = ${contribution_id} order by attempt desc limit 1 returning id`,
  );
  const two = await resume(deps, contribution_id, back(contribution_id));
  assert.notEqual(one, two);
  for (const url of [one, two]) await payCheckout(db, checkoutOf(url), '4242424242424242');
  await deliver();
  const kept = await rows<{ attempt: number }>(
    db,
    sql`select attempt from payments where contribution_id = ${contribution_id} and method_token is not null`,
  );
  assert.deepEqual(kept, [{ attempt: 3 }]);
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  assert.equal(await stateOfGift(contribution_id), 'collected');
  await promisesHold();
});

test('a card that is forgotten is declined, so that its giver can mend it', async () => {
  const campaign = await fresh();
  const { contribution_id } = await give(campaign, { amount_cents: 12_000n });
  await row(owner, sql`update payments set method_token = null where contribution_id = ${contribution_id} returning id`);
  await moveClockPast(campaign.ends_at);
  await tend(deps);
  assert.deepEqual([(await stateOf(campaign)).state, await stateOfGift(contribution_id)], ['collecting', 'declined']);
});

test('a wrong amount is parked once, however often the company repeats it', async () => {
  const campaign = await fresh({ state: 'round_two' });
  const held = () => balanceOf(db, campaign.host_id, 'bank', '', 'EUR');
  await give(campaign, { amount_cents: 10_000n });
  const before = await held();
  const begun = await contribute(deps, giving(campaign), back);
  await withdraw(db, begun.contribution_id);
  await payCheckout(db, checkoutOf(begun.url), '4000000000000143');
  await deliver();
  const treasurer = await plantPerson(owner);
  const { id } = await only<{ id: string }>(db, sql`select id from parked where contribution_id = ${begun.contribution_id}`);
  await resolveParked(db, treasurer.id, id, campaign.host_id, 'Explained: kept.', false);
  for (const hours of ['2 hours', '4 hours', '8 hours']) {
    await moveClockPast(await now(), hours);
    await tend(deps);
  }
  assert.equal((await rows(db, sql`select from parked where contribution_id = ${begun.contribution_id}`)).length, 1);
  assert.equal((await held()) - before, 2_100n);
});

test('what goes wrong with one campaign holds up no other', async () => {
  const bad = await plantNode(owner, { slug: 'bad', settings: { retry_days: 3 } });
  const wrong = await fresh({ node: bad, lines: [{ amount_cents: 1_000n, essential: true }] });
  const right = await plantCampaign(owner, { opened_at: await now(), lines: [{ amount_cents: 1_000n, essential: true }] });
  await give(wrong, { card: always_declined });
  await give(right, {});
  await moveClockPast(right.ends_at);
  await assert.rejects(tend(deps), /cannot extract elements from a scalar/);
  assert.equal((await stateOf(right)).state, 'round_two');
  await row(owner, sql`update nodes set settings = '{}' where id = ${bad.id} returning id`);
  await tend(deps);
  await promisesHold();
});
