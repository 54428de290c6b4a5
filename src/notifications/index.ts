export type { Post } from './links.ts';
export { queueMails } from './queue.ts';
export { routes } from './routes.tsx';
export {
  alarmOperators,
  type Desk,
  openDesk,
  passOn,
  type Telling,
  tellGiver,
  tellMilestones,
  tellPassedOn,
  tellPromoter,
  tellTreasurers,
} from './tell.ts';
