import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project_root } from '../src/platform/postgres-place.ts';

// biome-ignore lint/suspicious/noExplicitAny: what people write may have any shape.
export type Written = any;

export const example: Written = JSON.parse(readFileSync(join(project_root, 'docs/operating/first-node.json'), 'utf8'));

/** The example with an account of one's own, and what a test changes in it. */
export function written(change: (file: Written) => void = () => undefined): Written {
  const file = structuredClone(example);
  file.host.iban = 'ES79 2100 0813 6101 2345 6789';
  change(file);
  return file;
}
