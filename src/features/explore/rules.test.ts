// What people choose above the rows becomes a query of the API, whatever they type.
import { expect, test } from 'vitest';
import type { Field } from '../../model/field.ts';
import { readRowsSearch, rowsQuery } from './rules.ts';

const field = (name: string, type: Field['type']): Field => ({ name, title: name, type, format: null, role: null });
const fields = [
  field('essence', 'string'),
  field('hauteur', 'number'),
  field('plante', 'date'),
  field('vivant', 'boolean'),
];
const whereOf = (query: Record<string, unknown>) => rowsQuery(readRowsSearch(query, fields), fields).where;

test('nothing chosen: the first twenty rows as the file has them', () => {
  expect(rowsQuery(readRowsSearch({}, fields), fields)).toEqual({ limit: 20, offset: 0 });
});

test('words, one filter, one order, one page', () => {
  const search = readRowsSearch(
    { q: 'platane', column: 'hauteur', operator: 'gte', value: '12,5', sort: '-plante', page: '3', size: '50' },
    fields,
  );
  expect(rowsQuery(search, fields)).toEqual({
    where: "'platane' and `hauteur` >= 12.5",
    order_by: '`plante` desc',
    limit: 50,
    offset: 100,
  });
});

test('values are read as people of the column write them', () => {
  expect(whereOf({ column: 'essence', value: 'l’if' })).toBe("`essence` like 'l’if'");
  expect(whereOf({ column: 'essence', value: '50%' })).toBe("suggest(`essence`, '50%')");
  expect(whereOf({ column: 'essence', operator: 'eq', value: "l'if" })).toBe("`essence` = 'l\\'if'");
  expect(whereOf({ column: 'plante', operator: 'eq', value: '3/5/2024' })).toBe("`plante` = date'2024-05-03'");
  expect(whereOf({ column: 'vivant', operator: 'eq', value: 'Oui' })).toBe('`vivant` = true');
  expect(whereOf({ column: 'hauteur', operator: 'lte', value: '1 250,5' })).toBe('`hauteur` <= 1250.5');
});

test('a quote or a backslash never leaves its text', () => {
  expect(whereOf({ q: "' or 1=1 --" })).toBe("'\\' or 1=1 --'");
  expect(whereOf({ q: "\\' or 1=1" })).toBe("'\\\\\\' or 1=1'");
});

test('what cannot be read falls back: an unknown column, a page that is no number, a size that is not offered', () => {
  const search = readRowsSearch(
    { column: 'nope', value: 'x', sort: 'nope', page: '-2', size: '5000', q: ['a'] },
    fields,
  );
  expect(search).toEqual({ q: '', column: '', operator: 'has', value: 'x', sort: '', page: 1, size: 20 });
});
