import type { Locale } from '../platform/i18n.ts';

/**
 * The one small contract of every payment gateway (money.md, "Asking and settling"). Gateways translate, they do not decide: they
 * say what happened over there as facts, and `contributions/settle.ts` makes the facts true here. Every method is idempotent by
 * *our* id. Amounts in cents.
 */
export interface Gateway {
  readonly name: GatewayName;
  /** `later`: keeps a method now and charges when the round is reached. `now`: receives money at once. */
  readonly collects: { readonly now: boolean; readonly later: boolean };
  readonly currencies: readonly string[];
  /** Play or live money; a report of the other kind is parked. */
  readonly live: boolean;
  /** Opens a checkout: a page to visit, or instructions to show. Safe to call again with the same payment. */
  start(asked: Asked): Promise<Started>;
  /** Verifies and parses a webhook. null: not from this gateway (forged, malformed, too old). */
  readWebhook(body: string, headers: Headers, now: Temporal.Instant): Report | null;
  /** The facts of a stored, once verified webhook body. */
  factsOf(body: string): Fact[];
  /** Asks what became of a payment that never reported. null: nothing yet. */
  askStatus(payment: Outstanding): Promise<Fact | null>;
  /** Charges a kept method without the person being there. Throws when the outcome is unknown: ask again with the same id. */
  collect(payment: Charge): Promise<Fact>;
  /** Gives a collected payment back. Throws when the outcome is unknown. */
  refund(refund: GivingBack): Promise<'done' | 'refused' | 'by_hand'>;
  /** Makes the gateway forget a kept method. */
  forget(method_token: string): Promise<void>;
}

export type GatewayName = 'sandbox' | 'wallet' | 'transfer' | 'cash' | 'redirect' | 'archive';

export type Asked = {
  payment_id: string;
  purpose: 'secure' | 'pay';
  amount_cents: bigint;
  currency: string;
  description: string;
  locale: Locale;
  return_url: string;
  expires_at: Temporal.Instant;
};

export type Started = { url: string; gateway_object: string } | { instructions: true; gateway_object: string };

/** What happened over there. Compared with what we stored before anything is believed. */
export type Fact = {
  gateway: GatewayName;
  gateway_object: string;
  /** Our id, as the gateway echoes it. */
  payment_id: string;
  outcome: 'secured' | 'collected' | 'declined' | 'abandoned';
  amount_cents: bigint;
  currency: string;
  live: boolean;
  at: Temporal.Instant;
  method_token?: string;
  failure?: string;
};

export type Report = { event_id: string; facts: Fact[] };

export type Outstanding = { payment_id: string; gateway_object: string | null };

export type Charge = { payment_id: string; method_token: string; amount_cents: bigint; currency: string };

export type GivingBack = { refund_id: string; gateway_object: string; amount_cents: bigint; currency: string };
