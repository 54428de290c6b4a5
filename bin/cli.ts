import { joinInstallation } from '../src/installation.ts';
import { readConfig } from '../src/platform/config.ts';
import { connect } from '../src/platform/db.ts';
import { clock } from './clock.ts';
import { type Command, type Tools, WrongUse } from './command.ts';
import { grantRole } from './grant-role.ts';
import { migrateCommand } from './migrate.ts';
import { promisesCommand } from './promises.ts';
import { rehearseCommand } from './rehearse.ts';
import { routes } from './routes.ts';

/** Every command, by name. */
const commands: Readonly<Record<string, Command>> = {
  clock,
  'grant-role': grantRole,
  migrate: migrateCommand,
  promises: promisesCommand,
  rehearse: rehearseCommand,
  routes,
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = 'help', ...args]: string[]): Promise<number> {
  const command = commands[name];
  if (!command) {
    help();
    return name === 'help' ? 0 : 1;
  }
  try {
    return (await withTools(command, args)) ?? 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (error instanceof WrongUse) console.error(`Write: npm run cli ${command.usage}`);
    return 1;
  }
}

async function withTools(command: Command, args: readonly string[]): Promise<number | undefined> {
  const config = readConfig();
  const say = (line: string) => console.log(line);
  if (command.needs_database === false) return command.run(args, { config, say } as Tools);
  const installation = await joinInstallation(config, say);
  const { db, close } = connect(installation.url, { role: 'worker', max: 4 });
  try {
    return await command.run(args, { config, db, url: installation.url, say });
  } finally {
    await close();
    await installation.close();
  }
}

function help(): void {
  console.log('npm run cli <command>\n');
  for (const { usage, about } of Object.values(commands)) console.log(`  ${usage}\n      ${about}`);
}
