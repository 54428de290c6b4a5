export type { AccountKind, Movement } from './ledger.ts';
export { book } from './ledger.ts';
export { promises } from './promises.ts';
export type { LedgerLine, WalletLine } from './queries.ts';
export { balanceOf, ledgerOf, walletLines } from './queries.ts';
export * as recipes from './recipes.ts';
