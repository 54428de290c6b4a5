import type { Answer } from '../platform/page-cache.ts';

export type Read = { status: number; text: string; headers: Headers; location: string | null };

export type Browser = {
  get(path: string, headers?: Record<string, string>): Promise<Read>;
  /** Posts a form as a page of ours would: with the csrf field of the page last read, and the browser's own word for where it comes from. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Read>;
  /** Follows one redirect. */
  follow(answer: Read): Promise<Read>;
  cookies: Map<string, string>;
};

/** A browser without scripts, for tests: keeps cookies, knows its origin. `cookie` is what it holds from the start. */
export function openBrowser(
  fetch: Answer,
  options: { origin?: string; cookie?: string; headers?: Record<string, string> } = {},
): Browser {
  const origin = options.origin ?? 'http://localhost:3000';
  const cookies = new Map<string, string>();
  let csrf = '';
  const keep = (line: string) => {
    const [pair = '', ...attributes] = line.split(';');
    const at = pair.indexOf('=');
    const gone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
    if (gone) cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), pair.slice(at + 1));
  };
  if (options.cookie) keep(options.cookie);

  const ask = async (path: string, init: { method?: string; body?: string; headers?: Record<string, string> }): Promise<Read> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { host: new URL(origin).host, ...(cookie ? { cookie } : {}), ...options.headers, ...init.headers };
    const response = await fetch(new Request(path.startsWith('http') ? path : origin + path, { ...init, headers }), {});
    for (const line of response.headers.getSetCookie()) keep(line);
    const text = await response.text();
    csrf = /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? csrf;
    return { status: response.status, text, headers: response.headers, location: response.headers.get('location') };
  };
  const get: Browser['get'] = (path, headers = {}) => ask(path, { headers });
  return {
    cookies,
    get,
    post: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        body: new URLSearchParams({ csrf, ...fields }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin', ...headers },
      }),
    follow: (answer) => get(answer.location ?? '/'),
  };
}
