import type { Db } from '../platform/db.ts';
import type { Fact, Gateway } from './gateway.ts';
import * as company from './sandbox-company.ts';

type Settings = { origin: string; webhook_secret: string; merchant: string };

/** The adapter of the sandbox company: saves a card for later (strong authentication) or charges now. */
export function sandboxGateway(db: Db, settings: Settings): Gateway {
  return {
    name: 'sandbox',
    collects: { now: true, later: true },
    currencies: ['EUR'],
    live: false,

    async start(asked) {
      const { payment_id, ...rest } = asked;
      const { id } = await company.openCheckout(db, settings.merchant, { ...rest, client_key: payment_id });
      return { url: `${settings.origin}/sandbox/pay/${id}`, gateway_object: id };
    },

    readWebhook(body, headers, now) {
      if (!company.verify(settings.webhook_secret, body, headers.get('sandbox-signature') ?? '', now)) return null;
      const report = parse(body);
      return report ? { event_id: report.id, facts: toFacts(report) } : null;
    },

    factsOf(body) {
      const report = parse(body);
      return report ? toFacts(report) : [];
    },

    async askStatus(payment) {
      const checkout = await company.readCheckoutOf(db, payment.payment_id);
      if (checkout) return toFacts({ id: '', ...company.reportOf(checkout) })[0] ?? null;
      const charge = await company.readChargeOf(db, payment.payment_id);
      return charge ? factOf(charge) : null;
    },

    async collect(payment) {
      const charge = await company.chargeCard(
        db,
        payment.method_token,
        payment.payment_id,
        payment.amount_cents,
        payment.currency,
      );
      return charge
        ? factOf(charge)
        : {
            gateway: 'sandbox',
            gateway_object: `none_${payment.payment_id}`,
            payment_id: payment.payment_id,
            outcome: 'declined',
            amount_cents: payment.amount_cents,
            currency: payment.currency,
            live: false,
            at: Temporal.Instant.fromEpochMilliseconds(0),
            failure: 'card_is_forgotten',
          };
    },

    refund: (refund) => company.refundObject(db, refund.refund_id, refund.gateway_object, refund.amount_cents),
    forget: (token) => company.forgetCard(db, token),
  };
}

type Webhook = company.CheckoutReport & { id: string };

function parse(body: string): Webhook | null {
  try {
    const report = JSON.parse(body) as Partial<Webhook>;
    const texts = [report.id, report.object, report.client_key, report.state, report.amount, report.currency, report.at];
    if (!texts.every((text) => typeof text === 'string' && text.length < 200)) return null;
    return /^[0-9]{1,18}$/.test(report.amount ?? '') ? (report as Webhook) : null;
  } catch {
    return null;
  }
}

function factOf(charge: company.ChargeRow): Fact {
  const paid = charge.state === 'paid';
  return {
    gateway: 'sandbox',
    gateway_object: charge.id,
    payment_id: charge.client_key,
    outcome: paid ? 'collected' : 'declined',
    amount_cents: charge.amount_cents,
    currency: charge.currency,
    live: false,
    at: charge.created_at,
    ...(paid ? {} : { failure: 'card_declined' }),
  };
}

const outcomes = { secured: 'secured', paid: 'collected', declined: 'abandoned', open: undefined } as const;

function toFacts(report: Webhook): Fact[] {
  const outcome = outcomes[report.state];
  if (!outcome) return [];
  return [
    {
      gateway: 'sandbox',
      gateway_object: report.object,
      payment_id: report.client_key,
      outcome,
      amount_cents: BigInt(report.amount),
      currency: report.currency,
      live: report.livemode,
      at: Temporal.Instant.from(report.at),
      ...(report.token ? { method_token: report.token } : {}),
    },
  ];
}
