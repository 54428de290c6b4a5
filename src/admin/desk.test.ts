import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { promises as contribution_promises } from '../contributions/index.ts';
import { newId, reference } from '../kit/index.ts';
import { promises as ledger_promises } from '../ledger/index.ts';
import type { Role } from '../people/index.ts';
import { plantPerson, sessionCookieFor } from '../people/testing.ts';
import { only, row, rows, sql } from '../platform/db.ts';
import { brokenPromises } from '../platform/promises.ts';
import { testDb } from '../platform/testing.ts';
import { type PlantedNode, plantCampaign, plantContribution, plantNode } from '../projects/testing-fixtures.ts';
import { tend } from '../rounds/index.ts';
import { testApp } from '../testing-app.ts';
import { type Browser, openBrowser } from '../visits/testing.ts';

const { db, owner } = await testDb();
const app = testApp(db);
let node: PlantedNode;
let elsewhere: PlantedNode;
let nerea: Browser;
let tomas: Browser;
let treasurer: Browser;
let stranger: Browser;

before(async () => {
  node = await plantNode(owner);
  elsewhere = await plantNode(owner, { slug: 'euskadi' });
  const steward: Role = { role: 'steward', scope: 'node', scope_id: node.id };
  nerea = await enter('Nerea', [steward]);
  tomas = await enter('Tomás', [steward]);
  treasurer = await enter('Ingrid', [{ role: 'treasurer', scope: 'host', scope_id: node.host_id }]);
  stranger = await enter('Nobody', [{ role: 'steward', scope: 'node', scope_id: elsewhere.id }]);
});

test('the desk shows what is under way, in every language', async () => {
  const campaign = await plantCampaign(owner, { node });
  await plantContribution(owner, campaign, { amount_cents: 260_000n });
  await plantCampaign(owner, { node, state: 'funded', title: { en: 'Done long ago' } });
  const desk = await nerea.get('/en/desk');
  assert.equal(desk.status, 200);
  assert.match(desk.text, /A garden on the roof/);
  assert.match(desk.text, /€2,600<\/b>.*of €5,200 \(50%\)/s);
  assert.match(desk.text, /Done long ago/);
  assert.match((await nerea.get('/fr/desk')).text, /Bureau d’intendance/);
  assert.match((await nerea.get('/es/desk/log')).text, /Mesa de coordinación/);
  assert.equal((await stranger.get('/en/desk')).status, 403);
  assert.equal((await treasurer.get('/en/desk')).status, 403);
  assert.equal((await nerea.get('/en/desk/money')).status, 403);
});

test('stopping: a reason is asked, nothing typed is lost, everything goes back', async () => {
  const campaign = await plantCampaign(owner, { node });
  const { id } = await plantContribution(owner, campaign);
  const path = `/en/desk/campaigns/${campaign.campaign_id}/stop`;
  assert.match((await nerea.get(path)).text, /One promise is released/);
  const refused = await nerea.post(path, { reason: 'too<short' });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /too&lt;short<\/textarea>/);
  assert.match(refused.text, /Say why, in at least ten characters/);
  const stopped = await nerea.post(path, { reason: 'The promoter asked us to end it.' });
  assert.equal(stopped.status, 303);
  assert.match((await nerea.follow(stopped)).text, /The campaign is stopped/);
  await tend(app.deps);
  assert.equal((await only<{ state: string }>(db, sql`select state from contributions where id = ${id}`)).state, 'released');
  assert.deepEqual(await acts('campaign', campaign.campaign_id), ['campaign_stopped']);
  assert.equal((await nerea.get(path)).status, 409, 'a second tab learns that it is decided');
  assert.equal((await nerea.post(path, { reason: 'Once more, to be sure.' })).status, 409);
  const other = await plantCampaign(owner, { node: elsewhere });
  const foreign = `/en/desk/campaigns/${other.campaign_id}/stop`;
  assert.equal((await nerea.get(foreign)).status, 404);
  assert.equal((await nerea.post(foreign, { reason: 'Not mine at all, yet I try.' })).status, 404);
  assert.equal(
    (await only<{ state: string }>(db, sql`select state from campaigns where id = ${other.campaign_id}`)).state,
    'round_one',
  );
});

test('cash up to the limit counts at once, and once', async () => {
  const campaign = await plantCampaign(owner, { node });
  const form_key = newId();
  const form = {
    campaign: campaign.campaign_id,
    amount: '25,50',
    name: 'A neighbour',
    email: '',
    visibility: 'anonymous',
    locale: 'fr',
    form_key,
  };
  const said = await nerea.follow(await nerea.post('/fr/desk/cash', form));
  assert.match(said.text, /25,50\u00a0€ en espèces sont enregistrés/);
  const again = await nerea.post('/fr/desk/cash', form);
  assert.equal(again.status, 422);
  assert.match(again.text, /les espèces sont enregistrées une fois/);
  const given = await rows(
    db,
    sql`select amount_cents, state, locale from contributions where campaign_id = ${campaign.campaign_id}`,
  );
  assert.deepEqual(given, [{ amount_cents: 2_550n, state: 'collected', locale: 'fr' }]);
});

test('cash: what cannot be read is said beside its field, and kept', async () => {
  const campaign = await plantCampaign(owner, { node });
  const cases: [Record<string, string>, RegExp][] = [
    [{ amount: '' }, /Write an amount\./],
    [{ amount: '1e3' }, /Write the amount as a number/],
    [{ amount: '0' }, /must be above zero/],
    [{ amount: '0.50' }, /smallest amount here is €1/],
    [{ amount: '10001' }, /largest amount here is €10,000/],
    [{ name: '  ' }, /Write who gave it/],
    [{ name: 'x'.repeat(81) }, /This name is too long/],
    [{ email: 'nobody' }, /This is no e-mail address/],
    [{ campaign: newId() }, /Choose the campaign/],
  ];
  for (const [wrong, said] of cases) {
    const form = { campaign: campaign.campaign_id, amount: '20', name: 'Kept as typed', email: '', form_key: newId(), ...wrong };
    const answer = await nerea.post('/en/desk/cash', form);
    assert.equal(answer.status, 422, JSON.stringify(wrong));
    assert.match(answer.text, said);
    assert.match(answer.text, /aria-invalid="true"/);
    if (!wrong.name) assert.match(answer.text, /value="Kept as typed"/);
  }
  assert.equal(
    (await row<{ n: bigint }>(db, sql`select count(*) as n from contributions where campaign_id = ${campaign.campaign_id}`))?.n,
    0n,
  );
});

test('cash above the limit waits for a second pair of eyes', async () => {
  const campaign = await plantCampaign(owner, { node });
  await nerea.post('/en/desk/cash', {
    campaign: campaign.campaign_id,
    amount: '2000',
    name: 'The market',
    email: '',
    form_key: newId(),
  });
  const { id } = await only<{ id: string }>(
    db,
    sql`select id from contributions where campaign_id = ${campaign.campaign_id} and state = 'started'`,
  );
  assert.match((await nerea.get('/en/desk/cash')).text, /Somebody else has to confirm it/);
  const own = await nerea.post(`/en/desk/cash/${id}`, {});
  assert.equal(own.status, 422);
  assert.match(own.text, /somebody else has to confirm it/);
  assert.match((await tomas.get(`/en/desk/cash/${id}`)).text, /Is €2,000 in cash really there\?/);
  assert.match((await tomas.follow(await tomas.post(`/en/desk/cash/${id}`, {}))).text, /the cash counts now/);
  assert.deepEqual(await acts('contribution', id), ['cash_recorded', 'cash_confirmed']);
  assert.equal((await stranger.post(`/en/n/euskadi/desk/cash/${id}`, {})).status, 404);
});

test('a transfer is found by its reference; another amount is parked and sent back', async () => {
  const campaign = await plantCampaign(owner, { node });
  const right = await announce(campaign, 4_500n);
  const wrong = await announce(campaign, 5_000n);
  const path = '/en/desk/money/transfers';
  assert.match((await treasurer.get(path)).text, new RegExp(right.reference));
  const typo = await treasurer.post(path, { reference: 'ACQ-0000-0001', amount: '1.234' });
  assert.match(typo.text, /A letter or digit of this reference is wrong/);
  assert.match(typo.text, /at most two decimals/);
  assert.match(typo.text, /value="ACQ-0000-0001"/);
  const unknown = await treasurer.post(path, { reference: reference(newId()), amount: '10' });
  assert.match(unknown.text, /No transfer with this reference/);
  const read = { reference: right.reference.toLowerCase().replaceAll('-', ' '), amount: '45' };
  assert.match((await treasurer.follow(await treasurer.post(path, read))).text, /€45 received and collected/);
  assert.match((await treasurer.post(path, read)).text, /booked already/);

  assert.match(
    (await treasurer.follow(await treasurer.post(path, { reference: wrong.reference, amount: '40' }))).text,
    /€40 does not fit and is parked/,
  );
  const { id } = await only<{ id: string }>(db, sql`select id from parked where contribution_id = ${wrong.id}`);
  const parked = `/en/desk/money/parked/${id}`;
  assert.match((await treasurer.get(parked)).text, /Another amount than was asked for/);
  const missing = await treasurer.post(parked, { resolution: 'Sent back to the account it came from.' });
  assert.match(missing.text, /Say whether it was sent back/);
  assert.match(missing.text, /Sent back to the account it came from\.<\/textarea>/);
  const way = { way: 'returned', resolution: 'Sent back to the account it came from.' };
  assert.equal((await treasurer.post(parked, way)).status, 303);
  const late = await treasurer.follow(await treasurer.post(parked, way));
  assert.match(late.text, /Somebody has decided this already/);
  assert.deepEqual(await acts('parked', id), ['parked_resolved']);
  await promisesHold();
});

test('a transfer that fits nothing: parked from the same page, once, with all that was typed', async () => {
  const campaign = await plantCampaign(owner, { node });
  const { reference: known } = await announce(campaign, 3_300n);
  const [transfers, parked] = ['/en/desk/money/transfers', '/en/desk/money/parked'];
  await treasurer.post(transfers, { reference: known, amount: '33' });
  const twice = await treasurer.post(transfers, { reference: known, amount: '33' });
  assert.match(twice.text, /park the second one below/);
  assert.match(twice.text, /name="stray_amount"[^>]*value="33"|value="33"[^>]*name="stray_amount"/);
  const wrong = await treasurer.post(parked, { stray_amount: 'x', day: '2999-01-01', line: '', stray_reference: 'kept <so>' });
  assert.equal(wrong.status, 422);
  for (const said of [
    /Write the amount as a number/,
    /This day has not come yet/,
    /Write how the statement names/,
    /kept &lt;so&gt;/,
  ])
    assert.match(wrong.text, said);
  const day = (await only<{ day: string }>(db, sql`select to_char(moment() at time zone 'Europe/Madrid', 'YYYY-MM-DD') as day`))
    .day;
  const form = { stray_amount: '33', day, line: 'N-778', stray_reference: known.toLowerCase() };
  assert.match(
    (await treasurer.follow(await treasurer.post(parked, form))).text,
    /€33 is parked until you decide.*N-778|fits nothing/s,
  );
  const again = await treasurer.post(parked, form);
  assert.match(again.text, /This line of that day is parked already/);
  assert.equal((await nerea.post(parked, form)).status, 403);
  const found = await rows<{ id: string; amount_cents: bigint; linked: boolean }>(
    db,
    sql`select p.id, p.amount_cents, c.reference = ${known} as linked from parked p left join contributions c on c.id = p.contribution_id
         where p.why = 'fits_nothing'`,
  );
  assert.deepEqual(
    found.map(({ amount_cents, linked }) => [amount_cents, linked]),
    [[3_300n, true]],
  );
  const page = await treasurer.get(`${parked}/${found[0]?.id}`);
  assert.match(page.text, /Line of the statement.*N-778.*Day on the statement/s);
  for (const locale of ['en', 'fr', 'es']) {
    assert.doesNotMatch((await treasurer.get(`/${locale}/desk/money/transfers`)).text, /desk\.[a-z]/);
    assert.match((await treasurer.get(`/${locale}/desk/money/acts`)).text, new RegExp(known));
  }
  await promisesHold();
});

test('cash whose contribution has ended meanwhile is parked when it is confirmed', async () => {
  const campaign = await plantCampaign(owner, { node });
  const form = { campaign: campaign.campaign_id, amount: '2000', name: 'The fair', email: '', form_key: newId() };
  await nerea.post('/en/desk/cash', form);
  const { id } = await only<{ id: string }>(db, sql`select id from contributions where campaign_id = ${campaign.campaign_id}`);
  await sql`update contributions set lapses_at = moment() where id = ${id}`.execute(owner);
  await tend(app.deps);
  assert.match((await tomas.get('/en/desk/cash')).text, new RegExp(`desk/cash/${id}`));
  assert.match((await tomas.get(`/en/desk/cash/${id}`)).text, /Its contribution has ended meanwhile/);
  assert.match((await tomas.follow(await tomas.post(`/en/desk/cash/${id}`, {}))).text, /the cash is parked/);
  assert.doesNotMatch((await tomas.get('/en/desk/cash')).text, new RegExp(`desk/cash/${id}`));
  assert.equal((await tomas.get(`/en/desk/cash/${id}`)).status, 409);
  await promisesHold();
});

test('a refund that nobody answers for a day is told to the treasurer, who cannot pay it twice', async () => {
  const campaign = await plantCampaign(owner, { node, state: 'stopped' });
  await plantContribution(owner, campaign, { state: 'collected', amount_cents: 4_100n, name: 'Zuriñe' });
  const away = { ...app.deps.gateways.sandbox, refund: () => Promise.reject(new Error('away')) };
  await tend({ ...app.deps, gateways: { ...app.deps.gateways, sandbox: away } });
  const { id } = await only<{ id: string }>(
    db,
    sql`select r.id from refunds r join contributions c on c.id = r.contribution_id where c.campaign_id = ${campaign.campaign_id}`,
  );
  assert.doesNotMatch((await treasurer.get('/en/desk/money/refunds')).text, /Zuriñe/);
  await sql`update refunds set created_at = created_at - interval '25 hours' where id = ${id}`.execute(owner);
  assert.match((await treasurer.get('/en/desk/money')).text, /refund without an answer/);
  const page = await treasurer.get('/en/desk/money/refunds');
  assert.match(page.text, /Look at its own pages before you pay another way.*Zuriñe.*€41.*unknown, asked once/s);
  assert.doesNotMatch(page.text, new RegExp(id));
  assert.equal((await treasurer.post(`/en/desk/money/refunds/${id}`, {})).status, 303);
  assert.deepEqual(await acts('refund', id), []);
  for (const locale of ['fr', 'es'])
    assert.doesNotMatch((await treasurer.get(`/${locale}/desk/money/refunds`)).text, /desk\.[a-z]/);
});

test('a refund by hand is done once, in the books, with its audit row', async () => {
  const campaign = await plantCampaign(owner, { node, state: 'stopped' });
  await plantContribution(owner, campaign, {
    state: 'collected',
    method: 'transfer',
    amount_cents: 2_500n,
    tip_cents: 100n,
    name: 'Maialen',
    email: 'maialen@example.org',
  });
  await tend(app.deps);
  const { id, contribution_id } = await only<{ id: string; contribution_id: string }>(
    db,
    sql`select r.id, r.contribution_id from refunds r join contributions c on c.id = r.contribution_id where c.campaign_id = ${campaign.campaign_id}`,
  );
  assert.match((await treasurer.get('/en/desk/money')).text, /refund to send by hand/);
  assert.match((await treasurer.get('/en/desk/money/refunds')).text, /maialen@example\.org/);
  assert.match((await treasurer.get(`/en/desk/money/refunds/${id}`)).text, /Did you send €26 to Maialen\?/);
  const both = await Promise.all([1, 2].map(() => treasurer.post(`/en/desk/money/refunds/${id}`, {})));
  assert.deepEqual(
    both.map(({ status }) => status),
    [303, 303],
  );
  assert.equal(
    (await only<{ state: string }>(db, sql`select state from contributions where id = ${contribution_id}`)).state,
    'refunded',
  );
  assert.deepEqual(await acts('refund', id), ['refund_sent_by_hand']);
  const foreign = await enter('Other', [{ role: 'treasurer', scope: 'host', scope_id: elsewhere.host_id }]);
  assert.match((await foreign.get('/en/n/euskadi/desk/money/refunds')).text, /No refund waits for a hand/);
  await promisesHold();
});

test('the treasurer sees what every account holds, which cards were declined, who acted', async () => {
  const campaign = await plantCampaign(owner, { node, state: 'collecting' });
  await plantContribution(owner, campaign, { state: 'declined', amount_cents: 3_000n });
  assert.match((await treasurer.get('/en/desk/money')).text, /Held for campaigns.*The world/s);
  assert.match((await treasurer.get('/es/desk/money/declined')).text, /30\u00a0€/);
  assert.match((await treasurer.get('/fr/desk/money/acts')).text, /a trouvé un virement sur le compte/);
  assert.match((await treasurer.get('/en/desk/money/parked')).text, /Sent back to the account it came from/);
});

test('the log tells what happened, and never who gave', async () => {
  const campaign = await plantCampaign(owner, { node, title: { en: 'For the log' } });
  const { id } = await plantContribution(owner, campaign, { name: 'Zenobia Hidden', visibility: 'anonymous' });
  await sql`insert into events (at, kind, node_id, campaign_id, subject_id) values (moment(), 'contribution_secured', ${node.id}, ${campaign.campaign_id}, ${id})`.execute(
    owner,
  );
  const log = await nerea.get('/en/desk/log');
  assert.match(log.text, /a contribution was promised.*For the log.*€20/s);
  assert.doesNotMatch(log.text, /Zenobia/);
});

async function enter(name: string, roles: Role[]): Promise<Browser> {
  const person = await plantPerson(owner, { name, roles });
  const browser = openBrowser(app.fetch, { cookie: await sessionCookieFor(owner, app.config, person.id) });
  await browser.get('/en/sign-in');
  return browser;
}

async function announce(
  campaign: Awaited<ReturnType<typeof plantCampaign>>,
  amount_cents: bigint,
): Promise<{ id: string; reference: string }> {
  const { id } = await plantContribution(owner, campaign, { state: 'started', method: 'transfer', amount_cents });
  await sql`update contributions set reference = ${reference(id)}, lapses_at = moment() + interval '9 days' where id = ${id}`.execute(
    owner,
  );
  return { id, reference: reference(id) };
}

async function acts(target_kind: string, target_id: string): Promise<string[]> {
  const found = await rows<{ act: string }>(
    db,
    sql`select act from audit where target_kind = ${target_kind} and target_id = ${target_id} order by id`,
  );
  return found.map(({ act }) => act);
}

async function promisesHold(): Promise<void> {
  assert.deepEqual(await brokenPromises(db, { ...ledger_promises, ...contribution_promises }), []);
}
