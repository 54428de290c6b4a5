import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Node } from '../nodes/index.ts';
import { type Locale, locales } from '../platform/i18n.ts';
import { messages } from '../platform/messages.ts';
import type { Campaign, Gift } from './facts.ts';
import { type GiverLetter, giverMail, isNews } from './giver.ts';
import { alarmMail, parkedMail } from './keepers.ts';
import { type Mail, oneLine } from './letter.ts';
import { readStop } from './links.ts';
import { type PromoterLetter, promoterMail } from './promoter.ts';
import { sayOf } from './say.ts';

const post = { origin: 'https://acequia.example', secret: 'a secret for tests of letters' };
const giver_letters = [
  'transfer',
  'secured',
  'collected',
  'declined',
  'lapsed',
  'released',
  'strayed',
  'failed',
  'refunded',
  'credited',
  'redirected',
  'withdrawn',
  'round_two',
  'funded',
] as const;
const promoter_letters = ['opened', 'collecting', 'round_two', 'funded', 'failed', 'stopped', 'milestone'] as const;

const node = {
  id: 'n',
  slug: 'euskadi',
  kind: 'local',
  name: { en: 'Basque Country', fr: 'Euskadi', es: 'Euskadi' },
  default_locale: 'es',
  locales: ['en', 'fr', 'es'],
  time_zone: 'Europe/Madrid',
  host: {
    id: 'h',
    name: 'Host of the node',
    iban: 'ES91 2100 0418 4502 0005 1332',
    account_holder: 'Holder of the account',
    demonstration: false,
  },
} as unknown as Node;

const campaign: Campaign = {
  id: '01900000-0000-7000-8000-000000000001',
  state: 'round_one',
  node_id: 'n',
  slug: 'garden',
  title: { en: 'A garden <on> the roof', fr: 'Un jardin sur le toit', es: 'Un huerto en el tejado' },
  locale: 'fr',
  place: 'Nantes',
  demonstration: false,
  currency: 'EUR',
  minimum_cents: 520_000n,
  optimum_cents: 920_000n,
  ends_at: Temporal.Instant.from('2027-05-30T22:00:00Z'),
  grace_ends_at: null,
  tolerance_bp: 500,
  time_zone: 'Europe/Madrid',
  stop_reason: null,
  raised_cents: 310_000n,
  collected_cents: 530_000n,
  contributions: 74,
  closing_pledged_cents: 540_000n,
  closing_contributions: 75,
  promoter: { id: 'p', email: 'promoter@example.org', name: 'Maite', locale: 'es' },
};

const gift: Gift = {
  id: '01900000-0000-7000-8000-00000000000a',
  campaign_id: campaign.id,
  person_id: null,
  email: 'Giver@example.org',
  name: 'Ana',
  locale: 'en',
  amount_cents: 2_000n,
  tip_cents: 150n,
  currency: 'EUR',
  method: 'sandbox',
  state: 'secured',
  reference: null,
  if_failed: 'back_to_me',
  redirect_campaign_id: null,
  strayed: false,
  lapses_at: Temporal.Instant.from('2027-05-20T10:00:00Z'),
  collected_at: Temporal.Instant.from('2027-05-31T08:00:00Z'),
  grace_ends_at: Temporal.Instant.from('2027-06-06T22:00:00Z'),
  next_retry_at: Temporal.Instant.from('2027-06-01T22:00:00Z'),
  reward: { fr: 'Un panier' },
};

const write = (letter: GiverLetter, locale: Locale, about: Partial<Gift> = {}, of: Partial<Campaign> = {}): Mail =>
  giverMail(post, sayOf({ ...campaign, ...of }, node, locale), { ...gift, ...about }, letter, 7n, 'Another project');

const amounts = { en: '€21.50', fr: '21,50\u00a0€', es: '21,50\u00a0€' };

test('every letter to a giver is complete in every language', () => {
  for (const locale of locales) {
    for (const letter of giver_letters) {
      const mail = write(letter, locale);
      isWhole(mail, locale);
      assert.equal(mail.to, 'Giver@example.org');
      assert.equal(mail.key, 'event:7:giver');
      if (!isNews(letter) && letter !== 'redirected')
        assert.ok(mail.text.includes(amounts[locale]), `${locale} ${letter} says how much`);
      assert.ok(mail.text.includes('Host of the node'), 'who holds the money');
    }
  }
});

test('every letter to a promoter is complete in every language and names nobody who gave', () => {
  const passed = [
    { milestone: 'contribution_50', n: 50 },
    { milestone: 'percent_100', n: 100 },
    { milestone: 'contribution_1', n: 1 },
    { milestone: 'percent_20', n: 20 },
  ];
  for (const locale of locales) {
    for (const letter of promoter_letters) {
      const mail = promoterMail(post, sayOf(campaign, node, locale), letter as PromoterLetter, 9n, passed);
      assert.ok(mail);
      isWhole(mail, locale);
      assert.equal(mail.to, 'promoter@example.org');
    }
  }
  assert.equal(promoterMail(post, sayOf({ ...campaign, promoter: null }, node, 'en'), 'funded', 9n), null);
});

test('letters to those who look after money', () => {
  const keeper = { id: 'k', email: 'keeper@example.org', name: 'Tomás', locale: 'es' as const };
  for (const locale of locales) {
    const parked = parkedMail(
      post,
      node,
      { ...keeper, locale },
      { id: 'x', host_id: 'h', gateway: 'sandbox', why: 'other_amount', amount_cents: 999n, currency: 'EUR' },
      3n,
    );
    isWhole(parked, locale);
    assert.ok(parked.text.includes(`https://acequia.example/${locale}/n/euskadi/desk/money`));
    const alarm = alarmMail(post, node, { ...keeper, locale }, ['collected_once', 'reward_units_agree'], 4n);
    isWhole(alarm, locale);
    assert.ok(alarm.text.includes('collected once'));
  }
});

test('what a letter says depends on what is', () => {
  const cases: [GiverLetter, Locale, Partial<Gift>, Partial<Campaign>, RegExp][] = [
    ['secured', 'en', {}, {}, /charged only if “A garden <on> the roof” reaches €5,200 by 30 May 2027, 24:00 \(Madrid time\)/],
    ['secured', 'fr', {}, {}, /avant le 30 mai 2027, 24\u00a0h \(heure de Madrid\)/],
    ['secured', 'es', {}, {}, /antes del 30 de mayo de 2027, 24:00 \(hora de Madrid\)/],
    ['secured', 'en', {}, { state: 'collecting' }, /its money is being collected now/],
    ['transfer', 'en', { reference: 'ACQ-1234-5678' }, {}, /Reference: ACQ-1234-5678/],
    ['transfer', 'en', {}, {}, /IBAN: ES91 2100 0418 4502 0005 1332/],
    ['transfer', 'es', { if_failed: 'node_fund' }, {}, /va al fondo común de Euskadi/],
    ['transfer', 'en', { if_failed: 'another_campaign' }, {}, /goes to “Another project”/],
    [
      'collected',
      'en',
      { method: 'wallet' },
      { state: 'round_two' },
      /taken from your wallet.*whatever arrives until 30 May 2027/,
    ],
    ['collected', 'en', {}, {}, /Tip for Basque Country: €1.50/],
    ['collected', 'en', { tip_cents: 0n }, {}, /Total: €20\n/],
    ['collected', 'en', {}, {}, /Reward: Un panier/],
    ['declined', 'en', {}, {}, /same card again on 2 June 2027/],
    [
      'declined',
      'en',
      { next_retry_at: null },
      {},
      /bank said no[\s\S]*If it cannot be charged by 7 June 2027 at 00:00 \(Madrid\)/,
    ],
    ['released', 'en', {}, { state: 'failed' }, /needed €5,200; €3,100 had been raised/],
    ['released', 'en', {}, { state: 'stopped', stop_reason: 'The place is gone.' }, /Reason given: The place is gone\./],
    ['strayed', 'en', {}, {}, /has ended\. .*did not agree with it/],
    ['failed', 'en', { method: 'transfer' }, { state: 'failed' }, /treasurer does this by hand/],
    ['redirected', 'en', { if_failed: 'node_fund' }, { state: 'failed' }, /€20 is in the common fund of Basque Country/],
    ['redirected', 'fr', { if_failed: 'another_campaign' }, { state: 'failed' }, /transmis à «\u00a0Another project\u00a0»/],
    ['lapsed', 'en', { method: 'transfer' }, {}, /had not arrived in time/],
    ['lapsed', 'en', {}, {}, /could not charge your card/],
    ['funded', 'en', {}, { contributions: 1 }, /one contribution brought €5,300/],
  ];
  for (const [letter, locale, about, of, said] of cases) assert.match(write(letter, locale, about, of).text, said);
});

test('links open the contribution in the reader’s language and in the node', () => {
  assert.match(
    write('secured', 'fr').text,
    /https:\/\/acequia\.example\/fr\/n\/euskadi\/contributions\/01900000-0000-7000-8000-00000000000a\?key=[\w-]{43}\n/,
  );
  assert.match(
    write('secured', 'fr').html,
    /href="https:\/\/acequia\.example\/fr\/n\/euskadi\/contributions\/[^"]+\?key=[\w-]{43}"/,
  );
  assert.match(write('credited', 'en').text, /\/en\/n\/euskadi\/me\/wallet\n/);
});

test('only news can be stopped, by one click, and its key says for whom and what', () => {
  for (const letter of giver_letters) {
    const mail = write(letter, 'en');
    assert.equal(mail.headers['List-Unsubscribe'] !== undefined, letter === 'round_two' || letter === 'funded', letter);
    assert.equal(mail.news !== null, isNews(letter));
  }
  const { headers, text } = write('funded', 'en');
  assert.equal(headers['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click');
  const key = /^<https:\/\/acequia\.example\/mail-stop\/([\w.-]+)>$/.exec(headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
  assert.deepEqual(readStop(post.secret, key), { address: 'giver@example.org', topic: 'giver_news', campaign_id: campaign.id });
  assert.ok(text.includes(`https://acequia.example/en/n/euskadi/mail/${key}`));
  assert.equal(readStop('another secret', key), null);
  assert.equal(readStop(post.secret, `${key}x`), null);
  const milestone = promoterMail(post, sayOf(campaign, node, 'en'), 'milestone', 9n, [{ milestone: 'percent_50', n: 50 }]);
  assert.ok(milestone?.headers['List-Unsubscribe']);
  assert.equal(promoterMail(post, sayOf(campaign, node, 'en'), 'funded', 9n)?.headers['List-Unsubscribe'], undefined);
});

test('what people wrote is escaped in HTML and cannot begin another header', () => {
  const evil = 'Roof\r\nBcc: all@example.org\u2028<script>alert(1)</script>\u202e';
  const mail = write('secured', 'en', { name: '<img src=x>' }, { title: { en: evil } });
  assert.doesNotMatch(mail.subject, /[\r\n\u2028\u202e]/);
  assert.doesNotMatch(mail.html, /<script|<img/);
  assert.match(mail.html, /&lt;img src=x&gt;/);
  assert.equal(oneLine(' a \r\n\t b\u0000c ', 100), 'a b c');
  assert.equal([...oneLine('é'.repeat(500), 180)].length, 180);
});

test('a letter carries its own form: nothing is loaded, dark paper is known', () => {
  const { html } = write('collected', 'en');
  assert.doesNotMatch(html, /src=|url\(|@import|<link/);
  assert.match(html, /prefers-color-scheme:dark/);
  assert.match(html, /<html lang="en">/);
  assert.ok(html.length < 9_000, `${html.length} characters`);
});

test('the same keys in every language, and the same parameters in each', () => {
  const parameters = (text: string) => [...new Set([...text.matchAll(/\{([a-z_]+)[,}]/g)].map((found) => found[1]))].sort();
  for (const key of Object.keys(messages.en.mail ?? {})) {
    const english = parameters(messages.en.mail?.[key] ?? '');
    for (const locale of locales)
      assert.deepEqual(parameters(messages[locale].mail?.[key] ?? ''), english, `${locale} mail.${key}`);
  }
});

/** Nothing left unsaid: no key, no brace, no undefined, no English in other languages' frames. */
function isWhole(mail: Mail, locale: Locale): void {
  for (const part of [mail.subject, mail.html.replace(/<style>.*<\/style>/s, ''), mail.text]) {
    assert.doesNotMatch(part, /\bmail\.[a-z]|[{}]|undefined|null|\[object/, `${mail.kind} ${locale}`);
    assert.doesNotMatch(part, / {2}|(?<!--) \n|\n{3}/, `${mail.kind} ${locale}`);
  }
  assert.ok(mail.subject.length > 10 && mail.text.length > 200);
  assert.equal(mail.locale, locale);
  assert.match(mail.html, new RegExp(`<html lang="${locale}">`));
}
