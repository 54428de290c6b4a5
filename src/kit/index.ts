export { assert } from './assert.ts';
export { dayOf, daysLeft, endOfRound, formatDay, formatInstant, lastDay, shareElapsed, zoneCity } from './dates.ts';
export { type Id, isId, newId, parseReference, reference, rehearseIds } from './ids.ts';
export { type Currency, currencies, currency_signs, formatCents, formatMoney, type Locale, type Money, money } from './money.ts';
export { type AmountLimits, parseMoney, type WhyNotMoney } from './parse.ts';
export { type Random, seeded } from './random.ts';
export { Refusal, type RefusalDetails, type RefusalStatus, refuse } from './refusal.ts';
export { type Filling, fill, type Gift, type Line } from './split.ts';
export { clean, fold, initials, type WhyNotText } from './text.ts';
