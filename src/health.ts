import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import { Hono } from 'hono';
import { only, row, rows, sql } from './platform/db.ts';
import { addressesAlong, type Deps } from './platform/http.ts';
import { queueAge } from './platform/jobs.ts';
import type { Metrics } from './platform/metrics.ts';
import { readMigrations } from './platform/migrate.ts';
import { project_root } from './platform/postgres-place.ts';
import type { AppEnv } from './visits/index.ts';

/** Answers what is wrong, or null. */
export type Check = () => Promise<string | null>;
export type Checks = Record<string, Check>;

export type Health = { stopping: boolean };

const lag_ms_max = 2_000;
const waiting_s_max = 300;

/** `/live` asks nothing of anybody; `/ready` says whether requests should be sent here; `/version` and `/metrics`. */
export function healthRoutes(deps: Deps, metrics: Metrics, health: Health, more: Checks): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const checks: Checks = {
    database: () => whyNotWritable(deps),
    migrations: () => whyNotCurrent(deps),
    jobs: async () => tooLong('a job', await queueAge(deps.db)),
    events: async () => tooLong('an event', await eventAge(deps)),
    event_loop: () => Promise.resolve(whyLate(metrics.loopDelayMs())),
    ...more,
  };
  app.get('/live', (c) => c.json({ live: true }));
  app.get('/version', (c) => c.json({ name: 'acequia', version: versionOf() }));
  app.get('/ready', async (c) => {
    const problems = health.stopping ? { server: 'stopping' } : await problemsOf(checks);
    c.header('cache-control', 'no-store');
    return c.json({ ready: Object.keys(problems).length === 0, problems }, Object.keys(problems).length === 0 ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    if (!addressesAlong(c).every(isNear)) return c.notFound();
    return c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType });
  });
  return app;
}

async function problemsOf(checks: Checks): Promise<Record<string, string>> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await check().catch((error: unknown) => String(error))] as const),
  );
  return Object.fromEntries(found.flatMap(([name, problem]) => (problem === null ? [] : [[name, problem]])));
}

async function whyNotWritable({ db }: Deps): Promise<string | null> {
  const { writable } = await only<{ writable: boolean }>(
    db,
    sql`select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as writable`,
  );
  return writable ? null : 'the database only reads';
}

async function whyNotCurrent({ db }: Deps): Promise<string | null> {
  const applied = new Set(
    (await rows<{ name: string }>(db, sql`select name from migrations`)).map((migration) => migration.name),
  );
  const missing = readMigrations(join(project_root, 'migrations')).filter((migration) => !applied.has(migration.name));
  return missing.length === 0 ? null : `${missing.map((migration) => migration.name).join(', ')} did not run`;
}

/** Age by the order of events, not by their dates: those of moved clocks and of history lie. */
async function eventAge({ db }: Deps): Promise<number> {
  const found = await row<{ age_s: number }>(
    db,
    sql`select extract(epoch from moment() - at)::float8 as age_s from events where reacted_at is null order by id limit 1`,
  );
  return found?.age_s ?? 0;
}

function whyLate(late_ms: number): string | null {
  return late_ms > lag_ms_max ? `the event loop is ${Math.round(late_ms)} ms late` : null;
}

function tooLong(what: string, age_s: number): string | null {
  return age_s > waiting_s_max ? `${what} waits for ${Math.round(age_s)} s` : null;
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(project_root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** Figures of the machine are for the machines around it. What is no address is not near. */
function isNear(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && nearby.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** This machine and private networks. Addresses of IPv4 written as IPv6 count as what they are. */
const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8);
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
