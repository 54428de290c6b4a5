import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { hashPassword } from 'better-auth/crypto';
import { newId } from '../src/kit/index.ts';
import { type Db, only, sql } from '../src/platform/db.ts';
import type { PlantedCampaign } from '../src/projects/testing-fixtures.ts';
import { type Served, serve, Visitor } from './http.ts';
import { interleaved, median, rate, say } from './measure.ts';
import { type Bench, bare } from './money.ts';

const connections = 32;

/** Somebody with a password, to sign in as. */
export async function plantReader(owner: Db): Promise<{ email: string; password: string }> {
  const [id, email, password] = [newId(), 'reader@example.org', 'water-finds-its-way'];
  await sql`insert into people (id, name, email, email_verified) values (${id}, 'Reader', ${email}, true)`.execute(owner);
  await sql`insert into credentials (id, person_id, account_id, provider_id, password) values (${newId()}, ${id}, ${id}, 'credential', ${await hashPassword(password)})`.execute(
    owner,
  );
  return { email, password };
}

async function signIn(origin: string, reader: { email: string; password: string }): Promise<string> {
  const visitor = new Visitor(9);
  const answer = await visitor.ask(`${origin}/en/sign-in`, {
    form: reader,
    headers: { origin, 'sec-fetch-site': 'same-origin' },
  });
  visitor.leave();
  const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
  if (!cookies.includes('session')) throw new Error(`signing in answered ${answer.status}`);
  return cookies;
}

/** The project page for a stranger and for somebody signed in, against bare Hono answering as many bytes from memory. */
export async function pages(app: Served, slug: string, reader: { email: string; password: string }): Promise<void> {
  const url = `${app.origin}/en/projects/${slug}`;
  const { bytes } = await new Visitor(8).ask(url);
  const reference = await serve('bench/bare-hono.ts', { BYTES: String(bytes) }, '/page');
  const cookie = await signIn(app.origin, reader);
  const p99s_ms: number[] = [];
  const measured = await interleaved(3, {
    bare: async () => (await load(`${reference.origin}/page`)).requests.average,
    stranger: async () => (await load(url)).requests.average,
    signed_in: async () => {
      const result = await load(url, { cookie });
      if (result.non2xx > 0) throw new Error(`${result.non2xx} answers were not pages`);
      p99s_ms.push(result.latency.p99);
      return result.requests.average;
    },
  });
  await reference.stop();
  const stranger = measured.stranger / measured.bare;
  const signed_in = measured.signed_in / measured.bare;
  const p99_ms = median(p99s_ms);
  say({
    name: 'project page, stranger',
    value: measured.stranger,
    unit: '/s',
    reference: measured.bare,
    ratio: stranger,
    aim: '>= 0.5',
    ok: stranger >= 0.5,
    note: `${bytes} bytes`,
  });
  say({
    name: 'project page, signed in',
    value: measured.signed_in,
    unit: '/s',
    reference: measured.bare,
    ratio: signed_in,
    aim: '>= 0.015, aim 0.03',
    ok: signed_in >= 0.015,
  });
  say({ name: 'project page, signed in, p99', value: p99_ms, unit: 'ms', aim: '< 100 at 32 connections', ok: p99_ms < 100 });
}

function load(url: string, headers: Record<string, string> = {}): Promise<autocannon.Result> {
  return autocannon({ url, connections, duration: 6, headers });
}

/** The whole path of a contribution over HTTP: form, sandbox page, webhook, settled, mail queued; against the same rows by one bare statement. */
export async function giving(
  bench: Bench,
  app: Served,
  campaigns: readonly (PlantedCampaign & { slug: string })[],
  count = 3_000,
): Promise<void> {
  for (const [where, some] of [
    ['1000 campaigns', campaigns],
    ['one campaign', campaigns.slice(0, 1)],
  ] as const) {
    let number = 0;
    const measured = await interleaved(2, {
      bare: () => rate(count, 16, (n) => bare(bench.db, some[n % some.length] as PlantedCampaign)),
      giving: async () => {
        const before = await mailsOf(bench.db);
        const began = performance.now();
        await Promise.all(
          Array.from({ length: 16 }, async (_, lane) => {
            for (let n = lane; n < count; n += 16) {
              if (n % 40 === lane % 40 || n < 16) number += 1;
              await giveOnce(app.origin, some[n % some.length]?.slug ?? '', number * 16 + lane);
            }
          }),
        );
        while ((await mailsOf(bench.db)) < before + BigInt(count)) {
          if (performance.now() - began > 120_000)
            throw new Error(`only ${(await mailsOf(bench.db)) - before} of ${count} mails were queued`);
          await new Promise((done) => setTimeout(done, 20));
        }
        return (count * 1000) / (performance.now() - began);
      },
    });
    const ratio = measured.giving / measured.bare;
    const wanted = where === '1000 campaigns' ? { aim: '>= 0.06, aim 0.12', ok: ratio >= 0.06 } : { aim: 'recorded' };
    say({
      name: `contribution, whole path, ${where}`,
      value: measured.giving,
      unit: '/s',
      reference: measured.bare,
      ratio,
      ...wanted,
    });
  }
}

async function mailsOf(db: Db): Promise<bigint> {
  return (await only<{ n: bigint }>(db, sql`select count(*) as n from mails where kind like '%secured%'`)).n;
}

async function giveOnce(origin: string, slug: string, number: number): Promise<void> {
  const visitor = new Visitor(number);
  const headers = { origin, 'sec-fetch-site': 'same-origin' };
  const form = {
    amount: '2000',
    tip: '0',
    visibility: 'public',
    if_failed: 'back_to_me',
    method: 'sandbox',
    name: 'Ana',
    email: `ana${number}@example.org`,
    form_key: `bench${newId().replaceAll('-', '')}`,
  };
  const begun = await visitor.ask(`${origin}/en/projects/${slug}/contribute`, { form, headers });
  const pay = begun.headers.location ?? '';
  if (begun.status !== 303 || !pay.includes('/sandbox/pay/')) throw new Error(`contributing answered ${begun.status} ${pay}`);
  const paid = await visitor.ask(new URL(pay, origin).href, { form: { card: '4242424242424242' }, headers });
  if (paid.status !== 303) throw new Error(`paying answered ${paid.status}`);
  visitor.leave();
}

/** Resident memory of the process after all of the above. */
export function memory(app: Served): void {
  const status = readFileSync(`/proc/${app.pid}/status`, 'utf8');
  const mb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  say({ name: 'resident memory after the load', value: mb, unit: 'MB', aim: '< 250', ok: mb < 250 });
}

/** The gifts of one campaign are read by its page: what the bench measures is a page with people on it. */
export async function fillCampaign(bench: Bench, campaign: PlantedCampaign, count = 200): Promise<void> {
  await rate(count, 8, () => bare(bench.db, campaign));
}
