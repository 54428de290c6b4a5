import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, request as send } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { CrashPoint } from '../src/platform/crash.ts';
import { freePort } from '../src/platform/postgres.ts';
import { project_root } from '../src/platform/postgres-place.ts';
import { atEnd, testFolder } from '../src/platform/testing.ts';
import { type Browser, openBrowser } from '../src/visits/testing.ts';

/** Where a server stands: started again, it has the same address, the same database and the same secret. */
export type Place = { url: string; port: number; origin: string; data_dir: string };

export type ServerProcess = {
  /** Not over as long as it is null. */
  child: ChildProcess;
  /** How it ended: `SIGKILL`, or its exit code. Fails when it goes on living for too long. */
  end(): Promise<NodeJS.Signals | number | null>;
  /** The last of what it wrote, for whoever wants to know why. */
  said(): string;
};

export type StartWish = {
  /** Dies the first time it passes this point. */
  crash_at?: CrashPoint;
  /** Without workers: only what somebody asks for happens. */
  role?: 'web';
};

const longest_answer_ms = 10_000;
const longest_start_ms = 30_000;
const longest_end_ms = 26_000;

export async function placeFor(url: string): Promise<Place> {
  const port = await freePort();
  return { url, port, origin: `http://localhost:${port}`, data_dir: testFolder() };
}

/** The real server as a process of its own; answers when it serves. It is killed when the file's tests are over. */
export async function startServer(place: Place, wish: StartWish = {}): Promise<ServerProcess> {
  const env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: place.url,
    PORT: String(place.port),
    DATA_DIR: place.data_dir,
    LOG_LEVEL: 'warn',
    ROLE: wish.role ?? 'all',
    ...(wish.crash_at ? { CRASH_AT: wish.crash_at } : {}),
  };
  const program = wish.crash_at
    ? fileURLToPath(import.meta.resolve('./crashing-server.ts'))
    : join(project_root, 'bin/server.ts');
  const args = ['--import', join(project_root, 'src/platform/tsx.ts'), program];
  const child = spawn(process.execPath, args, { cwd: project_root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  const listen = (chunk: Buffer) => (words = (words + chunk.toString()).slice(-8_000));
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const gone = new Promise<NodeJS.Signals | number | null>((done) => {
    child.once('exit', (code, signal) => done(signal ?? code));
  });
  atEnd(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await gone;
  });
  const end = () =>
    Promise.race([gone, sleep(longest_end_ms, undefined, { ref: false }).then(() => assert.fail(`it lives on:\n${words}`))]);
  const running = { child, end, said: () => words };
  await untilItServes(place, running);
  return running;
}

async function untilItServes({ origin }: Place, { child, said }: ServerProcess): Promise<void> {
  const began_at = performance.now();
  const serves = () =>
    answerOverHttp(new Request(`${origin}/live`)).then(
      (live) => live.ok,
      () => false,
    );
  while (!(await serves())) {
    assert.equal(child.exitCode, null, `the server did not start:\n${said()}`);
    assert.ok(performance.now() - began_at < longest_start_ms, `the server does not serve:\n${said()}`);
    await sleep(20);
  }
}

let visitors = 0;

/** A browser at that address, in a network of its own. `keep`: it keeps its connections open, as real ones do; else each request has its own. */
export function visitorOf({ origin }: Pick<Place, 'origin'>, keep = false): Browser {
  visitors += 1;
  const from = `10.9.${visitors >> 8}.${visitors & 255}`;
  const agent = keep && new Agent({ keepAlive: true });
  return openBrowser((request) => answerOverHttp(request, agent), { origin, headers: { 'x-forwarded-for': from } });
}

/** Asks over the network, follows nothing, and fails when there is no answer in ten seconds. */
export async function answerOverHttp(request: Request, agent: Agent | false = false): Promise<Response> {
  const body = request.method === 'GET' ? '' : await request.text();
  return new Promise((done, fail) => {
    const options = { method: request.method, headers: Object.fromEntries(request.headers), agent };
    const sent = send(request.url, { ...options, signal: AbortSignal.timeout(longest_answer_ms) }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.once('error', fail);
      answer.once('end', () => {
        const headers = new Headers();
        for (const [name, values] of Object.entries(answer.headersDistinct)) {
          for (const value of values ?? []) headers.append(name, value);
        }
        done(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 0, headers }));
      });
    });
    sent.once('error', fail);
    sent.end(body);
  });
}
