import { record } from '../activity/index.ts';
import type { Fact } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { book, recipes } from '../ledger/index.ts';
import { json, row, sql, type Trx } from '../platform/db.ts';

type About = { host_id: string; contribution_id: string | null };

/**
 * Parks a report nobody can act on without a person: wrong amount, unknown payment, money for something that ended. Parked once for the
 * same object and reason. Money that really arrived is booked into the bank account's unallocated part; a stranger's report about an
 * unknown payment has no host yet and is only shown. `said`: what else whoever decides should see. Tells the treasurers by the event `money_parked`.
 */
export async function park(trx: Trx, fact: Fact, why: string, about: About | null, said = {}): Promise<string | null> {
  const parked = await row<{ id: string; parked_at: Temporal.Instant }>(
    trx,
    sql`insert into parked (id, host_id, gateway, gateway_object, contribution_id, why, amount_cents, currency, details, parked_at)
        values (${newId()}, ${about?.host_id ?? null}, ${fact.gateway}, ${fact.gateway_object}, ${about?.contribution_id ?? null}, ${why},
                ${fact.amount_cents}, ${fact.currency}, ${json({ outcome: fact.outcome, payment_id: fact.payment_id, at: fact.at.toString(), ...said })}, moment())
        on conflict do nothing returning id, parked_at`,
  );
  if (!parked) return null;
  if (fact.outcome === 'collected' && about && fact.amount_cents > 0n) {
    const stray = {
      host_id: about.host_id,
      currency: fact.currency,
      parked_id: parked.id,
      gateway: fact.gateway,
      cents: fact.amount_cents,
    };
    await book(trx, parked.parked_at, recipes.moneyParked(stray));
  }
  await record(trx, {
    kind: 'money_parked',
    subject_id: parked.id,
    data: { why, contribution_id: about?.contribution_id ?? null },
  });
  return parked.id;
}
