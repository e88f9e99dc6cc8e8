// How pages speak: numbers, days, plurals and spaces of each language, and which language a reader gets.
import { expect, test } from 'vitest';
import { chooseLanguage, voices } from './language.ts';

test('French by default; English only for those who ask for it first and know no French', () => {
  expect(chooseLanguage(null, undefined)).toBe('fr');
  expect(chooseLanguage(null, 'en-US,en;q=0.9')).toBe('en');
  expect(chooseLanguage(null, 'en-US,en;q=0.9,fr;q=0.8')).toBe('fr');
  expect(chooseLanguage(null, 'de-DE,en;q=0.9')).toBe('fr');
  expect(chooseLanguage('en', 'fr-FR')).toBe('en');
  expect(chooseLanguage('fr', 'en')).toBe('fr');
  expect(chooseLanguage('xx', undefined)).toBe('fr');
});

test('numbers have narrow no-break spaces in French, and lose no digit where they must not', () => {
  expect(voices.fr.number(139259)).toBe('139\u202f259');
  expect(voices.en.number(139259)).toBe('139,259');
  expect(voices.fr.exact(47.3941437)).toBe('47,3941437');
  expect(voices.fr.exact(0.000_001)).toBe('0,000001');
});

test('99,9 % is not all', () => {
  expect(voices.fr.percent(0.9999)).toMatch(/^99[\u00a0\u202f]%$/);
  expect(voices.fr.percent(1)).toMatch(/^100[\u00a0\u202f]%$/);
  expect(voices.en.percent(0)).toBe('0%');
});

test('days in full in sentences, short in tables, untouched when they are no day', () => {
  expect(voices.fr.date(new Date('2026-05-03T09:00:00Z'))).toBe('3 mai 2026');
  expect(voices.en.date(new Date('2026-05-03T09:00:00Z'))).toBe('3 May 2026');
  expect(voices.fr.day('2026-05-03')).toBe('03/05/2026');
  expect(voices.en.day('2026-05-03')).toBe('3 May 2026');
  expect(voices.fr.day('0987-05-03')).toBe('0987-05-03');
  expect(voices.fr.day('hier')).toBe('hier');
});

test('zero is singular in French, plural in English, and told kindly when it counts datasets', () => {
  const rows = (voice: (typeof voices)['fr'], count: number) =>
    voice.count('dataset.rows.one', 'dataset.rows.many', count);
  expect(rows(voices.fr, 0)).toBe('0 ligne');
  expect(rows(voices.en, 0)).toBe('0 rows');
  expect(rows(voices.fr, 2)).toBe('2 lignes');
  expect(voices.fr.datasets(0)).toBe('pas encore de données');
  expect(voices.en.datasets(1)).toBe('1 dataset');
});

test('no French line ends before a colon or inside guillemets at their edge', () => {
  expect(voices.fr.typeset('Colonne « Montant » : vérifiez ; merci !')).toBe(
    'Colonne «\u00a0Montant\u00a0»\u00a0: vérifiez\u202f; merci\u202f!',
  );
  expect(voices.en.typeset('Column "Amount" : check')).toBe('Column "Amount" : check');
});

test('sizes in the units of each language', () => {
  expect(voices.fr.bytes(0)).toBe('0\u00a0octets');
  expect(voices.fr.bytes(172_340)).toBe('172,3\u00a0ko');
  expect(voices.en.bytes(1_300_000_000)).toBe('1.3\u00a0GB');
});
