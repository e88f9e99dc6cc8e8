import { expect, test } from 'vitest';
import { meantWord, readQuery, slipsBetween, wordsToKnow, writeQuery } from './search-rules.ts';

test('a query is words, phrases and exclusions', () => {
  expect(readQuery('Équipements "salle des fêtes" -Luynes')).toEqual([
    { kind: 'word', typed: 'Équipements', words: ['equipements'] },
    { kind: 'phrase', typed: 'salle des fêtes', words: ['salle', 'des', 'fetes'] },
    { kind: 'excluded', typed: 'Luynes', words: ['luynes'] },
  ]);
  expect(writeQuery(readQuery('Équipements "salle des fêtes" -Luynes'))).toBe('Équipements "salle des fêtes" -Luynes');
});

test('hyphens and apostrophes part words, French quotes make a phrase, an open quote ends with the query', () => {
  expect(readQuery('saint-avertin l’école').map((t) => t.typed)).toEqual(['saint', 'avertin', 'l', 'école']);
  expect(readQuery('« points d’eau »')).toMatchObject([{ kind: 'phrase', words: ['points', 'd', 'eau'] }]);
  expect(readQuery('"points d’eau')).toMatchObject([{ kind: 'phrase' }]);
});

test('what holds no word is no term', () => {
  expect(readQuery('')).toEqual([]);
  expect(readQuery(' - "" ??? -! ')).toEqual([]);
  expect(readQuery('a '.repeat(1000)).length).toBe(20);
});

test('the words of a text are kept folded, with the way they are written', () => {
  expect([...wordsToKnow(['Délibérations 2024, en Île-de-France', 'DELIBERATIONS'])]).toEqual([
    ['deliberations', 'délibérations'],
    ['ile', 'île'],
    ['france', 'france'],
  ]);
});

test('slips are letters added, lost, changed or swapped', () => {
  expect(slipsBetween('subvntions', 'subventions')).toBe(1);
  expect(slipsBetween('ecloe', 'ecole')).toBe(1);
  expect(slipsBetween('', 'abc')).toBe(3);
  expect(slipsBetween('arbre', 'arbre')).toBe(0);
});

test('the nearest word is meant, the most used of two, none when all are far', () => {
  const known = [
    { word: 'subventions', shown: 'subventions', uses: 3 },
    { word: 'bus', shown: 'bus', uses: 1 },
    { word: 'bulles', shown: 'bulles', uses: 9 },
    { word: 'ecole', shown: 'école', uses: 2 },
    { word: 'ecoles', shown: 'écoles', uses: 5 },
  ];
  expect(meantWord('subvntions', known)?.word).toBe('subventions');
  expect(meantWord('bsu', known)?.word).toBe('bus');
  expect(meantWord('ecolle', known)?.shown).toBe('école');
  expect(meantWord('ecoel', known)?.shown).toBe('école');
  expect(meantWord('piscine', known)).toBeNull();
});
