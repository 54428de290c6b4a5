export { markLate } from './mark-late.ts';
export { promises } from './promises.ts';
export { returns_json, returnsOf } from './queries.ts';
export { isOpen, type Licence, mayReturnMove, type Return, type ReturnState } from './return.ts';
