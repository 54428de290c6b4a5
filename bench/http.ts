import { type ChildProcess, spawn } from 'node:child_process';
import { Agent, type IncomingMessage, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../src/platform/postgres.ts';
import { project_root } from '../src/platform/postgres-place.ts';

export type Served = { origin: string; pid: number; stop(): Promise<void> };

/** Starts a program of ours that answers on a free port, and waits until `path` answers 200. `acequia` is started as `npm start` does. */
export async function serve(program: string, env: Record<string, string>, path: string): Promise<Served> {
  const args = program === 'acequia' ? ['bin/start.mjs', 'start'] : ['--import', './src/platform/tsx.ts', program];
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: project_root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'silent', ...env, PORT: String(port) },
  });
  const origin = `http://localhost:${port}`;
  const began = performance.now();
  while (!(await answers(`${origin}${path}`))) {
    if (child.exitCode !== null || performance.now() - began > 60_000) throw new Error(`${program} did not answer`);
    await sleep(20);
  }
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { origin, pid: child.pid ?? 0, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

export type Answer = { status: number; headers: IncomingMessage['headers']; bytes: number };

/** One visitor: their own loopback address, one kept connection, their cookies. */
export class Visitor {
  readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly address: string;

  constructor(number: number) {
    this.address = `127.${1 + (Math.floor(number / 62_500) % 200)}.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`;
  }

  ask(url: string, options: { headers?: Record<string, string>; form?: Record<string, string> } = {}): Promise<Answer> {
    const body = options.form && new URLSearchParams(options.form).toString();
    const { hostname, port, pathname, search } = new URL(url);
    const headers = {
      ...options.headers,
      ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) } : {}),
    };
    return new Promise((done, fail) => {
      const asked = request(
        {
          host: hostname === 'localhost' ? '127.0.0.1' : hostname,
          port,
          path: pathname + search,
          method: body ? 'POST' : 'GET',
          headers: { host: `localhost:${port}`, ...headers },
          agent: this.agent,
          localAddress: this.address,
        },
        (answer) => {
          let bytes = 0;
          answer.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
          });
          answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }));
        },
      );
      asked.on('error', fail);
      asked.end(body);
    });
  }

  leave(): void {
    this.agent.destroy();
  }
}
