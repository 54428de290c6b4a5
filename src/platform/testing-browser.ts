import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { project_root } from './postgres-place.ts';
import { testFolder } from './testing.ts';

export type PageOptions = {
  /** Of the window, in CSS pixels; 1280 unless told. */
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  /** What the browser says it wants to read. */
  locale?: string;
  /** `false`: as for someone without scripts. */
  javascript?: boolean;
  /** Everything else Playwright knows: cookies kept (`storageState`), headers, time zone. */
  more?: BrowserContextOptions;
};

export type TestBrowser = {
  browser: Browser;
  /** A page of its own: no cookies of others, no memory. */
  newPage(options?: PageOptions): Promise<Page>;
  close(): Promise<void>;
};

/** A real browser, closed when the file's tests are over. It reaches this machine only. */
export async function openBrowser(): Promise<TestBrowser> {
  const folder = unpackBrowser();
  const browser = await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--font-render-hinting=none',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--no-pings',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    ],
    env: { ...definedEnv(), HOME: testFolder(), ...libraries(folder) },
  });
  const close = () => browser.close();
  after(close);
  return { browser, close, newPage: (options = {}) => newPage(browser, options) };
}

async function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 900 },
    colorScheme: options.scheme ?? 'light',
    reducedMotion: 'reduce',
    locale: options.locale ?? 'en-GB',
    javaScriptEnabled: options.javascript !== false,
    ...options.more,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const heard: string[] = [];
  troubles.set(page, heard);
  page.on('pageerror', (error) => heard.push(`script failed: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && heard.push(`console: ${message.text()}`));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const near = !protocol.startsWith('http') || /^(localhost|.*\.localhost|127\.0\.0\.1)$/.test(hostname);
    if (!near) heard.push(`foreign host: ${hostname}`);
  });
  return page;
}

const troubles = new WeakMap<Page, string[]>();

/** What went wrong in a page since it was opened: scripts that failed, content security policy, hosts that are not ours. */
export function troublesOf(page: Page): readonly string[] {
  return troubles.get(page) ?? [];
}

type Violation = { id: string; impact: string; help: string; nodes: { target: string[]; failureSummary: string }[] };

/**
 * What axe finds wrong with a page as it stands: one line for each thing, empty when all is well. The page keeps its content
 * security policy: the script comes in through the debugger, which is not bound by it.
 */
export async function axe(page: Page): Promise<string[]> {
  axe_source ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Runtime.evaluate', { expression: axe_source });
    const expression = `axe.run(document, { resultTypes: ['violations'], preload: false }).then((found) => JSON.stringify(found.violations))`;
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(`axe did not run: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return (JSON.parse(String(result.value)) as Violation[]).flatMap(describe);
  } finally {
    await session.detach();
  }
}

let axe_source: string | undefined;

function describe({ id, impact, help, nodes }: Violation): string[] {
  return nodes.map(
    ({ target, failureSummary }) => `${id} (${impact}): ${help} at ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
  );
}

/** Unpacked once for each version. Of two test files that unpack together, the later finds its work done. */
function unpackBrowser(): string {
  const require = createRequire(import.meta.url);
  const version = (JSON.parse(readFileSync(packageJson(require), 'utf8')) as { version: string }).version;
  const folder = join(project_root, `node_modules/.cache/acequia-browser-${version}-${process.arch}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  // The library unpacks into the temporary folder of its process, so it gets a process of its own.
  const script = `
    const { default: chromium, inflate } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    await inflate(${JSON.stringify(join(packageJson(require), '../bin/al2023.tar.br'))});`;
  const env = { ...process.env, TMPDIR: fresh, TEMP: fresh };
  execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: project_root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function packageJson(require: NodeJS.Require): string {
  return join(require.resolve('@sparticuz/chromium'), '../../package.json');
}

/** A bare machine lacks libraries and fonts a browser needs; the package brings them, to be used only then. */
function libraries(folder: string): Record<string, string> {
  if (process.platform !== 'linux') return {};
  const needs = execFileSync('ldd', [join(folder, 'chromium')], { encoding: 'utf8' });
  return {
    ...(/not found/.test(needs) ? { LD_LIBRARY_PATH: join(folder, 'al2023/lib') } : {}),
    ...(existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
  };
}

function definedEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
