import { rows, sql, type Trx } from '../platform/db.ts';
import type { Contribution, State } from './contribution.ts';

/** `at`: when it became true over there (never later than now). */
export type Move = { id: string; to: State; at: Temporal.Instant };

/** A contribution after its move. */
export type Moved = Contribution & { from_state: State };

/**
 * The only statement that changes the state of contributions. With it move, in the same instant: what the campaign has raised, the
 * units of the reward, and the event that tells. A move whose edge does not exist is left out of the answer: somebody else was
 * first, or it came too late; the caller decides what that means. Safe for any number of rivals: rows are locked in the order of
 * their ids, then totals in the order of theirs.
 */
export async function move(trx: Trx, moves: readonly Move[]): Promise<Moved[]> {
  if (moves.length === 0) return [];
  return rows<Moved>(
    trx,
    sql`
    with asked as (
      select * from unnest(${moves.map((m) => m.id)}::uuid[], ${moves.map((m) => m.to)}::text[], ${moves.map((m) => m.at)}::timestamptz[])
        as a(id, to_state, at)
    ), old as (
      select c.id, c.state from contributions c join asked on asked.id = c.id order by c.id for update of c
    ), moved as (
      update contributions c set
          state = a.to_state,
          secured_at = case when a.to_state in ('secured', 'collected') then coalesce(c.secured_at, least(a.at, moment())) else c.secured_at end,
          collected_at = case when a.to_state = 'collected' then coalesce(c.collected_at, moment()) else c.collected_at end,
          ended_at = case when a.to_state in ('lapsed', 'withdrawn', 'released', 'refunded', 'credited', 'redirected', 'charged_back')
                          then moment() end,
          declines = c.declines + (a.to_state = 'declined')::int,
          lapses_at = null, next_retry_at = null
        from asked a join old o on o.id = a.id
             join contribution_edges e on e.from_state = o.state and e.to_state = a.to_state
       where c.id = a.id
      returning c.*, o.state as from_state
    ), change as (
      select campaign_id,
             coalesce(sum(amount_cents) filter (where state = 'secured'), 0) - coalesce(sum(amount_cents) filter (where from_state = 'secured'), 0) as secured,
             coalesce(sum(amount_cents) filter (where state in ('collected', 'disputed')), 0)
               - coalesce(sum(amount_cents) filter (where from_state in ('collected', 'disputed')), 0) as collected,
             coalesce(sum(amount_cents) filter (where state = 'declined'), 0) - coalesce(sum(amount_cents) filter (where from_state = 'declined'), 0) as declined,
             count(*) filter (where state in ('secured', 'collected', 'declined', 'disputed'))
               - count(*) filter (where from_state in ('secured', 'collected', 'declined', 'disputed')) as contributions
        from moved group by campaign_id
    ), locked as (
      select campaign_id from campaign_totals where campaign_id in (select campaign_id from change) order by campaign_id for update
    ), totals as (
      update campaign_totals t set
          secured_cents = t.secured_cents + c.secured, collected_cents = t.collected_cents + c.collected,
          declined_cents = t.declined_cents + c.declined, contributions = t.contributions + c.contributions
        from change c join locked l on l.campaign_id = c.campaign_id where t.campaign_id = c.campaign_id
    ), freed as (
      select reward_id, count(*) as units from moved where reward_id is not null and ended_at is not null group by reward_id
    ), stock as (
      update rewards r set taken = r.taken - f.units from freed f where r.id = f.reward_id
    ), told as (
      insert into events (at, kind, node_id, campaign_id, subject_id, person_id, data)
      select moment(), 'contribution_' || state, node_id, campaign_id, id, person_id, jsonb_build_object('from', from_state)
        from moved order by id
    )
    select * from moved order by id`,
  );
}
