import { contribute, handleWebhooks, receiveWebhook } from '../contributions/index.ts';
import { sign, takeDueDeliveries } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { armCrash, Crash, type CrashPoint } from '../platform/crash.ts';
import { tend } from '../rounds/index.ts';
import { giving, returnUrl, tell } from './gifts.ts';
import { type Town, timeOf } from './town.ts';

// What goes wrong between us and the payment company, and within us.

/** Webhooks arrive out of order; some get lost on the way. */
export async function deliver(town: Town): Promise<string> {
  const due = (await takeDueDeliveries(town.db, 20)).toSorted((a, b) => Number(a.id - b.id));
  const now = await timeOf(town);
  let arrived = 0;
  for (const { body } of town.random.shuffle(due)) {
    if (town.random.chance(0.05)) continue;
    for (let copy = town.random.chance(0.1) ? 2 : 1; copy > 0; copy -= 1) {
      await receiveWebhook(town, 'sandbox', body, new Headers({ 'sandbox-signature': sign(town.secret, body, now) }), now);
    }
    arrived += 1;
  }
  await handleWebhooks(town);
  return `${arrived} of ${due.length} arrived`;
}

export async function forge(town: Town): Promise<string> {
  const body = JSON.stringify({
    id: newId(),
    object: 'sbx_x',
    client_key: newId(),
    state: 'paid',
    amount: '100',
    currency: 'EUR',
    at: '2027-01-01T00:00:00Z',
  });
  const now = await timeOf(town);
  const answer = await receiveWebhook(
    town,
    'sandbox',
    body,
    new Headers({ 'sandbox-signature': sign('guessed', body, now) }),
    now,
  );
  if (answer !== 'refused') throw new Error('a forged webhook was accepted');
  return answer;
}

const crash_points = [
  'webhook_stored',
  'charge_written',
  'charge_made',
  'round_decided',
  'return_written',
  'refund_written',
  'refund_sent',
] as const satisfies CrashPoint[];
const checkout_points = ['contribution_begun', 'checkout_opened'] as const satisfies CrashPoint[];

/** The process dies at a named point, in whatever was going on; the next one starts with what was committed. */
export async function crash(town: Town): Promise<string> {
  const in_checkout = town.random.chance(0.4);
  const point = town.random.pick<CrashPoint>(in_checkout ? checkout_points : crash_points);
  armCrash(point);
  try {
    if (in_checkout) await tell(async () => (await contribute(town, giving(town), returnUrl)).contribution_id);
    else {
      await deliver(town);
      await tend(town);
    }
    return `nobody passed ${point}`;
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return `at ${point}`;
  } finally {
    armCrash(null);
  }
}
