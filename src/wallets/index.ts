export type { Wallet, WalletMove } from './queries.ts';
export { routes } from './routes.tsx';
