import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readConfig, WrongSetting } from './config.ts';

const DATA_DIR = mkdtempSync(join(tmpdir(), 'acequia-config-'));
after(() => rmSync(DATA_DIR, { recursive: true }));
const strong = '9f2b7c61d0e84a35b1c6f7a8092e3d4c5b6a7f80';
const production = { NODE_ENV: 'production', DATA_DIR, SECRET: strong, ORIGIN: 'https://acequia.example' };

test('without settings, everything a first start needs', () => {
  const config = readConfig({ DATA_DIR });
  assert.equal(config.port, 3000);
  assert.equal(config.origin, 'http://localhost:3000');
  assert.equal(config.database_url, null);
  assert.equal(config.role, 'all');
  assert.equal(config.clock, 'movable');
  assert.deepEqual([config.contributions, config.sign_up, config.sandbox], [true, true, true]);
  assert.equal(config.mail_from, 'Acequia <no-reply@localhost>');
});

test('the secret is made once and kept for us alone', () => {
  const first = readConfig({ DATA_DIR }).secret;
  assert.equal(first.length, 64);
  assert.equal(readConfig({ DATA_DIR }).secret, first);
  assert.equal(statSync(join(DATA_DIR, 'secret')).mode & 0o777, 0o600);
});

test('production is stricter, and play money is off there', () => {
  const config = readConfig(production);
  assert.deepEqual([config.production, config.clock, config.sandbox], [true, 'real', false]);
  assert.equal(readConfig({ ...production, SANDBOX: 'on' }).sandbox, true);
  assert.equal(existsSync(join(DATA_DIR, 'secret')), true);
});

const refused: [string, Record<string, string>, RegExp][] = [
  ['a port that is no number', { PORT: '30x0' }, /PORT is "30x0": write a whole number/],
  ['a port too high', { PORT: '70000' }, /from 1 to 65535/],
  ['an origin with a path', { ORIGIN: 'https://a.example/x' }, /ORIGIN is .*scheme and host only/],
  ['an origin that is no address', { ORIGIN: 'a.example' }, /ORIGIN/],
  ['an unknown role', { ROLE: 'boss' }, /ROLE is "boss": write one of web, worker, all/],
  ['a database that is not PostgreSQL', { DATABASE_URL: 'mysql://a/b' }, /DATABASE_URL is not an address of the form postgres:/],
  ['a mail server without scheme', { SMTP_URL: 'mail.example.org' }, /SMTP_URL/],
  ['a sender with a second line', { MAIL_FROM: 'A <a@b.example>\r\nBcc: x@y.example' }, /MAIL_FROM/],
  ['a short secret', { SECRET: 'x' }, /SECRET is too short/],
  ['a default secret', { SECRET: 'change-me-change-me-change-me-change-me' }, /easy to guess/],
  ['a switch that is neither', { SIGN_UP: 'yes' }, /SIGN_UP is "yes": write one of on, off/],
  ['no secret in production', { ...production, SECRET: '' }, /SECRET is missing/],
  ['a data folder that is a file', { DATA_DIR: import.meta.filename }, /DATA_DIR is .*write the path of a folder of yours/],
  ['a data folder nobody can make', { DATA_DIR: '/proc/acequia/data' }, /DATA_DIR is .*write the path of a folder of yours/],
  ['a movable clock in production', { ...production, CLOCK: 'movable' }, /time is real/],
  ['plain http in production', { ...production, ORIGIN: 'http://acequia.example' }, /https/],
];

for (const [name, env, sentence] of refused) {
  test(`refused: ${name}`, () => {
    assert.throws(
      () => readConfig({ DATA_DIR, ...env }),
      (error: unknown) => error instanceof WrongSetting && sentence.test(error.message),
    );
  });
}

test('a refusal never repeats a password', () => {
  const wrong = () => readConfig({ DATA_DIR, DATABASE_URL: 'mysql://root:hunter2@a/b' });
  assert.throws(wrong, (error: Error) => !error.message.includes('hunter2'));
});

test('the address of a local socket is accepted', () => {
  assert.ok(readConfig({ DATA_DIR, DATABASE_URL: 'postgres://me:pw@/acequia?host=%2Ftmp' }).database_url);
});
