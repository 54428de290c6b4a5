import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, sql } from '../platform/db.ts';
import { testDb } from '../platform/testing.ts';
import { plantCampaign, plantContribution, plantPerson } from '../projects/testing-fixtures.ts';
import { type ProjectFacts, projectFacts, wantedFor } from './project-facts.ts';
import { openProjectPages, textOf } from './testing-project.ts';

const { db, owner } = await testDb();
const { html } = await openProjectPages(db);

test('the ledger shows every movement by pages, and the balance runs through all of them', async () => {
  const campaign = await plantCampaign(owner, { state: 'round_two', slug: 'long' });
  let sum_cents = 0n;
  for (let n = 1; n <= 120; n += 1) {
    await plantContribution(owner, campaign, {
      state: 'collected',
      amount_cents: BigInt(n * 100),
      tip_cents: 50n,
      method: 'transfer',
    });
    sum_cents += BigInt(n * 100);
  }
  const seen: { id: string; amount_cents: bigint; balance_cents: bigint }[] = [];
  let before: bigint | null = null;
  for (;;) {
    const facts: ProjectFacts | undefined = await projectFacts(db, 'long', wantedFor('ledger', 1, before));
    const ledger = facts?.ledger;
    assert.equal(ledger?.held_cents, sum_cents);
    seen.push(...(ledger?.lines ?? []));
    if (!ledger?.older) break;
    before = BigInt(ledger.older);
  }
  assert.equal(seen.length, 120, 'every movement of the campaign, tips and bank transfers apart');
  assert.equal(new Set(seen.map(({ id }) => id)).size, 120);
  assert.equal(seen[0]?.balance_cents, sum_cents);
  assert.equal(seen.at(-1)?.balance_cents, seen.at(-1)?.amount_cents);
  for (const [n, line] of seen.entries()) assert.equal(line.balance_cents - line.amount_cents, seen[n + 1]?.balance_cents ?? 0n);
  const page = await html('/en/projects/long/ledger');
  assert.match(page, new RegExp(`href="/en/projects/long/ledger\\?before=${seen[49]?.id}"`));
  assert.match(textOf(page), /Held for this campaign now: €7,260/);
});

test('accounts are named in words; whose wallet it was is not said', async () => {
  const campaign = await plantCampaign(owner, { state: 'failed', slug: 'words' });
  const other = await plantCampaign(owner, { slug: 'heir', title: { en: 'The heir' } });
  const person = await plantPerson(owner);
  const made = await plantContribution(owner, campaign, { state: 'collected', method: 'transfer', amount_cents: 5_000n });
  const line = {
    subject: made.id,
    ordinal: 0,
    campaign: campaign.campaign_id,
    host: campaign.host_id,
    from_kind: 'held',
    from_owner: campaign.campaign_id,
    currency: 'EUR',
  };
  const lines = [
    { ...line, entry: 'contribution_credited', to_kind: 'wallet', to_owner: person.id, cents: 3_000n },
    { ...line, entry: 'contribution_redirected', to_kind: 'held', to_owner: other.campaign_id, cents: 2_000n },
  ];
  await sql`select book(moment(), ${json(lines)})`.execute(owner);
  const page = await html('/en/projects/words');
  const text = textOf(page);
  assert.match(text, /Contribution put into the giver’s wallet .* held for this campaign → a giver’s wallet − €30/);
  assert.match(text, /held for this campaign → held for “The heir” − €20/);
  assert.match(text, /bank account of Host of Acequia → held for this campaign \+ €50/);
  assert.match(text, /Nothing is held for this campaign any more/);
  assert.ok(!page.includes(person.id));
  const heir = textOf(await html('/en/projects/heir/ledger'));
  assert.match(heir, /held for “A garden on the roof” → held for this campaign \+ €20 €20/);
});

test('while it goes back, the page says how much is still on its way', async () => {
  const campaign = await plantCampaign(owner, { state: 'stopped', slug: 'on-its-way' });
  await plantContribution(owner, campaign, { state: 'collected', method: 'transfer', amount_cents: 5_000n });
  assert.match(textOf(await html('/en/projects/on-its-way')), /€50 is still on its way back\./);
});
