import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openGateways, payCheckout } from '../gateways/index.ts';
import { Refusal } from '../kit/index.ts';
import { plantPerson } from '../people/testing.ts';
import { type Db, only, rows, sql, transact } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedCampaign, plantCampaign, plantContribution } from '../projects/testing-fixtures.ts';
import { askNow } from './ask.ts';
import { claimContributions, contribute, type Giving, mend, promises } from './index.ts';
import { whyNotGoOnTo } from './queries.ts';
import { giving } from './testing-giving.ts';

const { db, owner } = await testDb({ max: 24 });
const deps = {
  db,
  gateways: openGateways(db, { origin: 'http://localhost:3000', webhook_secret: 'a-webhook-secret-for-tests' }),
};
const back = (id: string) => `http://localhost:3000/en/contributions/${id}/return`;

test('another card, pressed many times at once: one checkout, and a new one when that is over', async () => {
  const campaign = await plantCampaign(owner);
  const { id } = await plantContribution(owner, campaign, {});
  // Connections are opened before, so that all of them press at once.
  await Promise.all(Array.from({ length: 12 }, () => only(db, sql`select pg_sleep(0.1)`)));
  const urls = await Promise.all(Array.from({ length: 12 }, () => mend(deps, id, back(id))));
  assert.equal(new Set(urls).size, 1);
  await sql`update payments set state = 'abandoned' where contribution_id = ${id} and state = 'asked'`.execute(owner);
  assert.notEqual(await mend(deps, id, back(id)), urls[0]);
  await sql`update payments set created_at = created_at - interval '50 minutes' where contribution_id = ${id}`.execute(owner);
  await mend(deps, id, back(id));
  const attempts = await rows<{ attempt: number }>(
    db,
    sql`select attempt from payments where contribution_id = ${id} and purpose = 'secure' order by attempt`,
  );
  assert.deepEqual(
    attempts.map(({ attempt }) => attempt),
    [1, 2, 3, 4],
  );
});

test('a card pays a permanent campaign at once', async () => {
  const campaign = await plantCampaign(owner, { state: 'open' });
  const { contribution_id, url } = await contribute(deps, giving(campaign), back);
  await payCheckout(db, url?.slice(url.lastIndexOf('/') + 1) ?? '', '4242424242424242');
  await askNow(deps, contribution_id);
  assert.equal(
    (await only<{ state: string }>(db, sql`select state from contributions where id = ${contribution_id}`)).state,
    'collected',
  );
});

test('nobody’s money goes on to a campaign of their own', async () => {
  const [own, from, other] = [await plantCampaign(owner), await plantCampaign(owner), await plantCampaign(owner)];
  const promoter = await team(own, 'promoter');
  const member = await team(own, 'team_member');
  const reader = await plantPerson(db);
  const why = (to: PlantedCampaign, person: { id: string } | null) =>
    whyNotGoOnTo(db, from.campaign_id, to.campaign_id, person?.id ?? null);
  assert.equal(await why(own, promoter), 'own_other_campaign');
  assert.equal(await why(own, member), 'own_other_campaign');
  assert.equal(await why(own, reader), null);
  assert.equal(await why(own, null), null);
  assert.equal(await why(other, promoter), null);
  assert.equal(await why(from, reader), 'other_campaign_is_closed');
});

test('what a guest gave to their own campaign stays with the guest’s link', async () => {
  const [own, other] = [await plantCampaign(owner), await plantCampaign(owner)];
  const promoter = await team(own, 'promoter');
  const { id } = await plantContribution(owner, own, { email: promoter.email });
  const { id: claimed } = await plantContribution(owner, other, { email: promoter.email });
  assert.equal(await transact(db, (trx) => claimContributions(trx, promoter.id, promoter.email)), 1);
  const found = await rows<{ id: string; person_id: string | null }>(
    db,
    sql`select id, person_id from contributions where id in (${id}, ${claimed}) order by campaign_id = ${other.campaign_id}`,
  );
  assert.deepEqual(
    found.map(({ person_id }) => person_id),
    [null, promoter.id],
  );
});

test('three of a reward wait for one giver to pay, not more, however many forms are sent at once', async () => {
  const campaign = await plantCampaign(owner, {
    rewards: [
      { amount_cents: 1_000n, units: 30 },
      { amount_cents: 1_000n, units: 30 },
    ],
  });
  const [first, second] = campaign.rewards.map(({ id }) => id);
  const person = await plantPerson(db);
  const take = (more: Partial<Giving>) =>
    contribute(deps, giving(campaign, { reward_id: first ?? null, method: 'transfer', ...more }), back);
  const words = async (tries: Promise<unknown>[]) =>
    (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'yes' : one.reason.code)).sort();
  const same = { email: 'Ana@example.org' };
  const three = [...Array<string>(7).fill('reward_waits_unpaid'), 'yes', 'yes', 'yes'];
  assert.deepEqual(await words(Array.from({ length: 10 }, () => take(same))), three);
  const own = { person_id: person.id, email: person.email };
  assert.deepEqual(await words(Array.from({ length: 10 }, () => take(own))), three);
  await assert.rejects(take({ person_id: person.id, email: 'moved@example.org' }), { code: 'reward_waits_unpaid' });
  await assert.rejects(
    take({ email: 'ana@EXAMPLE.org' }),
    (error) => error instanceof Refusal && error.fields?.reward !== undefined,
  );
  await take({ email: 'ben@example.org' });
  await take({ ...same, reward_id: second ?? null });
  await take({ ...same, reward_id: null });
  await sql`update contributions set state = 'collected', collected_at = moment() where id in (
      select id from contributions where reward_id = ${first} and email = 'Ana@example.org' limit 1)`.execute(owner);
  await take(same);
  assert.equal((await takenOf(db, first)).taken, 8);
});

test('every promise about rewards and methods holds after all of this', async () => {
  const { reward_units_agree, no_method_kept_without_need } = promises;
  assert.deepEqual(await brokenPromises(db, { reward_units_agree, no_method_kept_without_need } as typeof promises), []);
});

function takenOf(db: Db, reward_id: string | undefined): Promise<{ taken: number }> {
  return only(db, sql`select taken from rewards where id = ${reward_id}`);
}

async function team(campaign: PlantedCampaign, role: 'promoter' | 'team_member') {
  return plantPerson(owner, { roles: [{ role, scope: 'project', scope_id: campaign.project_id }] });
}
