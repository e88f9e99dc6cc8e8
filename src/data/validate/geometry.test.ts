import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { type CoordinateColumn, findPlacement } from './geometry.ts';
import { latitudeSql, longitudeSql } from './lambert93.ts';

const folder = mkdtempSync(join(tmpdir(), 'terroir-geometry-'));
let engine: TableEngine;
beforeAll(() => {
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

const column = (title: string, ...numbers: number[]): CoordinateColumn => ({
  title,
  reading: { type: 'number', format: null },
  numbers,
});

test('latitude and longitude are found under their many names', () => {
  for (const [lon, lat] of [
    ['longitude', 'latitude'],
    ['LONG_WGS84', 'LAT_WGS84'],
    ['Xlong', 'Ylat'],
    ['Xlongitude', 'Xlatitude'],
    ['long_coor1', 'lat_coor1'],
    ['EQUIP_LONG', 'EQUIP_LAT'],
    ['consolidated_longitude', 'consolidated_latitude'],
    ['lng', 'lat'],
    ['X', 'Y'],
  ] as const) {
    expect(findPlacement([column('n', 1), column(lon, 0.68), column(lat, 47.39)]), lon).toEqual({
      kind: 'degrees',
      x: 1,
      y: 2,
      swapped: false,
    });
  }
});

test('columns that agree go together', () => {
  const columns = [column('lon_entree', 0.1), column('lon_sortie', 0.2), column('lat_sortie', 47.2)];
  expect(findPlacement(columns)).toMatchObject({ x: 1, y: 2 });
});

test('a length is no longitude, whole x and y are no degrees', () => {
  expect(findPlacement([column('long', 1200), column('lat', 47.39)])).toBe(null);
  expect(findPlacement([column('x', 1, 2), column('y', 3, 4)])).toBe(null);
});

test('degrees that changed places are told', () => {
  expect(findPlacement([column('longitude', 47.39), column('latitude', 0.68)])).toMatchObject({ swapped: true });
});

test('metres in Lambert-93 become degrees', async () => {
  // Points of the Base adresse nationale that carry both: Bondy, Escoulis, Strasbourg (the files' own x, y, lon, lat).
  const points = [
    [662524.1, 6866064.08, 2.488881, 48.893494],
    [539416.13, 6225601.11, 1.028392, 43.111637],
    [1049409, 6838286.4, 7.737072, 48.55045],
  ] as const;
  for (const [x, y, lon, lat] of points) {
    const [answer] = await engine.run([
      {
        sql: `SELECT ${longitudeSql('x', 'y')}, ${latitudeSql('x', 'y')} FROM (SELECT ${x}::DOUBLE AS x, ${y}::DOUBLE AS y)`,
      },
    ]);
    expect(Math.abs(Number(answer?.rows[0]?.[0]) - lon)).toBeLessThan(2e-6);
    expect(Math.abs(Number(answer?.rows[0]?.[1]) - lat)).toBeLessThan(2e-6);
  }
  expect(findPlacement([column('x', 662524.1), column('y', 6866064.08)])).toEqual({
    kind: 'lambert93',
    x: 0,
    y: 1,
    swapped: false,
  });
});
