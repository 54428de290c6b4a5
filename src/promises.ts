import { promises as of_contributions } from './contributions/index.ts';
import { promises as of_ledger } from './ledger/index.ts';
import type { Promises } from './platform/promises.ts';
import { promises as of_projects } from './projects/index.ts';
import { promises as of_returns } from './returns/index.ts';
import { promises as of_rewards } from './rewards/index.ts';
import { promises as of_rounds } from './rounds/index.ts';
import { promises as of_stats } from './stats/index.ts';

/** Everything that must never be false, of every room: asked after tests, every ten minutes, and by `npm run cli promises`. */
export const promises: Promises = {
  ...of_ledger,
  ...of_projects,
  ...of_rewards,
  ...of_returns,
  ...of_contributions,
  ...of_rounds,
  ...of_stats,
};
