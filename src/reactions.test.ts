import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { record, recordAll } from './activity/index.ts';
import { changeVisibility, move, withdraw } from './contributions/index.ts';
import { openGateways } from './gateways/index.ts';
import { newId } from './kit/index.ts';
import { only, row, rows, sql, transact } from './platform/db.ts';
import { createLog } from './platform/log.ts';
import { testDb } from './platform/testing.ts';
import { type PlantedCampaign, plantCampaign, plantContribution, plantPerson } from './projects/testing-fixtures.ts';
import { react, runReactions } from './reactions.ts';
import { stopCampaign, tend } from './rounds/index.ts';

const { db, owner } = await testDb({ max: 16, role: 'worker' });
const post = { origin: 'https://acequia.example', secret: 'a secret for tests of reactions' };
const deps = { db, log: createLog('silent'), post };
const gateways = openGateways(db, { origin: post.origin, webhook_secret: 'x' });

beforeEach(() => all());

test('each step of a contribution is told to its giver, once', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { state: 'started', email: 'ana@example.org', amount_cents: 2_000n });
  await moveTo(id, 'secured');
  await all();
  assert.deepEqual(await kinds('ana@example.org'), ['giver_secured']);
  await moveTo(id, 'declined');
  await all();
  await moveTo(id, 'collected');
  await all();
  await all();
  assert.deepEqual(await kinds('ana@example.org'), ['giver_secured', 'giver_declined', 'giver_collected']);
  const receipt = await only<{ subject: string; body_text: string }>(
    db,
    sql`select subject, body_text from mails where kind = 'giver_collected' and to_address = 'ana@example.org'`,
  );
  assert.equal(receipt.subject, 'Receipt: €20 for “A garden on the roof”');
  assert.match(receipt.body_text, /\/en\/contributions\/[0-9a-f-]{36}\/receipt\?key=[\w-]{43}/);
});

test('four rivals follow 400 events once each', async () => {
  const campaign = await plantCampaign(owner, { promoter_id: (await plantPerson(owner)).id });
  for (let n = 0; n < 40; n += 1) await plantContribution(owner, campaign, { email: `rival-${n}@example.org` });
  const gifts = await rows<{ id: string }>(db, sql`select id from contributions where campaign_id = ${campaign.campaign_id}`);
  const one = (id: string) => ({
    kind: 'contribution_secured',
    campaign_id: campaign.campaign_id,
    node_id: campaign.node_id,
    subject_id: id,
    data: { from: 'started' },
  });
  await transact(db, (trx) => recordAll(trx, Array.from({ length: 10 }, () => gifts.map(({ id }) => one(id))).flat()));
  await Promise.all(Array.from({ length: 4 }, () => untilNothing(20)));
  assert.equal((await row<{ n: bigint }>(db, sql`select count(*) as n from mails where to_address like 'rival-%'`))?.n, 400n);
  assert.equal((await row<{ n: bigint }>(db, sql`select count(*) as n from events where reacted_at is null`))?.n, 0n);
});

test('a transfer is told how to pay; one that never arrived is told too', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { state: 'started', method: 'transfer', email: 'bank@example.org' });
  await happened('contribution_started', campaign, id);
  const card = await plantContribution(owner, campaign, { state: 'started', email: 'card@example.org' });
  await happened('contribution_started', campaign, card.id);
  await moveTo(id, 'lapsed');
  await moveTo(card.id, 'lapsed');
  await happened('contribution_started', campaign, id);
  await all();
  assert.deepEqual(await kinds('bank@example.org'), ['giver_lapsed'], 'instructions for what has lapsed already would be wrong');
  assert.deepEqual(await kinds('card@example.org'), []);
});

test('a campaign that fails tells each giver what happens to their money', async () => {
  const promoter = await plantPerson(owner, { email: 'promoter-of-failed@example.org' });
  const person = await plantPerson(owner, { email: 'saver@example.org' });
  const campaign = await plantCampaign(owner, { promoter_id: promoter.id, state: 'collecting' });
  await plantContribution(owner, campaign, { state: 'declined', email: 'promised@example.org' });
  await plantContribution(owner, campaign, { state: 'collected', method: 'transfer', email: 'transferred@example.org' });
  await plantContribution(owner, campaign, {
    state: 'collected',
    method: 'transfer',
    email: 'saver@example.org',
    if_failed: 'wallet',
    person_id: person.id,
  });
  await plantContribution(owner, campaign, {
    state: 'collected',
    method: 'cash',
    email: 'fund@example.org',
    if_failed: 'node_fund',
  });
  await stopCampaign(db, newId(), campaign.node_id, campaign.campaign_id, 'The place is no longer there.');
  await tend({ db, gateways });
  await all();
  assert.deepEqual(await kinds('promised@example.org'), ['giver_released']);
  assert.deepEqual(await kinds('transferred@example.org'), ['giver_failed']);
  assert.deepEqual(await kinds('saver@example.org'), ['giver_credited']);
  assert.deepEqual(await kinds('fund@example.org'), ['giver_redirected']);
  assert.deepEqual(await kinds('promoter-of-failed@example.org'), ['promoter_stopped']);
});

test('a campaign that goes on tells promoter and givers, each address once', async () => {
  const promoter = await plantPerson(owner, { email: 'lucky@example.org' });
  const campaign = await plantCampaign(owner, { promoter_id: promoter.id, state: 'round_two' });
  for (const email of ['twice@example.org', 'Twice@example.org', 'once@example.org', ''])
    await plantContribution(owner, campaign, { state: 'collected', email, method: 'cash' });
  await happened('campaign_collecting', campaign, campaign.campaign_id);
  await happened('campaign_round_two', campaign, campaign.campaign_id);
  await all();
  assert.deepEqual(await kinds('lucky@example.org'), ['promoter_collecting', 'promoter_round_two']);
  assert.deepEqual(await kinds('twice@example.org'), ['giver_round_two']);
  assert.deepEqual(await kinds('once@example.org'), ['giver_round_two']);
});

test('milestones passed together are one letter, without the name of who gave', async () => {
  const promoter = await plantPerson(owner, { email: 'miles@example.org' });
  const campaign = await plantCampaign(owner, { promoter_id: promoter.id });
  const { id } = await plantContribution(owner, campaign, {
    state: 'started',
    amount_cents: 300_000n,
    visibility: 'anonymous',
    name: 'Zenobia Hidden',
    email: 'zenobia@example.org',
  });
  await moveTo(id, 'secured');
  await all();
  const told = await rows<{ kind: string; subject: string; html: string; body_text: string }>(
    db,
    sql`select * from mails where to_address = 'miles@example.org'`,
  );
  assert.deepEqual(
    told.map((mail) => [mail.kind, mail.subject]),
    [['promoter_milestone', '“A garden on the roof”: 50% of the minimum, the first contribution is here']],
  );
  assert.doesNotMatch(JSON.stringify(told), /Zenobia|zenobia/);
});

test('news that was stopped is not sent; mails about one’s money are', async () => {
  const campaign = await plantCampaign(owner, { state: 'round_two' });
  const { id } = await plantContribution(owner, campaign, { state: 'collected', email: 'Quiet@example.org', method: 'cash' });
  await sql`insert into mail_stops values ('quiet@example.org', 'giver_news', ${campaign.campaign_id}, moment())`.execute(db);
  await happened('campaign_funded', campaign, campaign.campaign_id);
  await happened('contribution_collected', campaign, id, { from: 'started' });
  await all();
  assert.deepEqual(await kinds('quiet@example.org'), ['giver_collected']);
});

test('what happened long ago is not told any more', async () => {
  const promoter = await plantPerson(owner, { email: 'history@example.org' });
  const campaign = await plantCampaign(owner, { promoter_id: promoter.id, state: 'funded' });
  const { id } = await plantContribution(owner, campaign, { state: 'collected', email: 'past@example.org' });
  const at = Temporal.Now.instant().subtract({ hours: 24 * 20 });
  for (const kind of ['contribution_collected', 'campaign_funded']) {
    const subject_id = kind === 'campaign_funded' ? campaign.campaign_id : id;
    await transact(db, (trx) =>
      record(trx, { kind, campaign_id: campaign.campaign_id, subject_id, at, data: { from: 'started' } }),
    );
  }
  await all();
  assert.deepEqual([...(await kinds('past@example.org')), ...(await kinds('history@example.org'))], []);
});

test('a guest who proves the address owns what was given with it', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { email: 'Guest@example.org' });
  const person = await plantPerson(owner, { email: 'guest@example.org' });
  await transact(db, (trx) =>
    record(trx, { kind: 'address_proven', person_id: person.id, subject_id: person.id, data: { email: 'guest@example.org' } }),
  );
  await all();
  assert.equal(
    (await only<{ person_id: string }>(db, sql`select person_id from contributions where id = ${id}`)).person_id,
    person.id,
  );
});

test('parked money reaches the treasurers of that host, a broken promise the operators', async () => {
  const campaign = await plantCampaign(owner);
  const treasurer = await plantPerson(owner, { email: 'treasurer@example.org' });
  const operator = await plantPerson(owner, { email: 'operator@example.org' });
  await sql`insert into roles (person_id, role, scope, scope_id) values (${treasurer.id}, 'treasurer', 'host', ${campaign.host_id}), (${operator.id}, 'operator', 'installation', null)`.execute(
    owner,
  );
  const parked_id = newId();
  await sql`insert into parked (id, host_id, gateway, gateway_object, why, amount_cents, currency, parked_at)
    values (${parked_id}, ${campaign.host_id}, 'sandbox', 'obj', 'other_amount', 999, 'EUR', moment())`.execute(owner);
  await transact(db, (trx) => record(trx, { kind: 'money_parked', subject_id: parked_id, data: { why: 'other_amount' } }));
  await transact(db, (trx) => record(trx, { kind: 'promises_broken', data: { promises: ['collected_once'] } }));
  await all();
  assert.deepEqual(await kinds('treasurer@example.org'), ['keeper_parked']);
  assert.deepEqual(await kinds('operator@example.org'), ['keeper_alarm']);
});

test('an event nobody can follow is set aside, the others go on', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { state: 'started', email: 'after@example.org' });
  await transact(db, (trx) => record(trx, { kind: 'address_proven', person_id: newId(), data: { email: 'after@example.org' } }));
  await moveTo(id, 'secured');
  await all();
  assert.deepEqual(await kinds('after@example.org'), ['giver_secured']);
  assert.equal(await react(deps), 0);
});

test('withdrawing is confirmed, changing who sees a name is not', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { email: 'leaves@example.org' });
  await transact(db, (trx) => changeVisibility(trx, id, 'anonymous'));
  await withdraw(db, id);
  await all();
  assert.deepEqual(await kinds('leaves@example.org'), ['giver_withdrawn']);
});

test('the loop follows by itself and ends when asked', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, { state: 'started', email: 'loop@example.org' });
  const loop = runReactions(deps, 20);
  await moveTo(id, 'secured');
  for (let tries = 0; tries < 200 && (await kinds('loop@example.org')).length === 0; tries += 1)
    await new Promise((done) => setTimeout(done, 20));
  await loop.stop();
  assert.deepEqual(await kinds('loop@example.org'), ['giver_secured']);
});

async function untilNothing(batch = 500): Promise<void> {
  while ((await react(deps, batch)) > 0);
}

async function all(): Promise<void> {
  await untilNothing();
}

async function moveTo(id: string, to: Parameters<typeof move>[1][number]['to']): Promise<void> {
  await transact(db, async (trx) =>
    move(trx, [{ id, to, at: (await only<{ now: Temporal.Instant }>(trx, sql`select moment() as now`)).now }]),
  );
}

function happened(
  kind: string,
  campaign: PlantedCampaign,
  subject_id: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  return transact(db, (trx) =>
    record(trx, { kind, node_id: campaign.node_id, campaign_id: campaign.campaign_id, subject_id, data }),
  );
}

async function kinds(address: string): Promise<string[]> {
  const found = await rows<{ kind: string }>(
    db,
    sql`select kind from mails where lower(to_address) = lower(${address}) order by created_at, key`,
  );
  return found.map((mail) => mail.kind);
}
