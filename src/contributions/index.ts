export { claimContributions } from './claim.ts';
export { collectDue } from './collect.ts';
export { type Begun, contribute, type Deps, type Giving, mend, openCheckout, resume } from './contribute.ts';
export {
  type Contribution,
  choices_if_failed,
  type IfFailed,
  live_states,
  type Method,
  methods,
  type State,
  states,
  type Visibility,
  visibilities,
  whyCannotChange,
  whyCannotWithdraw,
  whyNotOpen,
} from './contribution.ts';
export { finishRefunds, giveBack, sendRefunds } from './give-back.ts';
export { handleWebhooks, receiveWebhook } from './inbox.ts';
export { contributionKey } from './key.ts';
export { askNow, askSilentPayments, lapseDue } from './lapse.ts';
export { type Move, type Moved, move } from './move.ts';
export { promises } from './promises.ts';
export { type CashGift, confirmCash, receiveTransfer, recordCash, resolveParked } from './receive.ts';
export { routes } from './routes.tsx';
export { type Outcome, type Settled, settle } from './settle.ts';
export { changeIfFailed, changeVisibility, withdraw } from './withdraw.ts';
