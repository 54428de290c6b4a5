import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSeeds } from './read.ts';
import type { LiveProject, LocaleText, Moment, ProjectCore, Return } from './shape.ts';
import { countWords, LOCALES, textsIn } from './texts.ts';

const seeds = readSeeds();
const projects: ProjectCore[] = [...seeds.past, ...seeds.live];
const tables = [
  ['categories', seeds.categories],
  ['commitments', seeds.commitments],
  ['licences', seeds.licences],
  ['return_types', seeds.return_types],
  ['reward_types', seeds.reward_types],
  ['need_types', seeds.need_types],
  ['ask_types', seeds.ask_types],
] as const;

/** Latest day, counted from the opening, on which an update of a campaign at this moment can have been written. */
const LAST_DAY: Record<Moment, number> = {
  first_day: 0,
  half_way: 18,
  minimum_reached: 30,
  last_hours: 39,
  collecting: 40,
  second_round: 50,
};

describe('every text', () => {
  const texts = [...textsIn(seeds, 'seeds')];

  it('exists in the three languages', () => {
    assert.ok(texts.length > 600, `only ${texts.length} texts found`);
    for (const [path, text] of texts) {
      assert.deepEqual(Object.keys(text), LOCALES, path);
      for (const [locale, words] of Object.entries(text))
        assert.ok(words.length > 0 && words.trim() === words, `${path}.${locale}`);
    }
    for (const { slug, keywords } of projects) {
      assert.deepEqual(Object.keys(keywords), LOCALES, slug);
      assert.equal(
        new Set(Object.values(keywords).map((words) => words.length)).size,
        1,
        `${slug} has as many keywords in each language`,
      );
    }
  });

  it('is translated, not repeated, wherever it is prose', () => {
    for (const [path, { en, fr, es }] of texts) {
      if (countWords(en) < 6 || path.endsWith('.name') || path.endsWith('.legal_form')) continue;
      assert.equal(new Set([en, fr, es]).size, 3, `${path} is the same in two languages`);
    }
  });

  it('keeps French and Spanish typography', () => {
    for (const [path, { fr, es }] of texts) {
      assert.doesNotMatch(fr, /\S [;:!?»%€]|« /, `${path}.fr needs a space that does not break`);
      assert.doesNotMatch(`${fr}${es}`, /\d [%€]/, `${path} needs a space that does not break`);
    }
  });
});

describe('reference tables', () => {
  it('have stable ids once and positions in order', () => {
    for (const [name, rows] of tables) {
      assert.deepEqual(
        rows.map((row) => row.position),
        rows.map((_, index) => index + 1),
        name,
      );
      assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, name);
      for (const row of rows) assert.match(row.id, /^[a-z][a-z0-9_]*$/);
    }
    assert.deepEqual(
      seeds.goals.map((goal) => goal.id),
      Array.from({ length: 17 }, (_, index) => index + 1),
    );
  });

  it('refer to each other', () => {
    for (const { commitment } of seeds.categories)
      assert.ok(commitment === null || seeds.commitments.some((row) => row.id === commitment));
    for (const { id, goals, goals_added } of seeds.commitments) {
      assert.ok(goals.length > 0 && goals.every((goal) => goal >= 1 && goal <= 17), id);
      assert.ok(
        goals_added.every((goal) => goals.includes(goal)),
        id,
      );
    }
  });

  it('say plainly which licences are open', () => {
    for (const licence of seeds.licences) {
      const named_open = licence.open_definition || licence.osi || licence.oshwa;
      assert.ok(!named_open || licence.open, `${licence.id} is named open by somebody`);
      assert.ok(!licence.open || !(licence.non_commercial || licence.no_derivatives), `${licence.id} forbids something`);
      assert.equal(
        /by-nc|-nc-/i.test(licence.spdx ?? ''),
        licence.non_commercial && (licence.spdx ?? '').startsWith('CC'),
        licence.id,
      );
      assert.match(licence.url, /^https?:\/\//);
      assert.ok(licence.return_types.length > 0);
    }
    for (const type of seeds.return_types.filter((row) => row.needs_licence)) {
      assert.ok(
        seeds.licences.some((licence) => licence.open && licence.return_types.includes(type.id)),
        type.id,
      );
    }
  });
});

describe('nodes', () => {
  it('are three, each with a default language it speaks and a complete host', () => {
    assert.deepEqual(
      seeds.nodes.map((node) => node.slug),
      ['acequia', 'euskadi', 'pays-de-la-loire'],
    );
    const hosts = new Map(seeds.nodes.map((node) => [node.host.slug, node.host]));
    for (const node of seeds.nodes) {
      assert.ok(node.locales.includes(node.default_locale));
      assert.deepEqual(node.host, hosts.get(node.host.slug), 'the same slug names the same host');
      assert.equal(remainderOfIban(node.host.iban), 1n, node.host.iban);
      for (const locale of LOCALES) {
        assert.ok((node.terms[locale].match(/^## /gm) ?? []).length >= 8, `${node.slug} ${locale} terms`);
        assert.equal(node.about[locale].split('\n\n').length, 2);
      }
      for (const member of node.team) assert.ok(member.demonstration || (member.source?.length ?? 0) > 0, member.name);
    }
  });
});

describe('history', () => {
  it('has the 27 campaigns that are told by figures alone, each with a source', () => {
    assert.equal(seeds.history.length, 27);
    assert.equal(new Set([...seeds.history, ...projects].map((project) => project.slug)).size, 27 + projects.length);
    for (const past of seeds.history) {
      assert.ok(past.source.length > 0 && past.derived.categories, past.slug);
      assert.match(past.published, /^20\d\d-\d\d-\d\d$/);
      assert.ok(seeds.nodes.some((node) => node.slug === past.node));
      checkClaim(past.slug, past.claim);
      checkCategories(past.slug, past.categories);
      checkPlace(past);
    }
  });

  it('has figures that agree with the outcome', () => {
    for (const past of seeds.history) {
      assert.ok(Number.isInteger(past.raised_cents) && past.minimum_cents < past.optimum_cents, past.slug);
      assert.equal(past.raised_cents < past.minimum_cents, past.status === 'failed', past.slug);
      assert.ok(past.of_which_call_cents <= past.raised_cents);
      assert.equal(past.call === null && past.of_which_call_cents > 0, false);
    }
  });
});

describe('projects', () => {
  for (const project of projects) {
    it(`${project.slug} is complete and consistent`, () => {
      checkClaim(project.slug, project.claim);
      checkCategories(project.slug, project.categories);
      checkPlace(project);
      for (const title of Object.values(project.title)) assert.ok(title.length <= 80, title);
      assert.ok(seeds.nodes.some((node) => node.slug === project.node));
      assert.ok(project.commitment === null || seeds.commitments.some((row) => row.id === project.commitment));
      assert.equal(project.commitment === null, project.commitment_text === null);
      assert.ok(project.goals.every((goal) => goal >= 1 && goal <= 17));
      assert.ok(sum(project, true) > 0 && sum(project, false) > sum(project, true));
      for (const line of project.budget_lines) assert.ok(Number.isInteger(line.amount_cents) && line.amount_cents > 0);
      for (const reward of project.rewards) {
        assert.ok(reward.amount_cents >= 100 && (reward.units === null || reward.units > 0));
        assert.ok(seeds.reward_types.some((row) => row.id === reward.type));
      }
      assert.ok(project.returns.length > 0);
      for (const given of project.returns) checkLicence(given);
      for (const ask of project.asks) {
        assert.ok(seeds.ask_types.some((row) => row.id === ask.type));
        assert.equal(ask.quantity === null, ask.unit === null);
      }
    });
  }
});

describe('real projects', () => {
  it('name what is invented and what is a fact', () => {
    for (const past of seeds.past) {
      assert.ok(past.source.length > 0 && past.facts.length > 0 && past.facts.every((fact) => fact.source.length > 0));
      for (const part of ['budget_lines', 'rewards', 'returns', 'asks'] as const) {
        for (const item of past[part])
          assert.equal(item.demonstration ?? false, past.invented.includes(part), `${past.slug} ${part}`);
      }
    }
  });

  it('carry the figures of llevamealhuerto to the cent', () => {
    const garden = seeds.past.find((past) => past.slug === 'llevamealhuerto');
    assert.ok(garden);
    assert.deepEqual(
      [sum(garden, true), sum(garden, false), garden.raised_cents, garden.contributors],
      [520_000, 920_000, 521_000, 80],
    );
    const oversold = garden.rewards.filter((reward) => reward.units !== null && (reward.sold ?? 0) > reward.units);
    assert.deepEqual(
      oversold.map((reward) => [reward.units, reward.sold, reward.note === undefined]),
      [[20, 26, false]],
    );
    assert.ok(
      garden.rewards.reduce((cents, reward) => cents + (reward.sold ?? 0) * reward.amount_cents, 0) <= garden.raised_cents,
    );
  });

  it('keep FoldaRap within what is known', () => {
    const printer = seeds.past.find((past) => past.slug === 'foldarap-peer-to-peer-edition');
    assert.ok(printer);
    assert.deepEqual([printer.raised_cents, printer.published, printer.status], [5_283_500, '2013-04-20', 'fulfilled']);
    assert.ok(printer.contributors <= 398 && sum(printer, true) <= printer.raised_cents);
  });
});

describe('live demonstrations', () => {
  it('are six, at six different moments, two in each node', () => {
    assert.deepEqual(new Set(seeds.live.map((live) => live.moment)), new Set(Object.keys(LAST_DAY)));
    for (const node of seeds.nodes) assert.equal(seeds.live.filter((live) => live.node === node.slug).length, 2, node.slug);
  });

  for (const live of seeds.live) it(`${live.slug} can be believed`, () => checkLive(live));
});

function checkLive(live: LiveProject): void {
  assert.ok(live.demonstration && live.promoter.demonstration && live.companion?.demonstration !== false);
  for (const [section, text] of Object.entries(live.sections)) {
    for (const locale of LOCALES) {
      const words = countWords(text[locale]);
      assert.ok(words >= 60 && words <= 130, `${section} ${locale}: ${words} words`);
    }
  }
  assert.ok(sum(live, true) >= 300_000 && sum(live, true) <= 1_900_000);
  assertBetween(live.budget_lines.length, 4, 6);
  assertBetween(live.rewards.length, 3, 5);
  assertBetween(live.returns.length, 2, 4);
  assertBetween(live.asks.length, 2, 4);
  assertBetween(live.updates.length, 1, 3);
  for (const update of live.updates) assert.ok(update.day <= LAST_DAY[live.moment], `update on day ${update.day}`);
  const share = live.target.raised_share_of_minimum;
  assert.equal(share >= 1, ['minimum_reached', 'collecting', 'second_round'].includes(live.moment));
  const mean_cents = (sum(live, true) * share) / live.target.contributors;
  assertBetween(mean_cents, 3_500, 7_000);
}

function checkClaim(slug: string, claim: LocaleText): void {
  for (const [locale, text] of Object.entries(claim)) assert.ok(text.length <= 140, `${slug} ${locale}: ${text.length}`);
}

function checkCategories(slug: string, categories: string[]): void {
  assert.ok(categories.length >= 1 && categories.length <= 3 && new Set(categories).size === categories.length, slug);
  for (const id of categories)
    assert.ok(
      seeds.categories.some((row) => row.id === id),
      `${slug} ${id}`,
    );
}

function checkPlace({ slug, place }: { slug: string; place: ProjectCore['place'] }): void {
  if (place === null) return;
  assert.ok(place.lat > 36 && place.lat < 52 && place.lon > -10 && place.lon < 4, slug);
}

function checkLicence({ type, licence: id, title }: Return): void {
  const needs_licence = seeds.return_types.find((row) => row.id === type)?.needs_licence;
  assert.notEqual(needs_licence, undefined, type);
  if (id === null) assert.equal(needs_licence, false, `${title.en} needs a licence`);
  else assert.ok(seeds.licences.find((row) => row.id === id)?.return_types.includes(type), `${id} does not fit ${type}`);
}

function sum(project: ProjectCore, only_essential: boolean): number {
  return project.budget_lines.reduce((cents, line) => cents + (line.essential || !only_essential ? line.amount_cents : 0), 0);
}

function assertBetween(value: number, least: number, most: number): void {
  assert.ok(value >= least && value <= most, `${value} is not between ${least} and ${most}`);
}

/** ISO 13616: move the first four characters to the end, letters become 10 to 35, remainder by 97 must be 1. */
function remainderOfIban(iban: string): bigint {
  const compact = iban.replaceAll(' ', '');
  const digits = [...(compact.slice(4) + compact.slice(0, 4))].map((sign) => Number.parseInt(sign, 36)).join('');
  return BigInt(digits) % 97n;
}
