import { contribute, type Giving, mend, resume, withdraw } from '../contributions/index.ts';
import { abandonCheckout, cards, payCheckout } from '../gateways/index.ts';
import { newId, Refusal } from '../kit/index.ts';
import { rows, sql } from '../platform/db.ts';
import type { Town } from './town.ts';

// What those who give do, with chance in every choice.

export function giveByCard(town: Town): Promise<string> {
  return tell(async () => {
    const given = giving(town);
    const begun = await contribute(town, given, returnUrl);
    return `${given.amount_cents} ${town.random.chance(0.7) ? await pay(town, begun.url) : 'left open'}`;
  });
}

export function payLater(town: Town): Promise<string> {
  return tell(async () => {
    const open = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state = 'started' and method = 'sandbox' order by started_at, amount_cents, id`,
    );
    if (open.length === 0) return 'nothing open';
    return pay(town, await resume(town, town.random.pick(open).id, returnUrl('x')));
  });
}

export function giveByTransfer(town: Town): Promise<string> {
  return tell(async () => {
    const given = giving(town, { method: 'transfer' });
    await contribute(town, given, returnUrl);
    return `announced ${given.amount_cents}`;
  });
}

export function giveFromWallet(town: Town): Promise<string> {
  return tell(async () => {
    const person = town.random.pick(town.people);
    await contribute(
      town,
      giving(town, {
        method: 'wallet',
        person_id: person.id,
        email: person.email,
        if_failed: 'wallet',
        redirect_campaign_id: null,
      }),
      returnUrl,
    );
    return `${person.name} paid from the wallet`;
  });
}

export function withdrawOne(town: Town): Promise<string> {
  return tell(async () => {
    const live = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state in ('started', 'secured', 'declined') order by started_at, amount_cents, id`,
    );
    if (live.length === 0) return 'nothing to withdraw';
    await withdraw(town.db, town.random.pick(live).id);
    return 'withdrawn';
  });
}

export function changeCard(town: Town): Promise<string> {
  return tell(async () => {
    const kept = await rows<{ id: string }>(
      town.db,
      sql`select id from contributions where state in ('secured', 'declined') and method = 'sandbox' order by state, started_at, amount_cents, id`,
    );
    if (kept.length === 0) return 'no card to change';
    return pay(town, await mend(town, (kept[0] as { id: string }).id, returnUrl('x')));
  });
}

async function pay(town: Town, url: string | null): Promise<string> {
  const id = url?.slice(url.lastIndexOf('/') + 1) ?? '';
  if (town.random.chance(0.05)) return (await abandonCheckout(town.db, id)) ? 'abandoned' : 'gone';
  const digits = town.random.chance(0.6) ? '4242' : town.random.pick(Object.keys(cards));
  await payCheckout(town.db, id, `400000000000${digits}`);
  return `paid with ${digits}`;
}

const amounts = [500n, 1_000n, 1_000n, 2_000n, 2_500n, 5_000n, 5_000n, 10_000n, 25_000n] as const;
export const returnUrl = (id: string) => `http://localhost/en/contributions/${id}/return`;

/** A filled form of somebody, drawn from chance. */
export function giving(town: Town, more: Partial<Giving> = {}): Giving {
  const { random } = town;
  const campaign = random.pick(town.campaigns);
  const person = random.chance(0.4) ? random.pick(town.people) : null;
  const amount_cents = random.pick(amounts);
  const reward = random.chance(0.4) ? campaign.rewards.find((r) => r.amount_cents <= amount_cents) : undefined;
  const other = random.pick(town.campaigns);
  const choices = [
    'back_to_me',
    'back_to_me',
    'node_fund',
    ...(person ? (['wallet'] as const) : []),
    ...(other === campaign ? [] : (['another_campaign'] as const)),
  ] as const;
  const if_failed = random.pick(choices);
  return {
    campaign_id: campaign.campaign_id,
    made_node_id: campaign.node_id,
    giver_node_id: null,
    person_id: person?.id ?? null,
    email: person?.email ?? 'guest@example.org',
    name: person?.name ?? 'Guest',
    locale: random.pick(['en', 'fr', 'es'] as const),
    amount_cents,
    tip_cents: random.chance(0.2) ? 150n : 0n,
    reward_id: reward?.id ?? null,
    reward_answer: null,
    address: null,
    wish: random.chance(0.3) ? campaign.lines.slice(0, 1).map((line) => line.id) : [],
    message: null,
    visibility: random.pick(['public', 'name_only', 'anonymous'] as const),
    if_failed,
    redirect_campaign_id: if_failed === 'another_campaign' ? other.campaign_id : null,
    method: 'sandbox',
    form_key: newId(),
    ...more,
  };
}

/** Expected noes are part of the story; anything else ends the rehearsal. */
export async function tell(what: () => Promise<string>): Promise<string> {
  try {
    return await what();
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.code}`;
    throw error;
  }
}
