import { grantRole as grantTo } from '../src/people/index.ts';
import { transact } from '../src/platform/db.ts';
import type { Command } from './command.ts';
import { readGrant } from './grant.ts';

export const grantRole: Command = {
  usage: 'grant-role <e-mail> <role> [<slug of the node, host or project>]',
  about: 'Gives a role to a person, with an audit row: how the first operator is made.',
  async run(args, { db, say }) {
    const { grant, email, said } = await readGrant(db, args);
    await transact(db, (trx) => grantTo(trx, grant));
    say(`${email} is now ${said}.`);
  },
};
