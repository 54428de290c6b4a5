import { withdrawRole as withdrawFrom } from '../src/people/index.ts';
import { transact } from '../src/platform/db.ts';
import type { Command } from './command.ts';
import { readGrant } from './grant.ts';

export const withdrawRole: Command = {
  usage: 'withdraw-role <e-mail> <role> [<slug of the node, host or project>]',
  about: 'Takes a role from a person, with an audit row.',
  async run(args, { db, say }) {
    const { grant, email, said } = await readGrant(db, args);
    const held = await transact(db, (trx) => withdrawFrom(trx, grant));
    say(held ? `${email} is no longer ${said}.` : `${email} was not ${said}: nothing was changed.`);
    return held ? 0 : 1;
  },
};
