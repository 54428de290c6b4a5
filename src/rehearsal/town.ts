import type { Gateways } from '../gateways/index.ts';
import { newId, type Random, seeded } from '../kit/index.ts';
import { book, recipes } from '../ledger/index.ts';
import { type Db, only, rows, sql, transact } from '../platform/db.ts';
import { type PlantedCampaign, plantCampaign, plantPerson } from '../projects/testing-fixtures.ts';
import { behindBadLine, type Faults } from './faults.ts';

/** Everything a rehearsal acts on: a small town with its own clock, its own chance and a bad line to the payment company. */
export type Town = {
  db: Db;
  owner: Db;
  random: Random;
  gateways: Gateways;
  line: Faults;
  secret: string;
  campaigns: PlantedCampaign[];
  people: { id: string; name: string; email: string }[];
  staff: { id: string }[];
};

/** A play begins at a fixed moment, so that the same seed always meets the same calendar (summer time included). */
const beginning = Temporal.Instant.from('2027-02-20T08:00:00Z');

export async function raiseTown(parts: { db: Db; owner: Db; gateways: Gateways; secret: string; seed: string }): Promise<Town> {
  const { db, owner, secret, seed } = parts;
  const random = seeded(seed);
  const line: Faults = { down: 0, answer_lost: 0 };
  await setClock(owner, beginning);
  const plan = { opened_at: beginning };
  const stock = {
    rewards: [
      { amount_cents: 1_000n, units: 3 },
      { amount_cents: 4_000n, units: null },
    ],
  };
  const campaigns = [
    await plantCampaign(owner, {
      ...plan,
      ...stock,
      slug: 'two-rounds',
      lines: [
        { amount_cents: 20_000n, essential: true },
        { amount_cents: 40_000n, essential: false },
      ],
    }),
    await plantCampaign(owner, {
      ...plan,
      ...stock,
      slug: 'one-round',
      rounds: 1,
      lines: [
        { amount_cents: 15_000n, essential: true },
        { amount_cents: 5_000n, essential: false },
      ],
    }),
    await plantCampaign(owner, {
      ...plan,
      slug: 'hard-to-reach',
      round_days: 20,
      lines: [{ amount_cents: 900_000n, essential: true }],
    }),
    await plantCampaign(owner, {
      ...plan,
      ...stock,
      slug: 'just-short',
      round_days: 30,
      lines: [
        { amount_cents: 10_000n, essential: true },
        { amount_cents: 30_000n, essential: false },
      ],
    }),
  ];
  const people = [
    await plantPerson(owner, { name: 'Ana' }),
    await plantPerson(owner, { name: 'Bixen' }),
    await plantPerson(owner, { name: 'Chloé' }),
  ];
  const staff = [await plantPerson(owner, { name: 'Treasurer' }), await plantPerson(owner, { name: 'Steward' })];
  const town = {
    db,
    owner,
    random,
    line,
    secret,
    campaigns,
    people,
    staff,
    gateways: behindBadLine(parts.gateways, random, line),
  };
  for (const person of people) await fillWallet(town, person.id, 20_000n);
  return town;
}

async function fillWallet(town: Town, person_id: string, cents: bigint): Promise<void> {
  const host_id = town.campaigns[0]?.host_id ?? '';
  await transact(town.db, (trx) =>
    book(trx, beginning, recipes.walletFilled({ host_id, currency: 'EUR' }, person_id, newId(), cents)),
  );
}

export async function setClock(owner: Db, at: Temporal.Instant): Promise<void> {
  await sql`update clock set frozen_at = ${at}`.execute(owner);
}

export async function timeOf(town: Town): Promise<Temporal.Instant> {
  return (await only<{ now: Temporal.Instant }>(town.db, sql`select moment() as now`)).now;
}

/** What stands at the end, free of ids: the same seed gives the same lines. */
export async function digest(town: Town): Promise<string[]> {
  const lines = await rows<{ line: string }>(
    town.db,
    sql`select p.slug || ' ' || k.state || ' ' || coalesce(k.final_collected_cents, 0) as line from campaigns k join projects p on p.id = k.project_id
        union all
        select 'contributions ' || method || ' ' || state || ' ' || count(*) || ' ' || sum(amount_cents + tip_cents) from contributions group by method, state
        union all
        select 'account ' || kind || ' ' || sum(balance_cents) from accounts where stored group by kind
        union all
        select 'refunds ' || state || ' ' || count(*) from refunds group by state
        union all
        select 'parked ' || why || ' ' || count(*) from parked group by why
        order by 1`,
  );
  return lines.map(({ line }) => line);
}
