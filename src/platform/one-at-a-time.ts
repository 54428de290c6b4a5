/** Work that is asked for often and done in batches: `kick` starts it, or has the run under way look once more. */
export type OneAtATime = {
  kick(): void;
  /** Resolves when nothing is under way: for a graceful stop, and for tests. */
  idle(): Promise<void>;
};

/**
 * Runs `batch` until it answers 0, never twice at the same time in this process; a kick while it runs makes it look again when it is done.
 * What fails is told to `onError` and left to the next kick, or to whoever does the same work by the clock.
 */
export function oneAtATime(batch: () => Promise<number>, onError: (error: unknown) => void): OneAtATime {
  let running: Promise<void> | null = null;
  let again = false;
  const run = async () => {
    try {
      do {
        again = false;
        while ((await batch()) > 0);
      } while (again);
    } catch (error) {
      onError(error);
    }
    running = null;
  };
  return {
    kick() {
      if (running) again = true;
      else running = run();
    },
    async idle() {
      while (running) await running;
    },
  };
}
