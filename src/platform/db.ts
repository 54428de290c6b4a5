import { Kysely, PostgresDialect, type RawBuilder, sql, type Transaction } from 'kysely';
import pg from 'pg';

export { sql };

/** Each room adds its tables: `declare module '../platform/db.ts' { interface Tables { movements: MovementsTable } }`. */
// biome-ignore lint/suspicious/noEmptyInterface: rooms fill it.
export interface Tables {}

declare const inside: unique symbol;

/** May read. Takes a connection of its own for every query. */
export type Db = Kysely<Tables>;

/** May write: only `transact` hands one out, so whoever asks for a Trx cannot be called outside a transaction. */
export type Trx = Transaction<Tables> & { readonly [inside]: true };

export type Connection = { db: Db; pool: pg.Pool; close(): Promise<void> };

export type ConnectOptions = {
  /** Connections at most; 10 unless told. */
  max?: number;
  /** Chooses the statement timeout: 5 s for web, 60 s for worker. */
  role?: 'web' | 'worker';
  /** `false`: stay the owner instead of becoming `acequia_app` (migrations, jobs' own tables, accounts' own tables). */
  as_app?: boolean;
  /** `false`: dates, numbers and big integers as the driver gives them (for libraries that bring their own queries). */
  our_types?: boolean;
  /** Hears of connections lost while idle. They are replaced at the next query. */
  onLost?: (error: Error) => void;
};

/** The role the web and the workers use: it owns nothing and may not change what is only ever added to. */
export const app_role = 'acequia_app';

/** Opens a pool. Nothing is sent before the first query. A database that restarts only breaks the queries under way. */
export function connect(url: string, options: ConnectOptions = {}): Connection {
  const pool = openPool(url, options);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

/** The bare pool, for libraries that bring their own queries. */
export function openPool(url: string, options: ConnectOptions = {}): pg.Pool {
  const ours = options.our_types !== false;
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    ...(ours ? { query_timeout: statement_timeout_ms[options.role ?? 'web'] + 2_000 } : {}),
    application_name: `acequia ${options.role ?? 'web'}`,
    onConnect: (client) => prepareSession(client, options),
    ...(ours ? { Client: OurClient, types: { getTypeParser } } : {}),
  });
  // Without listeners a connection that breaks while nobody asks it anything would end the process.
  pool.on('error', (error) => options.onLost?.(error));
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The database ends what takes longer. We wait two seconds more, for one that is frozen or behind a dead line and ends nothing. */
const statement_timeout_ms = { web: 5_000, worker: 60_000 };

/** Since PostgreSQL 16 whoever creates a role is its member, yet may not become it before that is granted too. */
export const may_set = `case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end`;

async function prepareSession(client: pg.ClientBase, options: ConnectOptions): Promise<void> {
  const settings = `set_config('statement_timeout', '${statement_timeout_ms[options.role ?? 'web']}ms', false), set_config('lock_timeout', '2s', false),
    set_config('idle_in_transaction_session_timeout', '10s', false), set_config('timezone', 'UTC', false)`;
  const as_app = `select set_config('role', rolname, false) from pg_roles
    where rolname = '${app_role}' and pg_has_role(current_user, oid, ${may_set})`;
  await client.query(options.as_app === false ? `select ${settings}` : `select ${settings}; ${as_app}`);
}

type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export type TransactOptions = {
  isolation?: Isolation;
  /** How often `fn` may run when the database asks to try again (deadlock, serialization); 3 unless told. */
  attempts?: number;
};

/**
 * Runs `fn` in one transaction: all of it happens, or none. Because `fn` may run again after a deadlock or a serialization
 * failure, it touches nothing but `trx`.
 */
export async function transact<R>(db: Db, fn: (trx: Trx) => Promise<R>, options: TransactOptions = {}): Promise<R> {
  if (db.isTransaction) throw new Error('transact() inside a transaction: pass the trx on instead.');
  const attempts = options.attempts ?? 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const transaction = options.isolation ? db.transaction().setIsolationLevel(options.isolation) : db.transaction();
      return await transaction.execute((trx) => fn(trx as Trx));
    } catch (error) {
      if (attempt >= attempts || !wasRolledBackByConflict(error)) throw error;
      await pause(attempt);
    }
  }
}

/**
 * Runs idempotent work again when the connection is lost, the database restarts, or two transactions collide.
 * The outcome of a lost commit is unknown: only what may safely happen twice belongs in `fn`.
 */
export async function again<R>(fn: () => Promise<R>, attempts = 5): Promise<R> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await fn();
    } catch (error) {
      if (attempt >= attempts || !(wasRolledBackByConflict(error) || isConnectionLost(error))) throw error;
      await pause(attempt);
    }
  }
}

/** All rows. */
export async function rows<T>(db: Db | Trx, query: RawBuilder<unknown>): Promise<T[]> {
  const result = await query.execute(db);
  return result.rows as T[];
}

/** The one row, or undefined. More than one is our mistake. */
export async function row<T>(db: Db | Trx, query: RawBuilder<unknown>): Promise<T | undefined> {
  const found = await rows<T>(db, query);
  if (found.length > 1) throw new Error(`Expected at most one row, got ${found.length}.`);
  return found[0];
}

/** Exactly one row. None, or more, is our mistake. */
export async function only<T>(db: Db | Trx, query: RawBuilder<unknown>): Promise<T> {
  const found = await rows<T>(db, query);
  if (found.length !== 1) throw new Error(`Expected one row, got ${found.length}.`);
  return found[0] as T;
}

/** Writes, and says how many rows were touched. */
export async function run(trx: Trx, query: RawBuilder<unknown>): Promise<number> {
  const result = await query.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** A value for a json or jsonb column or parameter. Big integers become decimal text, dates their ISO form. */
export function json(value: unknown): RawBuilder<unknown> {
  return sql`${JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? part.toString() : part))}::jsonb`;
}

/** The database's code of an error (SQLSTATE), or null. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** The name of the constraint an error is about, or null: constraints are named after refusals. */
export function constraintOf(error: unknown): string | null {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : null;
}

export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  if (/^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT)$/.test(code)) return true;
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout/.test(error.message)
  );
}

/** Nothing is wrong with what was asked: the database is away, busy, or chose another of two rivals. Later it will do. */
export function passesByItself(error: unknown): boolean {
  return isConnectionLost(error) || /^(40|53|55|57)/.test(codeOf(error) ?? '');
}

function wasRolledBackByConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error) ?? '');
}

/** 50, 100, 200, 400... ms, each with some chance in it so that rivals do not meet again. */
function pause(attempt: number): Promise<void> {
  const wait_ms = Math.min(2_000, 25 * 2 ** attempt) * (0.5 + Math.random());
  return new Promise((done) => setTimeout(done, wait_ms));
}

/**
 * Sends Temporal values as text (the driver would send them as JSON), and prepares each statement once per connection: planning our larger
 * statements costs more than running them. Texts beyond the first thousand go unprepared, so that nothing grows without end.
 */
class OurClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the driver's overloads cannot be named.
  override query(...args: any[]): any {
    if (Array.isArray(args[1])) {
      args[1] = args[1].map(asParameter);
      const name = typeof args[0] === 'string' && args[1].length > 0 ? nameOf(args[0]) : undefined;
      if (name) args = [{ text: args[0], values: args[1], name }, ...args.slice(2)];
    }
    // biome-ignore lint/suspicious/noExplicitAny: as above.
    const answer = (super.query as any)(...args);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.leaveFrozen(error));
    return answer;
  }

  /** Nobody knows any more what this connection would answer to: the pool makes another. */
  private leaveFrozen(error: unknown): void {
    if (error instanceof Error && error.message === 'Query read timeout') this.end().catch(() => undefined);
  }
}

const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= 1_000) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

function asParameter(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(asParameter);
  const kind = Object.prototype.toString.call(value);
  return kind.startsWith('[object Temporal.') ? String(value) : value;
}

const parsers = new Map<number, (text: string) => unknown>([
  [20, (text) => BigInt(text)],
  [1700, (text) => text],
  [1082, (text) => Temporal.PlainDate.from(text)],
  [1184, (text) => Temporal.Instant.from(text)],
  [1114, (text) => Temporal.PlainDateTime.from(text)],
]);

/** Arrays of the same types. */
const array_elements = new Map([
  [1016, 20],
  [1231, 1700],
  [1182, 1082],
  [1185, 1184],
  [1115, 1114],
]);

for (const [array, element] of array_elements) {
  const parse = parsers.get(element) as (text: string) => unknown;
  const parseTexts = pg.types.getTypeParser(1009 as never) as (text: string) => unknown;
  const each = (part: unknown): unknown => (Array.isArray(part) ? part.map(each) : part === null ? null : parse(part as string));
  parsers.set(array, (text) => each(parseTexts(text)));
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return parsers.get(oid) ?? pg.types.getTypeParser(oid, format ?? 'text');
}
