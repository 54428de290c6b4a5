import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '../kit/index.ts';
import { constraintOf, rows, run, sql, transact } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { actsOn, auditAct } from './audit.ts';
import { eventsOfSubject, record, recordAll, takeUnreacted } from './events.ts';

const { db, owner } = await testDb();

describe('events', () => {
  test('are true together with the fact, or not at all', async () => {
    const subject_id = newId();
    await assert.rejects(
      transact(db, async (trx) => {
        await record(trx, { kind: 'test_happened', subject_id });
        throw new Error('the fact fell through');
      }),
    );
    assert.deepEqual(await eventsOfSubject(db, subject_id), []);
  });

  test('keep what they were told, at the installation’s moment unless another is given', async () => {
    await sql`update clock set frozen_at = '2027-03-01T12:00:00Z'`.execute(owner);
    const subject_id = newId();
    const at = Temporal.Instant.from('2011-10-04T08:00:00Z');
    const data = { amount_cents: 9_007_199_254_740_993n, why: 'it’s "so"' };
    await transact(db, (trx) =>
      recordAll(trx, [
        { kind: 'first', subject_id, at },
        { kind: 'second', subject_id, data },
      ]),
    );
    const found = await eventsOfSubject(db, subject_id);
    assert.deepEqual(
      found.map((event) => [event.kind, event.at.toString(), event.data]),
      [
        ['first', '2011-10-04T08:00:00Z', {}],
        ['second', '2027-03-01T12:00:00Z', { amount_cents: '9007199254740993', why: 'it’s "so"' }],
      ],
    );
    await transact(db, (trx) => recordAll(trx, []));
  });

  test('are taken once, by any number of workers', async () => {
    await transact(db, (trx) => run(trx, sql`update events set reacted_at = moment()`));
    await transact(db, (trx) =>
      recordAll(
        trx,
        Array.from({ length: 200 }, (_, n) => ({ kind: 'counted', data: { n } })),
      ),
    );
    const worker = async (): Promise<bigint[]> => {
      const taken = await transact(db, (trx) => takeUnreacted(trx, 7));
      return taken.length === 0 ? [] : [...taken.map((event) => event.id), ...(await worker())];
    };
    const taken = (await Promise.all(Array.from({ length: 8 }, worker))).flat();
    assert.equal(taken.length, 200);
    assert.equal(new Set(taken).size, 200);
  });

  test('of a worker that fails are given back', async () => {
    await transact(db, (trx) => record(trx, { kind: 'again' }));
    await assert.rejects(
      transact(db, async (trx) => {
        assert.equal((await takeUnreacted(trx, 10)).length, 1);
        throw new Error('mail is down');
      }),
    );
    assert.equal((await transact(db, (trx) => takeUnreacted(trx, 10)))[0]?.kind, 'again');
  });
});

describe('audit', () => {
  test('says who did what, and is never edited', async () => {
    const target_id = newId();
    const actor_id = newId();
    await transact(db, (trx) =>
      auditAct(trx, {
        actor_id,
        act: 'iban_changed',
        target_kind: 'host',
        target_id,
        before: { last: '1332' },
        after: { last: '9999' },
        reason: 'moved',
      }),
    );
    await transact(db, (trx) => auditAct(trx, { actor_id: null, act: 'checked', target_kind: 'host', target_id }));
    const [first, second] = await actsOn(db, 'host', target_id);
    assert.deepEqual(
      [first?.act, first?.actor_id, first?.before, first?.after, first?.reason],
      ['iban_changed', actor_id, { last: '1332' }, { last: '9999' }, 'moved'],
    );
    assert.deepEqual([second?.act, second?.actor_id, second?.before], ['checked', null, null]);
    await assert.rejects(rows(owner, sql`update audit set act = 'nothing'`), (error) => constraintOf(error) === 'never_changed');
    await assert.rejects(rows(db, sql`delete from audit`));
  });
});
