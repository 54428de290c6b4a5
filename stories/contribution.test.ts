import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { only, sql } from '../src/platform/db.ts';
import { speak } from '../src/platform/i18n.ts';
import { openBrowser, troublesOf } from '../src/platform/testing-browser.ts';
import { giftsOf, mailsTo, openHouse } from './house.ts';
import { keysOf } from './keys.ts';

const house = await openHouse();
const { newPage } = await openBrowser();

test('a guest gives 20 EUR on a telephone without scripts, in French, and follows them to the last cent', async () => {
  const t = speak('fr');
  const page = await newPage({ width: 360, height: 740, locale: 'fr-FR', javascript: false });
  const email = 'solene@example.org';

  await page.goto(house.origin);
  assert.match(page.url(), /\/fr(\/|$)/, 'the browser reads French');
  await narrow(page);
  await page
    .locator('summary', { hasText: t('look.menu') })
    .first()
    .click();
  await page
    .getByRole('link', { name: t('look.nav_explore'), exact: true })
    .first()
    .click();
  await narrow(page);
  await page.getByRole('link', { name: 'Atlas vivant des haies' }).first().click();
  assert.match(page.url(), /\/fr\/n\/pays-de-la-loire\/projects\/atlas-des-haies$/);
  await narrow(page);

  await page
    .getByRole('link', { name: t('project.contribute'), exact: true })
    .first()
    .click();
  await narrow(page);
  await page.getByRole('radio', { name: '20 €', exact: true }).check();
  await page.getByLabel(t('contribute.email'), { exact: true }).fill(email);
  await page.getByLabel(t('contribute.name'), { exact: true }).fill('Solène Le Goff');
  await page.getByRole('button', { name: t('contribute.submit') }).click();

  assert.match(page.url(), /\/sandbox\/pay\//);
  await narrow(page);
  await said(page, t('sandbox.nothing_today'));
  await page.getByRole('radio', { name: '4242 4242 4242 4242' }).check();
  await page.getByRole('button', { name: t('sandbox.do_secure') }).click();

  await said(page, t('contribution.thanks', { name: 'Solène Le Goff' }));
  await narrow(page);
  const own_page = page.url();
  const [secured] = await giftsOf(house.db, email);
  assert.equal(secured?.state, 'secured');
  assert.equal(secured?.amount_cents, 2_000n);
  assert.equal(secured?.booked, 0n, 'nothing is in the books before anything is charged');
  await page.getByRole('link', { name: t('contribution.to_confirmation') }).click();
  await said(page, t('contribution.confirmation_title'));
  await narrow(page);

  await house.settle();
  assert.deepEqual((await mailsTo(house.db, email)).map((mail) => mail.kind).slice(0, 1), ['giver_secured']);
  await house.hold();
  await roundPasses(page);

  await page.goto(own_page);
  await page.getByRole('link', { name: t('contribution.to_receipt') }).click();
  await said(page, t('contribution.receipt_title'));
  await page.locator('main a[href*="/ledger"]').first().click();
  await narrow(page);
  const movement = page.getByRole('row').filter({ has: page.locator(new URL(page.url()).hash) });
  assert.match(await movement.innerText(), /20\s€/, 'the public ledger shows the 20 EUR');
  const [collected] = await giftsOf(house.db, email);
  assert.equal(collected?.state, 'collected');
  assert.equal(collected?.booked, 1n);
  const mail = (await mailsTo(house.db, email)).find(({ kind }) => kind === 'giver_collected');
  assert.match(mail?.subject ?? '', /20\s€|Atlas/);
  await house.hold();
  assert.deepEqual(troublesOf(page), []);
});

/** On the page for those who build: the clock goes to the end of the round, and everything due until then is done on its day. */
async function roundPasses(page: Page): Promise<void> {
  const t = speak('fr');
  await page.goto(`${house.origin}/fr/dev/clock`);
  await narrow(page);
  await page
    .getByRole('row', { name: /Atlas vivant des haies/ })
    .getByRole('button', { name: t('dev.to_end_of_round') })
    .first()
    .click();
  await house.settle();
  const { state } = await only<{ state: string }>(
    house.db,
    sql`select k.state from campaigns k join projects p on p.id = k.project_id where p.slug = 'atlas-des-haies'`,
  );
  assert.ok(['collecting', 'round_two'].includes(state), `the campaign is ${state}`);
}

test('the same by keyboard alone, with scripts, in English: in the second round the card is charged at once', async () => {
  const t = speak('en');
  const page = await newPage({ locale: 'en-GB' });
  const keys = keysOf(page);
  const email = 'rosa@example.org';

  await page.goto(house.origin);
  await keys.press('Tab');
  assert.equal(await keys.here(), t('look.skip'), 'the first stop skips the navigation');
  await keys.to(t('look.nav_explore'));
  await keys.follow();
  await keys.to('Voices of the shipyard');
  await keys.follow();
  await keys.to(t('project.contribute'));
  await keys.follow();

  await keys.to('€20');
  await keys.press('ArrowRight');
  assert.equal(await keys.here(), '€50');
  await said(page, '€50');
  await keys.press('ArrowLeft');
  await keys.to(t('contribute.email'));
  await page.keyboard.type(email);
  await keys.to(t('contribute.name'));
  await page.keyboard.type('Rosa Vega');
  await keys.to(/^Contribute\s+€20$/);
  await keys.follow();

  assert.match(page.url(), /\/sandbox\/pay\//);
  await keys.to('4242 4242 4242 4242');
  await keys.to(t('sandbox.do_pay', { amount: '€20' }));
  await keys.follow();
  await said(page, t('contribution.thanks', { name: 'Rosa Vega' }));
  await keys.to(t('contribution.to_receipt'));
  await keys.follow();
  await said(page, t('contribution.receipt_title'));

  await house.settle();
  const [gift] = await giftsOf(house.db, email);
  assert.deepEqual([gift?.state, gift?.amount_cents, gift?.booked], ['collected', 2_000n, 1n]);
  assert.ok((await mailsTo(house.db, email)).some(({ kind }) => kind === 'giver_collected'));
  await house.hold();
  assert.deepEqual(troublesOf(page), []);
});

async function said(page: Page, text: string): Promise<void> {
  const body = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
  assert.ok(body.includes(text.replace(/\s+/g, ' ')), `"${text}" is not on ${page.url()}:\n${body.slice(0, 1_500)}`);
}

/** Nothing makes a reader scroll sideways. */
async function narrow(page: Page): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 };
  const box = await page.locator('html').boundingBox();
  assert.ok(box && box.width <= width, `${page.url()} is ${box?.width} px wide`);
}
