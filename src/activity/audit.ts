import { type Db, json, rows, run, sql, type Trx } from '../platform/db.ts';
import './tables.ts';

/** An act of a person, or of the system itself, on money, rights or bank details. */
export type Act = {
  /** null: the system. */
  actor_id: string | null;
  /** A verb in the past: `role_granted`, `campaign_stopped`, `cash_received`. */
  act: string;
  target_kind: string;
  target_id?: string | null;
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
  reason?: string;
};

/** One row for one act, in the same transaction. The database never lets it be edited. */
export async function auditAct(trx: Trx, act: Act): Promise<void> {
  await run(
    trx,
    sql`insert into audit (at, actor_id, act, target_kind, target_id, before, after, reason)
        values (moment(), ${act.actor_id}, ${act.act}, ${act.target_kind}, ${act.target_id ?? null},
                ${act.before ? json(act.before) : null}, ${act.after ? json(act.after) : null}, ${act.reason ?? null})`,
  );
}

export type Audited = {
  id: bigint;
  at: Temporal.Instant;
  actor_id: string | null;
  act: string;
  target_kind: string;
  target_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
};

/** Everything done to one target, oldest first. */
export function actsOn(db: Db | Trx, target_kind: string, target_id: string): Promise<Audited[]> {
  return rows<Audited>(
    db,
    sql`select id, at, actor_id, act, target_kind, target_id, before, after, reason
          from audit where target_kind = ${target_kind} and target_id = ${target_id} order by id`,
  );
}
