import { parseArgs } from 'node:util';
import { openGateways } from '../src/gateways/index.ts';
import { borrowInstallation } from '../src/installation.ts';
import type { Config } from '../src/platform/config.ts';
import { connect } from '../src/platform/db.ts';
import { migrate } from '../src/platform/migrate.ts';
import { promises } from '../src/promises.ts';
import { rehearse, type Told } from '../src/rehearsal/index.ts';
import { type Command, WrongUse } from './command.ts';

export const rehearseCommand: Command = {
  usage: 'rehearse [--seed <word>] [--steps <number>]',
  about:
    'Lives whole campaigns on a database of its own, with faults, races and crashes, and asks every promise after each step.',
  needs_database: false,
  async run(args, { config, say }) {
    const { seed, steps } = readArgs(args);
    const { digest } = await tell(config, seed, steps, say);
    say(`\n${digest.join('\n')}\n`);
    say(`${steps} steps, and all ${Object.keys(promises).length} promises held after each of them.`);
    say(`The same story again: npm run rehearse -- --seed ${seed} --steps ${steps}`);
  },
};

function readArgs(args: readonly string[]): { seed: string; steps: number } {
  let given: { seed?: string | undefined; steps?: string | undefined };
  try {
    given = parseArgs({ args: [...args], options: { seed: { type: 'string' }, steps: { type: 'string' } } }).values;
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
  const { seed = anyWord(), steps = '200' } = given;
  if (!/^[\w-]{1,40}$/.test(seed)) throw new WrongUse(`"${seed}" is not a seed: write letters, digits, - or _, at most 40.`);
  if (!/^[1-9]\d{0,5}$/.test(steps)) throw new WrongUse(`"${steps}" is not a number of steps.`);
  return { seed, steps: Number(steps) };
}

const words = [
  'alder',
  'basin',
  'canal',
  'ditch',
  'eddy',
  'ford',
  'gate',
  'hedge',
  'islet',
  'lock',
  'mill',
  'reed',
  'sluice',
  'weir',
];

function anyWord(): string {
  const number = Math.floor(Math.random() * words.length * 10_000);
  return `${words[number % words.length]}-${Math.floor(number / words.length)}`;
}

async function tell(config: Config, seed: string, steps: number, say: (line: string) => void): Promise<Told> {
  const installation = await borrowInstallation(config);
  const goodbye = () => void installation.close().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, goodbye);
  await migrate(installation.url);
  const app = connect(installation.url, { role: 'worker', max: 12 });
  const owner = connect(installation.url, { role: 'worker', max: 4, as_app: false });
  try {
    const secret = 'rehearsal';
    const gateways = openGateways(app.db, { origin: config.origin, webhook_secret: secret });
    return await rehearse({ db: app.db, owner: owner.db, gateways, secret, promises, seed, steps, say });
  } finally {
    await Promise.all([app.close(), owner.close()]);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeListener(signal, goodbye);
    await installation.close();
  }
}
