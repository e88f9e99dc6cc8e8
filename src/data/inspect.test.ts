// A directory is a test: each folder of test/cases/parse holds a small file and what reading it must give, written by hand.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field } from '../model/field.ts';
import { type Problem, problemMessage } from '../model/problem.ts';
import { type FileStore, openDiskStore } from '../stores/files/files.ts';
import { rawColumn, readCsvExpression, readExpression } from '../stores/tables/conversion.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { readAside } from './deposit/receive.ts';
import { inspectFile } from './inspect.ts';
import { parseFile } from './parse/parse.ts';

type Expected = {
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly headerRow: number | null;
  readonly rows: number;
  readonly emptyRows?: number;
  /** "name:type" or "name:type:role", in order. */
  readonly fields: readonly string[];
  readonly geometry?: unknown;
  /** Every problem, in any order; only what is written here is compared. */
  readonly problems: readonly Partial<Problem>[];
  /** The typed values, row by row. */
  readonly records?: readonly (readonly unknown[])[];
};

const cases = join(import.meta.dirname, '..', '..', 'test', 'cases', 'parse');
const root = mkdtempSync(join(tmpdir(), 'terroir-cases-'));
let files: FileStore;
let tables: TableEngine;

beforeAll(async () => {
  files = await openDiskStore(root);
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 300,
    timeoutSeconds: 60,
    folders: [root],
    temporaryFolder: join(root, 'spill'),
  });
});
afterAll(async () => {
  await tables.close();
  rmSync(root, { recursive: true, force: true });
});

test.each(readdirSync(cases))('%s', async (name) => {
  const expected: Expected = JSON.parse(readFileSync(join(cases, name, 'expected.json'), 'utf8'));
  const input = join(cases, name, 'input.csv');
  const inspection = await inspectFile(input, { files, tables });
  const [table] = inspection.tables;
  if (table === undefined) throw new Error('no table');
  const { encoding, delimiter } = inspection;
  const { headerRow, rows, emptyRows } = table;
  expect({ encoding, delimiter, headerRow, rows, emptyRows }).toEqual({
    encoding: expected.encoding,
    delimiter: expected.delimiter,
    headerRow: expected.headerRow,
    rows: expected.rows,
    emptyRows: expected.emptyRows ?? 0,
  });
  const withRole = new Set(
    expected.fields.filter((field) => field.split(':').length === 3).map((field) => field.split(':')[0]),
  );
  expect(
    table.fields.map(({ name, type, role }) => (withRole.has(name) ? `${name}:${type}:${role}` : `${name}:${type}`)),
  ).toEqual(expected.fields);
  expect(inspection.problems.map(({ code }) => code).sort()).toEqual(expected.problems.map(({ code }) => code).sort());
  expect(inspection.problems).toEqual(
    expect.arrayContaining(expected.problems.map((problem) => expect.objectContaining(problem))),
  );
  // A sentence with a hole in it would show its {name}.
  for (const lang of ['fr', 'en'] as const)
    for (const problem of inspection.problems) expect(problemMessage(problem, lang)).not.toMatch(/[{}]/);
  if (expected.geometry !== undefined) expect(table.geometry).toEqual(expected.geometry);
  if (expected.records !== undefined) expect(await typedRecords(input, table.fields)).toEqual(expected.records);
});

/** The records as they would be stored. */
async function typedRecords(input: string, fields: readonly Field[]): Promise<readonly (readonly unknown[])[]> {
  const scratch = mkdtempSync(join(root, 'records-'));
  const parsed = await parseFile(await readAside(input, scratch), { scratch });
  const [table] = parsed.value.tables;
  if (table === undefined) throw new Error('no table');
  const columns = fields.map((field, index) => readExpression(field, rawColumn(index)));
  const [answer] = await tables.run([{ sql: `SELECT ${columns.join(', ')} FROM ${readCsvExpression(table.source)}` }]);
  return answer?.rows ?? [];
}
