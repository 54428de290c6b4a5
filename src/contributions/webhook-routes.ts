import { Hono } from 'hono';
import { oneAtATime } from '../platform/one-at-a-time.ts';
import type { AppEnv } from '../visits/index.ts';
import type { GivingDeps } from './addresses.ts';
import { handleWebhooks, receiveWebhook } from './inbox.ts';

const body_bytes_max = 64 * 1024;

/**
 * Where payment companies report. Verified, stored once, answered at once; acted on right afterwards by one runner of this process. Should
 * the process end before, the worker finds the report in the inbox.
 */
export function webhookRoutes(deps: GivingDeps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const inbox = oneAtATime(
    () => handleWebhooks(deps),
    (err) => deps.log.error({ err }, 'Reports of payments wait in the inbox.'),
  );
  app.post('/webhooks/:gateway', async (c) => {
    const length = Number(c.req.header('content-length') ?? 0);
    const body = length <= body_bytes_max ? await c.req.text() : null;
    if (body === null || Buffer.byteLength(body) > body_bytes_max || body.includes('\0')) return c.json({ received: false }, 400);
    const result = await receiveWebhook(deps, c.req.param('gateway'), body, c.req.raw.headers, await deps.clock.now());
    if (result === 'refused') return c.json({ received: false }, 400);
    inbox.kick();
    return c.json({ received: true }, 200);
  });
  return app;
}
