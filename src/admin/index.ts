export { watchMoney } from './numbers.ts';
export { routes } from './routes.tsx';
