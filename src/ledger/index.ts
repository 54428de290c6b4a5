export type { AccountKind, Movement } from './ledger.ts';
export { book } from './ledger.ts';
export { promises } from './promises.ts';
export { balanceOf } from './queries.ts';
export * as recipes from './recipes.ts';
