// Bundles src/ into dist/ when something changed: the server, the command line, the children of the engine and of GDAL, and what browsers load.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAssets } from './assets.mjs';
import { ensureLetters } from './letters.mjs';
import { sentence, step } from './messages.mjs';
import { dist, root } from './project.mjs';
import { inTurn } from './turn.mjs';

/** All side by side in dist/, whatever their folder in src/: what is beside a source is beside its build. */
const entries = {
  main: 'src/main.ts',
  cli: 'src/cli.ts',
  child: 'src/stores/tables/child.ts',
  'gdal-child': 'src/stores/gdal/gdal-child.ts',
  'byte-writer': 'src/data/export/byte-writer.ts',
};

/**
 * Packages of many small modules are bundled: reading their files one by one takes longer than all the rest of a start.
 * The others stay packages, for they find their own files (programs, data, WebAssembly) beside themselves.
 */
const bundled = new Set([
  '@fastify/type-provider-typebox',
  'hucre',
  'kysely',
  'preact',
  'preact-render-to-string',
  'typebox',
]);

const packages = {
  name: 'packages',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || path.startsWith('node:')) return undefined;
      const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
      return bundled.has(name) ? undefined : { path, external: true };
    });
  },
};

/** Builds if the sources are not those of dist/. @param {{ force?: boolean }} [options] */
export async function ensureBuild({ force = false } = {}) {
  ensureLetters();
  const wanted = fingerprint();
  if (!force && builtFrom() === wanted) return;
  await inTurn(async () => {
    if (force || builtFrom() !== wanted) await step(sentence('build'), () => build(wanted));
  });
}

/** Built beside and then exchanged: a command that starts meanwhile finds a whole build. */
async function build(from) {
  const esbuild = await import('esbuild');
  const fresh = `${dist}.new`;
  const old = `${dist}.old`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: fresh,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      plugins: [packages],
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcemap: true,
      logLevel: 'silent',
    });
    await buildAssets(esbuild, join(fresh, 'public'));
  } finally {
    await esbuild.stop();
  }
  writeFileSync(join(fresh, 'built-from'), from);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

function builtFrom() {
  try {
    return readFileSync(join(dist, 'built-from'), 'utf8');
  } catch {
    return '';
  }
}

/** The content of everything that a build reads; times of files would change with every checkout. */
function fingerprint() {
  const hash = createHash('sha256');
  const add = (path) =>
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  add('package-lock.json');
  add('tsconfig.json');
  for (const folder of ['scripts/setup', 'src', 'territories', 'reference']) {
    for (const path of filesOf(folder))
      if (!/\.test\.tsx?$/.test(path) && (folder === 'src' || /\.(tsx?|mjs|json)$/.test(path))) add(path);
  }
  return hash.digest('hex');
}

function filesOf(folder) {
  if (!existsSync(join(root, folder))) return [];
  const found = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return found.flatMap((file) => (file.isDirectory() ? filesOf(`${folder}/${file.name}`) : [`${folder}/${file.name}`]));
}
