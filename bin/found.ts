import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { found as foundOn } from '../seeds/found.ts';
import { type Founding, readFounding } from '../seeds/founding.ts';
import type { Config } from '../src/platform/config.ts';
import { migrate } from '../src/platform/migrate.ts';
import { project_root } from '../src/platform/postgres-place.ts';
import { type Command, withDatabase } from './command.ts';

const example = 'docs/operating/first-node.json';

export const found: Command = {
  usage: 'found [<file.json>]',
  about: 'Founds an installation, once: its first host and its main node. Without a file it says what to write into one.',
  needs_database: false,
  async run([file], { config, say }) {
    if (file === undefined) return whatToWrite(say);
    const founding = readFile(file);
    await withDatabase({ config, say }, async ({ db, url }) => {
      await migrate(url, { log: say });
      await foundOn(db, founding);
    });
    whatNext(config, founding, say);
    return 0;
  },
};

function whatToWrite(say: (line: string) => void): 0 {
  say(
    'An installation is founded once, with who holds the money (host) and the community it is for (node). All of it, as an example:\n',
  );
  say(readFileSync(join(project_root, example), 'utf8'));
  say(`Texts stand in each language of "locales" (en, fr, es); long ones are Markdown, whole or as a list of paragraphs. Colours are oklch().
"team" and "settings" may be left out; docs/operating/README.md says what can be set. Copy it, put in your own words and IBAN, then found:

  cp ${example} place.json
  npm run cli found place.json`);
  return 0;
}

/** @throws Error that tells everything that is wrong with the file */
function readFile(file: string): Founding {
  // npm goes to the folder of package.json; people mean the folder they are in.
  const path = resolve(process.env.INIT_CWD ?? '.', file);
  const read = readFounding(parse(path));
  if ('ok' in read) return read.ok;
  const mistakes = read.wrong.length === 1 ? 'a mistake' : `${read.wrong.length} mistakes`;
  throw new Error(`${path} has ${mistakes}; nothing was founded:\n${read.wrong.map((sentence) => `  ${sentence}`).join('\n')}`);
}

function parse(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path} cannot be read (${reason}): "npm run cli found" shows what to write into such a file.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function whatNext({ origin, database_url, data_dir }: Config, { host, node }: Founding, say: (line: string) => void): void {
  const where = database_url ? 'the database of DATABASE_URL' : `the embedded database in ${data_dir}`;
  say(`
Founded ${JSON.stringify(node.name[node.default_locale])} and its host ${JSON.stringify(host.name)} in ${where}. Next: "npm start", sign up at
${origin}/${node.default_locale}/sign-up, follow the link in the mail, then say who looks after what:

  npm run cli grant-role you@example.org operator
  npm run cli grant-role you@example.org steward ${node.slug}
  npm run cli grant-role someone@example.org treasurer ${host.slug}`);
}
