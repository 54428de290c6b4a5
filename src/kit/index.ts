export { assert } from './assert.ts';
export { addDays, dayOf, daysLeft, endOfRound, formatDay, formatInstant, lastDay, shareElapsed, zoneCity } from './dates.ts';
export { type Id, idsFrom, isId, newId, parseReference, reference, rehearseIds } from './ids.ts';
export {
  add,
  type Currency,
  compare,
  formatCents,
  formatMoney,
  isZero,
  type Locale,
  type Money,
  money,
  subtract,
} from './money.ts';
export { type AmountLimits, parseMoney, type WhyNotMoney } from './parse.ts';
export { type Random, seeded } from './random.ts';
export { Refusal, type RefusalDetails, type RefusalStatus, refuse } from './refusal.ts';
export { type Filling, fill, type Gift, type Line, split } from './split.ts';
export { clean, fold, initials, slug, type WhyNotText } from './text.ts';
