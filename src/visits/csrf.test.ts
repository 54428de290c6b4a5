import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formToken, type UnsafeRequest, whyForged } from './csrf.ts';

const secret = 'a secret of at least thirty-two characters';
const base: UnsafeRequest = {
  sec_fetch_site: undefined,
  origin: undefined,
  own_origins: ['https://here.example'],
  person_id: null,
  token: undefined,
  secret,
};
const ana = formToken(secret, 'ana');

describe('a form', () => {
  for (const [what, request, why] of [
    ['of a stranger from our page', { sec_fetch_site: 'same-origin' }, null],
    ['of a stranger from our page in an older browser', { origin: 'https://here.example' }, null],
    ['from another site', { sec_fetch_site: 'cross-site', origin: 'https://evil.example' }, 'form_is_from_elsewhere'],
    [
      'from a neighbour under the same name',
      { sec_fetch_site: 'same-site', origin: 'https://evil.here.example' },
      'form_is_from_elsewhere',
    ],
    ['typed into the address bar', { sec_fetch_site: 'none' }, 'form_is_from_elsewhere'],
    ['from another site in an older browser', { origin: 'https://evil.example' }, 'form_is_from_elsewhere'],
    ['from nowhere', {}, 'form_is_from_elsewhere'],
    ['from a sandboxed frame', { origin: 'null' }, 'form_is_from_elsewhere'],
    ['of a person with her token', { origin: 'https://here.example', person_id: 'ana', token: ana }, null],
    ['of a person with the token of another', { sec_fetch_site: 'same-origin', person_id: 'berta', token: ana }, 'form_is_stale'],
    ['of a person without a token in an older browser', { origin: 'https://here.example', person_id: 'ana' }, 'form_is_stale'],
    ['opened before signing in elsewhere', { sec_fetch_site: 'same-origin', person_id: 'ana', token: '' }, null],
  ] as const) {
    test(`${what}: ${why ?? 'accepted'}`, () => assert.equal(whyForged({ ...base, ...request }), why));
  }
});
