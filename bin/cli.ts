import { readConfig } from '../src/platform/config.ts';
import { codeOf } from '../src/platform/db.ts';
import { clock } from './clock.ts';
import { type Command, type Tools, WrongUse, withDatabase } from './command.ts';
import { found } from './found.ts';
import { grantRole } from './grant-role.ts';
import { migrateCommand } from './migrate.ts';
import { promisesCommand } from './promises.ts';
import { rehearseCommand } from './rehearse.ts';
import { routes } from './routes.ts';
import { withdrawRole } from './withdraw-role.ts';

/** Every command, by name. */
const commands: Readonly<Record<string, Command>> = {
  clock,
  found,
  'grant-role': grantRole,
  migrate: migrateCommand,
  promises: promisesCommand,
  rehearse: rehearseCommand,
  routes,
  'withdraw-role': withdrawRole,
};

/** A table is not there, says PostgreSQL. */
const undefined_table = '42P01';

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
    console.error(sentenceOf(error));
    if (error instanceof WrongUse) console.error(`Write: npm run cli ${command.usage}`);
    return 1;
  }
}

function sentenceOf(error: unknown): unknown {
  if (codeOf(error) === undefined_table)
    return 'This database is empty or older than the program: run "npm start", or "npm run cli migrate".';
  return error instanceof Error ? error.message : error;
}

async function withTools(command: Command, args: readonly string[]): Promise<number | undefined> {
  const config = readConfig();
  const say = (line: string) => console.log(line);
  if (command.needs_database === false) return command.run(args, { config, say } as Tools);
  return withDatabase({ config, say }, (tools) => command.run(args, tools));
}

function help(): void {
  console.log('npm run cli <command>\n');
  for (const { usage, about } of Object.values(commands)) console.log(`  ${usage}\n      ${about}`);
}
