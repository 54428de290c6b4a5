import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CrashPoint } from '../src/platform/crash.ts';
import { connect, type Db, only, rows, sql } from '../src/platform/db.ts';
import { speak } from '../src/platform/i18n.ts';
import { migrate } from '../src/platform/migrate.ts';
import { startPostgres } from '../src/platform/postgres.ts';
import { atEnd, testDb, testFolder } from '../src/platform/testing.ts';
import { plantCampaign } from '../src/projects/testing-fixtures.ts';
import type { Browser, Read } from '../src/visits/testing.ts';
import { signIn } from './addresses.ts';
import { type Crowd, crowd_name, gatherCrowd } from './crowd.ts';
import { hold, mailsTo, plantedDatabase } from './house.ts';
import { answerOverHttp, type Place, placeFor, type ServerProcess, startServer, visitorOf } from './server-process.ts';

const t = speak('en');
const hedges = '/n/pays-de-la-loire/projects/atlas-des-haies';
const river = '/n/pays-de-la-loire/projects/sonder-l-erdre';
const bicycle = '/n/euskadi/projects/bici-de-carga-abierta';
const shipyard = '/n/euskadi/projects/voces-del-astillero';
const repair = '/projects/signed-repair';
const email = 'ines@example.org';
const name = 'Inès Otxoa';

/** A giver, and what they hold: the form as they filled it in, where it led, the page of their contribution. */
type Scene = { place: Place; db: Db; guest: Browser; project: string; form: Record<string, string>; start: Read; page: string };

type Story = {
  project: string;
  /** In cents; 20 euros when not said. */
  amount_cents?: bigint;
  /** What is done before. */
  before?: (scene: Scene) => Promise<unknown>;
  /** Passes the point: somebody waits for this answer. */
  passes(scene: Scene): Promise<unknown>;
  /** What is there when the process is dead. */
  left: Tally;
  /** What people do when the server is back. */
  after(scene: Scene): Promise<unknown>;
  in_the_end: Standing;
  /** What the giver's page says then. */
  says: string;
};

/** A campaign when nothing is under way. */
const quiet = { asked: 0, known_there: 0, paid_there: 0, inbox: 0, refunds_sent: 0, back_there: 0 };
/** So many refunds are sent at a time; the shipyard has more to send. */
const batch = 100;
const paid_at_once: Standing = {
  state: 'collected',
  payments: 'pay collected',
  checkouts: 'paid',
  charges: null,
  refunds: null,
  refunds_there: null,
  booked: 'contribution_collected',
};
const charged_later: Standing = {
  ...paid_at_once,
  payments: 'secure secured, collect collected',
  checkouts: 'secured',
  charges: 'paid',
};
const sent_back: Standing = {
  ...paid_at_once,
  state: 'refunded',
  refunds: 'done',
  refunds_there: 'done',
  booked: 'contribution_collected, contribution_refunded',
};

const stories: Record<CrashPoint, Story> = {
  contribution_begun: {
    project: shipyard,
    passes: sendForm,
    left: { ...quiet, campaign: 'round_two', asked: 1 },
    after: (scene) => sendForm(scene).then(() => payAndReturn(scene)),
    in_the_end: paid_at_once,
    says: t('contribution.is_collected'),
  },
  checkout_opened: {
    project: shipyard,
    passes: sendForm,
    left: { ...quiet, campaign: 'round_two', asked: 1, known_there: 1 },
    after: (scene) => sendForm(scene).then(() => payAndReturn(scene)),
    in_the_end: paid_at_once,
    says: t('contribution.is_collected'),
  },
  webhook_stored: {
    project: shipyard,
    before: sendForm,
    passes: pay,
    left: { ...quiet, campaign: 'round_two', asked: 1, known_there: 1, paid_there: 1, inbox: 1 },
    // The worker has heard the report by then; the giver reloads the page of the payment company.
    after: (scene) => until(() => tallyOf(scene), { ...quiet, campaign: 'round_two' }).then(() => payAndReturn(scene)),
    in_the_end: paid_at_once,
    says: t('contribution.is_collected'),
  },
  charge_written: {
    project: repair,
    before: giveWholly,
    passes: passHour,
    left: { ...quiet, campaign: 'collecting', asked: 1 },
    after: passHour,
    in_the_end: charged_later,
    says: t('contribution.is_collected_collecting'),
  },
  charge_made: {
    project: repair,
    before: giveWholly,
    passes: passHour,
    left: { ...quiet, campaign: 'collecting', asked: 1, known_there: 1, paid_there: 1 },
    after: passHour,
    in_the_end: charged_later,
    says: t('contribution.is_collected_collecting'),
  },
  round_decided: {
    project: bicycle,
    amount_cents: 110_000n,
    before: giveWholly,
    passes: passEndOfRound,
    left: { ...quiet, campaign: 'round_one' },
    after: passHour,
    in_the_end: charged_later,
    says: t('contribution.is_collected'),
  },
  return_written: {
    project: shipyard,
    before: giveAndSeeItStopped,
    passes: passHour,
    left: { ...quiet, campaign: 'stopped' },
    after: passHour,
    in_the_end: sent_back,
    says: t('contribution.is_refunded'),
  },
  refund_written: {
    project: shipyard,
    before: giveAndSeeItStopped,
    passes: passHour,
    left: { ...quiet, campaign: 'stopped', refunds_sent: batch },
    after: passHour,
    in_the_end: sent_back,
    says: t('contribution.is_refunded'),
  },
  refund_sent: {
    project: shipyard,
    before: giveAndSeeItStopped,
    passes: passHour,
    left: { ...quiet, campaign: 'stopped', refunds_sent: batch, back_there: batch },
    after: passHour,
    in_the_end: sent_back,
    says: t('contribution.is_refunded'),
  },
};

for (const [point, story] of Object.entries(stories)) {
  test(`kill -9 at ${point}: nothing is lost, nothing happens twice`, async () => {
    const { place, db } = await plantedPlace();
    const scene: Scene = { place, db, guest: visitorOf(place), project: story.project, form: {}, start: no_page, page: '' };
    const dying = await startServer(place, { crash_at: point as CrashPoint, role: 'web' });
    await openForm(scene, story.amount_cents);
    await story.before?.(scene);
    // Nobody answers, or somebody just did.
    await Promise.allSettled([story.passes(scene)]);
    assert.equal(await dying.end(), 'SIGKILL', dying.said());
    assert.deepEqual(await tallyOf(scene), story.left);
    const server = await startServer(place);
    await story.after(scene);
    await until(() => standingOf(db), story.in_the_end);
    const page = await scene.guest.get(scene.page);
    assert.ok(page.text.includes(`<h1>${story.says}</h1>`), page.text.slice(0, 3_000));
    const kinds = (await mailsTo(db, email)).map(({ kind }) => kind);
    assert.deepEqual(kinds, [...new Set(kinds)], 'each mail was written once');
    await nothingTwice(db);
    await hold(db);
    await kill(server);
  });
}

test('kill -9 while thirty people give: what was acknowledged is there, and everybody can go on', async () => {
  const { place, db } = await plantedPlace();
  const server = await startServer(place);
  const crowd = gatherCrowd(place, {
    projects: [river, shipyard, hedges],
    pages: [river],
    givers: 30,
    readers: 2,
    gifts_each: 1,
  });
  await until(() => crowd.paid.size >= 8, true);
  await kill(server);
  const [begun, paid] = [[...crowd.begun], [...crowd.paid]];
  assert.ok(paid.length < 30, 'some are in the middle of it');
  assert.deepEqual(await unknownOf(db, begun, paid), []);
  const back = await startServer(place);
  await crowd.goHome();
  assert.equal(crowd.thanked.size, 30);
  await everyGiftOnce(db, 30);
  await kill(back);
});

test('the database goes away while people read and give: kind pages in between, and everything goes on by itself', async () => {
  const { url, blows } = await databaseToShake();
  const { place, db, projects } = await smallTown(url);
  const server = await startServer(place);
  const pages = ['/', '/explore', '/accounts', ...projects];
  const crowd = gatherCrowd(place, { projects, pages, givers: 5, readers: 4, gifts_each: 100 });
  for (const { name: blow, strike } of blows) {
    await untilAllIsWell(crowd, server);
    await holdUpTheWorker(url);
    const struck_ms = performance.now();
    const back_ms = await strike();
    await untilAllIsWell(crowd, server);
    const refused = crowd.answers.filter(({ at_ms, status }) => at_ms > struck_ms && status === 503);
    assert.ok(refused.length > 0, `${blow}: somebody noticed`);
    const late_ms = Math.max(...refused.map(({ at_ms }) => at_ms)) - back_ms;
    assert.ok(late_ms < 5_000, `${blow}: the last was refused ${late_ms} ms after the database was back`);
  }
  // What the worker was at has been done again.
  await until(() => waitingJobs(url), 0);
  await crowd.goHome();
  assert.deepEqual(
    crowd.answers.filter(({ wrong }) => wrong),
    [],
  );
  await everyGiftOnce(db, crowd.thanked.size);
  await kill(server);
});

test('SIGTERM while people give: nobody who was let in is turned away, and the process ends by itself', async () => {
  const { place, db } = await plantedPlace();
  const server = await startServer(place);
  const crowd = gatherCrowd(place, {
    projects: [river, shipyard],
    pages: [river],
    givers: 8,
    readers: 2,
    gifts_each: 20,
    keep: true,
  });
  await until(() => crowd.thanked.size >= 4, true);
  // Everybody waits for the database, so that everybody is in the middle of a request when the process is told to stop.
  const release = await lockEverybodyOut(place.url);
  await until(() => crowd.waiting() >= 9, true);
  server.child.kill('SIGTERM');
  await until(() => readyOf(place), { status: 503, said: { ready: false, problems: { server: 'stopping' } } });
  crowd.holdBack(true);
  await until(() => whyNotLetIn(place), 'ECONNREFUSED');
  await sleep(200);
  assert.ok(crowd.waiting() >= 8, 'many still wait for their answer');
  await release();
  const released_ms = performance.now();
  assert.equal(await server.end(), 0, server.said());
  assert.ok(performance.now() - released_ms < 5_000, 'nobody holds it up by keeping a connection');
  assert.equal(crowd.waiting(), 0);
  assert.deepEqual(
    crowd.answers.filter((answer) => answer.status === null || answer.status >= 500),
    [],
  );
  assert.deepEqual(await unknownOf(db, [...crowd.begun], [...crowd.paid]), []);
  const back = await startServer(place);
  await crowd.goHome();
  await everyGiftOnce(db, crowd.thanked.size);
  await kill(back);
});

async function plantedPlace(): Promise<{ place: Place; db: Db }> {
  const url = await plantedDatabase();
  const { db, close } = connect(url, { max: 2 });
  atEnd(close);
  return { place: await placeFor(url), db };
}

const no_page: Read = { status: 0, text: '', headers: new Headers(), location: null };

async function openForm(scene: Scene, amount_cents = 2_000n): Promise<void> {
  const page = await scene.guest.get(`/en${scene.project}/contribute`);
  assert.equal(page.status, 200);
  const form_key = /name="form_key" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
  const amount = { amount: 'other', amount_free: String(amount_cents / 100n) };
  scene.form = { ...amount, method: 'sandbox', wish: 'needed', name, email, form_key };
}

async function sendForm(scene: Scene): Promise<void> {
  scene.start = await scene.guest.post(`/en${scene.project}/contribute`, scene.form);
  assert.match(scene.start.location ?? '', /\/sandbox\/pay\//, scene.start.text.slice(0, 2_000));
}

function pay({ guest, start }: Scene): Promise<Read> {
  return guest.post(start.location ?? '', { card: '4242424242424242' });
}

async function payAndReturn(scene: Scene): Promise<void> {
  const back = await scene.guest.follow(await pay(scene));
  scene.page = back.location ?? '';
  const thanks = await scene.guest.get(scene.page);
  assert.ok(thanks.text.includes(t('contribution.thanks', { name })), thanks.text.slice(0, 3_000));
}

async function giveWholly(scene: Scene): Promise<void> {
  await sendForm(scene);
  await payAndReturn(scene);
}

async function giveAndSeeItStopped(scene: Scene): Promise<void> {
  await giveWholly(scene);
  const steward = visitorOf(scene.place);
  await signIn(steward, 'steward@acequia.example');
  const { id } = await campaignOf(scene);
  const reason = 'The shipyard was sold, and with it the recordings.';
  await steward.get(`/en/n/euskadi/desk/campaigns/${id}/stop`);
  assert.equal((await steward.post(`/en/n/euskadi/desk/campaigns/${id}/stop`, { reason })).status, 303);
}

/** The operator moves the clock: what is due is done at once, by the process that answers. */
async function passHour({ place }: Scene): Promise<void> {
  const operator = visitorOf(place);
  await operator.get('/en/dev/clock');
  assert.equal((await operator.post('/en/dev/clock', { by: 'hour' })).status, 303);
}

async function passEndOfRound(scene: Scene): Promise<void> {
  const operator = visitorOf(scene.place);
  await operator.get('/en/dev/clock');
  assert.equal((await operator.post('/en/dev/clock', { campaign: (await campaignOf(scene)).id })).status, 303);
}

function campaignOf({ db, project }: Pick<Scene, 'db' | 'project'>): Promise<{ id: string; state: string }> {
  const slug = project.split('/').at(-1);
  return only(db, sql`select k.id, k.state from campaigns k join projects p on p.id = k.project_id where p.slug = ${slug}`);
}

/** What is under way in a campaign: payments without an outcome here and what the payment company knows of them; refunds, likewise. */
type Tally = Record<keyof typeof quiet, number> & { campaign: string };

async function tallyOf(scene: Pick<Scene, 'db' | 'project'>): Promise<Tally> {
  const { id, state } = await campaignOf(scene);
  const counted = await only<Omit<Tally, 'campaign'>>(
    scene.db,
    sql`with asked as (
          select p.id::text as key from payments p join contributions c on c.id = p.contribution_id where c.campaign_id = ${id} and p.state = 'asked'
        ), there as (
          select client_key as key, state from sandbox.checkouts union all select client_key, state from sandbox.charges
        ), back as (
          select r.id::text as key, r.state from refunds r join contributions c on c.id = r.contribution_id where c.campaign_id = ${id}
        )
        select (select count(*)::int from asked) as asked, (select count(*)::int from asked join there using (key)) as known_there,
               (select count(*)::int from asked join there using (key) where there.state = 'paid') as paid_there,
               (select count(*)::int from webhooks where handled_at is null) as inbox,
               (select count(*)::int from back where state = 'sent') as refunds_sent,
               (select count(*)::int from back join sandbox.refunds f on f.client_key = key where back.state = 'sent') as back_there`,
  );
  return { campaign: state, ...counted };
}

/** What became of the one contribution: here, at the payment company, in the books. */
type Standing = {
  state: string;
  payments: string | null;
  checkouts: string | null;
  charges: string | null;
  refunds: string | null;
  refunds_there: string | null;
  booked: string | null;
};

function standingOf(db: Db): Promise<Standing> {
  return only(
    db,
    sql`select c.state,
               (select string_agg(p.purpose || ' ' || p.state, ', ' order by p.created_at) from payments p where p.contribution_id = c.id) as payments,
               (select string_agg(k.state, ', ') from sandbox.checkouts k join payments p on p.id::text = k.client_key where p.contribution_id = c.id) as checkouts,
               (select string_agg(h.state, ', ') from sandbox.charges h join payments p on p.id::text = h.client_key where p.contribution_id = c.id) as charges,
               (select string_agg(r.state, ', ') from refunds r where r.contribution_id = c.id) as refunds,
               (select string_agg(f.state, ', ') from sandbox.refunds f join refunds r on r.id::text = f.client_key where r.contribution_id = c.id) as refunds_there,
               (select string_agg(e.kind, ', ' order by e.id) from entries e where e.subject_id = c.id) as booked
          from contributions c where c.email = ${email}`,
  );
}

/** In all campaigns: no card was charged twice, no payment sent back twice, and nothing remains to be sent. */
async function nothingTwice(db: Db): Promise<void> {
  const twice = await rows(
    db,
    sql`select 'charged twice' as what, checkout_id as object from sandbox.charges where state = 'paid' group by 2 having count(*) > 1
        union all
        select 'sent back twice', object_id from sandbox.refunds where state = 'done' group by 2 having count(*) > 1
        union all
        select 'still to be sent', id::text from refunds where state in ('due', 'sent')`,
  );
  assert.deepEqual(twice, []);
}

/** Asks until the answer is as expected, for some seconds. */
async function until<T>(ask: () => T | Promise<T>, expected: T, patience_ms = 15_000): Promise<void> {
  const began_at = performance.now();
  let found = await ask();
  while (!isDeepStrictEqual(found, expected) && performance.now() - began_at < patience_ms) {
    await sleep(10);
    found = await ask();
  }
  assert.deepEqual(found, expected);
}

async function kill(server: ServerProcess): Promise<void> {
  server.child.kill('SIGKILL');
  assert.equal(await server.end(), 'SIGKILL', server.said());
}

/** Addresses whose gift was acknowledged and is not there: begun without a payment, or paid without the payment company knowing. */
async function unknownOf(db: Db, begun: readonly string[], paid: readonly string[]): Promise<string[]> {
  const unknown = await rows<{ email: string }>(
    db,
    sql`select email from unnest(${begun}::text[]) as b(email)
         where not exists (select from contributions c join payments p on p.contribution_id = c.id where c.email = b.email)
        union all
        select email from unnest(${paid}::text[]) as b(email)
         where not exists (select from contributions c join payments p on p.contribution_id = c.id join sandbox.checkouts k on k.client_key = p.id::text
                            where c.email = b.email and k.state in ('secured', 'paid'))`,
  );
  return unknown.map((each) => each.email);
}

/** Everybody of the crowd gave exactly once, here and at the payment company, and all promises hold. */
async function everyGiftOnce(db: Db, gifts: number): Promise<void> {
  const given = await rows<{ email: string; fate: string }>(
    db,
    sql`select c.email, string_agg(c.state || ', ' || p.state || ', ' || k.state, '; ') as fate
          from contributions c left join payments p on p.contribution_id = c.id left join sandbox.checkouts k on k.client_key = p.id::text
         where c.name = ${crowd_name} group by c.email`,
  );
  const well = new Set(['secured, secured, secured', 'collected, collected, paid']);
  assert.deepEqual(
    given.filter(({ fate }) => !well.has(fate)),
    [],
  );
  assert.equal(given.length, gifts);
  await nothingTwice(db);
  await hold(db);
}

/** What happens to a database; answers when it was back. */
type Blow = { name: string; strike(): Promise<number> };

/** A database of our own, which is restarted and killed; where a server is given, all connections are ended instead. */
function databaseToShake(): Promise<{ url: string; blows: Blow[] }> {
  return process.env.DATABASE_URL ? foreignDatabase() : ownDatabase();
}

async function ownDatabase(): Promise<{ url: string; blows: Blow[] }> {
  const options = { data_dir: testFolder() };
  let postgres = await startPostgres(options);
  atEnd(() => postgres.stop());
  await migrate(postgres.url);
  const restart = async () => {
    await postgres.stop();
    await sleep(1_000);
    postgres = await startPostgres(options);
    return performance.now();
  };
  const kill = async () => {
    process.kill(postgres.pid(), 'SIGKILL');
    // How long it takes to recover is up to its disk.
    await until(() => answers(postgres.url), true, 90_000);
    return performance.now();
  };
  return {
    url: postgres.url,
    blows: [
      { name: 'restart', strike: restart },
      { name: 'kill -9', strike: kill },
    ],
  };
}

async function answers(url: string): Promise<boolean> {
  const { db, close } = connect(url, { max: 1 });
  return rows(db, sql`select`)
    .then(() => true)
    .catch(() => false)
    .finally(close);
}

async function foreignDatabase(): Promise<{ url: string; blows: Blow[] }> {
  const { url, owner } = await testDb();
  const strike = async () => {
    for (let time = 0; time < 10; time += 1) {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`.execute(
        owner,
      );
      await sleep(100);
    }
    return performance.now();
  };
  return { url, blows: [{ name: 'all connections ended', strike }] };
}

/** For half a second everybody got what they asked for, and not little. */
async function untilAllIsWell({ answers: all }: Crowd, server: ServerProcess): Promise<void> {
  const began_at = performance.now();
  const isWell = () => {
    assert.equal(server.child.exitCode, null, `the server ended:\n${server.said()}`);
    const since = Math.max(began_at, performance.now() - 500);
    const lately = all.filter(({ at_ms }) => at_ms > since);
    return since > began_at && lately.length > 20 && lately.every(({ status }) => status !== null && status < 500);
  };
  await until(isWell, true);
}

/** Two campaigns: one that saves cards, one that charges them at once. */
async function smallTown(url: string): Promise<{ place: Place; db: Db; projects: string[] }> {
  const { db, close } = connect(url, { max: 2, as_app: false });
  atEnd(close);
  const campaigns = [await plantCampaign(db), await plantCampaign(db, { state: 'round_two', opened_at: town_opened_at })];
  return { place: await placeFor(url), db, projects: campaigns.map(({ slug }) => `/projects/${slug}`) };
}

const town_opened_at = Temporal.Now.instant().subtract({ hours: 24 * 50 });

/** What the worker does every minute has begun, and waits for a lock that ends with its connection: so it is in the middle when that is lost. */
async function holdUpTheWorker(url: string): Promise<void> {
  const { pool, db, close } = connect(url, { max: 2, as_app: false });
  atEnd(close);
  const client = await pool.connect();
  await client.query('begin; lock table webhooks in access exclusive mode');
  await sql`select enqueue_job('tend', '{}'::json, null, null, 8)`.execute(db);
  const begun = sql`select locked_at is not null as begun from waiting_jobs where name = 'tend' order by id desc limit 1`;
  await until(() => only(db, begun), { begun: true });
  client.release();
}

async function waitingJobs(url: string): Promise<number> {
  const { db, close } = connect(url, { max: 1, as_app: false });
  const { count } = await only<{ count: number }>(db, sql`select count(*)::int as count from waiting_jobs`).finally(close);
  return count;
}

/** Takes what every gift and every page of a project needs; answers how to give it back. */
async function lockEverybodyOut(url: string): Promise<() => Promise<void>> {
  const { pool, close } = connect(url, { max: 1, as_app: false });
  const client = await pool.connect();
  await client.query('begin; lock table contributions in access exclusive mode');
  return async () => {
    await client.query('commit');
    client.release();
    await close();
  };
}

async function readyOf({ origin }: Place): Promise<{ status: number; said: unknown }> {
  const ready = await answerOverHttp(new Request(`${origin}/ready`));
  return { status: ready.status, said: await ready.json() };
}

/** The code of what goes wrong when somebody comes now, or null. */
function whyNotLetIn({ origin }: Place): Promise<string | null> {
  return answerOverHttp(new Request(`${origin}/live`)).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? error.name,
  );
}
