import { performance } from 'node:perf_hooks';
import { contribute, settle } from '../src/contributions/index.ts';
import { giving } from '../src/contributions/testing-giving.ts';
import type { Fact, Gateways } from '../src/gateways/index.ts';
import { newId } from '../src/kit/index.ts';
import { type Db, rows, sql, transact } from '../src/platform/db.ts';
import { type PlantedCampaign, plantCampaign, plantNode } from '../src/projects/testing-fixtures.ts';
import { tend } from '../src/rounds/index.ts';
import { interleaved, rate, say } from './measure.ts';

export type Bench = { db: Db; owner: Db; gateways: Gateways };

const lanes = 16;

/** Live campaigns to give to, made from one planted pattern in a few statements. */
export async function plantMany(owner: Db, count: number, minimum_cents = 100_000_000n): Promise<PlantedCampaign[]> {
  const pattern = await plantCampaign(owner, {
    node: await plantNode(owner),
    opened_at: Temporal.Now.instant().subtract({ hours: 24 }),
    lines: [{ amount_cents: minimum_cents, essential: true }],
    rewards: [],
  });
  const more = Array.from({ length: count - 1 }, () => ({ project_id: newId(), campaign_id: newId() }));
  const given = JSON.stringify(more);
  await sql`insert into projects (id, node_id, slug, locale, title, claim, place, scope, categories, promoter_name, created_at)
    select x.project_id, p.node_id, 'many-' || x.project_id, p.locale, p.title, p.claim, p.place, p.scope, p.categories, p.promoter_name, p.created_at
      from jsonb_to_recordset(${given}::jsonb) as x(project_id uuid, campaign_id uuid), projects p where p.id = ${pattern.project_id}`.execute(
    owner,
  );
  await sql`insert into campaigns (id, project_id, node_id, host_id, currency, minimum_cents, optimum_cents, time_zone)
    select x.campaign_id, x.project_id, k.node_id, k.host_id, k.currency, k.minimum_cents, k.optimum_cents, k.time_zone
      from jsonb_to_recordset(${given}::jsonb) as x(project_id uuid, campaign_id uuid), campaigns k where k.id = ${pattern.campaign_id}`.execute(
    owner,
  );
  for (const state of ['in_review', 'scheduled', 'round_one']) {
    await sql`update campaigns set state = ${state}, opened_at = ${pattern.opened_at}, ends_at = ${pattern.ends_at} where id = any(${more.map((m) => m.campaign_id)}::uuid[])`.execute(
      owner,
    );
  }
  await sql`insert into campaign_totals (campaign_id) select unnest(${more.map((m) => m.campaign_id)}::uuid[])`.execute(owner);
  await sql`select account(host_id, 'held', id::text, currency) from campaigns`.execute(owner);
  return [pattern, ...more.map((m) => ({ ...pattern, ...m, slug: `many-${m.project_id}` }))];
}

/**
 * The reference: the rows that one contribution by the sandbox leaves behind (contribution, payment, the company's checkout and delivery,
 * webhook, event, mail, the campaign's totals), written by one bare statement.
 */
export async function bare(db: Db, campaign: PlantedCampaign): Promise<void> {
  const [id, payment_id, mail_id] = [newId(), newId(), newId()];
  await sql`
    with contribution as (
      insert into contributions (id, campaign_id, host_id, node_id, made_node_id, email, name, locale, amount_cents, currency, visibility, if_failed, method, started_at, form_key)
      values (${id}, ${campaign.campaign_id}, ${campaign.host_id}, ${campaign.node_id}, ${campaign.node_id}, 'ana@example.org', 'Ana', 'en', 2000, 'EUR', 'public', 'back_to_me', 'sandbox', now(), ${id})
    ), payment as (
      insert into payments (id, contribution_id, gateway, purpose, amount_cents, currency, state, gateway_object, method_token, created_at, settled_at)
      values (${payment_id}, ${id}, 'sandbox', 'secure', 2000, 'EUR', 'secured', ${`sbx_${payment_id}`}, ${`card_${payment_id}`}, now(), now())
    ), checkout as (
      insert into sandbox.checkouts (id, merchant, client_key, purpose, amount_cents, currency, description, locale, return_url, expires_at, state, token, card, created_at, ended_at)
      values (${`sbx_${payment_id}`}, 'acequia', ${payment_id}, 'secure', 2000, 'EUR', 'A garden', 'en', 'http://localhost/', now(), 'secured', ${`card_${payment_id}`}, '4242', now(), now())
    ), delivery as (
      insert into sandbox.deliveries (event_id, body, due_at, delivered_at) values (${`evt_${payment_id}`}, ${body(payment_id)}, now(), now())
    ), webhook as (
      insert into webhooks (gateway, event_id, body, received_at, handled_at, outcome) values ('sandbox', ${`evt_${payment_id}`}, ${body(payment_id)}, now(), now(), 'settled')
    ), event as (
      insert into events (at, kind, node_id, campaign_id, subject_id, reacted_at) values (now(), 'contribution_secured', ${campaign.node_id}, ${campaign.campaign_id}, ${id}, now())
    ), mail as (
      insert into mails (id, key, kind, to_address, locale, subject, html, body_text) values (${mail_id}, ${mail_id}, 'contribution_secured', 'ana@example.org', 'en', 'Thank you', ${'x'.repeat(3000)}, ${'x'.repeat(1200)})
    )
    update campaign_totals set secured_cents = secured_cents + 2000, contributions = contributions + 1 where campaign_id = ${campaign.campaign_id}`.execute(
    db,
  );
}

const body = (payment_id: string) =>
  JSON.stringify({
    id: `evt_${payment_id}`,
    object: `sbx_${payment_id}`,
    client_key: payment_id,
    state: 'secured',
    amount: '2000',
    currency: 'EUR',
    token: `card_${payment_id}`,
  });

/** Contributions begun and paid over there, waiting for their settling. */
async function begunFacts(bench: Bench, campaigns: readonly PlantedCampaign[], count: number): Promise<Fact[]> {
  const facts: Fact[] = [];
  await rate(count, lanes, async (n) => {
    const campaign = campaigns[n % campaigns.length] as PlantedCampaign;
    const { contribution_id } = await contribute(bench, giving(campaign), () => 'http://localhost/');
    const [payment] = await rows<{ id: string; gateway_object: string; created_at: Temporal.Instant }>(
      bench.db,
      sql`select id, gateway_object, created_at from payments where contribution_id = ${contribution_id}`,
    );
    if (!payment) throw new Error('no payment');
    const fact = { gateway: 'sandbox', outcome: 'secured', currency: 'EUR', live: false, amount_cents: 2_000n } as const;
    facts.push({
      ...fact,
      payment_id: payment.id,
      gateway_object: payment.gateway_object,
      at: payment.created_at,
      method_token: `card_${payment.id}`,
    });
  });
  return facts;
}

/** The settling transaction alone, one fact each, spread over many campaigns and on one. */
export async function settling(bench: Bench, campaigns: readonly PlantedCampaign[], count = 2_000): Promise<void> {
  const turns = 3;
  for (const [where, some] of [
    ['1000 campaigns', campaigns],
    ['one campaign', campaigns.slice(0, 1)],
  ] as const) {
    const facts = await begunFacts(bench, some, count * turns);
    await sql`analyze`.execute(bench.owner);
    const measured = await interleaved(turns, {
      bare: () => rate(count, lanes, (n) => bare(bench.db, some[n % some.length] as PlantedCampaign)),
      settle: (turn) => rate(count, lanes, (n) => transact(bench.db, (trx) => settle(trx, [facts[turn * count + n] as Fact]))),
    });
    const ratio = measured.settle / measured.bare;
    say({
      name: `settle, ${where}`,
      value: measured.settle,
      unit: '/s',
      reference: measured.bare,
      ratio,
      aim: where === 'one campaign' ? 'recorded' : '>= 0.25',
      ...(where === 'one campaign' ? {} : { ok: ratio >= 0.25 }),
    });
  }
}

/** Closing a campaign: everything is collected, or everything goes back. */
export async function closing(bench: Bench): Promise<void> {
  const seconds: Record<string, number> = {};
  for (const [what, count] of [
    ['collect', 25_000],
    ['collect', 50_000],
    ['release', 25_000],
    ['refund', 25_000],
    ['refund', 50_000],
  ] as const) {
    const campaign = await plantFull(bench.owner, count, what);
    const began = performance.now();
    await tend(bench);
    const took_s = (performance.now() - began) / 1000;
    const left = await rows<{ state: string; n: bigint }>(
      bench.db,
      sql`select state, count(*) as n from contributions where campaign_id = ${campaign.campaign_id} group by state`,
    );
    seconds[`${what} ${count}`] = took_s;
    say({
      name: `close, ${what} ${count}`,
      value: count / took_s,
      unit: '/s',
      aim: '>= 500',
      ok: count / took_s >= 500,
      note: left.map((l) => `${l.n} ${l.state}`).join(', '),
    });
  }
  for (const what of ['collect', 'refund']) {
    const [value, reference] = [seconds[`${what} 50000`] ?? Number.NaN, seconds[`${what} 25000`] ?? Number.NaN];
    const ratio = value / reference;
    say({ name: `close, ${what} 50,000 against 25,000`, value, unit: 's', reference, ratio, aim: '<= 2.2', ok: ratio <= 2.2 });
  }
}

/** A campaign with `count` contributions whose round is over: secured ones (collect, release), or collected ones of a stopped campaign. */
async function plantFull(owner: Db, count: number, what: 'collect' | 'release' | 'refund'): Promise<PlantedCampaign> {
  const state = what === 'refund' ? 'round_two' : 'round_one';
  const minimum = what === 'release' ? 10n ** 12n : 1_000n;
  const campaign = await plantCampaign(owner, {
    state,
    opened_at: Temporal.Now.instant().subtract({ hours: 24 * 42 }),
    lines: [{ amount_cents: minimum, essential: true }],
    rewards: [],
  });
  await sql`select set_config('statement_timeout', '0', false)`.execute(owner);
  await sql`insert into contributions (id, campaign_id, host_id, node_id, made_node_id, email, name, locale, amount_cents, currency, visibility, if_failed, method, started_at)
    select gen_random_uuid(), ${campaign.campaign_id}, ${campaign.host_id}, ${campaign.node_id}, ${campaign.node_id}, 'giver' || n || '@example.org', 'Giver', 'en', 2000, 'EUR', 'public', 'back_to_me',
           'sandbox', ${campaign.opened_at}::timestamptz + interval '1 day' from generate_series(1, ${count}::int) n`.execute(
    owner,
  );
  await sql`insert into payments (id, contribution_id, gateway, purpose, amount_cents, currency, state, gateway_object, method_token, created_at, settled_at)
    select p, id, 'sandbox', case when ${what} = 'refund' then 'pay' else 'secure' end, 2000, 'EUR', case when ${what} = 'refund' then 'collected' else 'secured' end, 'sbx_' || p,
           case when ${what} <> 'refund' then 'card_' || p end, started_at, started_at from (select gen_random_uuid() as p, id, started_at from contributions where campaign_id = ${campaign.campaign_id}) c`.execute(
    owner,
  );
  await sql`insert into sandbox.checkouts (id, merchant, client_key, purpose, amount_cents, currency, description, locale, return_url, expires_at, state, token, card, created_at, ended_at)
    select p.gateway_object, 'acequia', p.id::text, p.purpose, 2000, 'EUR', 'A garden', 'en', 'http://localhost/', p.created_at, case when p.purpose = 'pay' then 'paid' else 'secured' end, p.method_token, '4242',
           p.created_at, p.created_at from payments p join contributions c on c.id = p.contribution_id where c.campaign_id = ${campaign.campaign_id}`.execute(
    owner,
  );
  const to = what === 'refund' ? 'collected' : 'secured';
  await sql`update contributions set state = ${to}, secured_at = started_at, collected_at = case when ${to} = 'collected' then started_at end where campaign_id = ${campaign.campaign_id}`.execute(
    owner,
  );
  await sql`update campaign_totals set ${sql.ref(`${to}_cents`)} = ${count * 2000}, contributions = ${count} where campaign_id = ${campaign.campaign_id}`.execute(
    owner,
  );
  if (what === 'refund') await bookAndStop(owner, campaign);
  await sql`analyze`.execute(owner);
  return campaign;
}

async function bookAndStop(owner: Db, campaign: PlantedCampaign): Promise<void> {
  await sql`select count(book(moment(), lines)) from (
      select jsonb_agg(jsonb_build_object('entry', 'contribution_collected', 'subject', id, 'ordinal', 0, 'campaign', campaign_id, 'host', host_id, 'from_kind', 'clearing',
               'from_owner', 'sandbox', 'to_kind', 'held', 'to_owner', campaign_id, 'cents', amount_cents, 'currency', currency)) as lines
        from (select *, row_number() over (order by id) / 1000 as batch from contributions where campaign_id = ${campaign.campaign_id}) c group by batch) b`.execute(
    owner,
  );
  await sql`update campaigns set state = 'stopped', closed_at = moment(), final_collected_cents = 0, stop_reason = 'bench' where id = ${campaign.campaign_id}`.execute(
    owner,
  );
}
