import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { demonstration_password } from '../seeds/plant.ts';
import { type App, type AppDeps, buildApp } from '../src/app.tsx';
import { handleWebhooks } from '../src/contributions/index.ts';
import { crontab, jobs } from '../src/crontab.ts';
import { openGateways } from '../src/gateways/index.ts';
import { type Installation, openInstallation } from '../src/installation.ts';
import { prepareLook } from '../src/look/index.ts';
import { openClock } from '../src/platform/clock.ts';
import { type Config, readConfig, WrongSetting } from '../src/platform/config.ts';
import { connect, type Db, rows, sql } from '../src/platform/db.ts';
import { runJobs } from '../src/platform/jobs.ts';
import { createLog, type Log } from '../src/platform/log.ts';
import { keepDoing } from '../src/platform/loop.ts';
import { keepSending, openTransport } from '../src/platform/mail.ts';
import type { Bindings } from '../src/platform/page-cache.ts';
import { react, runReactions } from '../src/reactions.ts';
import { tend } from '../src/rounds/index.ts';
import { deliverWebhooks, webhookSecret } from '../src/sandbox/index.ts';
import { prepareInstallation } from './first-start.ts';

type Stop = () => Promise<unknown>;

const say = (sentence: string) => console.log(sentence);
const stop_within_ms = 25_000;

try {
  await main();
} catch (error) {
  // What was expected to go wrong is told in a sentence; anything else with where it happened.
  const expected =
    error instanceof WrongSetting ||
    (error instanceof Error && !(error instanceof TypeError) && !('code' in error && error.code === 'ERR_ASSERTION'));
  console.error(expected ? `Acequia did not start. ${(error as Error).message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.log_level);
  await refuseTakenPort(config);
  const installation = await openInstallation(config, say);
  await prepareInstallation(config, installation, say);
  const onLost = (error: Error) => log.warn({ err: error }, 'connection to the database lost, it is opened again');
  const connection = connect(installation.url, { role: config.role === 'worker' ? 'worker' : 'web', max: 16, onLost });
  const deps = together(config, connection.db, log);
  await prepareLook({ development: !config.production });
  const app = buildApp(deps);
  const drain = await listen(app, config, log);
  const rest = config.role === 'web' ? goodbyes : await work(installation, config, log, app);
  stopOnSignal(log, app, [drain, rest, () => Promise.resolve(app.close()), connection.close, goodbyes, installation.close]);
  if (config.role !== 'worker') await announce(config, connection.db);
}

/** What everything stands on, over one connection. */
function together(config: Config, db: Db, log: Log): AppDeps {
  const gateways = openGateways(db, { origin: config.origin, webhook_secret: webhookSecret(config.secret) });
  const reacting = { db, log, post: { origin: config.origin, secret: config.secret } };
  const catchUp = async () => {
    await tend({ db, gateways });
    while ((await react(reacting)) > 0);
  };
  return { config, db, log, clock: openClock(db, config.clock), gateways, catchUp };
}

/** What happens without anybody asking for a page: reactions, mails, jobs, and the sandbox company's webhooks that were late on purpose. */
async function work(installation: Installation, config: Config, log: Log, app: App): Promise<Stop> {
  const onLost = (error: Error) => log.warn({ err: error }, 'connection to the database lost, it is opened again');
  const connection = connect(installation.url, { role: 'worker', max: 8, onLost });
  const deps = together(config, connection.db, log);
  const transport = openTransport(config);
  const deliver = async () => (await deliverWebhooks(deps, app.send)) > 0;
  const running = [
    runReactions({ db: deps.db, log, post: { origin: config.origin, secret: config.secret } }),
    ...(transport ? [keepSending(deps.db, transport, log)] : []),
    keepDoing({ log, name: 'inbox of webhooks', every_ms: 2_000, work: async () => (await handleWebhooks(deps)) > 0 }),
    ...(config.sandbox ? [keepDoing({ log, name: 'sandbox webhooks', every_ms: 1_000, work: deliver })] : []),
    await runJobs({ url: installation.url, jobs: jobs(deps), crontab, log }),
  ];
  return async () => {
    await Promise.all(running.map((each) => each.stop()));
    await connection.close();
  };
}

/** Answers until told to stop. A worker answers too: `/live`, `/ready` and `/metrics` are asked of it. */
async function listen(app: App, config: Config, log: Log): Promise<Stop> {
  const serverOptions = { headersTimeout: 15_000, requestTimeout: 60_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 };
  const server = createAdaptorServer({ fetch: (request, env) => app.fetch(request, env as Bindings), serverOptions }) as Server;
  // Whoever keeps a connection open is told to come back on another, which by then leads elsewhere.
  const sendElsewhere = (response: ServerResponse) => response.headersSent || response.setHeader('connection', 'close');
  const under_way = new Set<ServerResponse>();
  server.prependListener('request', (_request, response) => {
    under_way.add(response);
    response.once('close', () => under_way.delete(response));
    if (app.health.stopping) sendElsewhere(response);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'EADDRINUSE' ? new Error(portIsTaken(config)) : error),
    );
    server.listen(config.port, done);
  });
  server.on('error', (error) => log.error({ err: error }, 'the server'));
  return async () => {
    under_way.forEach(sendElsewhere);
    // Time for `/ready` to be asked and for kept connections to end.
    await sleep(config.production ? 2_000 : 200);
    const closed = new Promise<void>((done) => server.close(() => done()));
    server.closeIdleConnections();
    const over = setTimeout(() => server.closeAllConnections(), stop_within_ms - 7_000);
    await closed;
    clearTimeout(over);
  };
}

/** Closed connections say goodbye a moment later: the database should still be there to hear it. */
function goodbyes(): Promise<void> {
  return sleep(100);
}

/** Asked before anything is started or planted: nobody wants to wait for a minute and be told then. */
async function refuseTakenPort(config: Config): Promise<void> {
  const probe = createServer();
  await new Promise<void>((done, fail) => {
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? fail(new Error(portIsTaken(config))) : done(),
    );
    probe.listen(config.port, () => probe.close(() => done()));
  });
}

function portIsTaken({ port }: Config): string {
  return `Port ${port} is taken: stop what uses it, or choose another, for example PORT=${port + 1} npm start.`;
}

/** Ready says no, nothing new is accepted, what runs is finished, the database stops last. */
function stopOnSignal(log: Log, app: App, stops: readonly Stop[]): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    app.health.stopping = true;
    log.info({ signal }, 'stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, stop_within_ms).unref();
    for (const each of stops) await each().catch((error: unknown) => log.error({ err: error }, 'while stopping'));
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal));
}

async function announce({ origin, production }: Config, db: Db): Promise<void> {
  say(`\n  Acequia is open: ${origin}\n`);
  if (production) return;
  say(`  Mails        ${origin}/dev/mail\n  Clock        ${origin}/dev/clock\n  Components   ${origin}/dev/style\n`);
  say(`  Sign in at ${origin}/sign-in with the password ${demonstration_password}:`);
  for (const { email, roles } of await demonstrationPeople(db)) say(`    ${email.padEnd(28)} ${roles ?? 'no role'}`);
  say('\n  Stop with Ctrl-C.\n');
}

/** Those of the planted town who have a password. */
function demonstrationPeople(db: Db): Promise<{ email: string; roles: string | null }[]> {
  return rows(
    db,
    sql`select p.email, (select string_agg(distinct r.role, ', ') from roles r where r.person_id = p.id) as roles
          from people p where p.email like '%@acequia.example' and exists (select from credentials c where c.person_id = p.id and c.password is not null)
         order by p.id`,
  );
}
