import { expect, test } from 'vitest';
import { problem } from '../model/problem.ts';
import { concerns, placed } from './places.ts';

test('a cell is told by its sheet and by the letters that people see', () => {
  const found = problem('date.invalid', 'error', { cell: 'B14', row: 14 });
  expect(placed(found, { sheet: 'Subventions', firstSourceColumn: 4 })).toMatchObject({
    sheet: 'Subventions',
    cell: 'F14',
    row: 14,
  });
  expect(placed(found, { sheet: 'Subventions', firstSourceColumn: 25 })).toMatchObject({ cell: 'AA14' });
  const empty = problem('column.empty', 'advice', { column: 'Taux' });
  expect(placed(empty, { sheet: 'Subventions' })).toMatchObject({ sheet: 'Subventions', cell: null });
  expect(placed(problem('workbook.macros', 'advice'), { sheet: 'Subventions' })).toMatchObject({ sheet: null });
});

test('a file without sheets, and a problem that has its place, stay as they are', () => {
  const found = problem('date.invalid', 'error', { cell: 'B14', row: 14 });
  expect(placed(found, {})).toBe(found);
  const settled = { ...found, sheet: 'Autre' };
  expect(placed(settled, { sheet: 'Subventions', firstSourceColumn: 4 })).toBe(settled);
});

test('tables of one sheet share its problems by their columns', () => {
  const left = { name: 'Feuil1 (A:B)', sheet: 'Feuil1', headers: [1, 2] };
  const right = { name: 'Feuil1 (D:E)', sheet: 'Feuil1', firstSourceColumn: 3, headers: [1, 2] };
  const at = (cell: string | null) => problem('row.total', 'warning', { sheet: 'Feuil1', cell });
  expect([concerns(at('B3'), left), concerns(at('B3'), right)]).toEqual([true, false]);
  expect([concerns(at('D3'), left), concerns(at('D3'), right)]).toEqual([false, true]);
  expect([concerns(at(null), left), concerns(at(null), right)]).toEqual([true, true]);
  expect(concerns(problem('row.total', 'warning', { sheet: 'Feuil2' }), left)).toBe(false);
  expect(concerns(problem('file.nulBytes', 'warning'), { name: 'a', headers: [] })).toBe(true);
});
