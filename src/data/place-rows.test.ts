// Places written in the ways of town halls: each row's own columns become degrees, in the stored table and on the report.
// Degrees expected here were computed with PROJ 9 (gdaltransform), an implementation that is not ours.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDiskStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { buildVersion, deposit, withScratch } from './journey.ts';

let home: string;
let tables: TableEngine;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-places-'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
});
afterAll(async () => {
  await tables.close();
  await rm(home, { recursive: true, force: true });
});

/** The points that are stored, what is said of them, and what the geometry says of its source. */
async function placesOf(lines: readonly string[]) {
  const files = await openDiskStore(home);
  const path = join(home, 'lieux.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  return withScratch(files, `journey-${process.pid}-places`, async (scratch) => {
    const tools = { files, tables, scratch };
    const built = await buildVersion(await deposit(path, tools), tools);
    const data = join(built.folder, 'data.parquet').replaceAll("'", "''");
    const made = built.geometry?.made?.includes('geo_point_2d') === true;
    const sql = `SELECT geo_point_2d.lon, geo_point_2d.lat FROM read_parquet('${data}')`;
    const [answer] = made ? await tables.run([{ sql }]) : [];
    return {
      points: (answer?.rows ?? []).map((row) => row.map((value) => (value === null ? null : Number(value)))),
      geometry: built.geometry,
      told: built.problems.filter(({ code }) => code.startsWith('geo.')),
      fields: built.fields.map(({ name }) => name),
    };
  });
}

const ways: readonly (readonly [string, readonly string[], string, string, readonly [number, number]])[] = [
  ['Lambert-93', ['nom;X;Y', 'a;525000;6700000'], 'EPSG:2154', 'geo.reprojected', [0.680430375, 47.377203779]],
  ['CC47', ['nom;x_cc47;y_cc47', 'a;1650000,0;6210000,0'], 'EPSG:3947', 'geo.reprojected', [2.341443606, 47.088068017]],
  ['Web Mercator', ['nom;X;Y', 'a;78000;6005000'], 'EPSG:3857', 'geo.reprojected', [0.700685922, 47.384125036]],
  [
    'Lambert-93, the axes turned',
    ['nom;X;Y', 'a;6700000;525000'],
    'EPSG:2154',
    'geo.reprojected',
    [0.680430375, 47.377203779],
  ],
  [
    'metres in one text',
    ['nom;coordonnees', 'a;525000 6700000'],
    'EPSG:2154',
    'geo.reprojected',
    [0.680430375, 47.377203779],
  ],
  [
    'degrees, minutes, seconds',
    ['nom;latitude;longitude', 'a;47°22\'30"N;0°42\'00"E'],
    'EPSG:4326',
    'geo.read',
    [0.7, 47.375],
  ],
  ['the same in one text', ['nom;position', 'a;47°22\'30"N 0°42\'00"O'], 'EPSG:4326', 'geo.read', [-0.7, 47.375]],
  ['WKT', ['nom;wkt', 'a;POINT (0.7 47.375)'], 'EPSG:4326', 'geo.read', [0.7, 47.375]],
  [
    'WKT in metres',
    ['nom;geom', 'a;POINT (525000 6700000)'],
    'EPSG:2154',
    'geo.reprojected',
    [0.680430375, 47.377203779],
  ],
  [
    'GeoJSON',
    ['nom;geom', 'a;"{""type"":""Point"",""coordinates"":[0.7,47.375]}"'],
    'EPSG:4326',
    'geo.read',
    [0.7, 47.375],
  ],
  ['semicolons', ['nom,gps', 'a,47.375 ; 0.7'], 'EPSG:4326', 'geo.read', [0.7, 47.375]],
  [
    'axes swapped in two columns',
    ['nom;latitude;longitude', 'a;0.7;47.375'],
    'EPSG:4326',
    'geo.swapped',
    [0.7, 47.375],
  ],
  ['axes swapped in one text', ['nom;coordonnees', 'a;"0.7,47.375"'], 'EPSG:4326', 'geo.swapped', [0.7, 47.375]],
];

test.each(ways)('%s', async (_way, lines, crs, code, [lon, lat]) => {
  const { points, geometry, told, fields } = await placesOf(lines);
  expect(geometry).toMatchObject({ type: 'Point', crs });
  expect(told.map((each) => each.code)).toEqual([code]);
  expect(points[0]?.[0]).toBeCloseTo(lon, 6);
  expect(points[0]?.[1]).toBeCloseTo(lat, 6);
  expect(geometry?.bbox[0]).toBeCloseTo(lon, 6);
  // The producer's columns stay as they are.
  expect(fields[0]).toBe('nom');
});

test('areas written as WKT become shapes, with a point each', async () => {
  const square = 'POLYGON ((0 47, 1 47, 1 48, 0 48, 0 47))';
  const { geometry, points } = await placesOf(['nom;wkt', `a;"${square}"`]);
  expect(geometry).toMatchObject({ type: 'Polygon', bbox: [0, 47, 1, 48], made: ['geo_point_2d', 'geo_shape'] });
  expect(points[0]?.[0]).toBeCloseTo(0.5, 6);
});

test('what cannot be placed is kept, counted and named by its cell', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => `lieu ${index};${525_000 + index};6700000`);
  const { points, told } = await placesOf(['nom;X;Y', ...rows, 'perdu;là-bas;6700000', 'vide;;']);
  expect(points).toHaveLength(14);
  expect(points.slice(12)).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(told.map(({ code, cell, count }) => [code, cell, count])).toContainEqual(['geo.placeUnread', 'B14', 1]);
});

test('metres of nowhere are asked about, plain degrees are left to the engine', async () => {
  const unknown = await placesOf(['nom;X;Y', 'a;25000;33000', 'b;25100;33100']);
  expect([unknown.geometry, unknown.told.map(({ code }) => code)]).toEqual([null, ['geo.metresUnknown']]);
  const plain = await placesOf(['nom;latitude;longitude', 'a;47.375;0.7']);
  expect([plain.geometry?.crs, plain.told, plain.points]).toEqual(['EPSG:4326', [], [[0.7, 47.375]]]);
});
