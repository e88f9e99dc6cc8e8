import { expect, test } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

test('counts the letters to change', () => {
  expect(editDistance('maison', 'maison')).toBe(0);
  expect(editDistance('maison', 'saison')).toBe(1);
  expect(editDistance('', 'Tours')).toBe(5);
  expect(editDistance('HOEM', 'HOME')).toBe(2);
});

test('finds the nearest word', () => {
  expect(nearest('POTR', ['HOST', 'PORT'])).toBe('PORT');
  expect(nearest('HOTS', ['HOST', 'PORT'])).toBe('HOST');
});
