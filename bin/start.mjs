// What every npm script runs first: installs what is missing, then hands over to the Node.js this project pins. Plain JavaScript
// without dependencies, because any Node.js from 20 on must be able to run it before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const tsx = ['--import', './src/platform/tsx.ts'];
const tests = [
  ...tsx,
  '--test',
  '--test-concurrency=2',
  '--test-timeout=600000',
  '--test-global-setup=./src/platform/testing-setup.ts',
  '--test-reporter=./bin/reporter.mjs',
];
/**
 * With the memory of a large machine in sight V8 lets garbage lie until the process holds ten times what it uses. Ours lives in 50 MB.
 * Whoever needs other bounds says so in NODE_OPTIONS, which comes last.
 */
const memory = '--max-semi-space-size=16 --max-old-space-size=512';
const all_tests = ['src/**/*.test.{ts,tsx}', 'stories/**/*.test.ts', 'seeds/**/*.test.ts'];

const commands = {
  install: () => null,
  start: () => [...tsx, 'bin/server.ts'],
  dev: () => ['--watch', '--watch-preserve-output', ...tsx, 'bin/server.ts'],
  test: (files) => [...tests, ...(files.length ? files : all_tests)],
  cli: (args) => [...tsx, 'bin/cli.ts', ...args],
  run: (args) => [...tsx, ...args],
};

main();

function main() {
  const [name = 'start', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) stop(`There is no "${name}": write one of ${Object.keys(commands).join(', ')}.`);
  const missing = whatIsMissing(!['install', 'test'].includes(name));
  if (missing) install(missing);
  if (name !== 'install') handOver(pinnedNode(), command(args), environmentOf(name));
}

function environmentOf(name) {
  if (name === 'test') return { NODE_ENV: 'test' };
  return name === 'start' ? { NODE_OPTIONS: `${memory} ${process.env.NODE_OPTIONS ?? ''}`.trim() } : {};
}

/** Compares what package-lock.json asks for with what npm wrote down when it installed. */
function whatIsMissing(without_dev) {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return 'nothing is installed yet';
  const wanted = packagesOf('package-lock.json');
  const installed = packagesOf('node_modules/.package-lock.json');
  for (const [path, { version, optional, devOptional, dev, link }] of Object.entries(wanted)) {
    if (path === '' || optional || devOptional || link || (dev && without_dev)) continue;
    if (installed[path]?.version !== version) return `${path.replace('node_modules/', '')} ${version} is not installed`;
  }
  return existsSync(pinnedNode()) ? null : 'its own Node.js is not installed';
}

function packagesOf(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
}

function pinnedNode() {
  return join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function install(reason) {
  console.log(`Installing what is needed, once (${reason}). This takes a minute or so.`);
  const npm = process.env.npm_execpath;
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const { status, error } = spawnSync(program, [...args, '--include=dev', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && program === 'npm',
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (error?.code === 'ENOENT') stop('npm was not found: install Node.js 20 or later with npm, then try again.');
  if (status !== 0) stop('"npm ci" did not succeed, see above: check the connection to the npm registry and try again.');
  if (!existsSync(pinnedNode())) stop('npm did not run the install scripts: run "npm ci --ignore-scripts=false" and try again.');
}

function handOver(node, args, extra) {
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`;
  const env = { ...process.env, PATH: path, ...extra };
  process.chdir(root);
  // Where Node.js can, this process becomes the other: nothing stands between it, its signals and its exit code.
  if (process.platform !== 'win32' && typeof process.execve === 'function') process.execve(node, [node, ...args], env);
  const child = spawn(node, args, { stdio: 'inherit', env });
  child.on('error', (error) => stop(`${node} does not run on this machine: ${error.message}`));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to the child as well; anyone else sends it to us alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.on('exit', (code, signal) => {
    process.removeAllListeners(signal ?? 'exit');
    if (signal) process.kill(process.pid, signal);
    else process.exit(code ?? 1);
  });
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
