// Builds what browsers load: style sheets and custom elements, with a hash of their content in the name, so that they are cached for ever.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './project.mjs';

/** What an element starts beside the page: MapLibre's worker, an entry of its own so that it comes from our origin. */
const workers = ['node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs'];

/** Kept as they are, under a hashed name too. */
const asTheyAre = ['.svg', '.png', '.ico', '.webp', '.woff2', '.txt', '.webmanifest'];

/**
 * Builds src/web/assets/ and src/elements/ into a folder, with manifest.json there: { "page.css": "page-4F2K7Q3M.css" }.
 * An element keeps its name: map.ts is "map.js".
 */
export async function buildAssets(esbuild, folder) {
  mkdirSync(folder, { recursive: true });
  const files = [
    ...filesOf('src/web/assets', ['.css', '.js', ...asTheyAre]),
    ...filesOf('src/elements', ['.ts', '.tsx']),
    ...workers,
  ];
  const manifest = {};
  if (files.length > 0) {
    const { metafile } = await esbuild.build({
      absWorkingDir: root,
      entryPoints: files,
      outdir: folder,
      entryNames: '[name]-[hash]',
      chunkNames: '[name]-[hash]',
      assetNames: '[name]-[hash]',
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: ['es2022', 'safari16'],
      loader: Object.fromEntries(asTheyAre.map((ending) => [ending, 'copy'])),
      metafile: true,
      sourcemap: true,
      logLevel: 'silent',
    });
    for (const [path, output] of Object.entries(metafile.outputs)) {
      const source = output.entryPoint ?? copiedFrom(path, output);
      if (source !== undefined) manifest[basename(source).replace(/\.tsx?$/, '.js')] = basename(path);
    }
  }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** esbuild names no entry for a file that it only copies: it is the one input. */
function copiedFrom(path, output) {
  const inputs = Object.keys(output.inputs);
  return inputs.length === 1 && asTheyAre.some((ending) => path.endsWith(ending)) ? inputs[0] : undefined;
}

function filesOf(folder, endings) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).filter((name) => endings.some((ending) => name.endsWith(ending)));
  return names.filter((name) => !/\.test\.tsx?$|\.d\.ts$/.test(name)).map((name) => `${folder}/${name}`);
}
