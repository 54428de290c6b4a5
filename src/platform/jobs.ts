import { Logger, parseCrontab, run as runWorker, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { type Db, openPool, passesByItself, row, rows, sql, type Trx } from './db.ts';
import type { Log } from './log.ts';

/** What a job is told about the attempt it is. */
export type Attempt = { attempt: number; attempts_max: number };

/** Jobs by name. Each may run more than once: it asks what is, then does what is missing. */
export type Jobs = Record<string, (payload: unknown, attempt: Attempt) => Promise<void>>;

export type JobOptions = {
  /** At most one waiting job has this key; adding it again replaces the payload. Not for keys that many transactions share. */
  key?: string;
  /** Real time, also where the installation's clock was moved. */
  run_at?: Temporal.Instant;
  /** 8 unless told: about an hour and a half. */
  attempts_max?: number;
};

/** Adds a job in the transaction that causes it: it runs after the commit, or never. */
export async function addJob(
  trx: Trx,
  name: string,
  payload: Record<string, unknown> = {},
  options: JobOptions = {},
): Promise<void> {
  const text = JSON.stringify(payload, (_key, part) => (typeof part === 'bigint' ? part.toString() : part));
  await rows(
    trx,
    sql`select enqueue_job(${name}, ${text}::json, ${options.key ?? null}, ${options.run_at ?? null}::timestamptz,
      ${options.attempts_max ?? 8}::int)`,
  );
}

export type RunJobsOptions = {
  url: string;
  jobs: Jobs;
  /** Lines such as "* * * * * close_due_rounds", in UTC. */
  crontab?: string;
  log: Log;
  /** Jobs at the same time; 4 unless told. */
  concurrency?: number;
};

/** Works until stopped. `stop` waits for the jobs under way. */
export async function runJobs(options: RunJobsOptions): Promise<{ stop(): Promise<void> }> {
  const concurrency = options.concurrency ?? 4;
  const log = options.log.child({ part: 'jobs' });
  const onLost = (error: Error) => log.warn({ err: error }, 'connection to the database lost');
  // One connection listens for news, the others fetch and finish jobs.
  const pool = openPool(options.url, { max: concurrency + 2, role: 'worker', as_app: false, our_types: false, onLost });
  const runner = await runWorker({
    pgPool: sayingWhatPasses(pool),
    taskList: asTasks(options.jobs),
    parsedCronItems: parseCrontab(options.crontab ?? ''),
    concurrency,
    pollInterval: 1_000,
    noHandleSignals: true,
    logger: quietLogger(log),
  });
  let stopping: Promise<void> | null = null;
  const end = async () => {
    await runner.stop().catch(() => undefined);
    await pool.end();
  };
  runner.promise.catch((error) => log.error({ err: error }, 'the worker ended'));
  return { stop: () => (stopping ??= end()) };
}

/**
 * The worker ends a job without listening for what becomes of that: an error there would end the process. It asks again after errors whose code
 * it knows, which are few; so whatever passes by itself (a database that restarts, that is away, that is busy) is told to it as the one it knows.
 */
function sayingWhatPasses(pool: pg.Pool): pg.Pool {
  const connect = pool.connect.bind(pool);
  const connectSaying = async () => {
    // Asked again when all is over: nobody waits for the answer any more.
    if (pool.ending) return new Promise<never>(() => undefined);
    const client = await connect().catch(sayPassing);
    const query = (asked: string, values?: unknown[]) => client.query(asked, values).catch(sayPassing);
    return Object.create(client, { query: { value: query } }) as pg.PoolClient;
  };
  type Heard = Parameters<typeof connect>[0] | undefined;
  pool.connect = ((heard: Heard) => (heard ? connect(heard) : connectSaying())) as typeof pool.connect;
  return pool;
}

const cannot_connect_now = '57P03';

function sayPassing(error: unknown): never {
  if (!passesByItself(error)) throw error;
  throw Object.assign(new Error('The database is away or busy.', { cause: error }), { code: cannot_connect_now });
}

function asTasks(jobs: Jobs): TaskList {
  return Object.fromEntries(
    Object.entries(jobs).map(([name, work]) => [
      name,
      async (payload, { job }) => work(payload, { attempt: job.attempts, attempts_max: job.max_attempts }),
    ]),
  );
}

/** The worker tells much at `info`; that it started and every job it ended is of interest only when looking for a fault. */
function quietLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;
  return new Logger((scope) => (level, message, meta) => {
    const error = meta && 'error' in meta ? meta.error : undefined;
    log[levels[level as keyof typeof levels] ?? 'debug']({ task: scope.taskIdentifier, job: scope.jobId, err: error }, message);
  });
}

export type DeadJob = { id: bigint; name: string; attempts: number; last_error: string; run_at: Temporal.Instant };

/** Jobs that failed as often as they may, for the operator's desk. */
export function deadJobs(db: Db): Promise<DeadJob[]> {
  return rows<DeadJob>(
    db,
    sql`select id, name, attempts, last_error, run_at from waiting_jobs where attempts >= attempts_max and locked_at is null
      order by run_at desc limit 100`,
  );
}

/** How long the oldest job that may run has been waiting, in seconds; 0 when none waits. */
export async function queueAge(db: Db): Promise<number> {
  const found = await row<{ seconds: number | null }>(
    db,
    sql`select extract(epoch from now() - min(run_at))::float8 as seconds from waiting_jobs
      where attempts < attempts_max and locked_at is null and run_at <= now()`,
  );
  return Math.max(0, found?.seconds ?? 0);
}
