import { rmSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { seeded } from '../src/kit/index.ts';
import { sql } from '../src/platform/db.ts';
import { plantNode } from '../src/projects/testing-fixtures.ts';
import { findProjects, readWish } from '../src/site/index.ts';
import { plantProjects, wordAt } from './explore.ts';
import { serve } from './http.ts';
import { say } from './measure.ts';
import { closing, plantMany, settling } from './money.ts';
import { fillCampaign, giving, memory, pages, plantReader } from './pages.ts';
import { openTown } from './town.ts';

/**
 * `npm run bench [name ...]`: figures as JSON lines, each with its reference measured in the same run. Without a name: all of them.
 * Names: pages (pages, contributions, memory, start), settling, closing, explore.
 */
const parts: Record<string, () => Promise<void>> = {
  pages: web,
  settling: settlingAlone,
  closing: closingAlone,
  explore: exploring,
};
const asked = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) if (asked.length === 0 || asked.includes(name)) await part();

/** One server process over a town of 1,000 campaigns: pages, contributions, memory, second start. */
async function web(): Promise<void> {
  const town = await openTown();
  try {
    const campaigns = await plantMany(town.owner, 1_000);
    const reader = await plantReader(town.owner);
    await fillCampaign(town, campaigns[0] as (typeof campaigns)[number]);
    await sql`insert into events (at, kind, reacted_at) values (moment(), 'town_planted', moment())`.execute(town.owner);
    await sql`analyze`.execute(town.owner);
    const env = { DATABASE_URL: town.url, DATA_DIR: `${town.data_dir}/web`, NODE_ENV: 'development' };
    const began = performance.now();
    const app = await serve('acequia', env, `/en/projects/${campaigns[0]?.slug}`);
    const started_s = (performance.now() - began) / 1000;
    say({ name: 'second start to first page', value: started_s, unit: 's', aim: '< 3', ok: started_s < 3 });
    try {
      await pages(app, campaigns[0]?.slug ?? '', reader);
      await giving(town, app, campaigns);
      memory(app);
    } finally {
      await app.stop();
      rmSync(`${town.data_dir}/web`, { recursive: true, force: true });
    }
  } finally {
    await town.close();
  }
}

async function settlingAlone(): Promise<void> {
  const town = await openTown();
  try {
    await settling(town, await plantMany(town.owner, 1_000));
  } finally {
    await town.close();
  }
}

async function closingAlone(): Promise<void> {
  const town = await openTown();
  try {
    await closing(town);
  } finally {
    await town.close();
  }
}

/** Explore with text and two filters over 100,000 projects, inside the process. */
async function exploring(): Promise<void> {
  const town = await openTown();
  try {
    await plantNode(town.owner);
    await plantProjects(town.owner);
    const random = seeded('searches');
    const times_ms: number[] = [];
    for (let n = 0; n < 400; n += 1) {
      const q = `${wordAt(random.int(60, 8_000))} ${wordAt(random.int(60, 3_000)).slice(0, 4)}`;
      const wish = readWish(
        new URLSearchParams({
          q: n % 2 ? q : (q.split(' ')[0] ?? ''),
          category: random.pick(['culture', 'ecology', 'social']),
          state: random.pick(['funded', 'open', 'failed']),
        }),
      );
      const began = performance.now();
      await findProjects(town.db, wish, { node: null, now: Temporal.Now.instant() });
      times_ms.push(performance.now() - began);
    }
    const p95_ms = times_ms.toSorted((a, b) => a - b)[Math.floor(times_ms.length * 0.95)] ?? 0;
    say({
      name: 'explore, text and two filters over 100,000 projects, p95',
      value: p95_ms,
      unit: 'ms',
      aim: '< 50',
      ok: p95_ms < 50,
    });
  } finally {
    await town.close();
  }
}
