import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlainCsv } from '../../../test/journeys/plain-csv.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { parseSteps, type Step, type StepBody } from '../../model/step.ts';
import type { ParsedTable } from '../stages.ts';
import { numberedRows, type Repaired, repairTable } from './repair.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-repair-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const steps = (...bodies: readonly unknown[]): readonly Step[] =>
  parseSteps(bodies, { by: 'operator', at: new Date('2026-03-01T08:00:00Z') });

/** A table as parse gives it: a header on row 1, records from row 2 on, minus the rows left out. */
async function tableOf(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  more: Partial<ParsedTable> & { text?: string } = {},
): Promise<ParsedTable> {
  const path = join(folder, `source-${Math.random()}.csv`);
  const quoted = (cell: string) => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const { text = `${[titles, ...rows].map((row) => row.map(quoted).join(';')).join('\n')}\n`, ...rest } = more;
  await writeFile(path, text);
  return {
    name: 'essai',
    source: {
      path,
      delimiter: ';',
      records: rows.length,
      skipLines: 1,
      columns: titles.length,
      original: true,
      longestRecord: 1000,
    },
    headerRow: 1,
    rows: rows.length,
    emptyRows: 0,
    headers: titles.map((title) => ({ title, name: title.toLowerCase() })),
    firstSourceRow: 2,
    droppedSourceRows: [],
    sample: rows,
    ...rest,
  };
}

async function repair(table: ParsedTable, list: readonly Step[], problems: readonly Problem[] = []) {
  const asidePath = join(folder, `aside-${Math.random()}.csv`);
  const kept: (readonly string[])[] = [];
  const sample = {
    wants: () => true,
    skip() {},
    add: (row: readonly string[]) => void kept.push(row),
    all: () => kept,
  };
  const options = { scratch: folder, asidePath, problems, parsedProblems: problems.length, sample };
  const repaired = await repairTable(table, list, options);
  return { repaired, aside: await readFile(asidePath, 'utf8').catch(() => null) };
}

async function rowsOf({ table }: Repaired): Promise<readonly (readonly [number, ...string[]])[]> {
  const rows: [number, ...string[]][] = [];
  for await (const batch of numberedRows(table)) for (const { row, cells } of batch) rows.push([row, ...cells]);
  return rows;
}

const titles = ['Nom', 'Nature', 'Montant'];
const grants = [
  ['Club', 'Assoc', '100'],
  ['École', 'Assoc', '31/02'],
  ['Amicale; des "anciens"\ndu quai', 'association', ''],
  ['Total', '', '131'],
];

test('cells, values and titles are corrected in order; the original is not touched', async () => {
  const table = await tableOf(titles, grants);
  const before = await readFile(table.source.path, 'utf8');
  const { repaired, aside } = await repair(
    table,
    steps(
      { kind: 'setCell', row: 3, column: 'MONTANT', from: '31/02', to: '31.02' },
      { kind: 'replaceValue', column: 'nature', from: 'Assoc', to: 'association' },
      { kind: 'renameColumn', from: 'Nature', to: 'Type d’aide' },
      { kind: 'replaceValue', column: 'Type d’aide', from: 'association', to: 'A' },
    ),
  );
  expect(await rowsOf(repaired)).toEqual([
    [2, 'Club', 'A', '100'],
    [3, 'École', 'A', '31.02'],
    [4, 'Amicale; des "anciens"\ndu quai', 'A', ''],
    [5, 'Total', '', '131'],
  ]);
  expect(repaired.table.headers).toEqual([
    { title: 'Nom', name: 'nom' },
    { title: 'Type d’aide', name: 'type_d_aide' },
    { title: 'Montant', name: 'montant' },
  ]);
  expect(repaired.hits).toEqual([1, 2, 1, 3]);
  expect(repaired.unmatched).toEqual([]);
  expect(aside).toBeNull();
  expect(await readFile(table.source.path, 'utf8')).toBe(before);
});

test('rows set aside are written with their row and the reason, and the others keep their address', async () => {
  const total = problem('row.total', 'warning', { row: 5, cell: 'A5', value: 'Total' });
  const formula = ['=1+1', 'x', '-5'];
  const table = await tableOf(titles, [...grants, formula, ['Dernier', 'y', '1']]);
  const { repaired, aside } = await repair(
    table,
    steps({ kind: 'setAside', problem: 'row.total', column: null }, { kind: 'setAside', rows: [2, 6] }),
    [total],
  );
  expect((await rowsOf(repaired)).map(([row, name]) => [row, name])).toEqual([
    [3, 'École'],
    [4, 'Amicale; des "anciens"\ndu quai'],
    [7, 'Dernier'],
  ]);
  expect(repaired.table.droppedSourceRows).toEqual([2, 5, 6]);
  expect(repaired.table).toMatchObject({ firstSourceRow: 2, rows: 3, source: { records: 3 } });
  expect(repaired.known).toEqual([]);
  expect(repaired.own([])).toEqual([problem('row.setAside', 'advice', { row: 2, count: 3 })]);
  expect(aside?.startsWith('\uFEFF')).toBe(true);
  expect(readPlainCsv((aside ?? '').slice(1), ';')).toEqual([
    ['ligne', 'Nom', 'Nature', 'Montant', 'motif'],
    ['2', 'Club', 'Assoc', '100', 'Mise de côté par le producteur.'],
    [
      '5',
      'Total',
      '',
      '131',
      'La ligne 5 ressemble à un total. Dans une donnée ouverte, on la retire : chacun peut la recalculer.',
    ],
    ['6', "'=1+1", 'x', '-5', 'Mise de côté par le producteur.'],
  ]);
});

test('rows left out before stay left out: addresses count them', async () => {
  const table = await tableOf(titles, grants, { droppedSourceRows: [2, 4], firstSourceRow: 2 });
  const { repaired } = await repair(table, steps({ kind: 'setAside', rows: [3, 6] }));
  expect((await rowsOf(repaired)).map(([row]) => row)).toEqual([5, 7]);
  expect(repaired.table.droppedSourceRows).toEqual([2, 3, 4, 6]);
});

test('a dropped column is gone from the copy and from the rows set aside; a row with nothing left is no row', async () => {
  const table = await tableOf(titles, [
    ['Club', 'a', ''],
    ['Jean', '', ''],
    ['Anne', 'b', '2'],
  ]);
  const { repaired, aside } = await repair(
    table,
    steps({ kind: 'dropColumn', column: 'nom' }, { kind: 'setAside', column: 'Nature', value: 'b' }),
  );
  expect(await rowsOf(repaired)).toEqual([[2, 'a', '']]);
  expect(repaired.table.droppedSourceRows).toEqual([3, 4]);
  expect(repaired.table.emptyRows).toBe(1);
  expect(repaired.kept).toEqual([1, 2]);
  expect(readPlainCsv((aside ?? '').slice(1), ';')).toEqual([
    ['ligne', 'Nature', 'Montant', 'motif'],
    ['4', 'b', '2', 'Colonne « Nature » : « b ».'],
  ]);
});

test('steps that find nothing say why, the others are done', async () => {
  const { repaired } = await repair(
    await tableOf(titles, grants, { sheet: 'Feuil1' }),
    steps(
      { kind: 'replaceValue', column: 'Couleur', from: 'a', to: 'b' },
      { kind: 'setCell', sheet: 'Feuil2', row: 2, column: 'Nom', from: 'Club', to: 'x' },
      { kind: 'setCell', row: 99, column: 'Nom', from: 'Club', to: 'x' },
      { kind: 'setCell', row: 2, column: 'Nom', from: 'Autre', to: 'x' },
      { kind: 'replaceValue', column: 'Nom', from: 'Absent', to: 'x' },
      { kind: 'setAside', problem: 'row.total', column: null },
      { kind: 'renameColumn', from: 'Ancien', to: 'Nom' },
      { kind: 'keepAsIs', problem: 'number.comma', column: null },
      { kind: 'replaceValue', column: 'Nom', from: 'Club', to: 'Clubs' },
    ),
  );
  expect(repaired.unmatched).toEqual([
    { step: 0, reason: 'columnMissing' },
    { step: 1, reason: 'sheetMissing' },
    { step: 2, reason: 'rowMissing' },
    { step: 3, reason: 'valueMissing' },
    { step: 4, reason: 'valueMissing' },
    { step: 5, reason: 'problemMissing' },
    { step: 6, reason: 'alreadyRight' },
    { step: 7, reason: 'problemMissing' },
  ]);
  expect(repaired.hits[8]).toBe(1);
  expect(repaired.own(repaired.unmatched)).toHaveLength(8);
});

test('nothing left to publish is refused', async () => {
  const table = await tableOf(titles, [['a', 'b', 'c']]);
  const nothing = expect.objectContaining({ code: 'steps.nothingLeft' });
  await expect(repair(table, steps({ kind: 'setAside', rows: [2] }))).rejects.toThrow(nothing);
  const all = titles.map((column) => ({ kind: 'dropColumn', column }));
  await expect(repair(table, steps(...all))).rejects.toThrow(nothing);
});

test('codes get their zeros back, other texts stay', async () => {
  const table = await tableOf(
    ['Code', 'Nom'],
    [
      ['1000', 'a'],
      [' 37000 ', 'b'],
      ['2A004', 'c'],
      ['', 'd'],
      ['75', 'e'],
    ],
  );
  const { repaired } = await repair(table, steps({ kind: 'padCodes', column: 'Code', length: 5 }));
  expect((await rowsOf(repaired)).map(([, code]) => code)).toEqual(['01000', ' 37000 ', '2A004', '', '00075']);
  expect(repaired.hits).toEqual([2]);
});

test('a file with CRLF, quotes and signs beyond ASCII across chunks is read whole', async () => {
  const long = 'é'.repeat(700_000);
  const text = `a;b\r\n"${long}";"x ""y"""\r\n"deux\r\nlignes";2\r\n;"seul"`;
  const table = await tableOf(
    ['a', 'b'],
    [
      ['', ''],
      ['', ''],
      ['', ''],
    ],
    { text },
  );
  const { repaired } = await repair(table, steps({ kind: 'replaceValue', column: 'b', from: '2', to: 'deux' }));
  expect(await rowsOf(repaired)).toEqual([
    [2, long, 'x "y"'],
    [3, 'deux\r\nlignes', 'deux'],
    [4, '', 'seul'],
  ]);
});

/** What steps mean, said again in the simplest way: one step after the other over the whole table. */
function byHand(rows: readonly (readonly string[])[], list: readonly StepBody[]) {
  let table = rows.map((cells, index) => ({
    row: index + 2,
    cells: new Map(titles.map((t, i) => [t, cells[i] ?? ''])),
  }));
  const aside: number[] = [];
  for (const step of list) {
    if (step.kind === 'setCell')
      for (const { row, cells } of table)
        if (row === step.row && cells.get(step.column)?.trim() === step.from.trim()) cells.set(step.column, step.to);
    if (step.kind === 'replaceValue')
      for (const { cells } of table)
        if (cells.get(step.column)?.trim() === step.from.trim()) cells.set(step.column, step.to);
    if (step.kind === 'setAside')
      for (const { row, cells } of table)
        if ('rows' in step ? step.rows.includes(row) : 'value' in step && cells.get(step.column)?.trim() === step.value)
          aside.push(row);
    if (step.kind === 'dropColumn') for (const { cells } of table) cells.delete(step.column);
  }
  table = table.filter(
    ({ row, cells }) => !aside.includes(row) && [...cells.values()].some((cell) => cell.trim() !== ''),
  );
  return table.map(({ row, cells }) => [row, ...cells.values()]);
}

test('on any table, steps do what the simplest reading of them does', async () => {
  const cell = fc.constantFrom('', 'a', 'b', ' a ', 'c;d', 'e"f', '12', 'x\ny');
  const column = fc.constantFrom(...titles);
  const value = fc.constantFrom('', 'a', 'b', 'c;d', '12');
  const row = fc.integer({ min: 2, max: 9 });
  const body = fc.oneof(
    fc.record({ kind: fc.constant('setCell'), row, column, from: value, to: cell }),
    fc.record({ kind: fc.constant('replaceValue'), column, from: value, to: cell }),
    fc.record({ kind: fc.constant('setAside'), rows: fc.array(row, { minLength: 1, maxLength: 2 }) }),
    fc.record({ kind: fc.constant('setAside'), column, value }),
    fc.record({ kind: fc.constant('dropColumn'), column }),
  );
  const filled = fc.tuple(fc.constantFrom('n', 'a', 'b'), cell, cell);
  await fc.assert(
    fc.asyncProperty(
      fc.array(filled, { minLength: 1, maxLength: 8 }),
      fc.array(body, { maxLength: 7 }),
      async (rows, bodies) => {
        const list = steps(...bodies);
        const expected = byHand(rows, list);
        const table = await tableOf(titles, rows);
        if (expected.length === 0) {
          await expect(repair(table, list)).rejects.toThrow(expect.objectContaining({ code: 'steps.nothingLeft' }));
          return;
        }
        const { repaired } = await repair(table, list);
        expect(await rowsOf(repaired)).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
