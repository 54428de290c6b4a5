import { endOfRound, seeded } from '../src/kit/index.ts';
import { amountsFor, momentsBetween } from './gifts.ts';
import type { PlantedProject } from './plant-project.ts';
import type { HistoricCampaign, LiveProject, PastProject } from './shape.ts';
import { type Gift, inventedGivers } from './timeline.ts';

type Figures = Pick<HistoricCampaign, 'slug' | 'status' | 'raised_cents' | 'contributors' | 'of_which_call_cents' | 'call'>;

/** Individual gifts are not published: they are drawn so that their sum, and their number where it is known, are the published ones. */
export function giftsOfThePast(project: PlantedProject, h: Figures | (PastProject & Figures)): Gift[] {
  const raised_cents = BigInt(h.raised_cents);
  const call_cents = BigInt(h.of_which_call_cents);
  const from_people_cents = raised_cents - call_cents;
  const count = (h.contributors ?? Math.max(3, Math.round(Number(from_people_cents) / 5_000))) - (call_cents > 0n ? 1 : 0);
  const fixed = soldRewards(project);
  const fixed_cents = fixed.reduce((sum, gift) => sum + gift.amount_cents, 0n);
  const amounts = [
    ...fixed,
    ...amountsFor(from_people_cents - fixed_cents, count - fixed.length, h.slug).map((amount_cents) => ({
      amount_cents,
      reward_id: null,
    })),
  ];
  if (call_cents > 0n) amounts.push({ amount_cents: call_cents, reward_id: null });
  const shuffled = seeded(`order ${h.slug}`).shuffle(amounts);
  const failed = h.status === 'failed';
  const first_end = endOfRound(project.opened_at, 40, project.node.zone);
  const in_first = failed ? shuffled.length : firstRoundCount(shuffled, project.minimum_cents, raised_cents);
  const second_end = endOfRound(first_end.subtract({ hours: 1 }), 40, project.node.zone);
  const times = [
    ...momentsBetween(project.opened_at.add({ hours: 1 }), first_end.subtract({ hours: 2 }), in_first, h.slug),
    ...momentsBetween(
      first_end.add({ hours: 4 }),
      second_end.subtract({ hours: 2 }),
      shuffled.length - in_first,
      `${h.slug} two`,
    ),
  ];
  const call = h.call ?? 'Match-funding call';
  return shuffled.map((gift, n) => {
    const is_call = call_cents > 0n && gift.amount_cents === call_cents && gift === amounts.at(-1);
    return {
      at: times[n] as Temporal.Instant,
      project,
      amount_cents: gift.amount_cents,
      tip_cents: 0n,
      reward_id: gift.reward_id,
      wish: [],
      name: is_call ? call : 'Name not carried over',
      email: 'history@example.org',
      message: null,
      visibility: is_call ? 'public' : 'anonymous',
      method: 'archive',
      card: '',
    };
  });
}

/** Rewards whose sales are known: as many as the stock allows keep the reward; what was sold beyond it stays as money without a reward. */
function soldRewards(project: PlantedProject): { amount_cents: bigint; reward_id: string | null }[] {
  return project.rewards.flatMap((reward) =>
    Array.from({ length: reward.sold }, (_, n) => ({
      amount_cents: reward.amount_cents,
      reward_id: reward.units === null || n < reward.units ? reward.id : null,
    })),
  );
}

/** How many of these gifts came in round one: its money reaches the minimum, and leaves about 16 % for round two (the published mean). */
function firstRoundCount(gifts: readonly { amount_cents: bigint }[], minimum_cents: bigint, raised_cents: bigint): number {
  const share_cents = (raised_cents * 84n) / 100n;
  const wanted_cents = share_cents > minimum_cents ? share_cents : minimum_cents;
  let sum_cents = 0n;
  for (const [n, gift] of gifts.entries()) {
    sum_cents += gift.amount_cents;
    if (sum_cents >= wanted_cents) return n + 1;
  }
  return gifts.length;
}

/** Invented gifts of a demonstration campaign, up to the hour before now. */
export function giftsOfToday(project: PlantedProject, p: LiveProject, now: Temporal.Instant): Gift[] {
  const random = seeded(`today ${p.slug}`);
  const count = p.target.contributors;
  const total_cents = (project.minimum_cents * BigInt(Math.round(p.target.raised_share_of_minimum * 1000))) / 1000n;
  const amounts = random.shuffle(amountsFor((total_cents / 100n) * 100n, count, p.slug));
  const first_end = endOfRound(project.opened_at, 40, project.node.zone);
  const over = Temporal.Instant.compare(first_end, now) < 0;
  const in_first =
    p.moment === 'second_round'
      ? firstRoundCount(
          amounts.map((amount_cents) => ({ amount_cents })),
          project.minimum_cents,
          total_cents,
        )
      : count;
  const last = over ? first_end.subtract({ hours: 2 }) : now.subtract({ hours: 1 });
  const times = [
    ...momentsBetween(project.opened_at.add({ hours: 1 }), last, in_first, p.slug),
    ...momentsBetween(first_end.add({ hours: 5 }), now.subtract({ hours: 1 }), count - in_first, `${p.slug} two`),
  ];
  const givers = inventedGivers(count, p.slug);
  const left = new Map(project.rewards.map((reward) => [reward.id, reward.units ?? Number.POSITIVE_INFINITY]));
  return amounts.map((amount_cents, n) => {
    const reward = random.chance(0.765)
      ? [...project.rewards].reverse().find((r) => r.amount_cents <= amount_cents && (left.get(r.id) ?? 0) > 1)
      : undefined;
    if (reward) left.set(reward.id, (left.get(reward.id) ?? 0) - 1);
    return {
      at: times[n] as Temporal.Instant,
      project,
      amount_cents,
      tip_cents: random.chance(0.15) ? 200n : 0n,
      reward_id: reward?.id ?? null,
      wish: random.chance(0.25) ? [random.pick(project.lines)] : [],
      ...(givers[n] as { name: string; email: string }),
      message: null,
      visibility: random.chance(0.1) ? 'anonymous' : random.chance(0.25) ? 'name_only' : 'public',
      method: 'sandbox',
      card: p.moment === 'collecting' && n % 9 === 4 ? '4000000000000341' : '4242424242424242',
    };
  });
}
