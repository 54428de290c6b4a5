import type { Fact, Gateways } from '../gateways/index.ts';
import { passing } from '../platform/crash.ts';
import { type Db, passesByItself, row, rows, run, sql, type Trx, transact } from '../platform/db.ts';
import { inParallel } from './collect.ts';
import { type Settled, settle } from './settle.ts';

type Deps = { db: Db; gateways: Gateways };

/**
 * A webhook arrives: verified, stored raw once, answered at once; `handleWebhooks` acts on it afterwards. Answers whether it was
 * stored, was there already, or is not from this gateway (forged, malformed, too old: dropped quietly, counted).
 */
export async function receiveWebhook(
  deps: Deps,
  gateway: string,
  body: string,
  headers: Headers,
  now: Temporal.Instant,
): Promise<'stored' | 'known' | 'refused'> {
  const speaker = Object.hasOwn(deps.gateways, gateway) ? deps.gateways[gateway as keyof Gateways] : undefined;
  const report = speaker?.readWebhook(body, headers, now);
  if (!report) return 'refused';
  const stored =
    await sql`insert into webhooks (gateway, event_id, body, received_at) values (${gateway}, ${report.event_id}, ${body}, moment())
                           on conflict (gateway, event_id) do nothing`.execute(deps.db);
  passing('webhook_stored');
  return stored.numAffectedRows === 1n ? 'stored' : 'known';
}

type Waiting = { id: bigint; gateway: keyof Gateways; body: string };

/**
 * Acts on webhooks in the inbox, one batch a call, in one transaction with marking them handled: call again until it answers 0.
 * When a batch fails, its webhooks are tried one by one, so that one bad report cannot hold up the others.
 */
export async function handleWebhooks({ db, gateways }: Deps, batch = 100): Promise<number> {
  try {
    return await handleBatch(db, gateways, batch);
  } catch (error) {
    // The database is busy or away: nothing is wrong with these reports, they wait for the next turn.
    if (passesByItself(error)) throw error;
    if (batch === 1) {
      await setAside(db, error);
      return 1;
    }
    let handled = 0;
    for (let place = 0; place < batch; place += 1) {
      const one = await handleWebhooks({ db, gateways }, 1);
      if (one === 0) break;
      handled += one;
    }
    return handled;
  }
}

async function handleBatch(db: Db, gateways: Gateways, batch: number): Promise<number> {
  const { count, settled } = await transact(db, async (trx) => {
    const waiting = await rows<Waiting>(
      trx,
      sql`select id, gateway, body from webhooks where handled_at is null order by id limit ${batch} for update skip locked`,
    );
    if (waiting.length === 0) return { count: 0, settled: null };
    const told = waiting.map((webhook) => ({ webhook, facts: gateways[webhook.gateway].factsOf(webhook.body) }));
    const result = await settle(trx, onePerPayment(told.flatMap((each) => each.facts)));
    return { count: await markHandled(trx, told, result), settled: result };
  });
  await inParallel(settled?.forget ?? [], 8, (token) => gateways.sandbox.forget(token).catch(() => {}));
  return count;
}

/** Two reports about one payment in a batch: the first in the inbox is heard now, the other stays there for the next turn. */
function onePerPayment(facts: readonly Fact[]): Fact[] {
  const seen = new Map<string, Fact>();
  for (const fact of facts) if (!seen.has(fact.payment_id)) seen.set(fact.payment_id, fact);
  return [...seen.values()];
}

async function markHandled(trx: Trx, told: readonly { webhook: Waiting; facts: Fact[] }[], settled: Settled): Promise<number> {
  const result_of = new Map(settled.outcomes.map((o) => [o.fact, o.why ? `${o.result}: ${o.why}` : o.result]));
  const heard = told.filter(({ facts }) => facts.every((fact) => result_of.has(fact)));
  const outcomes = heard.map(({ facts }) => facts.map((fact) => result_of.get(fact)).join(', ') || 'nothing_to_do');
  const ids = heard.map(({ webhook }) => webhook.id);
  return run(
    trx,
    sql`update webhooks w set handled_at = moment(), outcome = o.outcome
          from unnest(${ids}::bigint[], ${outcomes}::text[]) as o(id, outcome) where w.id = o.id`,
  );
}

/** A webhook that cannot be handled alone either leaves the queue with its reason, visible to the operator; the poller still finds the payment. */
async function setAside(db: Db, error: unknown): Promise<void> {
  const why = error instanceof Error ? error.message.slice(0, 300) : 'unknown';
  await row(
    db,
    sql`update webhooks set handled_at = moment(), outcome = ${`failed: ${why}`}
         where id = (select id from webhooks where handled_at is null order by id limit 1 for update skip locked) returning id`,
  );
}
