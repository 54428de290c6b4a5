import { readdirSync, watch } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { Context } from 'hono';
import { assert } from '../kit/index.ts';
import { favicon } from './mark.ts';
import { remember } from './memo.ts';
import { type NodeLook, nodeCss, usual_look } from './node-look.ts';

type Asset = { type: string; plain: Uint8Array; br?: Uint8Array; gzip?: Uint8Array };

const assets = new Map<string, Asset>();
const urls = new Map<string, string>();
let building: Promise<void> | null = null;

/** Builds style sheet, script and fonts once into memory; every later call waits for the same build. */
export function prepareAssets(): Promise<void> {
  building ??= buildAssets();
  return building;
}

/** While developing: what is saved in the style sheets or the browser's scripts is built again; a mistake in it keeps the last good one. */
export function rebuildOnChange(): void {
  for (const folder of [here('./css'), here('../browser')]) {
    watch(folder, { recursive: true }, () => {
      building = buildAssets().catch((error: Error) => console.error(error.message));
    }).unref();
  }
}

/** The address of a built file by its plain name: `app.css`, `app.js`, `favicon.svg`, `display.woff2`, `text.woff2`. */
export function assetUrl(name: string): string {
  const url = urls.get(name);
  assert(url !== undefined, `${name} is built before a page asks for it`);
  return url;
}

/**
 * The address of a node's own colours, or null when it keeps the usual ones. The colours stand in the address itself, so that every
 * process can answer it, and it can be cached for ever.
 */
export function nodeCssUrl(slug: string, look: NodeLook): string | null {
  return checkedUrl({ slug, look }) || null;
}

const checkedUrl = remember(
  ({ slug, look }: { slug: string; look: NodeLook }) => {
    const usual = nodeCss(look) === '' || pack(look) === pack(usual_look);
    return usual ? '' : `/assets/node-${slug}-${pack(look)}.css`;
  },
  ({ slug, look }) => JSON.stringify([slug, look]),
);

/** Answers `GET /assets/*`: the smallest form the browser reads, kept for a year because names change with content. */
export async function serveAsset(c: Context): Promise<Response> {
  await prepareAssets();
  const name = basename(c.req.path);
  const asset = assets.get(name) ?? nodeAsset(name);
  if (!asset) return c.text('Not found', 404);
  const [encoding, body] = best(asset, c.req.header('accept-encoding') ?? '');
  c.header('content-type', asset.type);
  c.header('cache-control', 'public, max-age=31536000, immutable');
  c.header('vary', 'accept-encoding');
  c.header('x-content-type-options', 'nosniff');
  if (encoding) c.header('content-encoding', encoding);
  return c.body(body as Uint8Array<ArrayBuffer>);
}

async function buildAssets(): Promise<void> {
  const built = await build({
    absWorkingDir: here('../..'),
    entryPoints: [
      { in: 'acequia:css', out: 'app' },
      { in: here('../browser/main.ts'), out: 'app' },
    ],
    plugins: [{ name: 'sheets', setup: sheets }],
    bundle: true,
    write: false,
    minify: true,
    metafile: true,
    outdir: '/assets',
    publicPath: '/assets',
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    format: 'esm',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    logLevel: 'error',
  });
  await Promise.all(built.outputFiles.map((file) => keep(basename(file.path), file.contents)));
  await keep('favicon.svg', Buffer.from(favicon()));
}

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** One entry for all style sheets: the layers in order, then what each area of pages adds. */
function sheets(plugin: import('esbuild').PluginBuild): void {
  const folder = here('./css');
  plugin.onResolve({ filter: /^acequia:css$/ }, () => ({ path: 'app.css', namespace: 'acequia' }));
  plugin.onLoad({ filter: /.*/, namespace: 'acequia' }, () => {
    const pages = readdirSync(`${folder}/pages`).filter((file) => file.endsWith('.css'));
    const parts = readdirSync(`${folder}/parts`).filter((file) => file.endsWith('.css'));
    const files = [
      'tokens.css',
      'fonts.css',
      'base.css',
      ...parts.sort().map((file) => `parts/${file}`),
      ...pages.sort().map((file) => `pages/${file}`),
      'print.css',
    ];
    const order = '@layer tokens, base, parts, pages, last;\n';
    return { contents: order + files.map((file) => `@import './${file}';`).join('\n'), loader: 'css', resolveDir: folder };
  });
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function keep(name: string, plain: Uint8Array): Promise<void> {
  const type = types[extname(name)] ?? 'application/octet-stream';
  if (name.endsWith('.woff2')) {
    publish(name, { type, plain });
    return;
  }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    promisify(gzip)(plain, { level: 9 }),
  ]);
  publish(name, { type, plain, br, gzip: gz });
}

function publish(name: string, asset: Asset): void {
  assets.set(name, asset);
  urls.set(plainName(name), `/assets/${name}`);
}

/** `bricolage-grotesque-latin-wght-normal-ABCD.woff2` is asked for as `display.woff2`. */
function plainName(name: string): string {
  if (name.startsWith('bricolage-grotesque-latin-wght')) return 'display.woff2';
  if (name.startsWith('atkinson-hyperlegible-next-latin-wght')) return 'text.woff2';
  return name.replace(/-[A-Z0-9]{8}(?=\.)/, '');
}

function best(asset: Asset, accepted: string): [string | null, Uint8Array] {
  if (asset.br && /\bbr\b/.test(accepted)) return ['br', asset.br];
  if (asset.gzip && /\bgzip\b/.test(accepted)) return ['gzip', asset.gzip];
  return [null, asset.plain];
}

const colour_names = [
  ['light', 'water'],
  ['light', 'clay'],
  ['dark', 'water'],
  ['dark', 'clay'],
] as const;

function pack(look: NodeLook): string {
  return colour_names
    .map(([scheme, name]) =>
      look[scheme][name]
        .replace(/^oklch\(|\)$/g, '')
        .trim()
        .replace(/\s+/g, '_'),
    )
    .join('~');
}

function nodeAsset(name: string): Asset | undefined {
  const packed = /^node-[a-z0-9-]+-([\d._%~]+)\.css$/.exec(name)?.[1]?.split('~');
  if (packed?.length !== colour_names.length) return undefined;
  const [light_water, light_clay, dark_water, dark_clay] = packed.map((colour) => `oklch(${colour.replaceAll('_', ' ')})`);
  const css = nodeCss({ light: { water: light_water, clay: light_clay }, dark: { water: dark_water, clay: dark_clay } });
  return css ? { type: types['.css'] ?? '', plain: Buffer.from(css) } : undefined;
}

/** The plain bytes of a built file, for tests and for documents that carry their style with them. */
export function assetText(name: string): string {
  const asset = assets.get(basename(assetUrl(name)));
  assert(asset !== undefined, `${name} is built`);
  return Buffer.from(asset.plain).toString('utf8');
}

/** Sizes in bytes as transferred, by plain name. */
export function assetSizes(): Map<string, number> {
  return new Map(
    [...urls].map(([name, url]) => [name, (assets.get(basename(url))?.br ?? assets.get(basename(url))?.plain)?.length ?? 0]),
  );
}
