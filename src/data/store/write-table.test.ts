import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { writeSearchFile, writeTable } from './write-table.ts';

let folder: string;
let tables: TableEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-store-'));
  const limits = { children: 1, threadsPerChild: 1, memoryMegabytes: 200, timeoutSeconds: 30 };
  tables = openTableEngine({ ...limits, folders: [folder], temporaryFolder: join(folder, 'spill') });
});
afterAll(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true });
});

const trees = `(VALUES ('Érable', 3, DATE '2020-02-29'), ('Chêne', NULL, DATE '2019-01-01'), ('Érable', 12, NULL)) AS t(c0, c1, c2)`;

test('a table is written as its public file and its folded texts, each with its row, and measured', async () => {
  const target = await mkdtemp(join(folder, 'version-'));
  const columns = [
    { name: 'essence', expression: 'c0' },
    { name: 'hauteur', expression: 'c1' },
    { name: 'date', expression: 'c2' },
  ];
  const stored = await writeTable({ from: trees, columns, rows: 3 }, target, tables);
  await writeSearchFile(stored, ['essence'], target, tables);
  expect(await readdir(target)).toEqual(['data.parquet', 'search.parquet']);
  const [data, search] = await tables.run([
    { sql: `SELECT * FROM read_parquet('${target}/data.parquet')` },
    { sql: `SELECT * FROM read_parquet('${target}/search.parquet')` },
  ]);
  expect(data?.rows).toEqual([
    ['Érable', 3, '2020-02-29'],
    ['Chêne', null, '2019-01-01'],
    ['Érable', 12, null],
  ]);
  expect(search?.rows).toEqual([
    [0, 'erable'],
    [1, 'chene'],
    [2, 'erable'],
  ]);
  expect(stored.rows).toBe(3);
  expect(stored.profiles).toEqual([
    {
      name: 'essence',
      filled: 3,
      filledShare: 1,
      distinct: 2,
      distinctEstimated: false,
      min: 'Chêne',
      max: 'Érable',
      top: [
        { value: 'Érable', count: 2 },
        { value: 'Chêne', count: 1 },
      ],
    },
    {
      name: 'hauteur',
      filled: 2,
      filledShare: 2 / 3,
      distinct: 2,
      distinctEstimated: false,
      min: '3',
      max: '12',
      top: [],
    },
    {
      name: 'date',
      filled: 2,
      filledShare: 2 / 3,
      distinct: 2,
      distinctEstimated: false,
      min: '2019-01-01',
      max: '2020-02-29',
      top: [],
    },
  ]);
});

test('a table without texts has one file, and a point has neither least nor most frequent value', async () => {
  const target = await mkdtemp(join(folder, 'version-'));
  const columns = [
    { name: 'n', expression: 'c1' },
    { name: 'geo_point_2d', expression: 'struct_pack(lon := 0.5, lat := 47.0)' },
  ];
  const stored = await writeTable({ from: trees, columns, rows: 3 }, target, tables);
  await writeSearchFile(stored, [], target, tables);
  expect(await readdir(target)).toEqual(['data.parquet']);
  expect(stored.profiles[1]).toEqual({
    name: 'geo_point_2d',
    filled: 3,
    filledShare: 1,
    distinct: 1,
    distinctEstimated: false,
    min: null,
    max: null,
    top: [],
  });
  expect(stored.parquetBytes).toBeGreaterThan(0);
});
