import { expect, test } from 'vitest';
import { problem } from './problem.ts';
import { itemSentences, reportHeadline, reportOf } from './report.ts';

const february = (cell: string, row: number) =>
  problem('date.invalid', 'error', { cell, row, column: 'Date', value: '31/02/2024', expected: '31/01/2024' });

test('what is alike is one point, what blocks comes first', () => {
  const report = reportOf([
    problem('number.comma', 'advice', { column: 'Montant', value: '12,5', proposal: '12.5' }),
    problem('row.total', 'warning', { row: 40, cell: 'A40', value: 'TOTAL' }),
    february('B14', 14),
    february('B20', 20),
    problem('date.invalid', 'error', { cell: 'B21', row: 21, column: 'Date', value: '30/02/2024' }),
  ]);
  expect(report.items.map(({ severity, cells, count }) => ({ severity, cells, count }))).toEqual([
    { severity: 'error', cells: ['B14', 'B20'], count: 2 },
    { severity: 'error', cells: ['B21'], count: 1 },
    { severity: 'warning', cells: ['A40'], count: 1 },
    { severity: 'advice', cells: [], count: 1 },
  ]);
  expect(report.blocked).toBe(true);
  expect(reportHeadline(report, 'fr')).toBe('2 points à corriger, 3 cellules · 1 point à vérifier · 1 conseil');
  expect(reportHeadline(report, 'en')).toBe('2 things to correct, 3 cells · 1 thing to check · 1 piece of advice');
  expect(itemSentences(report.items[0] as never, 'fr').at(-1)).toBe('Cellules B14, B20');
});

test('cells grouped by a stage count as many', () => {
  const report = reportOf([
    problem('code.leadingZero', 'error', {
      cell: 'C2',
      row: 2,
      column: 'Code postal',
      value: '1000',
      proposal: '01000',
      count: 11,
    }),
  ]);
  expect(reportHeadline(report, 'fr')).toBe('1 point à corriger, 11 cellules');
  expect(report.items[0]?.steps[0]?.step).toEqual({ kind: 'padCodes', column: 'Code postal', length: 5 });
  expect(report.items[0]?.steps[0]?.label.fr).toBe('Remettre les zéros (11 codes)');
});

test('a file in order is told so', () => {
  expect(reportHeadline(reportOf([]), 'fr')).toBe('Votre fichier est en ordre : rien à corriger.');
  const advice = reportOf([problem('column.empty', 'advice', { column: 'Notes' })]);
  expect(advice.blocked).toBe(false);
  expect(reportHeadline(advice, 'fr')).toBe('Rien à corriger · 1 conseil');
});

test('two empty columns are two points', () => {
  const columns = ['Notes', 'Divers'].map((column) => problem('column.empty', 'advice', { column }));
  expect(reportOf(columns).items).toHaveLength(2);
});
