export { type Wallet, type WalletMove, walletMoves, walletsOf } from './queries.ts';
export { routes } from './routes.tsx';
