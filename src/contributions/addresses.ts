import type { Context } from 'hono';
import type { Gateways } from '../gateways/index.ts';
import { content_security_policy, type Deps } from '../platform/http.ts';
import type { Visit } from '../visits/index.ts';
import { contributionKey } from './key.ts';

export type GivingDeps = Deps & { gateways: Gateways };

/** The page of a contribution, with the key that opens it for whoever has no account. */
export function pageOf({ config }: Pick<Deps, 'config'>, visit: Visit, id: string, more = ''): string {
  return visit.to(`/contributions/${id}?key=${contributionKey(config.secret, id)}${more}`);
}

/** Where a payment company sends people back to. */
export function returnUrl({ config }: Pick<Deps, 'config'>, visit: Visit, id: string): string {
  return visit.origin + visit.to(`/contributions/${id}/return?key=${contributionKey(config.secret, id)}`);
}

/** A form of ours ends on the payment page: where a node has its own domain, that is another origin. */
export function letFormsLeaveTo(c: Context, origin: string): void {
  c.header('content-security-policy', content_security_policy.replace("form-action 'self'", `form-action 'self' ${origin}`));
}
