import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export type Role = 'web' | 'worker' | 'all';
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';

export type Config = Readonly<{
  production: boolean;
  port: number;
  origin: string;
  data_dir: string;
  /** Absent: an embedded PostgreSQL is started in the data folder. */
  database_url: string | null;
  role: Role;
  /** Absent: mails are kept in the database and can be read at /dev/mail. */
  smtp_url: string | null;
  mail_from: string;
  secret: string;
  log_level: LogLevel;
  clock: 'real' | 'movable';
  contributions: boolean;
  sign_up: boolean;
  sandbox: boolean;
}>;

/** A setting that cannot be used. The message is one sentence that says what to write instead. */
export class WrongSetting extends Error {
  override name = 'WrongSetting';
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads every setting once, from the environment.
 * @throws WrongSetting, with a sentence that says what to write instead.
 */
export function readConfig(env: Env = process.env): Config {
  const production = oneOf(env, 'NODE_ENV', ['production', 'development', 'test'], 'development') === 'production';
  const port = readPort(env);
  const data_dir = resolve(text(env, 'DATA_DIR') ?? 'data');
  const origin = readOrigin(env, port, production);
  return Object.freeze({
    production,
    port,
    origin,
    data_dir,
    database_url: readUrl(env, 'DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/acequia'),
    role: oneOf(env, 'ROLE', ['web', 'worker', 'all'], 'all'),
    smtp_url: readUrl(env, 'SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@mail.example.org:587'),
    mail_from: readSender(env, origin),
    secret: readSecret(env, production, data_dir),
    log_level: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    clock: readClock(env, production),
    contributions: readSwitch(env, 'CONTRIBUTIONS', true),
    sign_up: readSwitch(env, 'SIGN_UP', true),
    sandbox: readSwitch(env, 'SANDBOX', !production),
  });
}

function text(env: Env, name: string): string | null {
  const value = env[name]?.trim();
  return value ? value : null;
}

function oneOf<const T extends string>(env: Env, name: string, choices: readonly T[], otherwise: NoInfer<T>): T {
  const value = text(env, name);
  if (value === null) return otherwise;
  const found = choices.find((choice) => choice === value);
  if (found) return found;
  throw new WrongSetting(`${name} is "${value}": write one of ${choices.join(', ')}, or leave it out for ${otherwise}.`);
}

function readSwitch(env: Env, name: string, otherwise: boolean): boolean {
  return oneOf(env, name, ['on', 'off'], otherwise ? 'on' : 'off') === 'on';
}

function readPort(env: Env): number {
  const value = text(env, 'PORT') ?? '3000';
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new WrongSetting(`PORT is "${value}": write a whole number from 1 to 65535, for example PORT=3000.`);
}

function readOrigin(env: Env, port: number, production: boolean): string {
  const value = text(env, 'ORIGIN') ?? `http://localhost:${port}`;
  const url = URL.canParse(value) ? new URL(value) : null;
  const bare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  if (!bare || !['http:', 'https:'].includes(url.protocol)) {
    throw new WrongSetting(`ORIGIN is "${value}": write scheme and host only, for example ORIGIN=https://acequia.example.org.`);
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (production && url.protocol === 'http:' && !local) {
    throw new WrongSetting(
      `ORIGIN is "${value}": in production write the https address people use, for example https://${url.host}.`,
    );
  }
  return url.origin;
}

/** The value is never repeated in the sentence: it may hold a password. */
function readUrl(env: Env, name: string, protocols: readonly string[], example: string): string | null {
  const value = text(env, name);
  if (value === null) return null;
  // A PostgreSQL address without host (a local socket) is right for libpq but not for URL.
  const parsable = value.replace('@/', '@localhost/');
  if (URL.canParse(parsable) && protocols.includes(new URL(parsable).protocol)) return value;
  throw new WrongSetting(`${name} is not an address of the form ${example}: write it so, or leave it out.`);
}

function readSender(env: Env, origin: string): string {
  const value = text(env, 'MAIL_FROM') ?? `Acequia <no-reply@${new URL(origin).hostname}>`;
  if (/^([^<>\r\n"]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(value)) return value;
  throw new WrongSetting(
    `MAIL_FROM is "${value}": write a name and an address, for example MAIL_FROM="Acequia <hello@example.org>".`,
  );
}

function readClock(env: Env, production: boolean): 'real' | 'movable' {
  const clock = oneOf(env, 'CLOCK', ['real', 'movable'], production ? 'real' : 'movable');
  if (production && clock === 'movable') {
    throw new WrongSetting('CLOCK is "movable": in production time is real, write CLOCK=real or leave it out.');
  }
  return clock;
}

const secret_length_min = 32;

function readSecret(env: Env, production: boolean, data_dir: string): string {
  const value = text(env, 'SECRET');
  if (value !== null) {
    if (value.length >= secret_length_min && !looksDefault(value)) return value;
    throw new WrongSetting(
      `SECRET is too short or easy to guess: write at least ${secret_length_min} random characters, such as the output of "openssl rand -hex 32".`,
    );
  }
  if (production)
    throw new WrongSetting('SECRET is missing: in production write SECRET= followed by the output of "openssl rand -hex 32".');
  return keptSecret(data_dir);
}

function looksDefault(secret: string): boolean {
  const varied = new Set(secret).size >= 10;
  return !varied || /change.?me|secret|password|example|default|acequia|12345678|abcdefgh|your.?(own|key)/i.test(secret);
}

/** Outside production the secret is made once and kept, so that a restart does not sign people out. */
function keptSecret(data_dir: string): string {
  const path = join(data_dir, 'secret');
  const kept = readKept(path);
  if (kept) return kept;
  makeFolder(data_dir);
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    // A link is made whole or not at all: of two processes starting together, both read the same secret.
    linkSync(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(fresh);
  }
  return readFileSync(path, 'utf8').trim();
}

function makeFolder(data_dir: string): void {
  try {
    makeFolders(data_dir);
    // The slash asks for a folder: a file of that name will not do.
    accessSync(`${data_dir}/`, constants.W_OK);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongSetting(`DATA_DIR is ${data_dir}, which cannot be written (${reason}): write the path of a folder of yours.`);
  }
}

/** Node's own way of making parents never ends where a folder exists and takes no others, as in /proc. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolders(dirname(path));
  mkdirSync(path);
}

function readKept(path: string): string | null {
  try {
    const kept = readFileSync(path, 'utf8').trim();
    chmodSync(path, 0o600);
    if (kept.length >= secret_length_min) return kept;
    throw new WrongSetting(`The file ${path} does not hold a usable secret: delete it, a new one is made at the next start.`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code))) return null;
    throw error;
  }
}
