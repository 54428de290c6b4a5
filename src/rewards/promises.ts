import type { Promises } from '../platform/promises.ts';

/**
 * What must never be false of rewards (money.md 8). That `taken` equals the contributions that hold a unit is promised where
 * contributions are.
 */
export const promises: Promises = {
  taken_is_within_units: `
    select id, units, taken from rewards where taken < 0 or taken > units`,
  reward_is_of_its_campaign: `
    select c.id, c.campaign_id, r.campaign_id as reward_campaign_id from contributions c join rewards r on r.id = c.reward_id
     where r.campaign_id <> c.campaign_id`,
  reward_was_paid_for: `
    select c.id, c.amount_cents, r.amount_cents as reward_cents from contributions c join rewards r on r.id = c.reward_id
     where c.amount_cents < r.amount_cents`,
};
