import { expect, test } from 'vitest';
import { problem } from '../model/problem.ts';
import { chooseTable } from './choose-table.ts';
import type { ParsedTable } from './stages.ts';

function table(name: string, rows: number, columns = 2, sheet: string | undefined = name): ParsedTable {
  return {
    name,
    ...(sheet === undefined ? {} : { sheet }),
    source: { path: '', delimiter: ',', records: rows, skipLines: 0, columns, original: false, longestRecord: 10 },
    headerRow: 1,
    rows,
    emptyRows: 0,
    headers: Array.from({ length: columns }, (_, index) => ({ title: `C${index}`, name: `c${index}` })),
    firstSourceRow: 2,
    droppedSourceRows: [],
    sample: [],
  };
}
const stage = (...tables: ParsedTable[]) => ({ value: { tables }, problems: [] });

test('the only table is taken without a word', () => {
  const chosen = chooseTable(stage(table('2024', 3)), 'budget.xlsx');
  expect(chosen.table.name).toBe('2024');
  expect(chosen.problems).toEqual([]);
});

test('among several, the largest, and the others are named', () => {
  const chosen = chooseTable(stage(table('2022', 3), table('2023', 9), table('2024', 9, 1)), 'budget.xlsx');
  expect(chosen.table.name).toBe('2023');
  expect(chosen.problems).toMatchObject([
    { code: 'table.others', severity: 'warning', value: '2023', count: 3, expected: '« 2022 » (3), « 2024 » (9)' },
  ]);
});

test('the one asked for, by its name or its sheet’s, whatever the capitals', () => {
  const tables = stage(table('2022', 3), table('Dépenses (A:B)', 9, 2, 'Dépenses'));
  expect(chooseTable(tables, 'budget.xlsx', ' 2022 ').table.name).toBe('2022');
  expect(chooseTable(tables, 'budget.xlsx', 'dépenses').table.name).toBe('Dépenses (A:B)');
  expect(chooseTable(tables, 'budget.xlsx', '2022').problems).toEqual([]);
});

test('a table that is not there is refused, and those that are are told', () => {
  expect(() => chooseTable(stage(table('2022', 3), table('2023', 9)), 'budget.xlsx', '2021')).toThrowError(
    expect.objectContaining({
      code: 'file.tableUnknown',
      params: { name: 'budget.xlsx', table: '2021', accepted: '« 2022 », « 2023 »' },
    }),
  );
});

test('no table, and a table without a row, are refused', () => {
  expect(() => chooseTable(stage(), 'a.xlsx')).toThrowError(expect.objectContaining({ code: 'file.empty' }));
  expect(() => chooseTable(stage(table('a', 0)), 'a.xlsx')).toThrowError(
    expect.objectContaining({ code: 'file.headerOnly' }),
  );
});

test('the problems of another table are not this one’s, those of the file are', () => {
  const problems = [
    problem('workbook.macros', 'advice'),
    problem('row.empty', 'advice', { sheet: '2022', row: 4 }),
    problem('row.empty', 'advice', { sheet: '2023', row: 5 }),
    problem('sheet.textOnly', 'advice', { sheet: 'Lisez-moi' }),
  ];
  const chosen = chooseTable({ value: { tables: [table('2022', 3), table('2023', 9)] }, problems }, 'a.xlsx');
  expect(chosen.problems.map(({ code, sheet }) => [code, sheet])).toEqual([
    ['table.others', null],
    ['workbook.macros', null],
    ['row.empty', '2023'],
    ['sheet.textOnly', 'Lisez-moi'],
  ]);
});
