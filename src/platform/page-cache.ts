import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Context } from 'hono';
import { cookiesOf } from './http.ts';

/**
 * Pages that are the same for every stranger are kept as bytes for `fresh_ms`, and for `stale_ms` more they are still given while one new
 * rendering runs. So what a stranger reads may be up to four seconds old; whoever is signed in always reads the present.
 */
const fresh_ms = 2_000;
const stale_ms = 2_000;
const entries_max = 500;
const bytes_max = 48_000_000;
/** Addresses known not to be kept: for a while nobody waits for one another there. */
const unkept_ms = 10_000;
const unkept_max = 2_000;

const mark = 'x-same-for-strangers';

/**
 * Said by the handler of a GET page that shows every stranger the same. Without it nothing is kept; with it, still nothing that is said to be
 * somebody's own (`no-store`, `private`, a cookie).
 */
export function shareable(c: Context): void {
  if ((c.env as Bindings | undefined)?.is_kept) c.header(mark, '1');
}

/** `is_kept`: this page may be kept, if its handler says that it is shareable; packing it is left to whoever keeps it. */
export type Bindings = { incoming?: IncomingMessage; is_kept?: true };
export type Answer = (request: Request, env: Bindings) => Response | Promise<Response>;

type Entry = {
  made_at: number;
  headers: Record<string, string>;
  etag: string;
  plain: Buffer<ArrayBuffer>;
  packed: { br?: Buffer<ArrayBuffer>; gzip?: Buffer<ArrayBuffer> };
};

export type PageCache = {
  fetch: Answer;
  /** For /metrics. */
  counted: { hits: number; misses: number };
  forget(): void;
};

/**
 * Stands before everything else. A request that carries one of `cookies` goes straight on: it may be somebody's own page.
 * @param cookies names of the cookies that make a page personal, as `cookiesOf` reads them
 */
export function openPageCache(
  answer: Answer,
  cookies: readonly string[],
  now: () => number = () => performance.now(),
): PageCache {
  const kept = new Map<string, Entry>();
  const unkept = new Map<string, number>();
  const underway = new Map<string, Promise<Entry | Response>>();
  const counted = { hits: 0, misses: 0 };
  let bytes = 0;

  const drop = (key: string) => {
    bytes -= kept.get(key)?.plain.length ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, entry: Entry) => {
    drop(key);
    kept.set(key, entry);
    bytes += entry.plain.length;
    for (const oldest of kept.keys()) {
      if (kept.size <= entries_max && bytes <= bytes_max) break;
      drop(oldest);
    }
  };
  const render = (key: string, request: Request, env: Bindings): Promise<Entry | Response> => {
    const rendering = rendered(answer, request, env, now).then((made) => {
      if (isEntry(made)) keep(key, made);
      else {
        drop(key);
        // An error of ours says nothing about the page.
        if (made.status < 500) remember(unkept, key, now() + unkept_ms);
      }
      return made;
    });
    underway.set(key, rendering);
    const over = () => underway.delete(key);
    rendering.then(over, over);
    return rendering;
  };
  const fetch: Answer = (request, env) => {
    const asked = headersOf(request, env);
    const key = keyOf(request, asked, cookies, env);
    if (key === null || (unkept.get(key) ?? 0) > now()) return answer(request, env);
    const entry = kept.get(key);
    const age_ms = entry ? now() - entry.made_at : Number.POSITIVE_INFINITY;
    if (entry && age_ms < fresh_ms + stale_ms) {
      counted.hits += 1;
      if (age_ms >= fresh_ms && !underway.has(key)) render(key, copyOf(request, asked), {}).catch(() => drop(key));
      return given(entry, asked);
    }
    counted.misses += 1;
    return firstOrSame(
      underway.get(key),
      () => render(key, request, env),
      () => answer(request, env),
      asked,
    );
  };
  return {
    fetch,
    counted,
    forget() {
      kept.clear();
      unkept.clear();
      bytes = 0;
    },
  };
}

/** Many at once wait for one rendering; when that turns out to be somebody's own, each of the others gets their own. */
async function firstOrSame(
  running: Promise<Entry | Response> | undefined,
  render: () => Promise<Entry | Response>,
  own: () => Response | Promise<Response>,
  asked: IncomingHttpHeaders,
): Promise<Response> {
  const made = await (running ?? render());
  if (isEntry(made)) return given(made, asked);
  return running ? own() : made;
}

async function rendered(answer: Answer, request: Request, env: Bindings, now: () => number): Promise<Entry | Response> {
  const response = await answer(request, { ...env, is_kept: true });
  const marked = response.headers.get(mark) !== null;
  if (marked) response.headers.delete(mark);
  if (!marked || response.status !== 200 || isSomebodysOwn(response.headers)) return response;
  const plain = Buffer.from(await response.arrayBuffer());
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) headers[name] = value;
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  Object.assign(headers, { etag, 'cache-control': 'no-cache', vary: 'accept-encoding, cookie' });
  delete headers['content-length'];
  return { made_at: now(), headers, etag: `W/${etag}`, plain, packed: {} };
}

/** Whatever the handler thought: whoever made the visit knows whose page it is. */
function isSomebodysOwn(headers: Headers): boolean {
  return headers.has('set-cookie') || /\b(no-store|private)\b/i.test(headers.get('cache-control') ?? '');
}

/** The answer in the smallest form the browser reads. Each form is packed once for each rendering. */
function given(entry: Entry, asked: IncomingHttpHeaders): Response | Promise<Response> {
  const match = asked['if-none-match'];
  if (match?.replaceAll('W/', '').includes(entry.etag.slice(2)))
    return new Response(null, { status: 304, headers: entry.headers });
  const accepted = asked['accept-encoding'];
  const encoding = typeof accepted === 'string' && entry.plain.length > 1_000 ? best(accepted) : null;
  if (encoding === null) return new Response(entry.plain, { headers: entry.headers });
  const ready = entry.packed[encoding];
  return ready ? asPacked(entry, encoding, ready) : pack(entry, encoding).then((packed) => asPacked(entry, encoding, packed));
}

function asPacked(entry: Entry, encoding: 'br' | 'gzip', body: Buffer<ArrayBuffer>): Response {
  return new Response(body, { headers: { ...entry.headers, etag: entry.etag, 'content-encoding': encoding } });
}

async function pack(entry: Entry, encoding: 'br' | 'gzip'): Promise<Buffer<ArrayBuffer>> {
  const packed =
    encoding === 'br'
      ? await promisify(brotliCompress)(entry.plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
      : await promisify(gzip)(entry.plain, { level: 5 });
  entry.packed[encoding] = packed as Buffer<ArrayBuffer>;
  return packed as Buffer<ArrayBuffer>;
}

export function best(accepted: string): 'br' | 'gzip' | null {
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : null;
}

/** Host and address; null when this request is never answered from what is kept. */
function keyOf(request: Request, asked: IncomingHttpHeaders, cookies: readonly string[], env: Bindings): string | null {
  if (request.method !== 'GET') return null;
  if (asked.cookie) {
    // Read as the visit reads them: who is signed in there is no stranger here.
    const carried = cookiesOf(asked.cookie);
    if (cookies.some((name) => carried.has(name))) return null;
  }
  const path = env.incoming?.url ?? request.url;
  return path.length > 1_000 ? null : `${asked.host ?? ''} ${path}`;
}

/** Node's own headers where there are some: reading them through Request costs as much as the whole answer. */
function headersOf(request: Request, env: Bindings): IncomingHttpHeaders {
  return env.incoming?.headers ?? Object.fromEntries(request.headers);
}

/** A rendering in the background outlives the request that caused it. */
function copyOf(request: Request, asked: IncomingHttpHeaders): Request {
  return new Request(request.url, { headers: asked.host ? { host: asked.host } : {} });
}

function remember(known: Map<string, number>, key: string, until: number): void {
  if (known.size >= unkept_max) known.clear();
  known.set(key, until);
}

function isEntry(made: Entry | Response): made is Entry {
  return 'plain' in made;
}
