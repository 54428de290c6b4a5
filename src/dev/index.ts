export { type Living, liveThrough, moveClock, type Span } from './clock.ts';
export { routes } from './routes.tsx';
