export { type Rehearsal, RehearsalFailed, rehearse, type Told } from './rehearse.ts';
