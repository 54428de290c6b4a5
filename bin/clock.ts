import { moveClock, type Span } from '../src/dev/index.ts';
import { only, sql } from '../src/platform/db.ts';
import { type Command, type Tools, WrongUse } from './command.ts';

const in_hours: Readonly<Record<string, number>> = { hour: 1, day: 24, week: 168 };

export const clock: Command = {
  usage: 'clock [<number> hours|days|weeks]',
  about: 'Shows the installation’s time; with a duration, moves it forward. Not in production.',
  async run(args, tools) {
    if (args.length > 0) {
      if (tools.config.clock === 'real') throw new WrongUse('Time is real here: the clock cannot be moved.');
      await moveClock(tools.db, spanOf(args.join(' ')));
    }
    tools.say(await timeSaid(tools));
  },
};

function spanOf(text: string): Span {
  const [, number, unit = ''] = /^(\d{1,4})\s*(hour|day|week)s?$/.exec(text) ?? [];
  const hours = in_hours[unit];
  if (!number || !hours) throw new WrongUse(`"${text}" is not a duration.`);
  return { hours: Number(number) * hours };
}

async function timeSaid({ db }: Tools): Promise<string> {
  const { moment, shift, frozen } = await only<{ moment: Temporal.Instant; shift: string; frozen: boolean }>(
    db,
    sql`select moment(), justify_interval(shift)::text as shift, frozen_at is not null as frozen from clock`,
  );
  return `${moment.toString({ smallestUnit: 'second' })}, ${shift} ahead of real time${frozen ? ', frozen' : ''}.`;
}
