import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { default_settings, settingsOf } from './node.ts';
import { allNodes, forgetNodes, mainNode, nodeByDomain, nodeBySlug } from './queries.ts';
import { plantNode } from './testing.ts';

const { db, owner } = await testDb();

describe('settings of a node', () => {
  test('are the defaults with what the node changed', () => {
    const settings = settingsOf({ round_days: 30, minimum_contribution_cents: '500', retry_days: [2, 4], unheard_of: true });
    assert.equal(settings.round_days, 30);
    assert.equal(settings.minimum_contribution_cents, 500n);
    assert.deepEqual(settings.retry_days, [2, 4]);
    assert.equal(settings.grace_days, default_settings.grace_days);
    assert.equal('unheard_of' in settings, false);
  });

  for (const [key, value] of [
    ['round_days', '30'],
    ['round_days', 1.5],
    ['round_days', -1],
    ['minimum_contribution_cents', '1.00'],
    ['minimum_contribution_cents', -5],
    ['retry_days', [1, 'x']],
    ['retry_days', 3],
    ['fee_bp', null],
  ] as const) {
    test(`${key} = ${JSON.stringify(value)} is refused loudly`, () =>
      assert.throws(() => settingsOf({ [key]: value }), new RegExp(key)));
  }
});

describe('nodes', () => {
  test('are found by slug and domain, with their host, and kept a few seconds', async () => {
    await assert.rejects(mainNode(db), /no main node/);
    const main = await plantNode(db);
    const own = await plantNode(db, { slug: 'euskadi', domain: 'euskadi.example', settings: { round_days: 20 } });
    assert.equal((await mainNode(db)).id, main.id);
    assert.equal((await nodeByDomain(db, 'euskadi.example'))?.id, own.id);
    const found = await nodeBySlug(db, 'euskadi');
    assert.equal(found?.settings.round_days, 20);
    assert.equal(found?.host.slug, 'host-euskadi');
    assert.equal(found?.host.iban, 'ES9121000418450200051332');
    assert.equal(await nodeBySlug(db, 'nowhere'), undefined);
    await sql`update nodes set slug = 'basque' where slug = 'euskadi'`.execute(owner);
    assert.equal((await nodeBySlug(db, 'euskadi'))?.id, own.id, 'kept');
    forgetNodes(db);
    assert.equal(await nodeBySlug(db, 'euskadi'), undefined);
    assert.equal((await allNodes(db))[0]?.kind, 'main');
  });
});
