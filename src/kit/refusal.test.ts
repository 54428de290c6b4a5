import { deepEqual, equal, ok, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal, refuse } from './refusal.ts';

test('a refusal carries its word, its status and what is wrong with each field', () => {
  const refusal = new Refusal('reward_is_sold_out', 409, { fields: { reward: 'reward_is_sold_out' }, params: { units: 50 } });
  ok(refusal instanceof Error);
  equal(refusal.name, 'Refusal');
  equal(refusal.message, 'reward_is_sold_out');
  equal(refusal.code, 'reward_is_sold_out');
  equal(refusal.status, 409);
  deepEqual(refusal.fields, { reward: 'reward_is_sold_out' });
  deepEqual(refusal.params, { units: 50 });
});

test('refuse throws it, 422 unless said otherwise', () => {
  throws(() => refuse('amount_is_missing'), { name: 'Refusal', code: 'amount_is_missing', status: 422 });
  throws(() => refuse('not_yours', 403), { code: 'not_yours', status: 403 });
});
