import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project_root } from '../src/platform/postgres-place.ts';
import { policy } from '../src/policy.ts';
import type { Command } from './command.ts';

export const routes: Command = {
  usage: 'routes',
  about: 'Every route: method, path, who may, the file it is in.',
  needs_database: false,
  async run(_args, { say }) {
    const files = globSync('src/**/*.{ts,tsx}', { cwd: project_root, exclude: (name) => /\.test\.tsx?$/.test(String(name)) });
    const sources = files.map((file) => ({ file, text: readFileSync(join(project_root, file), 'utf8') }));
    for (const { method, path, who, machines } of policy) {
      const declared = `app.${method.toLowerCase()}('${path}'`;
      const found = sources.filter(({ text }) => text.includes(declared)).map(({ file }) => file);
      say([method.padEnd(5), path.padEnd(36), (machines ? `${who}, machines` : who).padEnd(18), found.join(' ')].join(' '));
    }
  },
};
