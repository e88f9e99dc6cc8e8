import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadedSchema } from '../model/schema.ts';
import { readTableSchema } from '../model/schema-reader.ts';
import { type FileStore, openDiskStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { validateFile, validationJson } from './validate-file.ts';

let folder = '';
let files: FileStore;
let tables: TableEngine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-validate-'));
  await mkdir(join(folder, 'files'));
  files = await openDiskStore(join(folder, 'files'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'engine'),
  });
});

afterAll(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true });
});

const schema: LoadedSchema = {
  kind: 'table',
  name: 'lieux',
  schema: readTableSchema(
    {
      fields: [
        { name: 'code', constraints: { required: true, pattern: '\\d{5}' } },
        { name: 'lieu', type: 'string' },
        { name: 'places', type: 'integer' },
      ],
    },
    'lieux',
  ),
};

/** A file large enough for its count to begin before it is read whole, three wrong cells in it. */
function largeRows(): string[] {
  const rows = Array.from(
    { length: 150_000 },
    (_, index) => `37${String(index % 1000).padStart(3, '0')};Lieu numéro ${index};${index}`,
  );
  rows[10] = '3700;Trop court;1';
  rows[70_000] = '37000;Sans nombre;beaucoup';
  rows[149_999] = ';Sans code;3';
  return rows;
}

const faults = [
  ['pattern.unmatched', 'A12', '3700'],
  ['type.integer', 'C70002', 'beaucoup'],
  ['value.required', 'A150001', null],
];

async function told(name: string, text: string) {
  const path = join(folder, name);
  await writeFile(path, text);
  const { rows, errorCount, problems } = await validateFile(path, schema, { files, tables });
  const cells = problems
    .filter((each) => each.severity === 'error')
    .map(({ code, cell, value }) => [code, cell, value]);
  return { rows, errorCount, cells };
}

test('a large file, as its first line says', async () => {
  const text = `code;lieu;places\n${largeRows().join('\n')}\n`;
  expect(await told('plain.csv', text)).toEqual({ rows: 150_000, errorCount: 3, cells: faults });
});

test('a large file that is not as its first line says is read again, with the same answer', async () => {
  const rows = largeRows();
  // A quoted line end, and a line with a cell too many: the engine alone would stop there.
  rows[5] = '37005;"Lieu\nsur deux lignes";5';
  rows[6] = '37006;Lieu;6;trop';
  const { errorCount, cells } = await told('odd.csv', `code;lieu;places\n${rows.join('\n')}\n`);
  // The cell too many is told, and stays with the last one, which is no number any more.
  expect(errorCount).toBe(5);
  expect(cells.map(([code, , value]) => [code, value])).toEqual([
    ['row.ragged', '4'],
    ['type.integer', '6;trop'],
    ['pattern.unmatched', '3700'],
    ['type.integer', 'beaucoup'],
    ['value.required', null],
  ]);
});

test('a large file in another encoding, or with a title above its header', async () => {
  const text = `Mes lieux;;\ncode;lieu;places\n${largeRows().join('\n')}\n`;
  const moved = faults.map(([code, cell, value]) => [
    code,
    String(cell).replace(/\d+/, (row) => String(Number(row) + 1)),
    value,
  ]);
  expect((await told('title.csv', text)).cells).toEqual(moved);
  const path = join(folder, 'latin.csv');
  await writeFile(path, Buffer.from(`code;lieu;places\n${largeRows().join('\n')}\n`, 'latin1'));
  expect(await validateFile(path, schema, { files, tables })).toMatchObject({ rows: 150_000, errorCount: 3 });
});

test('nothing is kept, and a link to a file is the file', async () => {
  const path = join(folder, 'small.csv');
  await writeFile(path, 'code,lieu,places\n37000,Tours,1\n');
  await symlink(path, join(folder, 'link.csv'));
  const validation = await validateFile(join(folder, 'link.csv'), schema, { files, tables });
  expect(validationJson(validation, 'fr')).toEqual({
    valid: true,
    schema: 'lieux',
    rows: 1,
    errorCount: 0,
    problems: [],
  });
  expect((await readdir(files.scratch)).filter((name) => name.startsWith('journey-'))).toEqual([]);
});

test.each([
  ['absent.csv', null, 'file.notFound'],
  ['empty.csv', '', 'file.empty'],
] as const)('%s is refused', async (name, text, code) => {
  const path = join(folder, name);
  if (text !== null) await writeFile(path, text);
  await expect(validateFile(path, schema, { files, tables })).rejects.toMatchObject({ code });
});

test('a schema of documents does not check a table', async () => {
  const path = join(folder, 'table.csv');
  await writeFile(path, 'code,lieu\n1,2\n');
  const document: LoadedSchema = { kind: 'json', name: 'decp', schema: { type: 'object' } };
  await expect(validateFile(path, document, { files, tables })).rejects.toMatchObject({ code: 'schema.otherKind' });
});

test('a document is told with the path of each fault', async () => {
  const path = join(folder, 'data.json');
  await writeFile(path, JSON.stringify([{ id: 1 }, { id: 'deux', nature: 'x' }]));
  const document: LoadedSchema = {
    kind: 'json',
    name: 'd',
    schema: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      items: { required: ['nature'], properties: { id: { type: 'integer' }, nature: { enum: ['x', 'y'] } } },
    },
  };
  const { valid, rows, errorCount, problems } = await validateFile(path, document, { files, tables });
  expect({ valid, rows, errorCount }).toEqual({ valid: false, rows: 2, errorCount: 2 });
  expect(problems.map(({ row, column, value, expected }) => [row, column, value, expected])).toEqual([
    [1, '/0/nature', '–', 'nature'],
    [2, '/1/id', '"deux"', 'integer'],
  ]);
});
