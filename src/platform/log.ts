import pino from 'pino';
import type { LogLevel } from './config.ts';

export type Log = pino.Logger;

/**
 * One JSON object per line. Secrets never get in: fields with telling names are replaced, keys in addresses and bank account
 * numbers are blotted out of every text, and an error of the database is reduced to what does not quote people.
 */
export function createLog(level: LogLevel, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    // What `clean` made of an error stays as it is.
    serializers: { err: (error) => error },
    formatters: { level: (label) => ({ level: label }), log: (fields) => clean(fields, 0) as Record<string, unknown> },
    hooks: {
      logMethod(args, method) {
        method.apply(this, args.map((arg) => (typeof arg === 'string' ? blot(arg) : arg)) as typeof args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

const secret_name =
  /^(.*_)?(token|tokens|secret|password|passwords|cookie|cookies|set-cookie|authorization|signature|iban|card|cvc|html|text|body|body_text|api_key|session_id)$/i;

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return blot(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Error) return describe(value, depth);
  if (depth >= 5) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((part) => clean(part, depth + 1));
  if (Object.prototype.toString.call(value) !== '[object Object]') return blot(String(value));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, secret_name.test(name) ? '[hidden]' : clean(part, depth + 1)]),
  );
}

/** Not `detail` nor `where`: there PostgreSQL quotes whole rows. */
function describe(error: Error, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = { type: error.name, message: blot(error.message) };
  for (const name of ['code', 'status', 'constraint', 'table', 'routine']) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string' || typeof value === 'number') kept[name] = value;
  }
  kept.stack = blot(error.stack ?? '');
  if (error.cause && depth < 5) kept.cause = clean(error.cause, depth + 1);
  return kept;
}

/** Keys in addresses (`?token=...`), passwords in addresses, and what looks like an IBAN. */
function blot(text: string): string {
  return text
    .replace(/([?&](?:token|key|code|signature|secret)=)[^&\s"']+/gi, '$1[hidden]')
    .replace(/(:\/\/[^:/@\s]+:)[^@/\s]+@/g, '$1[hidden]@')
    .replace(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g, '[iban]');
}
