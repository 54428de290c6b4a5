import { Refusal } from '../kit/index.ts';
import type { Gateway } from './gateway.ts';

/** What gateways without a company behind them have in common: nobody calls us, nobody can be asked. */
const nobody = {
  currencies: ['EUR'],
  live: false,
  readWebhook: () => null,
  factsOf: () => [],
  askStatus: async () => null,
  collect: async () => {
    throw new Refusal('method_collects_at_once', 409);
  },
  forget: async () => {},
} as const;

/** Money the host already owes the person: taken from the wallet in the transaction that settles, given back the same way. */
export const wallet: Gateway = {
  ...nobody,
  name: 'wallet',
  collects: { now: true, later: false },
  start: async (asked) => ({ instructions: true, gateway_object: `wallet_${asked.payment_id}` }),
  refund: async () => 'done',
};

/** A bank transfer with our reference: shown as instructions, received by a treasurer. It goes back by a transfer a treasurer sends. */
export const transfer: Gateway = {
  ...nobody,
  name: 'transfer',
  collects: { now: true, later: false },
  start: async (asked) => ({ instructions: true, gateway_object: `transfer_${asked.payment_id}` }),
  refund: async () => 'by_hand',
};

/** Coins and notes, recorded by the node's staff; given back by hand. */
export const cash: Gateway = {
  ...nobody,
  name: 'cash',
  collects: { now: true, later: false },
  start: async (asked) => ({ instructions: true, gateway_object: `cash_${asked.payment_id}` }),
  refund: async () => 'by_hand',
};

/** Money that came from another campaign which failed, by its giver's choice; if this one fails too, a treasurer gives it back. */
export const redirect: Gateway = {
  ...nobody,
  name: 'redirect',
  collects: { now: true, later: false },
  start: async (asked) => ({ instructions: true, gateway_object: `redirect_${asked.payment_id}` }),
  refund: async () => 'by_hand',
};

/**
 * Campaigns of the past, carried over from published figures: their money moved through other people's gateways long ago. Keeps a
 * pledge and collects it like a card would, so that the books of the past are written by the same verbs.
 */
export const archive: Gateway = {
  ...nobody,
  name: 'archive',
  collects: { now: true, later: true },
  start: async (asked) => ({ instructions: true, gateway_object: `archive_${asked.payment_id}` }),
  collect: async (payment) => ({
    gateway: 'archive',
    gateway_object: `archive_${payment.payment_id}`,
    payment_id: payment.payment_id,
    outcome: 'collected',
    amount_cents: payment.amount_cents,
    currency: payment.currency,
    live: false,
    at: Temporal.Now.instant(),
  }),
  refund: async () => 'done',
};
