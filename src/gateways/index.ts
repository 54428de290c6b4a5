export type { Asked, Charge, Fact, Gateway, GatewayName, GivingBack, Report } from './gateway.ts';
export type { Gateways } from './open.ts';
export { openGateways } from './open.ts';
export type { Checkout, Delivery, Script } from './sandbox-company.ts';
export { abandonCheckout, cards, payCheckout, readCheckout, scriptOf, sign, takeDueDeliveries } from './sandbox-company.ts';
