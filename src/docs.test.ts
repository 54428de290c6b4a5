import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { demonstration_password } from '../seeds/plant.ts';
import { states } from './contributions/index.ts';
import { floors } from './floors.ts';
import { cards } from './gateways/index.ts';
import { recipes } from './ledger/index.ts';
import { locales, speak } from './platform/i18n.ts';
import { campaign_states } from './projects/index.ts';
import { promises } from './promises.ts';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'src/*/README.md', 'seeds/*.md'], { cwd: root }).sort();
const decisions = pages.filter((path) => path.startsWith('docs/decisions/'));
const money = read('docs/money.md');
const architecture = read('ARCHITECTURE.md');
const package_json = JSON.parse(read('package.json')) as {
  license: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** Shows each finding on a line of its own. */
function none(findings: readonly string[], advice: string): void {
  if (findings.length > 0) assert.fail([advice, ...findings].join('\n  '));
}

/** The part of a page under a heading, up to the next one of the same level. */
function under(page: string, heading: string): string {
  const start = page.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `there is no "${heading}"`);
  const level = /^#+/.exec(heading)?.[0] ?? '#';
  const rest = page.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${level.length}} `, 'm'));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Cells of every table row of a text; heads and rules between them included. */
function rowsOf(text: string): string[][] {
  return text.split('\n').flatMap((line) =>
    line.startsWith('|')
      ? [
          line
            .slice(1, line.lastIndexOf('|'))
            .split('|')
            .map((cell) => cell.trim()),
        ]
      : [],
  );
}

/** What stands in backquotes. */
const quoted = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? '');

test('the licence is the whole GNU AGPL, and everybody says so', () => {
  const licence = read('LICENSE');
  assert.match(licence, /GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3, 19 November 2007/);
  assert.match(licence, /13\. Remote Network Interaction/);
  assert.match(licence, /END OF TERMS AND CONDITIONS/);
  assert.equal(package_json.license, 'AGPL-3.0-or-later');
  assert.match(read('README.md'), /AGPL-3\.0-or-later/);
});

test('docs/money.md has every recipe, and no other', () => {
  const table = under(money, '## Recipes');
  const source = read('src/ledger/recipes.ts');
  const entries = [...source.matchAll(/entryOf\('(\w+)'/g)].map((match) => match[1] ?? '');
  const named = new Set(quoted(table));
  none(
    [...Object.keys(recipes), ...entries].filter((name) => !named.has(name)),
    'docs/money.md does not say',
  );
  const functions = rowsOf(table)
    .flatMap((cells) => quoted(cells[1] ?? ''))
    .filter((name) => /[a-z][A-Z]/.test(name));
  none(
    functions.filter((name) => !(name in recipes)),
    'docs/money.md tells of what is no recipe',
  );
});

test('every entry that a public ledger can show has its word in every language', () => {
  const entries = [...read('src/ledger/recipes.ts').matchAll(/entryOf\('(\w+)'/g)].map((match) => match[1] ?? '');
  const elsewhere = ['money_parked', 'parked_returned', 'wallet_filled'];
  for (const locale of locales)
    none(
      entries.filter((kind) => !elsewhere.includes(kind) && !speak(locale).maybe(`project.entry_${kind}`)),
      `project.entry_... is missing in ${locale} for`,
    );
});

test('docs/money.md has every promise, and no other', () => {
  const told = rowsOf(under(money, '## Promises')).flatMap((cells) => quoted(cells[0] ?? ''));
  assert.deepEqual(told.toSorted(), Object.keys(promises).sort());
});

test('docs/money.md has every account, state and edge', () => {
  const ledger = read('src/ledger/ledger.ts');
  const kinds = [...(/export type AccountKind =([^;]*);/.exec(ledger)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    (match) => match[1] ?? '',
  );
  assert.ok(kinds.length > 10);
  const accounts = new Set(rowsOf(under(money, '## Accounts')).flatMap((cells) => quoted(cells[0] ?? '')));
  none(
    kinds.filter((kind) => !accounts.has(kind)),
    'docs/money.md has no account',
  );
  none(
    campaign_states.filter((state) => !under(money, '## States of a campaign').includes(state)),
    'docs/money.md has no campaign state',
  );
  const told = rowsOf(under(money, '## States of a contribution')).flatMap(([from = '', to = '']) =>
    quoted(from).flatMap((before) => quoted(to).map((after) => `${before} -> ${after}`)),
  );
  const insert = /insert into contribution_edges values([^;]*);/.exec(read('migrations/0003_money.sql'))?.[1] ?? '';
  const edges = [...insert.matchAll(/\('(\w+)', '(\w+)'\)/g)]
    .filter(([, before, after]) => before !== after)
    .map(([, before, after]) => `${before} -> ${after}`);
  assert.deepEqual(told.toSorted(), edges.sort());
  none(
    states.filter((state) => !told.some((edge) => edge.includes(state))),
    'docs/money.md has no contribution state',
  );
});

test('every decision has its number, its date and its parts', () => {
  const numbers = decisions.map((path) => Number(/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]));
  assert.deepEqual(
    numbers,
    Array.from(decisions, (_, place) => place + 1),
  );
  const wrong = decisions.flatMap((path) => {
    const [title = '', , date = ''] = read(path).split('\n');
    const number = Number(/(\d{4})-/.exec(path)?.[1]);
    const missing = ['**Decision.**', '**What would change our mind.**'].filter((part) => !read(path).includes(part));
    if (!title.startsWith(`# ${number}. `)) missing.push('title with its number');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) missing.push('date');
    return missing.map((part) => `${path}: ${part}`);
  });
  none(wrong, 'a decision lacks something');
});

test('every dependency has its reason, and every reason its dependency', () => {
  const told = rowsOf(read('docs/decisions/0021-dependencies.md')).flatMap((cells) => quoted(cells[0] ?? ''));
  const used = [...Object.keys(package_json.dependencies), ...Object.keys(package_json.devDependencies)];
  assert.deepEqual(told.toSorted(), used.sort());
});

test('the drawing of the floors has every room where it stands', () => {
  const drawing = /```\n([\s\S]*?)```/.exec(under(architecture, '## Floors'))?.[1] ?? '';
  const storeys = drawing.split('├').map((part) => part.replace(/─/g, ' '));
  assert.equal(storeys.length, 5);
  const wrong = Object.entries(floors).flatMap(([floor, rooms]) => {
    const storey = storeys.find((part) => new RegExp(`^ ${floor} │`, 'm').test(part)) ?? '';
    return rooms.filter((room) => !new RegExp(`\\b${room}\\b`).test(storey)).map((room) => `${room} on floor ${floor}`);
  });
  none(wrong, 'ARCHITECTURE.md does not draw');
  const listed = new Set(rowsOf(under(architecture, '## Rooms')).map((cells) => (cells[0] ?? '').replace(/^\[(\w+)\].*$/, '$1')));
  none(
    Object.values(floors)
      .flat()
      .filter((room) => !listed.has(room)),
    'ARCHITECTURE.md does not list',
  );
});

test('20 EUR are followed in at most six files and 900 lines', () => {
  const trace = under(architecture, '## What happens when someone contributes 20 EUR');
  const files = [...trace.matchAll(/^\d+\. \[([^\]]+)\]/gm)].map((match) => match[1] ?? '');
  assert.ok(files.length >= 5 && files.length <= 6, `${files.length} files`);
  const lines = files.map((file) => read(file).trimEnd().split('\n').length);
  const sum = lines.reduce((all, each) => all + each, 0);
  assert.ok(sum <= 900, `${sum} lines: ${files.map((file, place) => `${file} ${lines[place]}`).join(', ')}`);
});

test('every word of the glossary is there in three languages, and once', () => {
  const words = rowsOf(read('docs/GLOSSARY.md')).filter(([en]) => en !== 'English' && !/^-+$/.test(en ?? ''));
  assert.ok(words.length > 50);
  none(
    words.filter((cells) => cells.length !== 5 || [0, 1, 2, 4].some((place) => !cells[place])).map((cells) => cells.join(' | ')),
    'a word lacks a language or its meaning',
  );
  const seen = words.map(([en]) => en ?? '');
  none(
    seen.filter((word, place) => seen.indexOf(word) !== place),
    'a word comes twice',
  );
});

test('links between pages lead somewhere', () => {
  const broken = pages.flatMap((path) =>
    [...read(path).matchAll(/\]\(([^()\s]+)\)/g)].flatMap((match) => {
      const [target = ''] = (match[1] ?? '').split('#');
      if (target === '' || /^[a-z]+:/.test(target)) return [];
      const file = relative(root, resolve(root, dirname(path), target));
      return existsSync(join(root, file)) ? [] : [`${path}: ${match[1]}`];
    }),
  );
  none(broken, 'a link leads nowhere');
});

test('the settings are those that are read', () => {
  const asked = new Set(
    [...read('src/platform/config.ts').matchAll(/\benv(?:, |\.|\[)'?([A-Z][A-Z_]+)/g)].map((match) => match[1] ?? ''),
  );
  const told = rowsOf(read('docs/operating/settings.md')).flatMap((cells) => quoted(cells[0] ?? ''));
  assert.deepEqual(told.toSorted(), [...asked].sort());
});

test('commands that pages name exist', () => {
  const commands = new Set(globSync('bin/*.ts', { cwd: root }).flatMap((file) => /usage: '([\w-]+)/.exec(read(file))?.[1] ?? []));
  const wrong = pages.flatMap((path) =>
    [...read(path).matchAll(/npm run ([\w-]+)(?: ([a-z][\w-]+))?/g)].flatMap(([whole, script = '', command]) => {
      if (!(script in package_json.scripts)) return [`${path}: ${whole}`];
      return script === 'cli' && command && !commands.has(command) ? [`${path}: ${whole}`] : [];
    }),
  );
  none(wrong, 'a page names a command that is not there');
});

test('what README says to try can be tried', () => {
  const readme = read('README.md');
  const tried = under(readme, '## In five minutes');
  none(
    Object.keys(cards).filter((digits) => !tried.includes(`\`${digits}\``)),
    'README.md has no test card',
  );
  const emails = quoted(tried).filter((text) => text.includes('@'));
  const planted = read('seeds/plant.ts');
  assert.ok(emails.length >= 4 && emails.every((email) => planted.includes(`'${email}'`)));
  assert.ok(tried.includes(`\`${demonstration_password}\``));
});
