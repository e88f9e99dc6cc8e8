import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSteps } from '../model/step.ts';
import { openDiskStore } from '../stores/files/files.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { inspectFile } from './inspect.ts';
import { type BuiltVersion, buildVersion, deposit, type Tools } from './journey.ts';

let root: string;
let tools: Omit<Tools, 'scratch'>;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'terroir-journey-'));
  const limits = { children: 1, threadsPerChild: 1, memoryMegabytes: 200, timeoutSeconds: 30 };
  tools = {
    files: await openDiskStore(root),
    tables: openTableEngine({ ...limits, folders: [root], temporaryFolder: join(root, 'spill') }),
  };
});
afterAll(async () => {
  await tools.tables.close();
  await rm(root, { recursive: true, force: true });
});

async function build(csv: string): Promise<{ built: BuiltVersion; rows: readonly (readonly unknown[])[] }> {
  const scratch = join(tools.files.scratch, randomUUID());
  await mkdir(scratch);
  const path = join(scratch, 'table.csv');
  await writeFile(path, csv);
  const built = await buildVersion(await deposit(path, { ...tools, scratch }), { ...tools, scratch });
  const [data] = await tools.tables.run([{ sql: `SELECT * FROM read_parquet('${built.folder}/data.parquet')` }]);
  await rm(scratch, { recursive: true });
  return { built, rows: data?.rows ?? [] };
}

async function look(csv: string) {
  const path = join(root, `${randomUUID()}.csv`);
  await writeFile(path, csv);
  const inspection = await inspectFile(path, tools);
  await rm(path);
  return inspection;
}

/** Values that look like a type, most of them; some that the engine would read and the type refuses. */
const kinds: Readonly<Record<string, { usual: readonly string[]; odd: readonly string[] }>> = {
  entier: {
    usual: ['0', '7', '-12', '1048'],
    odd: ['', '007', '-0', '1e3', '1_000', '5-3', '-', '9007199254740993', ' 8'],
  },
  nombre: {
    usual: ['0.5', '12.25', '-3.0', '7'],
    odd: ['', '01.5', 'inf', 'nan', '1.2.3', '5.', '.5', '-.5', '1e5', '1234567890123456.5', '+2'],
  },
  virgule: { usual: ['0,5', '12,25', '-3,0', '7'], odd: ['', '01,5', '1,2,3', '1.5', ',5', '5,'] },
  jour: {
    usual: ['2024-01-31', '2023-12-01', '1999-02-28'],
    odd: ['', '2024-02-30', '2024-1-3', '-200-01-01', '20241-1-01', '2024/01/31', '0000-01-01', '2024-01-31 10:00'],
  },
  date_fr: {
    usual: ['31/01/2024', '01/12/2023', '28/02/1999'],
    odd: ['', '30/02/2024', '1/2/2024', '31/01/24', '01/13/2024', '31-01-2024'],
  },
  oui: { usual: ['true', 'false'], odd: ['', 'True', 'vrai', 't', '1', 'fals', ' true'] },
  siret: { usual: ['21370261400018', '21370050100015'], odd: ['', '2,13703E+13', '2137026140001'] },
  insee: { usual: ['37261', '37050'], odd: ['', '1234', '2A004', '3726'] },
};

test.each([
  ['in the sample', 60, 40, 40],
  // The first 5 000 records and every second one after them are looked at.
  ['below the sample', 9000, 7777, 15],
])(
  'typing on the faith of the bytes gives what looking at every value gives, an odd value %s',
  async (_, rows, place, numRuns) => {
    const column = fc.constantFrom(...Object.keys(kinds)).chain((name) => {
      const { usual, odd } = kinds[name] as { usual: readonly string[]; odd: readonly string[] };
      return fc.tuple(
        fc.constant(name),
        fc.array(fc.constantFrom(...usual), { minLength: 30, maxLength: 30 }),
        fc.option(fc.constantFrom(...odd), { freq: 4 }),
      );
    });
    const table = fc.uniqueArray(column, { minLength: 1, maxLength: 4, selector: ([name]) => name });
    await fc.assert(
      fc.asyncProperty(table, async (columns) => {
        const cell = ([, usual, odd]: (typeof columns)[number], row: number) =>
          odd !== null && row === place ? odd : usual[row % usual.length];
        const lines = Array.from({ length: rows }, (_, row) => `x;${columns.map((each) => cell(each, row)).join(';')}`);
        const csv = `nom;${columns.map(([name]) => name).join(';')}\n${lines.join('\n')}\n`;
        const { built } = await build(csv);
        const [looked] = (await look(csv)).tables;
        const odd = JSON.stringify(columns.map(([name, , value]) => [name, value]));
        expect(built.fields, odd).toEqual(looked?.fields);
        expect(built.problems, odd).toEqual(looked?.problems);
      }),
      { numRuns },
    );
  },
);

test('a date that is not in the calendar, far below the sample, keeps the column text and is told', async () => {
  const lines = Array.from({ length: 8000 }, (_, i) => `n${i};2024-01-${10 + (i % 20)}`);
  lines[7777] = 'n7777;2024-02-30';
  const { built, rows } = await build(`nom;jour\n${lines.join('\n')}\n`);
  expect(built.fields.map((field) => field.type)).toEqual(['string', 'string']);
  expect(built.problems.map(({ code, cell, value }) => ({ code, cell, value }))).toEqual([
    { code: 'date.invalid', cell: 'B7779', value: '2024-02-30' },
  ]);
  expect(rows[7777]).toEqual(['n7777', '2024-02-30']);
});

test('the box of the places is measured on all rows, and a place out of the world is told', async () => {
  const lines = Array.from({ length: 8000 }, (_, i) => `n${i};${47 + (i % 100) / 1000};${0.5 + (i % 50) / 1000}`);
  lines[7000] = 'n7000;48.125;0.75';
  lines[7500] = 'n7500;147.5;0.75';
  const { built } = await build(`nom;latitude;longitude\n${lines.join('\n')}\n`);
  expect(built.geometry).toEqual({
    type: 'Point',
    crs: 'EPSG:4326',
    source: 'latitude + longitude',
    bbox: [0.5, 47, 0.75, 48.125],
    made: ['geo_point_2d'],
  });
  expect(built.problems.map(({ code, row, value }) => ({ code, row, value }))).toEqual([
    { code: 'geo.outside', row: 7502, value: '147.5' },
  ]);
});

test('a map keeps its shapes when a row is put right, a row set aside, a column removed, another one masked', async () => {
  const square = (x: number) => ({
    type: 'Polygon',
    coordinates: [
      [
        [x, 47],
        [x + 0.5, 47],
        [x + 0.5, 47.5],
        [x, 47.5],
        [x, 47],
      ],
    ],
  });
  const feature = (nom: string, mail: string, suivi: string, x: number) => ({
    type: 'Feature',
    properties: { nom, mail, suivi, numero: x * 2 },
    geometry: square(x),
  });
  const features = [
    feature('Parc', 'a@b.fr', 'lea.martin@mairie.fr', 0),
    feature('Bois', 'c@d.fr', 'paul@mairie.fr', 1),
    feature('Essai', 'e@f.fr', 'paul@mairie.fr', 2),
  ];
  const scratch = join(tools.files.scratch, randomUUID());
  await mkdir(scratch);
  const path = join(scratch, 'parcs.geojson');
  await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }));
  const now = { by: 'operator', at: new Date() };
  const built = await buildVersion(
    await deposit(path, { ...tools, scratch }),
    { ...tools, scratch },
    {
      steps: parseSteps(
        [
          { kind: 'replaceValue', column: 'nom', from: 'Parc', to: 'Le parc' },
          { kind: 'setAside', column: 'nom', value: 'Essai' },
        ],
        now,
      ),
      treatments: [
        { kind: 'remove', column: 'mail' },
        { kind: 'mask', column: 'suivi', mask: 'email' },
      ],
    },
  );
  expect(built.fields.map(({ name }) => name)).not.toContain('mail');
  const file = `read_parquet('${built.folder}/data.parquet')`;
  const [data] = await tools.tables.run([
    { sql: `SELECT nom, suivi, numero, geo_point_2d.lon, ST_AsText(geo_shape) FROM ${file} ORDER BY numero` },
  ]);
  expect(data?.rows).toEqual([
    ['Le parc', 'l•••@•••', 0, 0.25, 'POLYGON ((0 47, 0.5 47, 0.5 47.5, 0 47.5, 0 47))'],
    ['Bois', 'p•••@•••', 2, 1.25, 'POLYGON ((1 47, 1.5 47, 1.5 47.5, 1 47.5, 1 47))'],
  ]);
  await rm(scratch, { recursive: true });
});
