import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Reading, readGiving } from './form.ts';

const about: Reading = {
  locale: 'en',
  currency: 'EUR',
  min_cents: 100n,
  max_cents: 1_000_000n,
  reward: null,
  why_not_other: 'other_campaign_is_closed',
  account_email: null,
  methods: ['sandbox', 'transfer'],
};
const good = { amount: '2000', email: 'ana@example.org', name: 'Ana', method: 'sandbox' };
const id = '01a20433-87e7-7715-ae61-4f766fa5dc96';

function problemsOf(form: Record<string, string>, more: Partial<Reading> = {}, lines: string[] = []): Record<string, string> {
  const read = readGiving({ ...good, ...form }, lines, { ...about, ...more });
  return 'problems' in read ? read.problems : {};
}

function readOf(form: Record<string, string>, more: Partial<Reading> = {}, lines: string[] = []) {
  const read = readGiving({ ...good, ...form }, lines, { ...about, ...more });
  assert.ok('ok' in read, 'problems' in read ? JSON.stringify(read.problems) : '');
  return read.ok;
}

const typed_amounts: [typed: string, locale: 'en' | 'fr' | 'es', outcome: bigint | string][] = [
  ['20', 'en', 2_000n],
  ['20.50', 'en', 2_050n],
  ['20,50', 'fr', 2_050n],
  ['20,5', 'es', 2_050n],
  ['1 234,50', 'fr', 123_450n],
  ['1.234', 'es', 123_400n],
  ['€35', 'en', 3_500n],
  ['0', 'en', 'amount_is_not_positive'],
  ['-5', 'en', 'amount_is_not_positive'],
  ['−5', 'fr', 'amount_is_not_positive'],
  ['0.001', 'en', 'amount_has_too_many_decimals'],
  ['0.50', 'en', 'amount_is_too_small'],
  ['1e309', 'en', 'amount_is_not_a_number'],
  ['1e3', 'en', 'amount_is_not_a_number'],
  ['NaN', 'en', 'amount_is_not_a_number'],
  ['Infinity', 'en', 'amount_is_not_a_number'],
  ['0x10', 'en', 'amount_is_not_a_number'],
  ['２０', 'en', 'amount_is_not_a_number'],
  ['٢٠', 'en', 'amount_is_not_a_number'],
  ['9223372036854775808', 'en', 'amount_is_too_large'],
  ['10000.01', 'en', 'amount_is_too_large'],
  ['20 000', 'fr', 'amount_is_too_large'],
  ['1,234', 'fr', 'amount_is_ambiguous'],
  ['twenty', 'en', 'amount_is_not_a_number'],
  ['20 euros please', 'en', 'amount_is_not_a_number'],
  ['9'.repeat(500), 'en', 'amount_is_not_a_number'],
];
for (const [typed, locale, outcome] of typed_amounts) {
  test(`typed ${typed.slice(0, 24)} in ${locale}: ${outcome}`, () => {
    const form = { amount: 'other', amount_free: typed };
    if (typeof outcome === 'bigint') assert.equal(readOf(form, { locale }).amount_cents, outcome);
    else assert.deepEqual(problemsOf(form, { locale }), { amount: outcome });
  });
}

const buttons: [value: string, outcome: bigint | string][] = [
  ['2000', 2_000n],
  ['0', 'amount_is_not_positive'],
  ['-500', 'amount_is_not_positive'],
  ['99', 'amount_is_too_small'],
  ['1000001', 'amount_is_too_large'],
  ['9223372036854775808', 'amount_is_too_large'],
  ['1e3', 'amount_is_not_a_number'],
  ['0x10', 'amount_is_not_a_number'],
  ['2000.5', 'amount_is_not_a_number'],
  ['２０００', 'amount_is_not_a_number'],
  ['[object Object]', 'amount_is_not_a_number'],
  ['null', 'amount_is_not_a_number'],
];
for (const [value, outcome] of buttons) {
  test(`button ${value}: ${outcome}`, () => {
    if (typeof outcome === 'bigint') assert.equal(readOf({ amount: value }).amount_cents, outcome);
    else assert.deepEqual(problemsOf({ amount: value }), { amount: outcome });
  });
}

const outcomes: [what: string, form: Record<string, string>, more: Partial<Reading>, problems: Record<string, string>][] = [
  ['nothing chosen, nothing typed', { amount: '' }, {}, { amount: 'amount_is_missing' }],
  ['other, and nothing typed', { amount: 'other', amount_free: ' ' }, {}, { amount: 'amount_is_missing' }],
  ['a button and another amount typed', { amount: '2000', amount_free: '35' }, {}, { amount: 'amount_is_said_twice' }],
  ['a button and the same amount typed', { amount: '2000', amount_free: '20' }, {}, {}],
  ['a tip and another tip typed', { tip: '100', tip_free: '3' }, {}, { tip: 'amount_is_said_twice' }],
  ['no tip, and one typed', { tip: '0', tip_free: '3' }, {}, { tip: 'amount_is_said_twice' }],
  ['a tip below zero', { tip: '-100' }, {}, { tip: 'amount_is_not_positive' }],
  ['a tip that is no number', { tip: 'other', tip_free: '1e3' }, {}, { tip: 'amount_is_not_a_number' }],
  ['a tip typed as zero', { tip: 'other', tip_free: '0,00' }, {}, {}],
  ['a reward of another campaign', { reward: id }, {}, { reward: 'reward_is_gone' }],
  [
    'a reward that asks',
    { reward: id },
    { reward: { id, asks_question: true, needs_address: true } },
    { [`answer_${id}`]: 'answer_is_missing', [`address_${id}`]: 'address_is_missing' },
  ],
  [
    'a reward that was answered',
    { reward: id, [`answer_${id}`]: 'blue' },
    { reward: { id, asks_question: true, needs_address: false } },
    {},
  ],
  ['own lines, none ticked', { wish: 'lines' }, {}, { wish: 'lines_are_missing' }],
  ['another campaign, none chosen', { if_failed: 'another_campaign' }, {}, { other: 'other_campaign_is_missing' }],
  ['another campaign that closed', { if_failed: 'another_campaign', other: id }, {}, { other: 'other_campaign_is_closed' }],
  ['another campaign', { if_failed: 'another_campaign', other: id }, { why_not_other: null }, {}],
  [
    'another campaign, one’s own',
    { if_failed: 'another_campaign', other: id },
    { why_not_other: 'own_other_campaign' },
    { other: 'own_other_campaign' },
  ],
  ['a wallet for somebody without account', { if_failed: 'wallet' }, {}, { if_failed: 'wallet_needs_account' }],
  ['paid from a wallet without account', { method: 'wallet' }, {}, { method: 'wallet_needs_account' }],
  ['paid with cash from afar', { method: 'cash' }, {}, { method: 'method_is_unknown' }],
  ['no way to pay', { method: '' }, {}, { method: 'method_is_missing' }],
  ['an unknown visibility', { visibility: 'secret' }, {}, { visibility: 'choice_is_unknown' }],
  ['no e-mail', { email: ' ' }, {}, { email: 'email_is_missing' }],
  ['an e-mail without place', { email: 'ana@' }, {}, { email: 'email_is_not_an_address' }],
  ['an e-mail with a header', { email: 'ana@example.org\nbcc: x@example.org' }, {}, { email: 'email_is_not_an_address' }],
  ['no name', { name: '' }, {}, { name: 'name_is_missing' }],
  ['a name of two lines', { name: 'Ana\nLópez' }, {}, { name: 'text_has_too_many_lines' }],
  ['10,000 combining marks', { message: `a${'\u0301'.repeat(10_000)}` }, {}, { message: 'text_is_too_long' }],
  ['a message that turns its direction', { message: 'a\u202eb' }, {}, { message: 'text_has_forbidden_characters' }],
];
for (const [what, form, more, problems] of outcomes) {
  test(`${what}: ${Object.values(problems).join(', ') || 'yes'}`, () => assert.deepEqual(problemsOf(form, more), problems));
}

test('everything that is wrong is told at once', () => {
  const problems = problemsOf({ amount: '', email: '', name: '', method: '' });
  assert.deepEqual(Object.keys(problems).sort(), ['amount', 'email', 'method', 'name']);
});

test('unknown fields change nothing; whoever is signed in gives with the account’s address', () => {
  const read = readOf({ state: 'collected', person_id: id, email: 'else@example.org' }, { account_email: 'ana@example.org' });
  assert.equal(read.email, 'ana@example.org');
  assert.deepEqual(Object.keys(read).sort(), [
    'address',
    'amount_cents',
    'email',
    'if_failed',
    'message',
    'method',
    'name',
    'redirect_campaign_id',
    'reward_answer',
    'reward_id',
    'tip_cents',
    'visibility',
    'wish',
  ]);
});

test('lines are kept once each, and only ids', () => {
  assert.deepEqual(readOf({ wish: 'lines' }, {}, [id, id, "'; drop table"]).wish, [id]);
  assert.deepEqual(readOf({ wish: 'needed' }, {}, [id]).wish, []);
});
