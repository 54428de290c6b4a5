import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { sign } from '../src/gateways/index.ts';
import { seeded } from '../src/kit/index.ts';
import { only, rows, run, sql, transact } from '../src/platform/db.ts';
import { speak } from '../src/platform/i18n.ts';
import { behindBadLine } from '../src/rehearsal/index.ts';
import { stopCampaign } from '../src/rounds/index.ts';
import { webhookSecret } from '../src/sandbox/index.ts';
import { type Browser, openBrowser, type Read } from '../src/visits/testing.ts';
import { endOf, giftsOf, type House, moveTo, openHouse, password } from './house.ts';

const line = { down: 0, answer_lost: 0 };
const house = await openHouse({ gateways: (real) => behindBadLine(real, seeded('a bad line'), line) });
const t = speak('en');
const hedges = '/en/n/pays-de-la-loire/projects/atlas-des-haies';
const river = '/en/n/pays-de-la-loire/projects/sonder-l-erdre';
const bicycle = '/en/n/euskadi/projects/bici-de-carga-abierta';
const shipyard = '/en/n/euskadi/projects/voces-del-astillero';

beforeEach(() => {
  Object.assign(line, { down: 0, answer_lost: 0 });
});

test('double click: one contribution, and both answers lead to its payment page', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'double@example.org' });
  const answers = await Promise.all([guest.post(`${river}/contribute`, form), guest.post(`${river}/contribute`, form)]);
  for (const answer of answers) assert.equal(answer.status, 303);
  assert.match(answers[0]?.location ?? '', /\/sandbox\/pay\//);
  assert.equal(answers[0]?.location, answers[1]?.location);
  assert.equal((await giftsOf(house.db, 'double@example.org')).length, 1);
});

test('back button, second tab, another amount: one contribution and a page that says what is', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'back@example.org' });
  await guest.post(`${river}/contribute`, form);
  const again = await guest.get(`${river}/contribute`);
  assert.equal(field(again, 'form_key'), form.form_key, 'the form opened again is the same form');
  has(again, t('contribute.begun_title', { amount: '€20' }));
  const other = await guest.follow(await guest.post(`${river}/contribute`, { ...form, amount: '5000' }));
  has(other, t('contribution.again_title'));
  has(other, t('contribution.again_waiting'));
  const gifts = await giftsOf(house.db, 'back@example.org');
  assert.deepEqual(
    gifts.map(({ amount_cents }) => amount_cents),
    [2_000n],
  );
});

test('a stale form: paid for already, or opened before signing in', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'stale@example.org' });
  await pay(guest, await guest.post(`${river}/contribute`, form));
  const page = await guest.follow(await guest.post(`${river}/contribute`, form));
  has(page, t('contribution.again_title'));
  assert.equal((await giftsOf(house.db, 'stale@example.org')).length, 1);

  const [ana, steward] = [visitor(house), visitor(house)];
  await signIn(ana, 'ana@acequia.example');
  await signIn(steward, 'steward@acequia.example');
  const of_ana = await openForm(ana, river, {});
  const csrf = field(await ana.get(`${river}/contribute`), 'csrf');
  const refused = await steward.post(`${river}/contribute`, { ...of_ana, csrf });
  assert.equal(refused.status, 403, 'a form that somebody else opened in this browser');
  has(refused, t('refusal.form_is_stale'));
});

test('a reward that sells out at the last moment goes to one of two; the other keeps everything typed', async () => {
  const reward = await only<{ id: string; amount_cents: bigint }>(
    house.db,
    sql`select r.id, r.amount_cents from rewards r join campaigns k on k.id = r.campaign_id join projects p on p.id = k.project_id
         where p.slug = 'sonder-l-erdre' and r.units is not null and r.question is not null limit 1`,
  );
  await transact(house.owner, (trx) => run(trx, sql`update rewards set units = taken + 1 where id = ${reward.id}`));
  const both = [visitor(house), visitor(house)];
  const forms = await Promise.all(
    both.map((guest, n) =>
      openForm(guest, river, {
        email: `last${n}@example.org`,
        amount: 'other',
        amount_free: '60',
        reward: reward.id,
        [`answer_${reward.id}`]: 'Upstream',
      }),
    ),
  );
  const answers = await Promise.all(both.map((guest, n) => guest.post(`${river}/contribute`, forms[n] ?? {})));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409]);
  const late = answers.findIndex(({ status }) => status === 409);
  const told = answers[late] as Read;
  has(told, t('refusal.reward_is_sold_out'));
  assert.match(told.text, new RegExp(`value="last${late}@example.org"`));
  const without = { ...forms[late], reward: '', form_key: field(told, 'form_key') };
  assert.equal((await both[late]?.post(`${river}/contribute`, without))?.status, 303);
  await house.hold();
});

test('the address of an existing account: the same answer as for any other, and nothing appears in that account', async () => {
  const shown: string[] = [];
  for (const email of ['ana@acequia.example', 'nobody-knows@example.org']) {
    const guest = visitor(house);
    const form = await openForm(guest, river, { email });
    const page = await pay(guest, await guest.post(`${river}/contribute`, form));
    assert.equal(page.status, 200);
    shown.push(plain(page).replaceAll(email, 'MAIL'));
  }
  const bare = (text: string | undefined) => text?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|key=[\w-]+|\d+/g, '');
  assert.equal(bare(shown[0]), bare(shown[1]));
  const [gift] = await giftsOf(house.db, 'ana@acequia.example');
  assert.equal(gift?.person_id, null, 'it belongs to nobody yet');
  const ana = visitor(house);
  await signIn(ana, 'ana@acequia.example');
  assert.equal((await ana.get(`/en/contributions/${gift?.id}`)).status, 404, 'it waits until the address is proven');
});

test('amounts that are none are refused with the name of the field, and everything typed is kept', async () => {
  const typed = [
    '0',
    '-5',
    '0.001',
    '1e309',
    'NaN',
    '1e3',
    '0x10',
    '２０',
    '9223372036854775808',
    '20,00,00',
    'Infinity',
    '',
    ' ',
    '10000.01',
    '0.99',
    '[20]',
    'null',
    '1.234',
  ];
  const guest = visitor(house);
  for (const amount_free of typed) {
    const form = await openForm(guest, river, { email: 'amounts@example.org', amount: 'other', amount_free });
    const answer = await guest.post(`${river}/contribute`, form);
    assert.equal(answer.status, 422, `"${amount_free}" gives ${answer.status}`);
    assert.match(answer.text, /href="#f-amount"/, `"${amount_free}" is not told with its field`);
    assert.match(answer.text, /value="amounts@example.org"/);
  }
  for (const amount of ['-2000', '0', '2000.5', '1e3', '99999999999999999999', '{"$gt":0}']) {
    const form = await openForm(guest, river, { email: 'amounts@example.org', amount });
    assert.equal((await guest.post(`${river}/contribute`, form)).status, 422, amount);
  }
  const form = await openForm(guest, river, { email: 'amounts@example.org' });
  const impossible: Record<string, string>[] = [
    { name: '\u0000' },
    { name: `a${'\u0301'.repeat(10_000)}` },
    { email: 'a@b\r\nbcc: c@example.org' },
  ];
  for (const nonsense of impossible) {
    const answer = await guest.post(`${river}/contribute`, { ...form, ...nonsense });
    assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(nonsense).slice(0, 60)} gives ${answer.status}`);
  }
  const half = await guest.post(`${river}/contribute?x=%ED%A0%80`, { ...form, email: 'a@b' });
  assert.ok(half.status >= 400 && half.status < 500, `half a character gives ${half.status}`);
  assert.deepEqual(await giftsOf(house.db, 'amounts@example.org'), []);
});

test('webhooks that are forged, old, repeated, in the wrong order or with another amount change nothing that is true', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'webhooks@example.org' });
  const object = idOf(await guest.post(`${river}/contribute`, form));
  const now = (await only<{ now: Temporal.Instant }>(house.db, sql`select moment() as now`)).now;
  const report = (state: string, more: Record<string, string> = {}) =>
    JSON.stringify({
      id: `evt_${state}`,
      object,
      client_key: object.slice(4),
      state,
      amount: '2000',
      currency: 'EUR',
      token: `card_${object.slice(4)}`,
      livemode: false,
      at: now.toString(),
      ...more,
    });
  const stateNow = async () => (await giftsOf(house.db, 'webhooks@example.org'))[0]?.state;

  assert.equal(await hook(report('secured'), sign('a secret of somebody else', report('secured'), now)), 400);
  assert.equal(await hook(report('secured'), signed(report('declined'), now)), 400);
  assert.equal(await hook(report('secured'), signed(report('secured'), now.subtract({ minutes: 30 }))), 400);
  assert.equal(await hook('{"', signed('{"', now)), 400);
  assert.equal(await hook('x'.repeat(300_000), ''), 400);
  assert.equal(await hook(report('secured'), signed(report('secured'), now), 'nobody'), 400);
  await house.settle();
  assert.equal(await stateNow(), 'started');

  for (const state of ['secured', 'secured', 'declined', 'open', 'secured']) {
    assert.equal(await hook(report(state), signed(report(state), now)), 200);
    await house.settle();
  }
  assert.equal(await stateNow(), 'secured', 'a later word that it was given up does not undo what is saved');
  await house.hold();

  const other = await openForm(guest, hedges, { email: 'webhooks2@example.org' });
  const second = idOf(await guest.post(`${hedges}/contribute`, other));
  const wrong = report('secured', { id: 'evt_wrong', object: second, client_key: second.slice(4), amount: '1' });
  assert.equal(await hook(wrong, signed(wrong, now)), 200);
  await house.settle();
  assert.equal((await giftsOf(house.db, 'webhooks2@example.org'))[0]?.state, 'started');
  assert.equal((await rows(house.db, sql`select from parked where why = 'other_amount'`)).length, 1, 'a treasurer decides');
  await house.hold();
});

test('the payment company is away when the form is sent: nothing is lost, and the page says how to go on', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'away@example.org' });
  line.down = 1;
  const page = await guest.follow(await guest.post(`${river}/contribute`, form));
  has(page, t('contribution.down_title'));
  has(page, t('contribution.do_resume'));
  const resume = /action="([^"]*\/resume[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const still = await guest.post(resume, {});
  assert.equal(still.status, 503);
  has(still, t('refusal.gateway_is_down'));
  line.down = 0;
  const thanks = await pay(guest, await guest.post(resume, {}));
  has(thanks, t('contribution.thanks', { name: 'Inès Otxoa' }));
  assert.deepEqual(
    (await giftsOf(house.db, 'away@example.org')).map(({ state }) => state),
    ['secured'],
  );
});

test('the payment company is away when somebody comes back, and its message was lost: looking again finds the money', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, river, { email: 'lost@example.org' });
  const start = await guest.post(`${river}/contribute`, form);
  line.down = 1;
  const page = await pay(guest, start, '4000000000000119');
  has(page, t('contribution.no_word_title'));
  line.down = 0;
  const back = /href="([^"]*\/return[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  has(await guest.follow(await guest.get(back)), t('contribution.thanks', { name: 'Inès Otxoa' }));
});

test('a round that closed while the form was open; with the company away, the charges wait and are made once', async () => {
  const guest = visitor(house);
  const early = await openForm(guest, hedges, { email: 'early@example.org' });
  await pay(guest, await guest.post(`${hedges}/contribute`, early));
  const late = await openForm(visitor(house), bicycle, { email: 'late@example.org' });
  await house.settle();
  await moveTo(house.owner, (await endOf(house.db, 'bici-de-carga-abierta')).add({ minutes: 1 }));
  const answer = await visitor(house).post(`${bicycle}/contribute`, late);
  assert.equal(answer.status, 409);
  has(answer, t('contribute.closed_round_is_closed'));
  has(answer, t('contribute.closed_nothing_charged'));
  assert.deepEqual(await giftsOf(house.db, 'late@example.org'), []);

  await moveTo(house.owner, (await endOf(house.db, 'signed-repair')).add({ minutes: 1 }));
  await house.settle();
  line.down = 1;
  await moveTo(house.owner, (await endOf(house.db, 'atlas-des-haies')).add({ minutes: 1 }));
  await house.settle();
  assert.equal((await giftsOf(house.db, 'early@example.org'))[0]?.state, 'secured', 'it waits');
  await house.hold();
  Object.assign(line, { down: 0, answer_lost: 1 });
  await house.settle();
  line.answer_lost = 0;
  await house.settle();
  const [gift] = await giftsOf(house.db, 'early@example.org');
  assert.deepEqual([gift?.state, gift?.booked], ['collected', 1n]);
  const twice = await rows(
    house.db,
    sql`select checkout_id from sandbox.charges where state = 'paid' group by 1 having count(*) > 1`,
  );
  assert.deepEqual(twice, [], 'no card was charged twice');
  await house.hold();
});

test('the payment company is away when money goes back: refunds wait, and are sent once', async () => {
  const guest = visitor(house);
  const form = await openForm(guest, shipyard, { email: 'refund@example.org' });
  await pay(guest, await guest.post(`${shipyard}/contribute`, form));
  await house.settle();
  const { id, node_id, steward_id } = await only<{ id: string; node_id: string; steward_id: string }>(
    house.db,
    sql`select k.id, k.node_id, (select id from people where email = 'steward@acequia.example') as steward_id
          from campaigns k join projects p on p.id = k.project_id where p.slug = 'voces-del-astillero'`,
  );
  const before = (await giftsOf(house.db, 'refund@example.org'))[0];
  assert.equal(before?.state, 'collected');
  line.down = 1;
  await stopCampaign(house.db, steward_id, node_id, id, 'The shipyard was sold, and with it the recordings.');
  await house.settle();
  assert.equal((await giftsOf(house.db, 'refund@example.org'))[0]?.state, 'collected');
  await house.hold();
  line.down = 0;
  await moveTo(
    house.owner,
    (await only<{ now: Temporal.Instant }>(house.db, sql`select moment() + interval '25 hours' as now`)).now,
  );
  await house.settle();
  const after = (await giftsOf(house.db, 'refund@example.org'))[0];
  assert.deepEqual([after?.state, after?.booked], ['refunded', 2n]);
  await house.hold();
});

function visitor({ app, origin }: House): Browser {
  return openBrowser(app.fetch, { origin });
}

/** Opens the form of a project and fills it in; what is not said is as somebody in a hurry would leave it. */
async function openForm(guest: Browser, project: string, values: Record<string, string>): Promise<Record<string, string>> {
  const page = await guest.get(`${project}/contribute`);
  assert.equal(page.status, 200);
  const hurry = {
    amount: '2000',
    amount_free: '',
    tip: '0',
    tip_free: '',
    reward: '',
    wish: 'needed',
    visibility: 'public',
    method: 'sandbox',
  };
  return { ...hurry, if_failed: 'back_to_me', name: 'Inès Otxoa', message: '', form_key: field(page, 'form_key'), ...values };
}

/** Saves or charges a card on the payment page, comes back, and reads the page of the contribution. */
async function pay(guest: Browser, start: Read, card = '4242424242424242'): Promise<Read> {
  assert.match(start.location ?? '', /\/sandbox\/pay\//);
  const back = await guest.post(start.location ?? '', { card });
  return guest.follow(await guest.follow(back));
}

async function signIn(guest: Browser, email: string): Promise<void> {
  await guest.get('/en/sign-in');
  const answer = await guest.post('/en/sign-in', { email, password });
  assert.equal(answer.status, 303, 'signed in');
}

async function hook(body: string, signature: string, gateway = 'sandbox'): Promise<number> {
  const headers = { 'content-type': 'application/json', 'sandbox-signature': signature };
  return (await house.app.fetch(new Request(`${house.origin}/webhooks/${gateway}`, { method: 'POST', body, headers }), {}))
    .status;
}

function signed(body: string, at: Temporal.Instant): string {
  return sign(webhookSecret(house.config.secret), body, at);
}

function field(page: Read, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';
}

function idOf(start: Read): string {
  return start.location?.split('/').at(-1) ?? '';
}

function plain(page: Read): string {
  const text = page.text.slice(page.text.indexOf('<main'), page.text.indexOf('</main>'));
  return text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&#39;', '’')
    .replace(/\s+/g, ' ');
}

function has(page: Read, text: string): void {
  const found = plain(page);
  assert.ok(
    found.includes(text.replace(/\s+/g, ' ')),
    `"${text}" is not on the page (${page.status}):\n${found.slice(0, 1_000)}`,
  );
}
