/** Named points at which a crash would hurt most; each is passed between two durable steps. */
export type CrashPoint =
  | 'contribution_begun'
  | 'checkout_opened'
  | 'webhook_stored'
  | 'charge_written'
  | 'charge_made'
  | 'round_decided'
  | 'return_written'
  | 'refund_written'
  | 'refund_sent';

/** In a rehearsal a crash is this error: nothing after it in the same flow happens. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

let armed: { point: CrashPoint; how: 'throw' | 'kill' } | null = null;

/** Arms one crash: the next time that point is passed. `kill` ends the process as a power cut would. null disarms. */
export function armCrash(point: CrashPoint | null, how: 'throw' | 'kill' = 'throw'): void {
  armed = point ? { point, how } : null;
}

/** Costs nothing when nothing is armed, which is always so in production. */
export function passing(point: CrashPoint): void {
  if (armed?.point !== point) return;
  const { how } = armed;
  armed = null;
  if (how === 'kill') process.kill(process.pid, 'SIGKILL');
  throw new Crash(point);
}
