export { askBeforeDeciding, askOpenCharges, askSilentPayments } from './ask.ts';
export { claimContributions } from './claim.ts';
export { collectDue } from './collect.ts';
export { type Begun, contribute, type Deps, type Giving, mend, resume } from './contribute.ts';
export {
  type Contribution,
  type IfFailed,
  type Method,
  type State,
  states,
  type Visibility,
  visibilities,
  whyNotOpen,
} from './contribution.ts';
export { finishRefunds, giveBack, sendRefunds } from './give-back.ts';
export { handleWebhooks, receiveWebhook } from './inbox.ts';
export { contributionKey } from './key.ts';
export { lapseDue } from './lapse.ts';
export { type Move, type Moved, move } from './move.ts';
export { promises } from './promises.ts';
export { type CashGift, confirmCash, receiveTransfer, recordCash, resolveParked } from './receive.ts';
export { routes } from './routes.tsx';
export { type Outcome, type Settled, settle } from './settle.ts';
export { parkStray, type Stray } from './stray.ts';
export { changeVisibility, withdraw } from './withdraw.ts';
