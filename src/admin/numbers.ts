import { type Db, only, rows, sql } from '../platform/db.ts';
import type { Metrics } from '../platform/metrics.ts';

/** What those who run the machines should see beside their own numbers: money, and what waits. Asked only when `/metrics` is read. */
export function watchMoney(metrics: Pick<Metrics, 'gauge'>, db: Db): void {
  const count = (name: string, help: string, query: string) =>
    metrics.gauge(name, help, async () => Number((await only<{ n: bigint }>(db, sql.raw(`select (${query})::bigint as n`))).n));
  count(
    'promises_broken',
    'Promises about money that the last check found broken.',
    'select coalesce((select cardinality(broken) from promise_checks order by id desc limit 1), 0)',
  );
  count(
    'promises_age_seconds',
    'Seconds since the promises were last checked.',
    'select coalesce(extract(epoch from moment() - (select max(at) from promise_checks)), 0)::bigint',
  );
  count('events_waiting', 'Events nothing has followed yet.', 'select count(*) from events where reacted_at is null');
  count('mails_waiting', 'Mails on their way.', 'select count(*) from mails where sent_at is null and failed_because is null');
  count('mails_failed', 'Mails no server would take.', 'select count(*) from mails where failed_because is not null');
  count(
    'webhooks_waiting',
    'Reports of payment companies in the inbox.',
    'select count(*) from webhooks where handled_at is null',
  );
  count(
    'parked_waiting',
    'Money that fits nothing and waits for a treasurer.',
    'select count(*) from parked where resolved_at is null',
  );
  metrics.gauge('refunds', 'Refunds under way, by state.', async () => {
    const found = await rows<{ state: string; n: bigint }>(
      db,
      sql`select state, count(*) as n from refunds where state <> 'done' group by state`,
    );
    return found.map(({ state, n }) => ({ labels: { state }, value: Number(n) }));
  });
  metrics.gauge('balance_cents', 'What guarded accounts hold, by kind and currency.', async () => {
    const found = await rows<{ kind: string; currency: string; cents: string }>(
      db,
      sql`select kind, currency, sum(balance_cents)::text as cents from accounts where stored group by kind, currency`,
    );
    return found.map(({ kind, currency, cents }) => ({ labels: { kind, currency }, value: Number(cents) }));
  });
}
