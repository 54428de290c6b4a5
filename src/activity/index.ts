export { type Act, type Audited, actsOn, auditAct } from './audit.ts';
export { type Event, eventsOfSubject, type NewEvent, record, recordAll, takeUnreacted } from './events.ts';
