export { behindBadLine } from './faults.ts';
export { type Rehearsal, rehearse, type Told } from './rehearse.ts';
