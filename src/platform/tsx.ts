import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Lets Node load .tsx: `node --import ./src/platform/tsx.ts`. What was translated once is kept under node_modules/.cache, by the
 * hash of its source, so that a second start translates nothing. Node loads .ts by itself.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.split('?')[0]?.endsWith('.tsx')) return nextLoad(url, context);
    return { format: 'module', source: translate(fileURLToPath(url)), shortCircuit: true };
  },
});

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../../node_modules/.cache/acequia-tsx');
const require = createRequire(import.meta.url);
const version = (require('esbuild/package.json') as { version: string }).version;

function translate(path: string): string {
  const source = readFileSync(path, 'utf8');
  const hash = createHash('sha256').update(version).update(path).update('\0').update(source).digest('hex').slice(0, 32);
  const cached = join(folder, `${hash}.js`);
  const kept = read(cached);
  if (kept !== null) return kept;
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const { code } = transformSync(source, {
    loader: 'tsx',
    format: 'esm',
    target: 'esnext',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'inline',
    sourcefile: path,
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
  });
  keep(cached, code);
  return code;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** A cache that cannot be written (read-only installation) is no reason to stop. */
function keep(path: string, code: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    return;
  }
}
