import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { newId } from './kit/index.ts';
import { type Deps, securityHeaders } from './platform/http.ts';
import type { Metrics } from './platform/metrics.ts';
import type { AppEnv } from './visits/index.ts';

/** Around everything: a number for each request, what is said with every answer, one line in the log, one number in the metrics. */
export function guard(deps: Deps, metrics: Metrics): MiddlewareHandler<AppEnv> {
  // Without a word about keeping, browsers guess.
  const always = Object.entries({ ...securityHeaders(deps.config), 'cache-control': 'no-cache' });
  return async (c, next) => {
    const started_at = performance.now();
    const request_id = newId();
    c.set('request_id', request_id);
    await next();
    await compress(c);
    for (const [name, value] of always) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    c.res.headers.set('x-request-id', request_id);
    const ms = performance.now() - started_at;
    const route = routePath(c, -1) || 'none';
    metrics.answered(c.req.method, route, c.res.status, ms / 1000);
    // The pattern, not the address: addresses may be keys, and say who looked at what.
    const line = { request_id, method: c.req.method, route, status: c.res.status, ms: Math.round(ms * 10) / 10 };
    const person_id = (c.get('visit') as { person?: { id: string } | null } | undefined)?.person?.id;
    deps.log.info(person_id ? { ...line, person_id } : line, 'answered');
  };
}

/**
 * Pages that nobody keeps are packed quickly, and only when that saves a packet. Session cookies are SameSite=Lax, so nobody elsewhere can make
 * a browser ask for a personal page again and again and learn from its length.
 */
async function compress(c: Context): Promise<void> {
  const { headers } = c.res;
  if (
    !/\bgzip\b/.test(c.req.header('accept-encoding') ?? '') ||
    headers.has('content-encoding') ||
    headers.has('x-same-for-strangers')
  )
    return;
  if (!/^(text\/|application\/(json|.*\+xml)|image\/svg)/.test(headers.get('content-type') ?? '') || c.req.method === 'HEAD')
    return;
  const plain = Buffer.from(await c.res.arrayBuffer());
  const packed = plain.length > 1_400 ? await promisify(gzip)(plain, { level: 3 }) : null;
  const response = new Response(packed ?? plain, { status: c.res.status, headers });
  if (packed) {
    response.headers.set('content-encoding', 'gzip');
    response.headers.append('vary', 'accept-encoding');
  }
  response.headers.delete('content-length');
  // Setting the answer anew would add the old headers a second time.
  c.res = undefined;
  c.res = response;
}
