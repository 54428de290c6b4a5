import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, type Log } from './log.ts';

function logged(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(createLog('debug', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

const secrets: [string, (log: Log) => void][] = [
  ['a token', (log) => log.info({ token: 'hunter2' }, 'x')],
  ['a nested cookie', (log) => log.info({ request: { headers: { cookie: 'hunter2', authorization: 'Bearer hunter2' } } }, 'x')],
  ['a key in an address', (log) => log.info('GET /reset?next=/me&token=hunter2 done')],
  ['a password in an address', (log) => log.warn({ err: new Error('connect postgres://me:hunter2@db/x') }, 'x')],
  ['the body of a mail', (log) => log.info({ mail: { id: 1, html: 'hunter2', text: 'hunter2' } }, 'x')],
  [
    'details of a database error',
    (log) => log.error(Object.assign(new Error('duplicate'), { code: '23505', detail: 'Key (x)=(hunter2)' })),
  ],
];
for (const [name, write] of secrets) {
  test(`never logged: ${name}`, () => {
    const line = logged(write);
    assert.ok(line.length > 10);
    assert.doesNotMatch(line, /hunter2/);
  });
}

test('never logged: an account number, spaced or not', () => {
  const line = logged((log) => log.info({ note: 'to ES91 2100 0418 4502 0005 1332' }, 'from FR7630006000011234567890189 today'));
  assert.doesNotMatch(line, /2100|30006/);
  assert.match(line, /\[iban\]/);
});

test('logged: what helps', () => {
  const error = Object.assign(new Error('round_is_closed', { cause: new Error('late') }), {
    code: 'P0001',
    constraint: 'one_round',
  });
  const line = JSON.parse(
    logged((log) => log.error({ err: error, cents: 2_100n, at: Temporal.Instant.from('2026-01-01T00:00:00Z') }, 'said no')),
  );
  assert.equal(line.level, 'error');
  assert.equal(line.msg, 'said no');
  assert.equal(line.cents, '2100');
  assert.equal(line.at, '2026-01-01T00:00:00Z');
  assert.equal(line.err.code, 'P0001');
  assert.equal(line.err.constraint, 'one_round');
  assert.equal(line.err.cause.message, 'late');
});
