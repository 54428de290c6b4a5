import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import type pg from 'pg';
import { demonstration_password, plant } from '../seeds/plant.ts';
import { type App, type AppDeps, buildApp } from '../src/app.tsx';
import { handleWebhooks } from '../src/contributions/index.ts';
import { type Gateways, openGateways } from '../src/gateways/index.ts';
import { prepareLook } from '../src/look/index.ts';
import { openClock } from '../src/platform/clock.ts';
import type { Config } from '../src/platform/config.ts';
import { connect, type Db, only, rows, sql } from '../src/platform/db.ts';
import { createLog } from '../src/platform/log.ts';
import type { Bindings } from '../src/platform/page-cache.ts';
import { freePort } from '../src/platform/postgres.ts';
import { project_root } from '../src/platform/postgres-place.ts';
import { brokenPromises } from '../src/platform/promises.ts';
import { atEnd, onDatabase, onServer, templateOn, testConfig, testDb } from '../src/platform/testing.ts';
import { promises } from '../src/promises.ts';
import { react } from '../src/reactions.ts';
import { tend } from '../src/rounds/index.ts';
import { deliverWebhooks, webhookSecret } from '../src/sandbox/index.ts';

/** It is always this moment when a story begins: a Sunday afternoon in the planted town, whatever the clock on the wall says. */
export const town_time = Temporal.Instant.from('2026-11-22T15:00:00Z');

export type House = {
  /** Where a browser finds it. */
  origin: string;
  /** Of its database. */
  url: string;
  db: Db;
  /** As the owner of the tables: to arrange what a story needs. */
  owner: Db;
  config: Config;
  app: App;
  deps: AppDeps;
  /** Everything that waits for a worker is done now: webhooks, rounds, charges, reactions, until nothing waits. */
  settle(): Promise<void>;
  /** Asks every promise about money. */
  hold(): Promise<void>;
};

type Wish = {
  /** Stands between the application and its gateways. */
  gateways?: (real: Gateways) => Gateways;
};

/** The real application on a port of its own, in a freshly planted town; without workers of its own, so that a story decides when they act. */
export async function openHouse(wish: Wish = {}): Promise<House> {
  const url = await plantedDatabase();
  const port = await freePort();
  const config = testConfig({ PORT: String(port), ORIGIN: `http://localhost:${port}` });
  const connection = connect(url, { max: 16 });
  const owner = connect(url, { max: 3, role: 'worker', as_app: false });
  const { db } = connection;
  const log = createLog('silent');
  const real = openGateways(db, { origin: config.origin, webhook_secret: webhookSecret(config.secret) });
  const gateways = wish.gateways?.(real) ?? real;
  const post = { origin: config.origin, secret: config.secret };
  const catchUp = async () => {
    await tend({ db, gateways });
    while ((await react({ db, log, post })) > 0);
  };
  const deps: AppDeps = { config, db, log, clock: openClock(db, 'movable', 0), gateways, catchUp };
  await prepareLook({ development: true });
  const app = buildApp(deps);
  const server = await serve(app, port);
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    app.close();
    await Promise.all([connection.close(), owner.close()]);
  });
  const settle = async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const delivered = await deliverWebhooks(deps, app.send);
      const handled = await handleWebhooks(deps);
      await catchUp();
      if (delivered + handled === 0) return;
    }
  };
  return { origin: config.origin, url, db, owner: owner.db, config, app, deps, settle, hold: () => hold(db) };
}

/** Fails with the offending rows when a promise about money is broken. */
export async function hold(db: Db): Promise<void> {
  assert.deepEqual(await brokenPromises(db, promises), []);
}

/** Moves the clock of the house to an instant, without living through what lies between. */
export async function moveTo(owner: Db, at: Temporal.Instant): Promise<void> {
  await sql`update clock set frozen_at = null, shift = ${at}::timestamptz - now()`.execute(owner);
}

export type Mail = { kind: string; to_address: string; subject: string; html: string; body_text: string };

/** Every mail in the outbox to this address, oldest first. */
export function mailsTo(db: Db, address: string): Promise<Mail[]> {
  return rows<Mail>(
    db,
    sql`select kind, to_address, subject, html, body_text from mails where to_address = ${address} order by created_at, id`,
  );
}

export type Gift = {
  id: string;
  state: string;
  amount_cents: bigint;
  name: string;
  person_id: string | null;
  /** Sum of what the ledger booked for it. */
  booked: bigint;
  payments: number;
};

/** What the books know of the contributions from this address. */
export function giftsOf(db: Db, email: string): Promise<Gift[]> {
  return rows<Gift>(
    db,
    sql`select c.id, c.state, c.amount_cents, c.name, c.person_id,
               (select count(*) from movements m join entries e on e.id = m.entry_id where e.subject_id = c.id) as booked,
               (select count(*)::int from payments p where p.contribution_id = c.id) as payments
          from contributions c where c.email = ${email} order by c.started_at, c.id`,
  );
}

/** The end of the round (or of the days of grace) in which a campaign is. */
export async function endOf(db: Db, slug: string): Promise<Temporal.Instant> {
  const { at } = await only<{ at: Temporal.Instant }>(
    db,
    sql`select case when k.state = 'collecting' then k.grace_ends_at else k.ends_at end as at
          from campaigns k join projects p on p.id = k.project_id where p.slug = ${slug}`,
  );
  return at;
}

export const password = demonstration_password;

async function serve(app: App, port: number): Promise<Server> {
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env as Bindings) }) as Server;
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, done);
  });
  return server;
}

/** A copy of the town, which is planted once for all stories of a run. It is dropped when the file's tests are over. */
export async function plantedDatabase(): Promise<string> {
  const near = await testDb({ max: 1 });
  const name = `${new URL(near.url.replace('@/', '@localhost/')).pathname.slice(1)}_town`;
  const url = onDatabase(near.url, name);
  await onServer(near.server, async (client) => {
    await client.query(`create database ${name} template ${await townOn(near.server, client)}`);
  });
  atEnd(() => onServer(near.server, (client) => client.query(`drop database if exists ${name} with (force)`)));
  const owner = connect(url, { max: 1, role: 'worker', as_app: false });
  await moveTo(owner.db, town_time);
  await owner.close();
  return url;
}

async function townOn(server: string, client: pg.Client): Promise<string> {
  const template = await templateOn(server);
  const name = `acequia_planted_${whatThePlantingReads()}`;
  await client.query('select pg_advisory_lock(4217003)');
  try {
    const kept = await client.query<{ datname: string }>(
      `select datname from pg_database where datname like 'acequia\\_planted\\_%'`,
    );
    if (kept.rows.some(({ datname }) => datname === name)) return name;
    // Towns of earlier versions, on a server that stays. One that is being copied at this moment stays, too.
    for (const { datname } of kept.rows) await client.query(`drop database if exists ${datname}`).catch(() => undefined);
    const building = `${name}_building`;
    await client.query(`create database ${building} template ${template}`);
    await plantTown(onDatabase(server, building));
    await client.query(`alter database ${building} rename to ${name}`);
    return name;
  } finally {
    await client.query('select pg_advisory_unlock(4217003)');
  }
}

/** The same seeds planted by the same code give the same town. */
function whatThePlantingReads(): string {
  const hash = createHash('sha256');
  const read = ['migrations/*.sql', 'seeds/**/*.{ts,json}', `src/{${planting_rooms}}/*.ts`];
  for (const path of globSync(read, { cwd: project_root }).sort()) {
    if (!path.includes('.test.')) hash.update(readFileSync(join(project_root, path)));
  }
  return hash.digest('hex').slice(0, 16);
}

const planting_rooms = 'kit,ledger,gateways,projects,rewards,returns,contributions,rounds';

async function plantTown(url: string): Promise<void> {
  const owner = connect(url, { role: 'worker', as_app: false, max: 12 });
  const gateways = openGateways(owner.db, {
    origin: 'http://localhost',
    webhook_secret: 'nobody listens while the town is planted',
  });
  await plant({ db: owner.db, gateways, now: town_time, without_history: true });
  await owner.close();
}
