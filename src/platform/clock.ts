import { type Db, only, sql } from './db.ts';

/**
 * The installation's time for pages and rules that are handed `now`. In production it is real time and costs nothing. Elsewhere the
 * clock can be moved or frozen: its position is read again when it is older than `kept_ms`. What must be exact to the statement
 * (deadlines, order) asks moment() in SQL instead.
 */
export type Clock = {
  now(): Promise<Temporal.Instant>;
  /** Called by whoever moved the clock, so that this process notices at once. */
  forget(): void;
};

export function openClock(db: Db, kind: 'real' | 'movable', kept_ms = 1_000): Clock {
  if (kind === 'real') return { now: () => Promise.resolve(Temporal.Now.instant()), forget: () => undefined };
  let position: { read_at: number; shift_ms: number; frozen_at: Temporal.Instant | null } | null = null;
  return {
    async now() {
      if (!position || performance.now() - position.read_at >= kept_ms) {
        position = { read_at: performance.now(), ...(await readPosition(db)) };
      }
      return position.frozen_at ?? Temporal.Now.instant().add({ milliseconds: position.shift_ms });
    },
    forget() {
      position = null;
    },
  };
}

async function readPosition(db: Db): Promise<{ shift_ms: number; frozen_at: Temporal.Instant | null }> {
  const found = await only<{ shift_s: number; frozen_at: Temporal.Instant | null }>(
    db,
    sql`select extract(epoch from (now() + shift) - now())::float8 as shift_s, frozen_at from clock`,
  );
  return { shift_ms: Math.round(found.shift_s * 1000), frozen_at: found.frozen_at };
}
