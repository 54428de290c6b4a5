import { migrate } from '../src/platform/migrate.ts';
import type { Command } from './command.ts';

export const migrateCommand: Command = {
  usage: 'migrate',
  about: 'Brings the database to the state of migrations/. The server does it by itself at start.',
  async run(_args, { url, say }) {
    const { applied } = await migrate(url, { log: say });
    if (applied.length === 0) say('Nothing to do: the database is current.');
  },
};
