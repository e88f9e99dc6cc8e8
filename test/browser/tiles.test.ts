// MapLibre as its makers ship it, on a page of another origin, draws what it finds at the address of a TileJSON.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../journeys/portal.ts';

const library = join(import.meta.dirname, '..', '..', 'node_modules', 'maplibre-gl', 'dist');
const page = `<!doctype html><html lang="fr"><title>Carte</title>
<link rel="stylesheet" href="/maplibre-gl.css"><div id="map"></div>
<style>#map { width: 600px; height: 400px }</style>
<script type="module">
import * as maplibre from '/maplibre-gl.mjs';
maplibre.setWorkerUrl('/maplibre-gl-worker.mjs');
globalThis.maplibre = maplibre;
</script></html>`;

let portal: Portal;
let foreign: Server;
let browser: Browser;
let origin: string;
beforeAll(async () => {
  portal = await openPortal();
  foreign = createServer((request, response) => {
    const name = /^\/([\w-]+\.(mjs|css))$/.exec(request.url ?? '')?.[1];
    const type = name?.endsWith('css') ? 'text/css' : name === undefined ? 'text/html' : 'text/javascript';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.end(name === undefined ? page : readFileSync(join(library, name)));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => foreign.once('listening', resolve));
  origin = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`;
  const executablePath = process.env['TERROIR_TEST_BROWSER'];
  browser = await chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    // Software drawing: the machine of tests has no graphics card.
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}, 240_000);
afterAll(async () => {
  await browser?.close();
  foreign?.close();
  await portal?.close();
});

type Drawn = { readonly count: number; readonly kinds: readonly string[]; readonly names: readonly unknown[] };

/** Draws one collection alone, and tells what the map says that it has drawn. */
async function draw(collection: string, kind: 'circle' | 'fill', property: string, zoom: number): Promise<Drawn> {
  const tab: Page = await browser.newPage();
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(origin);
  await tab.waitForFunction(() => 'maplibre' in globalThis);
  const address = `${portal.url}/ogc/collections/${collection}/tiles/WebMercatorQuad/tilejson`;
  const drawn = await tab.evaluate(
    async ([address, kind, property, zoom]) => {
      type Feature = { geometry: { type: string }; properties: Record<string, unknown> };
      type Map = {
        once(event: string): Promise<unknown>;
        queryRenderedFeatures(where: { layers: string[] }): Feature[];
      };
      const { maplibre } = globalThis as unknown as { maplibre: { Map: new (options: unknown) => Map } };
      const { vector_layers: layers } = (await (await fetch(address)).json()) as { vector_layers: { id: string }[] };
      const map = new maplibre.Map({
        container: 'map',
        center: [0.69, 47.39],
        zoom,
        style: {
          version: 8,
          sources: { rows: { type: 'vector', url: address } },
          layers: [{ id: 'rows', type: kind, source: 'rows', 'source-layer': layers[0]?.id }],
        },
      });
      await map.once('idle');
      const features = map.queryRenderedFeatures({ layers: ['rows'] });
      return {
        count: features.length,
        kinds: [...new Set(features.map(({ geometry }) => geometry.type))],
        names: features.map(({ properties }) => properties[property]),
      };
    },
    [address, kind, property, zoom] as const,
  );
  expect(errors).toEqual([]);
  await tab.close();
  return drawn;
}

test('points, with what they say', async () => {
  const { count, kinds, names } = await draw('arbres-tours', 'circle', 'nom_commun', 15);
  expect(count).toBeGreaterThan(0);
  expect(kinds).toEqual(['Point']);
  const known = await portal.json('/api/explore/v2.1/catalog/datasets/arbres-tours/facets?facet=nom_commun');
  const trees = (known as { facets: { facets: { name: string }[] }[] }).facets[0]?.facets.map(({ name }) => name);
  for (const name of names) expect(trees).toContain(name);
});

test('surfaces, clipped to their tiles', async () => {
  const { kinds, names } = await draw('contours-communes-tours-metropole', 'fill', 'nom', 10);
  expect(kinds.every((kind) => kind === 'Polygon' || kind === 'MultiPolygon')).toBe(true);
  expect(new Set(names).size).toBeGreaterThan(10);
  expect(names).toContain('Tours');
});
