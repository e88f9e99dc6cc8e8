import { expect, test } from 'vitest';
import { columnName, foldText, slugify, uniqueNames } from './text.ts';

test('accents, capitals and ligatures fold away', () => {
  expect(foldText('Cœur d’Été À ŒUVRER')).toBe('coeur d’ete a oeuvrer');
});

test('a header becomes a lower-case ASCII name', () => {
  expect(columnName(' Libellé fonction ')).toBe('libelle_fonction');
  expect(columnName('CIRCONFERENCE (cm)')).toBe('circonference_cm');
  expect(columnName('Longueur en mètres\nenviron')).toBe('longueur_en_metres_environ');
  expect(columnName('_IDOBJ')).toBe('idobj');
  expect(columnName('2023')).toBe('2023');
  expect(columnName('%')).toBe('');
});

test('a slug uses hyphens', () => {
  expect(slugify('Ville de Saint-Avertin')).toBe('ville-de-saint-avertin');
});

test('a name that repeats gets a number, even when that number is a name already', () => {
  expect(uniqueNames(['a', 'a', 'b', 'a'])).toEqual(['a', 'a_2', 'b', 'a_3']);
  expect(uniqueNames(['a', 'a_2', 'a', 'a'])).toEqual(['a', 'a_2', 'a_3', 'a_4']);
});
