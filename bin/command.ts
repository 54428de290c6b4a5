import { joinInstallation } from '../src/installation.ts';
import type { Config } from '../src/platform/config.ts';
import { connect, type Db } from '../src/platform/db.ts';

/** What a command is given. `db` may do everything the application may; `url` is the owner's. */
export type Tools = { config: Config; db: Db; url: string; say(line: string): void };

/** A command of `npm run cli`. To add one: a file beside this one, and a line in cli.ts. */
export type Command = {
  /** How to write it, without the program. */
  usage: string;
  about: string;
  /** False for what needs no database, or opens it by itself. */
  needs_database?: false;
  /** Answers the exit code; nothing is 0. A thrown Refusal or Error is told in its sentence, and is 1. */
  run(args: readonly string[], tools: Tools): Promise<number | undefined>;
};

/** Said when the arguments make no sense: the usage follows by itself. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** Lets `work` have the installation's database, and closes it afterwards. Nothing is asked of it before `work` does. */
export async function withDatabase<R>(
  { config, say }: Pick<Tools, 'config' | 'say'>,
  work: (tools: Tools) => Promise<R>,
): Promise<R> {
  const installation = await joinInstallation(config, say);
  const { db, close } = connect(installation.url, { role: 'worker', max: 4 });
  try {
    return await work({ config, db, url: installation.url, say });
  } finally {
    await close();
    await installation.close();
  }
}
