import { readFileSync } from 'node:fs';

/** A piece of software that this one stands on. */
export type Part = { name: string; version: string; licence: string };

export type Software = { version: string; parts: readonly Part[] };

let known: Software | null = null;

/** This programme's version and the libraries it runs with, as their own files name them. Read once. */
export function software(): Software {
  known ??= readSoftware();
  return known;
}

function readSoftware(): Software {
  const own = read('../../package.json');
  const names = Object.keys((own.dependencies as Record<string, string> | undefined) ?? {});
  const parts = names.map((name) => {
    const found = read(`../../node_modules/${name}/package.json`);
    return { name, version: String(found.version ?? ''), licence: typeof found.license === 'string' ? found.license : '' };
  });
  return { version: String(own.version ?? ''), parts };
}

/** An empty object where there is no such file. */
function read(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
