import { sign, takeDueDeliveries } from '../gateways/index.ts';
import type { Deps } from '../platform/http.ts';
import { seal } from '../platform/seal.ts';

/** Hands one webhook to the merchant and answers the status it gave. */
export type Send = (body: string, headers: Record<string, string>) => Promise<number>;

type Company = Pick<Deps, 'config' | 'db' | 'clock' | 'log'>;

/** What the company and its merchant share to sign webhooks: made from the installation's own secret. */
export function webhookSecret(secret: string): string {
  return seal(secret, 'webhooks of the sandbox company', '');
}

/**
 * Sends the webhooks whose time has come, one batch a call; call again until it answers 0. Each is sent once: what gets lost on the way
 * is lost, as with any company, and the merchant's poller finds out. Answers how many were sent.
 */
export async function deliverWebhooks(company: Company, send: Send, limit = 100): Promise<number> {
  const due = await takeDueDeliveries(company.db, limit);
  if (due.length === 0) return 0;
  const at = await company.clock.now();
  const secret = webhookSecret(company.config.secret);
  await Promise.all(
    due.map(async ({ body }) => {
      const headers = { 'content-type': 'application/json', 'sandbox-signature': sign(secret, body, at) };
      const status = await send(body, headers).catch((err) => {
        company.log.warn({ err }, 'A webhook of the sandbox company got lost.');
        return 200;
      });
      if (status >= 300) company.log.warn({ status }, 'A webhook of the sandbox company was not accepted.');
    }),
  );
  return due.length;
}
