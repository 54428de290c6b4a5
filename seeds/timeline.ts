import { type Begun, contribute, type Giving, settle } from '../src/contributions/index.ts';
import { type Fact, type Gateways, payCheckout } from '../src/gateways/index.ts';
import { newId, seeded } from '../src/kit/index.ts';
import { type Db, rows, sql, transact } from '../src/platform/db.ts';
import { tend } from '../src/rounds/index.ts';
import type { PlantedProject } from './plant-project.ts';

/** One gift of the story: who, when, what, and the test card when it is play money of today. */
export type Gift = {
  at: Temporal.Instant;
  project: PlantedProject;
  amount_cents: bigint;
  tip_cents: bigint;
  reward_id: string | null;
  wish: string[];
  name: string;
  email: string;
  message: string | null;
  visibility: Giving['visibility'];
  method: 'archive' | 'sandbox';
  card: string;
};

type Deps = { db: Db; gateways: Gateways };

/**
 * Lives the planned gifts and the ends of rounds in the order of time, with the clock set to each moment, through the same verbs that serve
 * people: contribute, settle, tend. Gifts of the same hour go together, those of the past by the day. Ends at `now`.
 */
export async function live(
  deps: Deps,
  gifts: readonly Gift[],
  moments: readonly Temporal.Instant[],
  now: Temporal.Instant,
): Promise<void> {
  const hours = new Map<number, Gift[]>();
  for (const gift of gifts) addTo(hours, hourOf(gift), gift);
  const stops = new Set(moments.map((moment) => Math.ceil(moment.epochMilliseconds / 3_600_000)));
  let given = 0;
  let analyzed = 100;
  for (const hour of [...new Set([...hours.keys(), ...stops])].sort((a, b) => a - b)) {
    const at = Temporal.Instant.fromEpochMilliseconds(hour * 3_600_000);
    if (Temporal.Instant.compare(at, now) > 0) break;
    await setClock(deps.db, at.add({ seconds: 1 }));
    if (stops.has(hour)) await tend(deps);
    const together = hours.get(hour) ?? [];
    await giveTogether(deps, together);
    given += together.length;
    // A database that fills this fast must be told what is in it, or it reads whole tables where an index would do.
    if (given > analyzed * 2) {
      analyzed = given;
      await sql`analyze contributions, payments, events, entries, movements, accounts, campaign_totals, campaigns`.execute(
        deps.db,
      );
    }
  }
  await setClock(deps.db, now);
  await tend(deps);
}

/** Of the past only the day matters: its gifts go together, at noon. */
function hourOf({ at, method }: Gift): number {
  const hour = Math.floor(at.epochMilliseconds / 3_600_000);
  return method === 'archive' ? hour - (hour % 24) + 12 : hour;
}

function addTo(hours: Map<number, Gift[]>, hour: number, gift: Gift): void {
  const there = hours.get(hour);
  if (there) there.push(gift);
  else hours.set(hour, [gift]);
}

export async function setClock(db: Db, at: Temporal.Instant | null): Promise<void> {
  await sql`update clock set frozen_at = ${at}, shift = '0'`.execute(db);
}

async function giveTogether({ db, gateways }: Deps, gifts: readonly Gift[]): Promise<void> {
  const made: { gift: Gift; begun: Begun }[] = [];
  for (let from = 0; from < gifts.length; from += 10) {
    const some = gifts.slice(from, from + 10);
    made.push(
      ...(await Promise.all(
        some.map(async (gift) => ({
          gift,
          begun: await contribute({ db, gateways }, givingOf(gift), () => 'http://localhost/'),
        })),
      )),
    );
  }
  const facts: Fact[] = [];
  for (const { gift, begun } of made)
    if (gift.method === 'sandbox') await payCheckout(db, begun.url?.slice(begun.url.lastIndexOf('/') + 1) ?? '', gift.card);
  const open = await paymentsOf(
    db,
    made.map(({ begun }) => begun.contribution_id),
  );
  for (const payment of open) {
    const fact =
      payment.gateway === 'archive'
        ? archived(payment)
        : await gateways.sandbox.askStatus({ payment_id: payment.id, gateway_object: payment.gateway_object });
    if (fact) facts.push(fact);
  }
  if (facts.length > 0) await transact(db, (trx) => settle(trx, facts));
}

type Open = {
  id: string;
  gateway: string;
  gateway_object: string | null;
  purpose: string;
  amount_cents: bigint;
  currency: string;
  created_at: Temporal.Instant;
};

function paymentsOf(db: Db, contribution_ids: readonly string[]): Promise<Open[]> {
  return rows<Open>(
    db,
    sql`select id, gateway, gateway_object, purpose, amount_cents, currency, created_at from payments
                             where contribution_id = any(${contribution_ids}::uuid[]) and state = 'asked' order by id`,
  );
}

function archived(payment: Open): Fact {
  const object = `archive_${payment.id}`;
  const secured = payment.purpose === 'secure';
  const { amount_cents, currency, created_at } = payment;
  const fact = {
    gateway: 'archive',
    gateway_object: object,
    payment_id: payment.id,
    amount_cents,
    currency,
    live: false,
    at: created_at,
  } as const;
  return secured ? { ...fact, outcome: 'secured', method_token: object } : { ...fact, outcome: 'collected' };
}

function givingOf(gift: Gift): Giving {
  const { project, amount_cents, tip_cents, reward_id, wish, name, email, message, visibility, method } = gift;
  const fixed = {
    giver_node_id: null,
    person_id: null,
    reward_answer: null,
    address: null,
    if_failed: 'back_to_me',
    redirect_campaign_id: null,
  } as const;
  const locale = project.node.slug === 'pays-de-la-loire' ? 'fr' : 'es';
  const of = { campaign_id: project.campaign_id, made_node_id: project.node.id };
  return {
    ...fixed,
    ...of,
    amount_cents,
    tip_cents,
    reward_id,
    wish,
    name,
    email,
    message,
    visibility,
    method,
    locale,
    form_key: newId(),
  };
}

/** Invented people of the demonstration. Addresses end in example.org, which nobody can own. */
export function inventedGivers(count: number, seed: string): { name: string; email: string }[] {
  const random = seeded(`givers ${seed}`);
  return Array.from({ length: count }, (_, n) => {
    const [first, last] = [random.pick(first_names), random.pick(last_names)];
    return { name: random.chance(0.3) ? first : `${first} ${last}`, email: `giver-${seed}-${n}@example.org` };
  });
}

const first_names =
  'Ainhoa Amaia Ander Antoine Aurélie Beñat Camille Carmen Chloé Clara Diego Elena Enzo Eva Fanny Gaël Garazi Hugo Inès Iker Irene Itziar Jon Jorge Julie Karim Lamia Laura Léa Leire Louis Lucía Maël Maite Manon Marta Mehdi Miren Nadia Naiara Nahia Nerea Noé Olatz Oihane Pablo Paul Pilar Rosa Sara Sofía Solène Théo Unai Xabier Yann Yasmine Zoé'.split(
    ' ',
  );
const last_names =
  'Abad Aguirre Alonso Arrieta Bernard Blanc Bonnet Castro Chevalier Cano Díaz Duval Echeverría Etxeberria Fabre Ferrer Fuentes Garnier Gil Girard Goñi Guillou Haddad Herrera Ibarra Jiménez Lambert Leclerc Le Goff Lozano Marín Mercier Molina Morel Moreno Navarro Olivier Ortega Otxoa Perrin Prieto Ramos Rey Rivière Roche Romero Rousseau Ruiz Sanz Serrano Thomas Urrutia Vega Vidal Zabala'.split(
    / (?!Goff)/,
  );
