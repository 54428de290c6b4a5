import { brokenPromises } from '../src/platform/promises.ts';
import { promises } from '../src/promises.ts';
import type { Command } from './command.ts';

export const promisesCommand: Command = {
  usage: 'promises',
  about: 'Asks everything that must never be false. Exit 1 with the offending rows when something is.',
  async run(_args, { db, say }) {
    const broken = await brokenPromises(db, promises);
    for (const { promise, rows } of broken) {
      say(`BROKEN ${promise}`);
      for (const row of rows)
        say(
          `  ${Object.entries(row)
            .map(([name, value]) => `${name}=${String(value)}`)
            .join(' ')}`,
        );
    }
    say(`${Object.keys(promises).length - broken.length} of ${Object.keys(promises).length} promises hold.`);
    return broken.length === 0 ? 0 : 1;
  },
};
