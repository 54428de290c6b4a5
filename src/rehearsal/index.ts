export { behindBadLine } from './faults.ts';
export { type Rehearsal, RehearsalFailed, rehearse, type Told } from './rehearse.ts';
