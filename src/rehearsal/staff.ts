import { finishRefunds, receiveTransfer, recordCash } from '../contributions/index.ts';
import { newId } from '../kit/index.ts';
import { rows, sql, transact } from '../platform/db.ts';
import { stopCampaign } from '../rounds/index.ts';
import { tell } from './gifts.ts';
import type { Town } from './town.ts';

// What treasurers and stewards do.

export function receive(town: Town): Promise<string> {
  return tell(async () => {
    const waiting = await rows<{ reference: string; cents: bigint; host_id: string }>(
      town.db,
      sql`select reference, amount_cents + tip_cents as cents, host_id from contributions where method = 'transfer' and collected_at is null order by started_at, amount_cents, id`,
    );
    if (waiting.length === 0) return 'nobody announced a transfer';
    const { reference, cents, host_id } = town.random.pick(waiting);
    const arrived_cents = town.random.chance(0.85) ? cents : cents + 1n;
    const outcome = await receiveTransfer(town.db, town.staff[0]?.id ?? '', reference, arrived_cents, host_id);
    return `${arrived_cents} of ${cents}: ${outcome.result}`;
  });
}

export function giveCash(town: Town): Promise<string> {
  return tell(async () => {
    const campaign = town.random.pick(town.campaigns);
    const gift = {
      campaign_id: campaign.campaign_id,
      made_node_id: campaign.node_id,
      name: 'Someone',
      email: 'cash@example.org',
      locale: 'en',
      visibility: 'anonymous',
    } as const;
    await recordCash(town.db, town.staff[1]?.id ?? '', {
      ...gift,
      amount_cents: 2_000n,
      form_key: newId(),
      two_eyes_above_cents: 100_000n,
    });
    return 'recorded';
  });
}

export async function refundByHand(town: Town): Promise<string> {
  const queue = await rows<{ id: string }>(town.db, sql`select id from refunds where state = 'by_hand' order by id limit 1`);
  const done = await transact(town.db, (trx) =>
    finishRefunds(
      trx,
      queue.map((refund) => refund.id),
      'by_hand',
    ),
  );
  return `${done.length} sent`;
}

export function stop(town: Town): Promise<string> {
  return tell(async () => {
    if (town.random.chance(0.5)) return 'thought better of it';
    const campaign = town.random.pick(town.campaigns);
    await stopCampaign(
      town.db,
      town.staff[1]?.id ?? '',
      campaign.node_id,
      campaign.campaign_id,
      'Stopped in a rehearsal, on purpose.',
    );
    return `stopped ${campaign.slug}`;
  });
}
