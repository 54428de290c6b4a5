import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { actsOn } from '../activity/index.ts';
import { newId } from '../kit/index.ts';
import { plantNode } from '../nodes/testing.ts';
import { constraintOf, run, sql, transact } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { grantRole, may, roles_of_scope, rolesOf, type Scope, withdrawRole } from './roles.ts';
import { plantPerson } from './testing.ts';

const { db } = await testDb();
const node = await plantNode(db);

describe('a role', () => {
  test('is given once, with its audit row, and taken with another', async () => {
    const giver = await plantPerson(db);
    const person = await plantPerson(db);
    const grant = {
      person_id: person.id,
      role: 'steward' as const,
      scope: 'node' as const,
      scope_id: node.id,
      by: giver.id,
      reason: 'elected',
    };
    await transact(db, (trx) => grantRole(trx, grant));
    await transact(db, (trx) => grantRole(trx, grant));
    const visitor = { roles: await rolesOf(db, person.id) };
    assert.equal(may(visitor, 'steward', 'node', node.id), true);
    assert.equal(may(visitor, 'steward', 'node', newId()), false);
    assert.equal(may(visitor, 'companion', 'node', node.id), false);
    assert.equal(may(visitor, 'operator', 'installation'), false);
    assert.equal(await transact(db, (trx) => withdrawRole(trx, grant)), true);
    assert.equal(await transact(db, (trx) => withdrawRole(trx, grant)), false);
    assert.deepEqual(await rolesOf(db, person.id), []);
    const acts = await actsOn(db, 'person', person.id);
    assert.deepEqual(
      acts.map((act) => [act.act, act.actor_id, act.reason]),
      [
        ['role_granted', giver.id, 'elected'],
        ['role_withdrawn', giver.id, 'elected'],
      ],
    );
  });

  test('fits what it is held on, in the code as in the schema', async () => {
    const person = await plantPerson(db);
    const scopes = Object.keys(roles_of_scope) as Scope[];
    const names = Object.values(roles_of_scope).flat();
    for (const scope of scopes) {
      for (const role of names) {
        const scope_id = scope === 'installation' ? null : newId();
        const by_code = await transact(db, (trx) =>
          grantRole(trx, { person_id: person.id, role, scope, scope_id, by: null }),
        ).then(
          () => true,
          () => false,
        );
        const by_schema = await transact(db, (trx) =>
          run(
            trx,
            sql`insert into roles (person_id, role, scope, scope_id) values (${person.id}, ${role}, ${scope}, ${scope_id ?? null}) on conflict do nothing`,
          ),
        ).then(
          () => true,
          (error: unknown) => constraintOf(error) !== 'role_fits_scope',
        );
        assert.equal(by_code, by_schema, `${role} on ${scope}`);
      }
    }
    await assert.rejects(
      transact(db, (trx) =>
        grantRole(trx, { person_id: person.id, role: 'operator', scope: 'installation', scope_id: newId(), by: null }),
      ),
      /role_does_not_fit/,
    );
  });
});
