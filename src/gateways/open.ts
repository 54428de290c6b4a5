import type { Db } from '../platform/db.ts';
import { archive, cash, redirect, transfer, wallet } from './at-once.ts';
import type { Gateway, GatewayName } from './gateway.ts';
import { sandboxGateway } from './sandbox.ts';

/** The gateways of this installation, by name. */
export type Gateways = Record<GatewayName, Gateway>;

/** `origin`: where people reach us; `webhook_secret`: shared with the sandbox company. */
export function openGateways(db: Db, settings: { origin: string; webhook_secret: string }): Gateways {
  return { sandbox: sandboxGateway(db, { ...settings, merchant: 'acequia' }), wallet, transfer, cash, redirect, archive };
}
