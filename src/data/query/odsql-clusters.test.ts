// geo_cluster: places near each other are one group, seen from a zoom.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOf } from './answer.ts';
import { gridOf } from './clusters.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';
import type { StoredVersion } from './stored-version.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function groups(texts: QueryTexts, version: StoredVersion) {
  const settings = usualSettings();
  const { tables } = sample;
  const tree = await resolveTree(parseQuery(texts), { version, tables, cache: new FoundCache(1_000_000), settings });
  const plan = planRecords(version, tree, settings);
  const [page, count] = await tables.run([plan.page(0, 1000), plan.count()]);
  expect(count?.rows[0]?.[0]).toBe(page?.rows.length);
  return page?.rows.map((row) => recordOf(plan, row)) ?? [];
}

async function placesVersion(points: readonly (readonly [number, number])[]): Promise<StoredVersion> {
  const dataPath = join(sample.folder, `places-${points.length}.parquet`);
  const rows = points.map(([lon, lat], i) => `(${i}, {'lon': ${lon}::DOUBLE, 'lat': ${lat}::DOUBLE})`).join(', ');
  await sample.tables.run([
    { sql: `COPY (SELECT id::BIGINT AS id, p FROM (VALUES ${rows}) t(id, p)) TO '${dataPath}' (FORMAT parquet)` },
  ]);
  const field = (name: string, type: 'integer' | 'geopoint') => ({ name, title: name, type, format: null, role: null });
  return {
    key: 'places@1',
    dataPath,
    searchPath: null,
    searchableFields: [],
    fields: [field('id', 'integer'), field('p', 'geopoint')],
    rows: points.length,
    made: [],
  };
}

test('geo_cluster: near places are one, also across the sides of cells; centres are means', async () => {
  // Two on either side of the meridian of Greenwich, which is a side of cells at every precision; one far away.
  const version = await placesVersion([
    [-0.001, 47],
    [0.001, 47],
    [10, 47],
  ]);
  const found = await groups(
    { select: 'count(*) as n', groupBy: 'geo_cluster(p, 8) as c', orderBy: 'n desc' },
    version,
  );
  expect(found).toEqual([
    { c: { cluster_centroid: { lat: 47, lon: 0 } }, n: 2 },
    { c: { cluster_centroid: { lat: 47, lon: 10 } }, n: 1 },
  ]);
  // Seen from nearer, they are three.
  expect(await groups({ groupBy: 'geo_cluster(p, 20)' }, version)).toHaveLength(3);
  // A small radius keeps apart what a large one joins.
  expect(await groups({ groupBy: 'geo_cluster(p, 12, 1)' }, version)).toHaveLength(3);
  expect(await groups({ groupBy: 'geo_cluster(p, 12, 200)' }, version)).toHaveLength(2);
  // Selected by its words, whatever is written around it.
  const named = await groups(
    { select: 'GEO_CLUSTER( p, 8 ) as c, count(*) as n', groupBy: 'geo_cluster(p, 8)', where: ['id = 2'] },
    version,
  );
  expect(named).toEqual([{ c: { cluster_centroid: { lat: 47, lon: 10 } }, n: 1 }]);
  // Beside another key, and where a condition leaves one.
  expect(await groups({ select: 'count(*) as n', groupBy: 'geo_cluster(p, 8) as c, id' }, version)).toHaveLength(3);
  expect(
    await groups({ select: 'count(*) as n', groupBy: 'geo_cluster(p, 8) as c', where: ['id = 2'] }, version),
  ).toEqual([{ c: { cluster_centroid: { lat: 47, lon: 10 } }, n: 1 }]);
});

test('cells of a geohash are longer than the radius', () => {
  // One character: 45 degrees by 45.
  expect(gridOf(4_000_000)).toEqual({ width: 45, height: 45, rows: 5 });
  // Two: 11.25 by 5.625.
  expect(gridOf(600_000)).toEqual({ width: 11.25, height: 5.625, rows: 33 });
  expect(gridOf(100_000_000).width).toBe(45);
  expect(gridOf(0.000_001).rows).toBe(2 ** 30 + 1);
});
