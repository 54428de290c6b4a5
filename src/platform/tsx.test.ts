import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { project_root } from './postgres-place.ts';
import { testFolder } from './testing.ts';

const folder = testFolder();
const cached = () => globSync(join(project_root, 'node_modules/.cache/acequia-tsx/*.js')).length;

/** A page in a file of its own, loaded by a fresh Node as the server loads it. */
function load(name: string, source: string): { out: string; err: string } {
  const page = join(folder, name);
  writeFileSync(page, source);
  const script = `import { Page } from ${JSON.stringify(pathToFileURL(page).href)}; console.log(String(Page({ name: '<b>' })));`;
  const args = ['--import', './src/platform/tsx.ts', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: project_root, encoding: 'utf8' });
  return { out: stdout.trim(), err: stderr };
}

const plain = `export function Page({ name }: { name: string }): string { return 'Hello ' + (name satisfies string); }`;

test('a .tsx file is loaded, its types left out, and kept for the next start', () => {
  const source = `${plain}\n// ${folder}`;
  const before = cached();
  assert.equal(load('page.tsx', source).out, 'Hello <b>');
  assert.equal(cached(), before + 1);
  assert.equal(load('page.tsx', source).out, 'Hello <b>');
  assert.equal(cached(), before + 1);
});

test('a changed file is translated anew', () => {
  assert.equal(load('changed.tsx', plain).out, 'Hello <b>');
  assert.equal(load('changed.tsx', plain.replace('Hello', 'Hola')).out, 'Hola <b>');
});

test('a mistake is shown with its file and line', () => {
  assert.match(load('wrong.tsx', 'export function Page() {\n  return <p>;\n}').err, /wrong\.tsx:\d+:\d+: ERROR/);
});
