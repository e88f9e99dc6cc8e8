import { expect, test } from 'vitest';
import { errorSentence, fillSentence, TerroirError } from './errors.ts';

test('a refusal keeps its code and tells its sentence in the reader’s language', () => {
  const error = new TerroirError('file.empty', { name: 'vide.csv' });
  expect(error.code).toBe('file.empty');
  expect(errorSentence(error, 'fr')).toBe('Le fichier vide.csv est vide.');
  expect(error.message).toBe('The file vide.csv is empty.');
});

test('a name without a value stays visible', () => {
  expect(fillSentence('{a} and {b}', { a: 1 })).toBe('1 and {b}');
});
