import type { Log } from './log.ts';

/** Something that goes on by itself until it is stopped; `stop` waits for what is under way. */
export type Loop = { stop(): Promise<void> };

export type Going = {
  log: Log;
  /** For the log, when it fails. */
  name: string;
  /** Pause when there was nothing to do. */
  every_ms: number;
  /** Answers whether there is more to do at once. What it throws is logged, and it is tried again after a longer pause. */
  work(): Promise<boolean>;
};

const pause_after_failure_ms = 2_000;

/** Does `work` again and again: at once while there is more, otherwise after a pause. */
export function keepDoing({ log, name, every_ms, work }: Going): Loop {
  let stopped = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  const attempt = () =>
    work().catch((error: unknown) => {
      log.warn({ err: error, loop: name }, 'did not succeed, trying again');
      return null;
    });
  const loop = (async () => {
    while (!stopped) {
      const more = await attempt();
      if (more !== true && !stopped) await pause(more === null ? Math.max(every_ms, pause_after_failure_ms) : every_ms);
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
