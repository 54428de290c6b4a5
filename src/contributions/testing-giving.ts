import { newId } from '../kit/index.ts';
import type { PlantedCampaign } from '../projects/testing-fixtures.ts';
import type { Giving } from './contribute.ts';

/** A form filled in by a guest in a hurry: 20 euros by card, no reward, back to me. `more` says what is different. */
export function giving(campaign: Pick<PlantedCampaign, 'campaign_id' | 'node_id'>, more: Partial<Giving> = {}): Giving {
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
    ...more,
  };
}
