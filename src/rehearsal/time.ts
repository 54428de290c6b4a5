import { finishRefunds, giveBack } from '../contributions/index.ts';
import { row, rows, sql, transact } from '../platform/db.ts';
import { tend } from '../rounds/index.ts';
import { setClock, type Town, timeOf } from './town.ts';

// Time passes, and the workers do what is due.

export async function letTimePass(town: Town): Promise<string> {
  const now = await timeOf(town);
  const next = await row<{ ends_at: Temporal.Instant }>(
    town.db,
    sql`select min(ends_at) as ends_at from campaigns where state in ('round_one', 'round_two') and ends_at >= moment() having min(ends_at) is not null`,
  );
  const to_the_end = next && town.random.chance(0.12) ? next.ends_at.add({ seconds: town.random.pick([0, 1, 60]) }) : null;
  const to = to_the_end ?? now.add({ minutes: town.random.pick([5, 61, 600, 1_500, 2_880]) });
  // Workers wake up every minute, now and then with a bad line, or several together; an hour on, somebody got through.
  const how = town.random.pick([tendOnce, tendWithBadLine, tendByMany]);
  await setClock(town.owner, now.add({ minutes: 4 }));
  const first = await how(town);
  await setClock(town.owner, now.add({ minutes: 65 }));
  await tend(town);
  if (Temporal.Instant.compare(to, now.add({ minutes: 65 })) > 0) await setClock(town.owner, to);
  return `it is ${to.toString()}, tended ${first}, then ${await town.random.pick([tendOnce, tendByMany])(town)}`;
}

export async function tendOnce(town: Town): Promise<string> {
  await tend(town);
  return 'done';
}

export async function tendWithBadLine(town: Town): Promise<string> {
  Object.assign(town.line, { down: 0.3, answer_lost: 0.2 });
  try {
    await tend(town);
  } finally {
    Object.assign(town.line, { down: 0, answer_lost: 0 });
  }
  return 'done as far as the line allowed';
}

export async function tendByMany(town: Town): Promise<string> {
  await Promise.all(Array.from({ length: 5 }, () => tend(town)));
  return 'done together';
}

/** The end of the story: a good line, all webhooks, and time until nothing is left to do. */
export async function finish(town: Town): Promise<void> {
  for (let week = 0; week < 20; week += 1) {
    await setClock(town.owner, (await timeOf(town)).add({ hours: 24 * 7 }));
    await tend(town);
    for (const campaign of town.campaigns) await giveBack(town, campaign.campaign_id);
    const by_hand = await rows<{ id: string }>(town.db, sql`select id from refunds where state = 'by_hand' order by id`);
    await transact(town.db, (trx) =>
      finishRefunds(
        trx,
        by_hand.map((refund) => refund.id),
        'by_hand',
      ),
    );
  }
}
