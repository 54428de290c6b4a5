import { may } from './people/index.ts';
import type { Visit } from './visits/index.ts';

/**
 * Who may ask for a route.
 * - anyone
 * - signed_in
 * - holder: whoever owns the thing or carries its key; the handler itself verifies which
 * - steward: of the node of this visit
 * - treasurer: of the host of that node
 * - operator: of the installation
 * - development: anyone, outside production; in production the route does not exist
 */
export type Who = 'anyone' | 'signed_in' | 'holder' | 'steward' | 'treasurer' | 'operator' | 'development';

export type Rule = {
  method: 'GET' | 'POST';
  /** Bare, as the router has it. */
  path: string;
  who: Who;
  /** Asked by machines: no language in the address, no visit, no check of forms. */
  machines?: true;
};

/** Every route of the installation. One that is missing here answers 404, and a test fails. */
export const policy: readonly Rule[] = [
  { method: 'GET', path: '/live', who: 'anyone', machines: true },
  { method: 'GET', path: '/ready', who: 'anyone', machines: true },
  { method: 'GET', path: '/version', who: 'anyone', machines: true },
  { method: 'GET', path: '/metrics', who: 'anyone', machines: true },
  { method: 'GET', path: '/assets/*', who: 'anyone', machines: true },
  { method: 'GET', path: '/favicon.ico', who: 'anyone', machines: true },
  { method: 'GET', path: '/robots.txt', who: 'anyone', machines: true },

  { method: 'GET', path: '/sign-in', who: 'anyone' },
  { method: 'POST', path: '/sign-in', who: 'anyone' },
  { method: 'GET', path: '/sign-in/link', who: 'anyone' },
  { method: 'POST', path: '/sign-in/link', who: 'anyone' },
  { method: 'GET', path: '/sign-up', who: 'anyone' },
  { method: 'POST', path: '/sign-up', who: 'anyone' },
  { method: 'GET', path: '/verify', who: 'holder' },
  { method: 'POST', path: '/verify', who: 'holder' },
  { method: 'GET', path: '/forgot', who: 'anyone' },
  { method: 'POST', path: '/forgot', who: 'anyone' },
  { method: 'GET', path: '/reset', who: 'holder' },
  { method: 'POST', path: '/reset', who: 'holder' },
  { method: 'POST', path: '/sign-out', who: 'anyone' },
  { method: 'GET', path: '/me', who: 'signed_in' },
  { method: 'POST', path: '/me', who: 'signed_in' },
  { method: 'GET', path: '/me/sessions', who: 'signed_in' },
  { method: 'POST', path: '/me/sessions', who: 'signed_in' },
  { method: 'GET', path: '/me/wallet', who: 'signed_in' },

  { method: 'GET', path: '/mail/:key', who: 'holder' },
  { method: 'POST', path: '/mail/:key', who: 'holder' },
  { method: 'GET', path: '/mail-stop/:key', who: 'holder', machines: true },
  { method: 'POST', path: '/mail-stop/:key', who: 'holder', machines: true },

  // Another company's pages: it looks after its own forms.
  { method: 'GET', path: '/sandbox/pay/:id', who: 'holder', machines: true },
  { method: 'POST', path: '/sandbox/pay/:id', who: 'holder', machines: true },

  { method: 'GET', path: '/', who: 'anyone' },
  { method: 'GET', path: '/explore', who: 'anyone' },
  { method: 'GET', path: '/commons', who: 'anyone' },
  { method: 'GET', path: '/accounts', who: 'anyone' },
  { method: 'GET', path: '/accounts.csv', who: 'anyone' },
  { method: 'GET', path: '/accounts/campaigns', who: 'anyone' },
  { method: 'GET', path: '/accounts/campaigns.csv', who: 'anyone' },
  { method: 'GET', path: '/how', who: 'anyone' },
  { method: 'GET', path: '/team', who: 'anyone' },
  { method: 'GET', path: '/terms', who: 'anyone' },
  { method: 'GET', path: '/accessibility', who: 'anyone' },
  { method: 'GET', path: '/software', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/budget', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/rewards', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/returns', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/hands', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/updates', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/people', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/ledger', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/calendar', who: 'anyone' },
  { method: 'GET', path: '/projects/:slug/poster', who: 'anyone' },

  { method: 'GET', path: '/projects/:slug/contribute', who: 'anyone' },
  { method: 'POST', path: '/projects/:slug/contribute', who: 'anyone' },
  { method: 'GET', path: '/me/contributions', who: 'signed_in' },
  { method: 'GET', path: '/contributions/:id', who: 'holder' },
  { method: 'GET', path: '/contributions/:id/return', who: 'holder' },
  { method: 'GET', path: '/contributions/:id/receipt', who: 'holder' },
  { method: 'GET', path: '/contributions/:id/withdraw', who: 'holder' },
  { method: 'POST', path: '/contributions/:id/withdraw', who: 'holder' },
  { method: 'POST', path: '/contributions/:id/visibility', who: 'holder' },
  { method: 'POST', path: '/contributions/:id/if-failed', who: 'holder' },
  { method: 'POST', path: '/contributions/:id/card', who: 'holder' },
  { method: 'POST', path: '/contributions/:id/resume', who: 'holder' },
  { method: 'POST', path: '/webhooks/:gateway', who: 'anyone', machines: true },

  { method: 'GET', path: '/desk', who: 'steward' },
  { method: 'GET', path: '/desk/campaigns/:id/stop', who: 'steward' },
  { method: 'POST', path: '/desk/campaigns/:id/stop', who: 'steward' },
  { method: 'GET', path: '/desk/cash', who: 'steward' },
  { method: 'POST', path: '/desk/cash', who: 'steward' },
  { method: 'GET', path: '/desk/cash/:id', who: 'steward' },
  { method: 'POST', path: '/desk/cash/:id', who: 'steward' },
  { method: 'GET', path: '/desk/log', who: 'steward' },
  { method: 'GET', path: '/desk/money', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/transfers', who: 'treasurer' },
  { method: 'POST', path: '/desk/money/transfers', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/parked', who: 'treasurer' },
  { method: 'POST', path: '/desk/money/parked', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/parked/:id', who: 'treasurer' },
  { method: 'POST', path: '/desk/money/parked/:id', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/refunds', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/refunds/:id', who: 'treasurer' },
  { method: 'POST', path: '/desk/money/refunds/:id', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/declined', who: 'treasurer' },
  { method: 'GET', path: '/desk/money/acts', who: 'treasurer' },

  { method: 'GET', path: '/dev/clock', who: 'development' },
  { method: 'POST', path: '/dev/clock', who: 'development' },
  { method: 'GET', path: '/dev/mail', who: 'development' },
  { method: 'GET', path: '/dev/mail/:id', who: 'development' },
  { method: 'GET', path: '/dev/mail/:id/html', who: 'development' },
  { method: 'GET', path: '/dev/style', who: 'development' },
];

export type WhyNot = 'nobody_is_signed_in' | 'not_yours' | 'does_not_exist';

/** Why this visitor may not ask for it, or null. `holder` passes here: its handler asks for the key. */
export function whyNotAllowed(who: Who, visit: Pick<Visit, 'person' | 'roles' | 'node'>, production: boolean): WhyNot | null {
  if (who === 'anyone' || who === 'holder') return null;
  if (who === 'development') return production ? 'does_not_exist' : null;
  if (!visit.person) return 'nobody_is_signed_in';
  const holds = {
    signed_in: () => true,
    steward: () => may(visit, 'steward', 'node', visit.node.id),
    treasurer: () => may(visit, 'treasurer', 'host', visit.node.host.id),
    operator: () => may(visit, 'operator', 'installation'),
  }[who];
  return holds() ? null : 'not_yours';
}

const rules = new Map(policy.map((rule) => [`${rule.method} ${rule.path}`, rule]));

export function ruleOf(method: string, path: string): Rule | undefined {
  return rules.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
}
