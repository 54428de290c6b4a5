import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { common_words } from './common-passwords.ts';
import { whyNotPassword } from './password.ts';

const about = { email: 'nerea.ruiz@example.org', name: 'Nerea Ruiz de Alda', site: 'Acequia' };

describe('a password', () => {
  for (const [password, why] of [
    [undefined, 'password_is_missing'],
    ['', 'password_is_missing'],
    ['1234567', 'password_is_too_short'],
    ['éééé', 'password_is_too_short'],
    ['x'.repeat(201), 'password_is_too_long'],
    ['password', 'password_is_common'],
    ['Password1', 'password_is_common'],
    ['P@ssw0rd!', 'password_is_common'],
    ['contraseña', 'password_is_common'],
    ['motdepasse2024', 'password_is_common'],
    ['12345678', 'password_is_common'],
    ['87654321', 'password_is_common'],
    ['qwertyuiop', 'password_is_common'],
    ['azertyuiop', 'password_is_common'],
    ['aaaaaaaaaa', 'password_is_common'],
    ['abcabcabcabc', 'password_is_common'],
    ['1q2w3e4r5t', 'password_is_common'],
    ['monkeymonkey', 'password_is_common'],
    ['iloveyou123', 'password_is_common'],
    ['nerea.ruiz@example.org', 'password_is_about_you'],
    ['nereaNEREA', 'password_is_about_you'],
    ['Acequia2027', 'password_is_common'],
    ['correct horse battery', null],
    ['el agua baja despacio', null],
    ['kT9#vL2qWz', null],
    [`${'x7'.repeat(32)}and more`, null],
  ] as const) {
    test(`${String(password).slice(0, 30)}: ${why ?? 'taken'}`, () => assert.equal(whyNotPassword(password, about), why));
  }

  test('is compared with about a thousand words', () => assert.ok(common_words.size > 1_000));
});
