import { expect, test } from 'vitest';
import { cellAddress, columnLetters, problem, problemMessage } from './problem.ts';

test('columns are named as a spreadsheet names them', () => {
  expect([0, 25, 26, 51, 52, 701, 702, 16383].map(columnLetters)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
    'XFD',
  ]);
  expect(cellAddress(5, 14)).toBe('F14');
});

test('a problem is told in both languages, with its place and its values', () => {
  const p = problem('date.invalid', 'error', { cell: 'D27', value: '31/02/2024', expected: '29/02/2024' });
  expect(problemMessage(p, 'fr')).toBe(
    'Cellule D27 : « 31/02/2024 » n’existe pas dans le calendrier. Écrivez une date comme 29/02/2024.',
  );
  expect(problemMessage(p, 'en')).toBe(
    'Cell D27: "31/02/2024" does not exist in the calendar. Write a date like 29/02/2024.',
  );
});

test('an object of a list or of a map is told by its number', () => {
  const wrong = problem('date.invalid', 'error', {
    sheet: 'arbres',
    cell: 'C195',
    row: 195,
    column: 'Date',
    value: '31/02/2024',
    expected: '2024-02-28',
    unit: 'object',
  });
  expect(problemMessage(wrong, 'fr')).toMatch(/^Couche « arbres » · Objet n° 195 : « 31\/02\/2024 »/);
  expect(problemMessage(wrong, 'en')).toMatch(/^Layer "arbres" · Object no\. 195: "31\/02\/2024"/);
});
