export { type CampaignAccount, campaignAccounts } from './campaigns.ts';
export { type Check, checkPromises, lastCheck } from './check.ts';
export { csv } from './csv.ts';
export {
  type Books,
  books,
  byMethod,
  byYear,
  type MethodLine,
  readBooks,
  type Scope,
  type Totals,
  totalsOf,
  type YearLine,
} from './figures.ts';
export { kept } from './kept.ts';
export { promises } from './promises.ts';
