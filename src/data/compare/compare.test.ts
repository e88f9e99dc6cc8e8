import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field, FieldType } from '../../model/field.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { compareVersions } from './compare.ts';
import type { ComparedVersion } from './compared.ts';

let folder: string;
let tables: TableEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-compare-'));
  const temporaryFolder = join(folder, 'tmp');
  await mkdir(temporaryFolder);
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 30,
    folders: [folder],
    temporaryFolder,
  });
});
afterAll(async () => {
  await tables?.close();
  await rm(folder, { recursive: true, force: true });
});

type Cell = string | number | null;
type Columns = Readonly<Record<string, FieldType>>;

const types: Partial<Record<FieldType, string>> = { string: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE' };
let count = 0;

async function stored(
  columns: Columns,
  rows: readonly (readonly Cell[])[],
  role?: Field['role'],
): Promise<ComparedVersion> {
  const dataPath = join(folder, `${++count}.parquet`);
  const names = Object.keys(columns);
  const shape = names.map((name) => `CAST(NULL AS ${types[columns[name] as FieldType]}) AS "${name}"`).join(', ');
  const literal = (cell: Cell) =>
    cell === null ? 'NULL' : typeof cell === 'number' ? String(cell) : quoteLiteral(cell);
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  const all = rows.length === 0 ? '' : ` UNION ALL SELECT * FROM (VALUES ${values})`;
  await tables.run([
    { sql: `COPY (SELECT * FROM (SELECT ${shape} WHERE FALSE)${all}) TO ${quoteLiteral(dataPath)} (FORMAT parquet)` },
  ]);
  const fields = names.map((name, index) => ({
    name,
    title: name.toUpperCase(),
    type: columns[name] as FieldType,
    format: null,
    role: index === 0 ? (role ?? null) : null,
  }));
  return { dataPath, fields, rows: rows.length };
}

test('without anything that tells rows apart, a modified row is one removed and one added', async () => {
  const columns = { nom: 'string', montant: 'integer' } as const;
  const from = await stored(columns, [
    ['a', 1],
    ['a', 1],
    ['b', 2],
    [null, 3],
  ]);
  const to = await stored(columns, [
    ['a', 1],
    ['b', 5],
    [null, 3],
    ['a', 9],
  ]);
  const diff = await compareVersions(from, to, tables, { listed: 10 });
  expect(diff).toMatchObject({
    key: null,
    added: 2,
    removed: 2,
    modified: 0,
    unchanged: 2,
    columns: [],
    changedCells: [],
  });
  expect(diff.listed.removed.map((row) => row.map((cell) => cell.value))).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]);
});

test('columns that come, go and change their type; whole numbers that become numbers are the same numbers', async () => {
  const from = await stored({ code: 'string', n: 'integer', gone: 'string' }, [
    ['x1', 5, 'a'],
    ['x2', 6, 'b'],
  ]);
  const to = await stored({ code: 'string', n: 'number', born: 'string' }, [
    ['x1', 5, 'c'],
    ['x2', 6.5, 'd'],
  ]);
  expect(await compareVersions(from, to, tables, { listed: 10 })).toMatchObject({
    key: { columns: ['code'], titles: ['CODE'], source: 'guessed' },
    columns: [
      { kind: 'added', column: 'BORN', from: null, to: 'string' },
      { kind: 'removed', column: 'GONE', from: 'string', to: null },
      { kind: 'type', column: 'N', from: 'integer', to: 'number' },
    ],
    added: 0,
    removed: 0,
    modified: 1,
    unchanged: 1,
    changedCells: [{ column: 'N', cells: 1 }],
  });
});

test('no column in common: everything is another thing', async () => {
  const from = await stored({ a: 'string' }, [['x']]);
  const to = await stored({ b: 'string' }, [['x'], ['y']]);
  expect(await compareVersions(from, to, tables, { listed: 10 })).toMatchObject({ added: 2, removed: 1, modified: 0 });
});

test('a declared key is believed when it is one; amounts are never taken for a key', async () => {
  const columns = { nom: 'string', montant: 'number' } as const;
  const from = await stored(columns, [
    ['a', 1],
    ['a', 2],
    ['b', 3],
  ]);
  const to = await stored(columns, [
    ['a', 1],
    ['b', 2],
    ['c', 3],
  ]);
  expect((await compareVersions(from, to, tables, { listed: 1, declaredKey: ['nom'] })).key).toBeNull();
  const unique = await stored(columns, [
    ['a', 1],
    ['b', 9],
  ]);
  expect((await compareVersions(to, unique, tables, { listed: 1, declaredKey: ['nom'] })).key).toMatchObject({
    columns: ['nom'],
    source: 'declared',
  });
});

test('on any two versions with a key, counts are those of the simplest reading', async () => {
  const columns = { id: 'string', a: 'string', b: 'integer' } as const;
  const row = fc.record({
    id: fc.integer({ min: 0, max: 9 }),
    a: fc.constantFrom('x', 'y', null),
    b: fc.constantFrom(1, 2, null),
  });
  const rows = fc.uniqueArray(row, { selector: (r) => r.id, minLength: 5, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(rows, rows, async (before, after) => {
      const cells = (list: typeof before) => list.map((r) => [`id${r.id}`, r.a, r.b] as const);
      const [from, to] = [
        await stored(columns, cells(before), 'identifier'),
        await stored(columns, cells(after), 'identifier'),
      ];
      const shared = after.filter((r) => before.some((o) => o.id === r.id));
      // A key is only guessed when half of the rows are found again.
      fc.pre(shared.length * 2 >= Math.min(before.length, after.length));
      const changed = shared.filter((r) => before.some((o) => o.id === r.id && (o.a !== r.a || o.b !== r.b)));
      const diff = await compareVersions(from, to, tables, { listed: 100 });
      expect(diff).toMatchObject({
        added: after.length - shared.length,
        removed: before.length - shared.length,
        modified: changed.length,
        unchanged: shared.length - changed.length,
      });
      expect(diff.listed.modified.map(({ key }) => key[0])).toEqual(changed.map((r) => `id${r.id}`).toSorted());
    }),
    { numRuns: 25 },
  );
}, 60_000);
