import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventsOfSubject } from '../activity/index.ts';
import { newId } from '../kit/index.ts';
import { type Db, sql, transact } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedCampaign, plantCampaign } from '../projects/testing-fixtures.ts';
import { isOpen, markLate, mayReturnMove, promises, returnsOf } from './index.ts';

const { db, owner } = await testDb();

await sql`insert into return_types values ('code', 1, '{"en": "Source code"}')`.execute(owner);
await sql`insert into licences values ('gpl', 1, 'GPL-3.0-only', 'GNU General Public License 3.0', 'GPL 3.0', 'https://www.gnu.org/licenses/gpl-3.0.html',
  true, true, false, false, false, '{code}')`.execute(owner);

async function plantReturn(connection: Db, campaign: PlantedCampaign, due_on: string | null, position = 1): Promise<string> {
  const id = newId<'return'>();
  await sql`insert into returns (id, project_id, campaign_id, position, type, title, licence_id, due_on)
    values (${id}, ${campaign.project_id}, ${campaign.campaign_id}, ${position}, 'code', '{"en": "Programs"}', 'gpl', ${due_on}::date)`.execute(
    connection,
  );
  return id;
}

test('a return comes with its licence and its date', async () => {
  const campaign = await plantCampaign(owner);
  await plantReturn(owner, campaign, '2027-02-01');
  const [one] = await returnsOf(db, campaign.campaign_id);
  assert.equal(one?.licence?.short_name, 'GPL 3.0');
  assert.equal(one?.due_on, '2027-02-01');
  assert.deepEqual(one?.type_name, { en: 'Source code' });
  assert.ok(one?.licence && isOpen(one.licence));
});

test('what is over its date becomes late, once, and says so', async () => {
  const campaign = await plantCampaign(owner, { state: 'funded' });
  const over = await plantReturn(owner, campaign, '2020-01-01');
  await plantReturn(owner, campaign, '2999-01-01', 2);
  assert.equal(await transact(db, markLate), 1);
  assert.equal(await transact(db, markLate), 0);
  assert.deepEqual(
    (await returnsOf(db, campaign.campaign_id)).map(({ state }) => state),
    ['late', 'promised'],
  );
  assert.deepEqual(
    (await eventsOfSubject(db, over)).map(({ kind }) => kind),
    ['return_late'],
  );
});

test('a return moves along its edges only', () => {
  assert.ok(
    mayReturnMove('promised', 'delivered') && mayReturnMove('late', 'delivered') && mayReturnMove('delivered', 'verified'),
  );
  assert.ok(
    !mayReturnMove('promised', 'verified') && !mayReturnMove('verified', 'promised') && !mayReturnMove('delivered', 'late'),
  );
});

test('the promises hold, and notice what breaks them', async () => {
  assert.deepEqual(await brokenPromises(db, promises), []);
  await plantReturn(owner, await plantCampaign(owner, { state: 'funded' }), null);
  assert.deepEqual(
    (await brokenPromises(db, promises)).map(({ promise }) => promise),
    ['funded_return_has_a_due_date'],
  );
});
