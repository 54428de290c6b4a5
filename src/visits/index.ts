export { type AppEnv, type Arrival, type Arrived, arrive } from './arrive.ts';
export { type UnsafeRequest, whyForged } from './csrf.ts';
export { sayNext } from './flash.ts';
export { barePath, ownPath, type Place, pathnameOf, placeOf } from './path.ts';
export { sayWhy } from './say-why.ts';
export { address, makeVisit, type Visit, type VisitParts } from './visit.ts';
