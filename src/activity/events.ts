import { type Db, json, rows, run, sql, type Trx } from '../platform/db.ts';
import './tables.ts';

/**
 * What happened, told upwards. Rooms name their own kinds in the past tense: `contribution_secured`, `round_closed`, `address_proven`.
 * `data` holds only what a reaction cannot read elsewhere; amounts in it are cents.
 */
export type NewEvent = {
  kind: string;
  node_id?: string | null;
  campaign_id?: string | null;
  /** The contribution, refund, return ... it speaks of. */
  subject_id?: string | null;
  /** Who did it, when a person did. */
  person_id?: string | null;
  data?: Readonly<Record<string, unknown>>;
  /** When it became true; `moment()` unless told. */
  at?: Temporal.Instant;
};

export type Event = {
  id: bigint;
  at: Temporal.Instant;
  kind: string;
  node_id: string | null;
  campaign_id: string | null;
  subject_id: string | null;
  person_id: string | null;
  data: Record<string, unknown>;
};

/** Writes one event in the transaction of the fact itself: both are true, or neither. */
export async function record(trx: Trx, event: NewEvent): Promise<void> {
  await recordAll(trx, [event]);
}

/** Writes many events in one statement. */
export async function recordAll(trx: Trx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const told = events.map((event) => ({ ...event, data: event.data ?? {}, at: event.at?.toString() ?? null }));
  await run(
    trx,
    sql`insert into events (at, kind, node_id, campaign_id, subject_id, person_id, data)
        select coalesce(e.at, moment()), e.kind, e.node_id, e.campaign_id, e.subject_id, e.person_id, e.data
          from jsonb_to_recordset(${json(told)})
            as e (at timestamptz, kind text, node_id uuid, campaign_id uuid, subject_id uuid, person_id uuid, data jsonb)`,
  );
}

/**
 * Takes the oldest events nobody reacted to, and marks them: whoever commits this transaction reacted. Several workers never take
 * the same event; one that fails gives its events back by rolling back.
 */
export function takeUnreacted(trx: Trx, limit: number): Promise<Event[]> {
  return rows<Event>(
    trx,
    sql`with taken as (
          select id from events where reacted_at is null order by id limit ${limit} for update skip locked
        ), marked as (
          update events e set reacted_at = moment() from taken where e.id = taken.id
          returning e.id, e.at, e.kind, e.node_id, e.campaign_id, e.subject_id, e.person_id, e.data
        )
        select * from marked order by id`,
  );
}

/** What happened to one thing (a contribution, a refund), oldest first. */
export function eventsOfSubject(db: Db | Trx, subject_id: string): Promise<Event[]> {
  return rows<Event>(
    db,
    sql`select id, at, kind, node_id, campaign_id, subject_id, person_id, data
          from events where subject_id = ${subject_id} order by id`,
  );
}
