import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCrontab } from 'graphile-worker';
import { crontab, jobs, sweep, watchPromises } from './crontab.ts';
import { openGateways } from './gateways/index.ts';
import { only, rows, sql, transact } from './platform/db.ts';
import { createLog } from './platform/log.ts';
import { queueMail } from './platform/mail.ts';
import { brokenPromises } from './platform/promises.ts';
import { testDb } from './platform/testing.ts';
import { plantCampaign, plantContribution } from './projects/testing-fixtures.ts';
import { promises } from './promises.ts';

const { db, owner } = await testDb({ role: 'worker' });
const log = createLog('silent');
const deps = { db, log, gateways: openGateways(db, { origin: 'http://localhost:3000', webhook_secret: 'x' }) };

test('every line of the crontab is a job, and every job has its line', () => {
  const tasks = parseCrontab(crontab).map((item) => item.task);
  assert.deepEqual(tasks.toSorted(), Object.keys(jobs(deps)).toSorted());
});

test('every job runs on an empty and on a living installation', async () => {
  for (const job of Object.values(jobs(deps))) await job({}, { attempt: 1, attempts_max: 1 });
  const campaign = await plantCampaign(owner);
  await plantContribution(owner, campaign, { state: 'collected', method: 'transfer' });
  for (const job of Object.values(jobs(deps))) await job({}, { attempt: 1, attempts_max: 1 });
  assert.deepEqual(await brokenPromises(db, promises), []);
});

test('a promise that breaks is told once, when it is news', async () => {
  const campaign = await plantCampaign(owner);
  await sql`update campaign_totals set secured_cents = 77 where campaign_id = ${campaign.campaign_id}`.execute(owner);
  await watchPromises(deps);
  await watchPromises(deps);
  const told = await rows<{ data: unknown }>(db, sql`select data from events where kind = 'promises_broken'`);
  assert.deepEqual(
    told.map(({ data }) => data),
    [{ promises: ['totals_equal_contributions'] }],
  );
  const last = await only<{ broken: string[] }>(db, sql`select broken from promise_checks order by id desc limit 1`);
  assert.deepEqual(last.broken, ['totals_equal_contributions'], 'the public page says so all the while');
  await sql`update campaign_totals set secured_cents = 0 where campaign_id = ${campaign.campaign_id}`.execute(owner);
  await watchPromises(deps);
  assert.equal((await rows(db, sql`select from events where kind = 'promises_broken'`)).length, 1);
});

test('what has done its service is swept, what waits stays', async () => {
  const mail = (to: string) =>
    transact(db, (trx) => queueMail(trx, { kind: 't', to, locale: 'en', subject: 's', html: 'h', text: 't' }));
  for (const to of ['sent@example.org', 'fresh@example.org', 'failed@example.org']) await mail(to);
  await sql`update mails set created_at = now() - interval '100 days', sent_at = now() - interval '99 days' where to_address = 'sent@example.org'`.execute(
    owner,
  );
  await sql`update mails set created_at = now() - interval '100 days', failed_because = 'no such mailbox' where to_address = 'failed@example.org'`.execute(
    owner,
  );
  await transact(db, sweep);
  const left = await rows<{ to_address: string }>(db, sql`select to_address from mails order by to_address`);
  assert.deepEqual(
    left.map((each) => each.to_address),
    ['failed@example.org', 'fresh@example.org'],
  );
});
