import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { arrows, browser_room, floorOf, whyMayNotImport, wiring } from './floors.ts';

const root = resolve(import.meta.dirname, '..');
const paths = globSync('{src,bin,seeds,stories,bench}/**/*.{ts,tsx,mjs}', { cwd: root, exclude: ['**/node_modules/**'] }).sort();
const sources = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const rooms = [...new Set(paths.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []))];

/** Shows each finding on a line of its own. */
function none(findings: readonly string[], advice = ''): void {
  if (findings.length > 0) assert.fail([advice, ...findings].join('\n  '));
}

/** A test, or what only tests use: it may look around more freely. */
const isTest = (path: string) => /\.test\.tsx?$/.test(path) || /^testing/.test(basename(path)) || /^(stories|bench)\//.test(path);
const roomOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1] ?? wiring;

type Import = { from: string; to: string; line: number };

/** Every relative import. Type imports count: knowing a type is knowing. */
function importsOf(path: string): Import[] {
  const text = withoutComments(sources.get(path) ?? '');
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return [...found].map((match) => ({
    from: path,
    to: relative(root, resolve(root, dirname(path), match[1] ?? '')),
    line: text.slice(0, match.index).split('\n').length,
  }));
}

/** Comments keep their lines, so that the numbers of the others stay right. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ''));
}

const imports = paths.flatMap(importsOf).filter(({ to }) => sources.has(to));
const between = imports.filter(({ from, to }) => roomOf(from) !== roomOf(to));

test('every room stands on a floor', () => {
  const homeless = rooms.filter((room) => room !== browser_room && floorOf(room) === null);
  none(homeless, 'write it into src/floors.ts');
});

test('rooms import only from below, or along an arrow', () => {
  const wrong = between
    .filter(({ from }) => !isTest(from))
    .flatMap(({ from, to, line }) => {
      const why = whyMayNotImport(roomOf(from), roomOf(to));
      return why ? [`${from}:${line} imports ${to}: ${why}`] : [];
    });
  none(wrong);
});

test('a room is entered through its door', () => {
  const wrong = between
    .filter(({ to }) => !['platform', wiring].includes(roomOf(to)) && !isTest(to))
    .filter(({ to }) => to !== `src/${roomOf(to)}/index.ts`)
    .map(({ from, to, line }) => `${from}:${line} imports ${to} instead of src/${roomOf(to)}/index.ts`);
  none(wrong);
});

test('a door only re-exports, by name', () => {
  const wrong = rooms
    .map((room) => `src/${room}/index.ts`)
    .filter((path) => {
      const text = withoutComments(sources.get(path) ?? '');
      return text.replace(/(export|import) (type )?(\{[^}]*\}|\* as \w+) from '[^']+';|\s/g, '') !== '';
    });
  none(wrong);
});

test('no circle of rooms', () => {
  const neighbours = new Map<string, Set<string>>();
  for (const { from, to } of between.filter(({ from }) => !isTest(from) && roomOf(from) !== wiring)) {
    neighbours.set(roomOf(from), (neighbours.get(roomOf(from)) ?? new Set()).add(roomOf(to)));
  }
  const circles: string[] = [];
  const walk = (room: string, way: string[]) => {
    if (way.includes(room)) circles.push([...way.slice(way.indexOf(room)), room].join(' -> '));
    else for (const next of neighbours.get(room) ?? []) walk(next, [...way, room]);
  };
  for (const room of neighbours.keys()) walk(room, []);
  none(circles);
});

test('every arrow is walked, and leads along one floor', () => {
  const wrong = Object.entries(arrows).flatMap(([from, all]) =>
    all.filter((to) => floorOf(from) !== floorOf(to)).map((to) => `${from} -> ${to}`),
  );
  none(wrong);
});

test('what tests use stays out of what runs', () => {
  const wrong = imports.filter(({ from, to }) => !isTest(from) && isTest(to) && roomOf(from) !== 'rehearsal');
  none(wrong.map(({ from, to, line }) => `${from}:${line} imports ${to}`));
});

test('names say what a thing is', () => {
  const empty = /(^|[-./])(services?|managers?|helpers?|utils?|misc|common)([-./]|$)/;
  none(paths.filter((path) => empty.test(path.replace('common-passwords', ''))));
});

test('a file fits in the head: 300 lines', () => {
  const wrong = [...sources]
    .map(([path, text]) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ path, lines }) => lines > 300 && !isTest(path))
    .map(({ path, lines }) => `${path} has ${lines} lines`);
  none(wrong);
});

test('every room says in at most 20 lines what it is', () => {
  const wrong = rooms.flatMap((room) => {
    const readme = join(root, 'src', room, 'README.md');
    if (!existsSync(readme)) return [`src/${room}/README.md is missing`];
    const lines = readFileSync(readme, 'utf8').trimEnd().split('\n').length;
    return lines > 20 ? [`src/${room}/README.md has ${lines} lines`] : [];
  });
  none(wrong);
});

test('exports have names', () => {
  const wrong = [...sources]
    .filter(([path, text]) => path.startsWith('src/') && /^export default\b/m.test(text))
    .map(([path]) => path);
  none(wrong);
});

test('time is handed over, never taken', () => {
  const wrong = [...sources]
    .filter(([path]) => !isTest(path) && !['platform', browser_room].includes(roomOf(path)) && path.startsWith('src/'))
    .flatMap(([path, text]) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (/\bDate\.now\(|\bnew Date\(\)/.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    );
  none(wrong);
});
