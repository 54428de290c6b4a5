import { contribute, type Giving } from '../contributions/index.ts';
import { rows, sql } from '../platform/db.ts';
import type { PlantedCampaign } from '../projects/testing-fixtures.ts';
import { giving, returnUrl, tell } from './gifts.ts';
import type { Town } from './town.ts';

// Several at once where only some may win.

export function postTwice(town: Town): Promise<string> {
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

export async function raceForReward(town: Town): Promise<string> {
  const campaign = town.random.pick(town.campaigns);
  const reward = campaign.rewards[0];
  if (!reward) return 'no reward';
  const forms = Array.from({ length: 8 }, (_, n) =>
    giving(
      town,
      inCampaign(campaign, { amount_cents: reward.amount_cents, reward_id: reward.id, email: `racer-${n}@example.org` }),
    ),
  );
  const tries = await Promise.allSettled(forms.map((form) => contribute(town, form, returnUrl)));
  return `${tries.filter((t) => t.status === 'fulfilled').length} of 8`;
}

export async function raceFromWallet(town: Town): Promise<string> {
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
