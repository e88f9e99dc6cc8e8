import { expect, test } from 'vitest';
import {
  filterCondition,
  neededText,
  oneOf,
  optionalText,
  readResourceId,
  refuseOthers,
  rowsAsText,
  searchWords,
  wholeNumber,
} from './rules.ts';

test.each([
  ['jeu de données sur les arbres', 'arbres'],
  ['Fichier CSV des subventions', 'subventions'],
  ['l’eau potable', 'eau potable'],
  ["données d'état civil", 'état civil'],
  ['données', 'données'],
  ['"jeu de boules"', '"jeu de boules"'],
  ['', ''],
])('%s is searched as %s', (query, words) => {
  expect(searchWords(query)).toBe(words);
});

test('arguments are read as models write them', () => {
  expect(optionalText({ q: ' arbres ' }, 'q')).toBe('arbres');
  expect(optionalText({ q: null }, 'q')).toBe(null);
  expect(optionalText({ q: 12 }, 'q')).toBe('12');
  expect(optionalText({}, 'toString')).toBe(null);
  expect(() => optionalText({ q: ['a'] }, 'q')).toThrow('The argument q cannot be "["a"]". Expected: a text.');
  expect(() => optionalText({ q: 'x'.repeat(501) }, 'q')).toThrow('at most 500 characters');
  expect(() => neededText({ q: '' }, 'q')).toThrow('The argument q');
  const page = { otherwise: 1, min: 1, max: 10 };
  expect(wholeNumber({ page: '3' }, 'page', page)).toBe(3);
  expect(wholeNumber({ page: 10 }, 'page', page)).toBe(10);
  expect(wholeNumber({}, 'page', page)).toBe(1);
  for (const wrong of [0, 11, 1.5, '1e3', -1, Number.NaN, true])
    expect(() => wholeNumber({ page: wrong }, 'page', page)).toThrow('1 … 10');
  expect(oneOf({ way: 'ASC' }, 'way', ['asc', 'desc'], 'desc')).toBe('asc');
  expect(() => oneOf({ way: 'up' }, 'way', ['asc', 'desc'], 'desc')).toThrow('asc, desc');
  expect(() => refuseOthers({ sql: '1' }, ['where'])).toThrow('Possible arguments: where');
});

test('a resource is a dataset and a format', () => {
  expect(readResourceId('arbres')).toEqual({ dataset: 'arbres', format: null });
  expect(readResourceId('arbres.csv')).toEqual({ dataset: 'arbres', format: 'csv' });
  expect(readResourceId('arbres.tar.gz')).toEqual({ dataset: 'arbres', format: 'tar.gz' });
});

test('a filter is a condition in which the value can only be a value', () => {
  expect(filterCondition('annee', 'exact', '2020')).toBe('`annee` = "2020"');
  expect(filterCondition('annee', 'less', '2020')).toBe('`annee` <= "2020"');
  expect(filterCondition('annee', 'strictly_greater', '2020')).toBe('`annee` > "2020"');
  expect(filterCondition('nom', 'exact', 'a" or "\\')).toBe('`nom` = "a\\" or \\"\\\\"');
  expect(filterCondition('nom', 'contains', '50% "net"')).toBe('`nom` like "50   net "');
  expect(filterCondition('n`om', 'exact', '1')).toBe('`nom` = "1"');
});

test('rows are a table that a chat shows', () => {
  expect(
    rowsAsText([
      { nom: 'a|b', lieu: { lon: 1, lat: 2 }, vide: null },
      { nom: 'deux\nlignes', lieu: null, vide: 0 },
    ]),
  ).toBe('| nom | lieu | vide |\n| --- | --- | --- |\n| a\\|b | {"lon":1,"lat":2} |  |\n| deux lignes |  | 0 |');
  expect(rowsAsText([])).toBe('');
  expect(rowsAsText([{ long: 'x'.repeat(500) }]).length).toBeLessThan(200);
});
