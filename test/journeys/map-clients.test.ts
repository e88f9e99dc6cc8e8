// The programs of geographers read every collection of the demonstration: GDAL's OAPIF driver (QGIS has its own like it) and OWSLib.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'terroir-map-clients-'));

type Collection = { readonly id: string };
const gathered = ['subventions-du-territoire', 'arbres-du-territoire'];
let portal: Portal;
let ids: readonly string[];
beforeAll(async () => {
  portal = await openPortal();
  // The tables that the demonstration gathers come a little later than the others.
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    ids = (await collections()).map(({ id }) => id);
  } while (!gathered.every((id) => ids.includes(id)));
}, 300_000);
afterAll(async () => {
  await portal?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function collections(): Promise<readonly Collection[]> {
  return ((await portal.json('/ogc/collections?f=json')) as { collections: readonly Collection[] }).collections;
}

async function rowsOf(id: string): Promise<number> {
  const path = `/api/explore/v2.1/catalog/datasets/${id}/records?limit=0`;
  return ((await portal.json(path)) as { total_count: number }).total_count;
}

async function ours(id: string, where: string): Promise<number> {
  const path = `/api/explore/v2.1/catalog/datasets/${id}/records?limit=0&where=${encodeURIComponent(where)}`;
  return ((await portal.json(path)) as { total_count: number }).total_count;
}

type Feature = {
  readonly geometry: { readonly type: string; readonly coordinates: readonly number[] } | null;
  readonly properties: Readonly<Record<string, unknown>>;
};

describe.skipIf(process.env['TEST_GDAL'] === undefined)('GDAL', () => {
  async function ogr2ogr(id: string, ...options: readonly string[]): Promise<readonly Feature[]> {
    const path = join(folder, `${id}-${Math.random().toString(36).slice(2)}.geojson`);
    await run('ogr2ogr', ['-f', 'GeoJSON', path, `OAPIF:${portal.url}/ogc`, id, ...options]);
    return (JSON.parse(readFileSync(path, 'utf8')) as { features: readonly Feature[] }).features;
  }

  test('lists the collections, each by its title', async () => {
    const { stdout } = await run('ogrinfo', ['-ro', '-so', `OAPIF:${portal.url}/ogc`]);
    for (const id of ids) expect(stdout).toContain(`: ${id} (title: `);
  });

  test('reads every row of every collection, page after page', async () => {
    for (const id of ids) expect([id, (await ogr2ogr(id)).length]).toEqual([id, await rowsOf(id)]);
  });

  test('takes the rows within a box', async () => {
    const found = await ogr2ogr('arbres-tours', '-spat', '0.68', '47.38', '0.7', '47.4');
    expect(found.length).toBeGreaterThan(0);
    for (const { geometry } of found) {
      const [lon = Number.NaN, lat = Number.NaN] = geometry?.coordinates ?? [];
      expect(lon >= 0.68 && lon <= 0.7 && lat >= 47.38 && lat <= 47.4).toBe(true);
    }
    const box = 'in_bbox(geo_point_2d, 47.38, 0.68, 47.4, 0.7)';
    expect(found.length).toBe(await ours('arbres-tours', box));
  });

  test('takes the rows that hold a value', async () => {
    const found = await ogr2ogr('arbres-tours', '-where', "nom_commun = 'Platane'");
    for (const { properties } of found) expect(properties['nom_commun']).toBe('Platane');
    expect(found.length).toBe(await ours('arbres-tours', 'nom_commun = "Platane"'));
  });

  test('finds the shapes in Lambert-93 where they are in degrees', async () => {
    const crs = 'http://www.opengis.net/def/crs/EPSG/0/2154';
    const address = `${portal.url}/ogc/collections/contours-communes-tours-metropole/items?limit=100&crs=${crs}&f=json`;
    const answer = await fetch(address);
    expect(answer.headers.get('content-crs')).toBe(`<${crs}>`);
    const file = join(folder, 'lambert.geojson');
    writeFileSync(file, await answer.text());
    const [mine, theirs] = [join(folder, 'mine.geojson'), join(folder, 'theirs.geojson')];
    // GDAL's own projection of what it read in degrees, against what was answered in metres.
    const degrees = `OAPIF:${portal.url}/ogc`;
    await run('ogr2ogr', [
      ...['-f', 'GeoJSON', theirs, degrees, 'contours-communes-tours-metropole'],
      ...['-t_srs', 'EPSG:2154', '-lco', 'COORDINATE_PRECISION=2'],
    ]);
    await run('ogr2ogr', [...['-f', 'GeoJSON', mine, file, '-a_srs', 'EPSG:2154', '-lco', 'COORDINATE_PRECISION=2']]);
    const corner = (path: string) => {
      const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: readonly Feature[] };
      return features.map(({ geometry, properties }) => [
        properties['code_insee'],
        (geometry?.coordinates.flat(4) ?? []).slice(0, 2).map((metres) => Math.round(Number(metres))),
      ]);
    };
    expect(corner(mine)).toEqual(corner(theirs));
    expect(corner(mine)).toHaveLength(22);
  });
});

const script = `
import json, sys
from owslib.ogcapi.features import Features
server = Features(sys.argv[1])
found = {}
for collection in server.collections()['collections']:
    id = collection['id']
    items = server.collection_items(id, limit=2)
    first = server.collection_item(id, str(items['features'][0]['id']))
    found[id] = [items['numberMatched'], items['numberReturned'], first['type'], sorted(server.collection_queryables(id)['properties'])]
box = server.collection_items('arbres-tours', bbox=[0.68, 47.38, 0.7, 47.4], limit=1)['numberMatched']
like = server.collection_items('arbres-tours', filter="nom_commun LIKE 'Plat%'", limit=1)['numberMatched']
print(json.dumps({'found': found, 'box': box, 'like': like, 'conformance': server.conformance()['conformsTo'], 'api': server.api()['openapi']}))
`;

describe.skipIf(process.env['TEST_OWSLIB'] === undefined)('OWSLib', () => {
  test('reads every collection, its columns, a box, a filter in CQL2', async () => {
    const file = join(folder, 'read.py');
    writeFileSync(file, script);
    const python = process.env['TEST_OWSLIB'] ?? '';
    const { stdout } = await run(python, [file, `${portal.url}/ogc`], { maxBuffer: 1 << 24 });
    const read = JSON.parse(stdout) as {
      readonly found: Readonly<Record<string, readonly [number, number, string, readonly string[]]>>;
      readonly box: number;
      readonly like: number;
      readonly conformance: readonly string[];
      readonly api: string;
    };
    expect(Object.keys(read.found).toSorted()).toEqual([...ids].toSorted());
    for (const [id, [matched, returned, type, columns]] of Object.entries(read.found)) {
      expect([id, matched, returned, type]).toEqual([id, await rowsOf(id), Math.min(2, matched), 'Feature']);
      expect(columns.length).toBeGreaterThan(1);
    }
    expect(read.box).toBe(await ours('arbres-tours', 'in_bbox(geo_point_2d, 47.38, 0.68, 47.4, 0.7)'));
    expect(read.like).toBe(await ours('arbres-tours', 'startswith(nom_commun, "Plat")'));
    expect(read.conformance).toContain('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter');
    expect(read.api).toMatch(/^3\./);
  });
});
