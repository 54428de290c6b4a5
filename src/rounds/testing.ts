import assert from 'node:assert/strict';
import {
  contribute,
  promises as contribution_promises,
  type Giving,
  handleWebhooks,
  receiveWebhook,
} from '../contributions/index.ts';
import { giving } from '../contributions/testing-giving.ts';
import { type Gateways, openGateways, payCheckout, sign, takeDueDeliveries } from '../gateways/index.ts';
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
      const { card = '4242424242424242', ...more } = given;
      const begun = await contribute(deps, giving(campaign, more), back);
      await payCheckout(db, checkoutOf(begun.url), card);
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

export function checkoutOf(url: string | null): string {
  return url?.slice(url.lastIndexOf('/') + 1) ?? '';
}
