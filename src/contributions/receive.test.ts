import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId } from '../kit/index.ts';
import { balanceOf, promises as ledger_promises } from '../ledger/index.ts';
import { only, rows, sql, transact } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedCampaign, plantCampaign, plantContribution, plantPerson } from '../projects/testing-fixtures.ts';
import {
  confirmCash,
  parkStray,
  promises,
  receiveTransfer,
  recordCash,
  resolveParked,
  type Stray,
  settle,
  withdraw,
} from './index.ts';

const { db, owner } = await testDb({ max: 12 });

test('a treasurer presses twice at once: received once, noted once', async () => {
  const campaign = await plantCampaign(owner);
  const treasurer = await plantPerson(owner);
  for (let turn = 0; turn < 4; turn += 1) {
    const { id, reference } = await announced(campaign);
    const receive = () => receiveTransfer(db, treasurer.id, reference, 2_000n, campaign.host_id);
    assert.deepEqual(await words([receive(), receive(), receive()]), [
      'settled',
      'transfer_is_received_already',
      'transfer_is_received_already',
    ]);
    assert.deepEqual(await acts(id), ['transfer_received']);
  }
});

test('the same transfer a second time, and one without reference: parked once each, booked, sent back', async () => {
  const campaign = await plantCampaign(owner);
  const treasurer = await plantPerson(owner);
  const { id, reference } = await announced(campaign);
  await receiveTransfer(db, treasurer.id, reference, 2_000n, campaign.host_id);
  const before = await balanceOf(db, campaign.host_id, 'bank', '', 'EUR');
  const stray = { host_id: campaign.host_id, cents: 2_000n, currency: 'EUR', at: await today(), line: 'BANK-1', reference };
  const park = (more: Partial<Stray> = {}) => parkStray(db, treasurer.id, { ...stray, ...more });
  assert.deepEqual(await words([park(), park()]), ['line_is_parked_already', 'yes']);
  await park({ line: 'BANK-2', reference: 'for the garden', cents: 700n });
  assert.equal((await balanceOf(db, campaign.host_id, 'bank', '', 'EUR')) - before, 2_700n);
  const parked = await rows<{ id: string; contribution_id: string | null; why: string }>(
    db,
    sql`select id, contribution_id, why from parked where host_id = ${campaign.host_id} and details ->> 'line' like 'BANK-%' order by details ->> 'line'`,
  );
  assert.deepEqual(
    parked.map((one) => [one.contribution_id, one.why]),
    [
      [id, 'fits_nothing'],
      [null, 'fits_nothing'],
    ],
  );
  assert.deepEqual(await acts(parked[0]?.id ?? ''), ['stray_parked']);
  await resolveParked(db, treasurer.id, parked[0]?.id ?? '', campaign.host_id, 'Sent back.', true);
  await assert.rejects(park(), { code: 'line_is_parked_already' });
  assert.equal((await balanceOf(db, campaign.host_id, 'bank', '', 'EUR')) - before, 700n);
  assert.equal(await stateOf(id), 'collected');
});

test('cash confirmed after its contribution ended is parked, once', async () => {
  const campaign = await plantCampaign(owner);
  const [one, two] = [await plantPerson(owner), await plantPerson(owner)];
  const { contribution_id } = await recordCash(db, one.id, {
    campaign_id: campaign.campaign_id,
    made_node_id: campaign.node_id,
    name: 'The market',
    email: '',
    locale: 'en',
    amount_cents: 200_000n,
    visibility: 'anonymous',
    form_key: newId(),
    two_eyes_above_cents: 100_000n,
  });
  await withdraw(db, contribution_id);
  const confirm = (person: { id: string }) => confirmCash(db, person.id, contribution_id, campaign.node_id);
  await assert.rejects(confirm(one), { code: 'needs_second_person' });
  assert.deepEqual(await confirm(two), { parked: true });
  await assert.rejects(confirm(two), { code: 'contribution_has_ended' });
  const parked = await rows(db, sql`select gateway, why, amount_cents from parked where contribution_id = ${contribution_id}`);
  assert.deepEqual(parked, [{ gateway: 'cash', why: 'contribution_had_ended', amount_cents: 200_000n }]);
  assert.deepEqual(await acts(contribution_id), ['cash_recorded', 'cash_confirmed']);
});

test('a charge that was parked ends its promise, sent back or explained', async () => {
  const treasurer = await plantPerson(owner);
  for (const state of ['secured', 'declined'] as const) {
    for (const returned of [true, false]) {
      const campaign = await plantCampaign(owner, { state: 'collecting' });
      const { id, parked_id } = await chargedWrongly(campaign, state);
      const { forget } = await resolveParked(db, treasurer.id, parked_id, campaign.host_id, 'Looked at it.', returned);
      assert.equal(await stateOf(id), 'released');
      assert.equal(forget.length, 1);
      const { live } = await only<{ live: number }>(
        db,
        sql`select contributions as live from campaign_totals where campaign_id = ${campaign.campaign_id}`,
      );
      assert.equal(live, 0);
    }
  }
});

test('every promise holds after all of this', async () => {
  const broken = await brokenPromises(db, { ...ledger_promises, ...promises });
  assert.deepEqual(broken, []);
});

/** Saved with a card, then charged with another amount than was asked. */
async function chargedWrongly(campaign: PlantedCampaign, state: 'secured' | 'declined') {
  const { id } = await plantContribution(owner, campaign, { state });
  const token = `tok_${id}`;
  await sql`update payments set method_token = ${token} where contribution_id = ${id}`.execute(owner);
  const payment_id = newId();
  await sql`insert into payments (id, contribution_id, gateway, purpose, attempt, amount_cents, currency, created_at)
    values (${payment_id}, ${id}, 'sandbox', 'collect', 9, 2000, 'EUR', moment())`.execute(owner);
  const at = (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
  const fact = { gateway: 'sandbox', gateway_object: `ch_${id}`, outcome: 'collected', live: false, currency: 'EUR' } as const;
  await transact(db, (trx) => settle(trx, [{ ...fact, payment_id, amount_cents: 1_999n, at }]));
  const parked = await only<{ id: string }>(db, sql`select id from parked where contribution_id = ${id}`);
  return { id, parked_id: parked.id };
}

async function announced(campaign: PlantedCampaign): Promise<{ id: string; reference: string }> {
  const { id } = await plantContribution(owner, campaign, { state: 'started', method: 'transfer', amount_cents: 2_000n });
  const reference = `ACQ-${id.slice(-8, -4)}-${id.slice(-4)}`;
  await sql`update contributions set reference = ${reference}, lapses_at = moment() + interval '9 days' where id = ${id}`.execute(
    owner,
  );
  return { id, reference };
}

async function today(): Promise<Temporal.Instant> {
  return (await only<{ at: Temporal.Instant }>(db, sql`select date_trunc('day', moment()) as at`)).at;
}

/** What each of them answered or was refused with, sorted. */
async function words(tries: Promise<unknown>[]): Promise<string[]> {
  const done = await Promise.allSettled(tries);
  return done
    .map((one) =>
      one.status === 'rejected' ? one.reason.code : ((one.value as { result?: string } | undefined)?.result ?? 'yes'),
    )
    .sort();
}

async function stateOf(id: string): Promise<string> {
  return (await only<{ state: string }>(db, sql`select state from contributions where id = ${id}`)).state;
}

async function acts(target_id: string): Promise<string[]> {
  const found = await rows<{ act: string }>(db, sql`select act from audit where target_id = ${target_id} order by id`);
  return found.map(({ act }) => act);
}
