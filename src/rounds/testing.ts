import assert from 'node:assert/strict';
import {
  contribute,
  promises as contribution_promises,
  type Giving,
  handleWebhooks,
  receiveWebhook,
} from '../contributions/index.ts';
import { type Gateways, openGateways, payCheckout, sign, takeDueDeliveries } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { promises as ledger_promises } from '../ledger/index.ts';
import { type Db, only, row, sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import type { PlantedCampaign } from '../projects/testing-fixtures.ts';
import { promises as round_promises } from './promises.ts';

export type Given = Partial<Giving> & { card?: string };
export const secret = 'a-webhook-secret-for-tests';
export const back = (id: string) => `http://localhost:3000/en/contributions/${id}/return`;

/** People, the sandbox company and the clock of a test: `owner` moves the clock, `db` is what the application has. */
export function openStage({ db, owner }: { db: Db; owner: Db }) {
  const gateways: Gateways = openGateways(db, { origin: 'http://localhost:3000', webhook_secret: secret });
  const deps = { db, gateways };
  const now = async () => (await only<{ now: Temporal.Instant }>(db, sql`select moment() as now`)).now;
  const deliver = async () => {
    const at = await now();
    for (const { body } of await takeDueDeliveries(db, 50))
      await receiveWebhook(deps, 'sandbox', body, new Headers({ 'sandbox-signature': sign(secret, body, at) }), at);
    await handleWebhooks(deps);
  };
  return {
    deps,
    now,
    /** Hands over the webhooks that are due, and acts on them. */
    deliver,
    /** Somebody gives by card, and what the company reports has arrived. */
    async give(campaign: PlantedCampaign, given: Given): Promise<{ contribution_id: string }> {
      const begun = await contribute(deps, giving(campaign, given), back);
      await payCheckout(db, checkoutOf(begun.url), given.card ?? '4242424242424242');
      await deliver();
      return begun;
    },
    standing: (campaign: PlantedCampaign): Promise<{ secured: bigint; collected: bigint; declined: bigint; live: number }> =>
      only(
        db,
        sql`select secured_cents as secured, collected_cents as collected, declined_cents as declined, contributions as live
              from campaign_totals where campaign_id = ${campaign.campaign_id}`,
      ),
    stateOf: (
      campaign: PlantedCampaign,
    ): Promise<{ state: string; ends_at: Temporal.Instant; grace_ends_at: Temporal.Instant }> =>
      only(db, sql`select state, ends_at, grace_ends_at from campaigns where id = ${campaign.campaign_id}`),
    stateOfGift: async (contribution_id: string): Promise<string> =>
      (await only<{ state: string }>(db, sql`select state from contributions where id = ${contribution_id}`)).state,
    async moveClockPast(instant: Temporal.Instant, by = '1 minute'): Promise<void> {
      await row(owner, sql`update clock set shift = ${instant}::timestamptz + ${by}::interval - now() returning shift`);
    },
    async moveClock(by: string): Promise<void> {
      await row(owner, sql`update clock set shift = shift + ${by}::interval returning shift`);
    },
    async promisesHold(): Promise<void> {
      assert.deepEqual(await brokenPromises(db, { ...ledger_promises, ...contribution_promises, ...round_promises }), []);
    },
  };
}

/** A form filled in by a guest in a hurry. */
export function giving(campaign: PlantedCampaign, given: Given): Giving {
  const { card: _, ...rest } = given;
  return {
    campaign_id: campaign.campaign_id,
    made_node_id: campaign.node_id,
    giver_node_id: null,
    person_id: null,
    email: `${newId()}@example.org`,
    name: 'Ana',
    locale: 'en',
    amount_cents: 2_000n,
    tip_cents: 0n,
    reward_id: null,
    reward_answer: null,
    address: null,
    wish: [],
    message: null,
    visibility: 'public',
    if_failed: 'back_to_me',
    redirect_campaign_id: null,
    method: 'sandbox',
    form_key: newId(),
    ...rest,
  };
}

export function checkoutOf(url: string | null): string {
  return url?.slice(url.lastIndexOf('/') + 1) ?? '';
}
