// Conditions and aggregates on shapes: exact, on the geometry itself.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOf } from './answer.ts';
import { hullOf } from './hull.ts';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';
import { openStoredVersion, type StoredVersion } from './stored-version.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
let version: StoredVersion;

// 1: a square. 2: an L whose box holds more than itself. 3: a line. 4: nothing. 5: a square with a hole.
const shapes = [
  'POLYGON((0 0, 1 0, 1 1, 0 1, 0 0))',
  'POLYGON((4 0, 6 0, 6 1, 5 1, 5 2, 4 2, 4 0))',
  'LINESTRING(0 3, 2 5)',
  null,
  'POLYGON((10 0, 14 0, 14 4, 10 4, 10 0), (11 1, 13 1, 13 3, 11 3, 11 1))',
];

beforeAll(async () => {
  sample = await openSample();
  const folder = join(sample.folder, 'shapes');
  const rows = shapes.map((shape, i) => `(${i + 1}, ${shape === null ? 'NULL' : `'${shape}'`})`).join(', ');
  await mkdir(folder);
  await sample.tables.run([
    {
      sql: `COPY (SELECT id::BIGINT AS id, CAST(shape AS GEOMETRY) AS geo_shape FROM (VALUES ${rows}) t(id, shape)) TO '${join(folder, 'data.parquet')}' (FORMAT parquet)`,
    },
  ]);
  const field = { name: 'id', title: 'id', type: 'integer', format: null, role: null } as const;
  version = await openStoredVersion({ key: 'shapes@1', fields: [field], rows: 5 }, folder, sample.tables);
});
afterAll(() => sample?.close());

async function records(texts: QueryTexts) {
  const settings = usualSettings();
  const { tables } = sample;
  const tree = await resolveTree(parseQuery(texts), { version, tables, cache: new FoundCache(1_000_000), settings });
  const plan = planRecords(version, tree, settings);
  const [page, count] = await tables.run([plan.page(0, 100), plan.count()]);
  expect(plan.total ?? count?.rows[0]?.[0]).toBe(page?.rows.length);
  return page?.rows.map((row) => recordOf(plan, row)) ?? [];
}

const ids = async (where: string) => (await records({ select: 'id', where: [where] })).map(({ id }) => id);

test.each<[string, number[]]>([
  ["intersects(geo_shape, geom'POINT(0.5 0.5)')", [1]],
  ["intersects(geo_shape, geom'POINT(1 1)')", [1]],
  // In the box of the L, beside the L.
  ["intersects(geo_shape, geom'POINT(5.5 1.5)')", []],
  ["intersects(geo_shape, geom'POINT(5 1.5)')", [2]],
  ["intersects(geo_shape, geom'POINT(1 4)')", [3]],
  ["intersects(geo_shape, geom'POINT(12 2)')", []],
  ["within(geo_shape, geom'POLYGON((-1 -1, 7 -1, 7 3, -1 3, -1 -1))')", [1, 2]],
  ["disjoint(geo_shape, geom'POLYGON((-1 -1, 7 -1, 7 3.5, -1 3.5, -1 -1))')", [5]],
  ["not intersects(geo_shape, geom'POLYGON((-1 -1, 7 -1, 7 3.5, -1 3.5, -1 -1))')", [4, 5]],
  ['in_bbox(geo_shape, 1.2, 5.2, 1.8, 5.8)', []],
  ['in_bbox(geo_shape, 0.2, 5.2, 1.8, 5.8)', [2]],
  ["within_distance(geo_shape, geom'POINT(12 2)', 100km)", []],
  ["within_distance(geo_shape, geom'POINT(12 2)', 120km)", [5]],
  ["within_distance(geo_shape, geom'POINT(2 0.5)', 112km)", [1]],
  ["within_distance(geo_shape, geom'POLYGON((2 0, 3 0, 3 1, 2 1, 2 0))', 112km) and id != 1", [2]],
  ["geometry(geo_shape, geom'POINT(0.5 0.5)', INTERSECTS) or id = 4", [1, 4]],
  // A table without a text.
  ['search("abc")', []],
  ['search("2")', [2]],
  ['suggest("abc 2")', []],
  ['"3"', [3]],
  ['startswith(*, "a")', []],
])('where %s', async (where, expected) => {
  expect(await ids(where)).toEqual(expected);
});

test('bbox of shapes; the box of none is none', async () => {
  const [found] = await records({ select: 'bbox(geo_shape) as b', where: ['id in (2, 3)'] });
  expect(found?.['b']).toEqual({
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [6, 0],
          [6, 5],
          [0, 5],
          [0, 0],
        ],
      ],
    },
    properties: {},
  });
  expect(await records({ select: 'bbox(geo_shape) as b', where: ['id = 4'] })).toEqual([{ b: null }]);
});

test('a condition that was not looked for refuses to run', async () => {
  const tree = parseQuery({ where: ["intersects(geo_shape, geom'POINT(0 0)')"] });
  await expect(sample.tables.run([planRecords(version, tree).count()])).rejects.toThrow();
});

test('envelope of many points, of all of them and by group: the corners of what they fill', async () => {
  const folder = join(sample.folder, 'many');
  await mkdir(folder);
  // A disc's worth of points inside a square of which four stand at the corners, twice, side by side.
  const inner = `SELECT 1 + i % 2 AS g, {'lon': (i % 2) * 10 + 5 + 4 * sqrt((i % 997) / 997) * cos(i), 'lat': 5 + 4 * sqrt((i % 997) / 997) * sin(i)} AS p FROM range(20000) t(i)`;
  const corners = [0, 10].flatMap((west, g) =>
    [
      [west, 0],
      [west + 9, 0],
      [west + 9, 10],
      [west, 10],
    ].map(([lon, lat]) => `SELECT ${g + 1}, {'lon': ${lon}::DOUBLE, 'lat': ${lat}::DOUBLE}`),
  );
  await sample.tables.run([
    {
      sql: `COPY (SELECT g::BIGINT AS g, p FROM (${inner} UNION ALL ${corners.join(' UNION ALL ')})) TO '${join(folder, 'data.parquet')}' (FORMAT parquet)`,
    },
  ]);
  const field = (name: string, type: 'integer' | 'geopoint') => ({ name, title: name, type, format: null, role: null });
  const many = await openStoredVersion(
    { key: 'many@1', fields: [field('g', 'integer'), field('p', 'geopoint')], rows: 20_008 },
    folder,
    sample.tables,
  );
  const hulls = async (texts: QueryTexts) => {
    const plan = planRecords(many, parseQuery(texts));
    const [page] = await sample.tables.run([plan.page(0, 10)]);
    // Few points come back, whatever their number.
    for (const row of page?.rows ?? []) expect((row.at(-1) as unknown[]).length).toBeLessThan(2000);
    return (page?.rows ?? []).map((row) => recordOf(plan, row)['e']);
  };
  const square = (west: number, east: number) => ({
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 0],
          [east, 0],
          [east, 10],
          [west, 10],
          [west, 0],
        ],
      ],
    },
    properties: {},
  });
  expect(await hulls({ select: 'envelope(p) as e' })).toEqual([square(0, 19)]);
  expect(await hulls({ select: 'g, envelope(p) as e', groupBy: 'g' })).toEqual([square(0, 9), square(10, 19)]);
  expect(await hulls({ select: 'envelope(p) as e', where: ['g = 2'] })).toEqual([square(10, 19)]);
});

test('hulls: corners alone, anticlockwise; points on one line are a line', () => {
  const square = [
    [0, 0],
    [2, 0],
    [2, 2],
    [0, 2],
    [1, 1],
    [1, 0],
    [0, 0],
  ] as const;
  expect(hullOf(square)).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
    ],
  });
  expect(
    hullOf([
      [2, 2],
      [0, 0],
      [1, 1],
    ]),
  ).toEqual({
    type: 'LineString',
    coordinates: [
      [0, 0],
      [2, 2],
    ],
  });
  expect(
    hullOf([
      [3, 4],
      [3, 4],
    ]),
  ).toEqual({ type: 'Point', coordinates: [3, 4] });
  expect(hullOf([])).toBe(null);
});
