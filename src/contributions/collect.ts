import type { Fact, Gateways } from '../gateways/index.ts';
import { newId } from '../kit/index.ts';
import { passing } from '../platform/crash.ts';
import { type Db, rows, sql, transact } from '../platform/db.ts';
import { settle } from './settle.ts';

type Deps = { db: Db; gateways: Gateways };
type Due = {
  gateway: keyof Gateways;
  payment_id: string;
  contribution_id: string;
  /** null: the card is forgotten, so that nobody can be asked. */
  method_token: string | null;
  now: Temporal.Instant;
  amount_cents: bigint;
  currency: string;
};

/**
 * Charges what a campaign may charge now: secured contributions, and declined ones whose retry day has come. One batch; call again until
 * it answers 0. The contributions themselves are the queue, so a crash anywhere loses nothing: the row of the attempt is written before
 * the gateway is called, carries the idempotency key, and an attempt whose outcome is unknown is asked again with the same key.
 * Any number of workers may do this at once; each charge happens once. Answers how many charges got an outcome.
 */
export async function collectDue({ db, gateways }: Deps, campaign_id: string, batch = 100): Promise<number> {
  const due = await writeAttempts(db, campaign_id, batch);
  passing('charge_written');
  const facts = (await inParallel(due, 8, (charge) => chargeOne(gateways, charge))).filter((fact) => fact !== null);
  passing('charge_made');
  if (facts.length === 0) return 0;
  const settled = await transact(db, (trx) => settle(trx, facts));
  await inParallel(settled.forget, 8, (token) => gateways.sandbox.forget(token).catch(() => {}));
  return settled.outcomes.length;
}

/** null: nobody knows what became of it. It is asked again with the same key. */
async function chargeOne(gateways: Gateways, { method_token, now, ...charge }: Due): Promise<Fact | null> {
  if (method_token !== null) return gateways[charge.gateway].collect({ ...charge, method_token }).catch(() => null);
  const { gateway, payment_id, amount_cents, currency } = charge;
  const declined = { outcome: 'declined', failure: 'card_is_forgotten', live: false, at: now } as const;
  return { gateway, payment_id, gateway_object: `none_${payment_id}`, amount_cents, currency, ...declined };
}

async function writeAttempts(db: Db, campaign_id: string, batch: number): Promise<Due[]> {
  const ids = Array.from({ length: batch }, () => newId<'payment'>());
  return rows<Due>(
    db,
    sql`
    with chargeable as (
      (select * from contributions where campaign_id = ${campaign_id} and state = 'secured' and method in ('sandbox', 'archive')
        order by id limit ${batch})
      union all
      (select * from contributions where campaign_id = ${campaign_id} and state = 'declined' and next_retry_at <= moment()
          and method in ('sandbox', 'archive') order by id limit ${batch})
    ), due as (
      select c.id, row_number() over (order by c.id) as place, c.declines + 1 as attempt, c.amount_cents + c.tip_cents as cents, c.currency, c.method
        from chargeable c join campaigns k on k.id = c.campaign_id
       where k.state in ('collecting', 'round_two', 'funded') order by c.id limit ${batch}
    ), written as (
      insert into payments (id, contribution_id, gateway, purpose, attempt, amount_cents, currency, created_at)
      select (${ids}::uuid[])[due.place], due.id, due.method, 'collect', due.attempt, due.cents, due.currency, moment() from due
      on conflict (contribution_id, purpose, attempt) do nothing
      returning id, contribution_id, gateway, amount_cents, currency
    ), attempt as (
      select * from written
      union all
      select p.id, p.contribution_id, p.gateway, p.amount_cents, p.currency from payments p join due on due.id = p.contribution_id
       where p.purpose = 'collect' and p.attempt = due.attempt and p.state = 'asked' and p.id not in (select id from written)
    )
    select attempt.id as payment_id, attempt.contribution_id, attempt.gateway, attempt.amount_cents, attempt.currency, kept.method_token, moment() as now
      from attempt left join lateral (
        select method_token from payments p where p.contribution_id = attempt.contribution_id and p.method_token is not null order by attempt desc limit 1
      ) kept on true`,
  );
}

/** Runs `work` over `items`, at most `width` at a time, and keeps the order of the answers. */
export async function inParallel<A, B>(items: readonly A[], width: number, work: (item: A) => Promise<B>): Promise<B[]> {
  const answers: B[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    for (let place = next++; place < items.length; place = next++) answers[place] = await work(items[place] as A);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  return answers;
}
