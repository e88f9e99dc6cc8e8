import { expect, test } from 'vitest';
import { builtInMeaning, canonicalNumber, meaningOf, numberText } from './number-format.ts';

const shown = (value: string, format: string, from1904 = false) => numberText(value, meaningOf(format), from1904);

test.each<readonly [string, string, string]>([
  // The number as its file has it, the format, the text expected.
  ['1250.5', 'General', '1250.5'],
  ['1250.50', '#,##0.00', '1250.5'],
  ['12.300000000000001', '0.00', '12.3'],
  ['0.1', '0%', '0.1'],
  ['2.136E13', '0.00E+00', '21360000000000'],
  ['22530001100015', 'General', '22530001100015'],
  ['1E-7', 'General', '0.0000001'],
  ['-0', 'General', '0'],
  ['5.0', 'General', '5'],
  ['1e22', 'General', '10000000000000000000000'],
  ['1234', '#,##0" €"', '1234'],
  ['1234', '#,##0\\ [$€-40C]', '1234'],
  ['1234', '[Red]-#,##0;[Blue]#,##0', '1234'],
  ['37001', '00000', '37001'],
  ['1053', '00000', '01053'],
  ['247123456', '0#" "##" "##" "##" "##', '02 47 12 34 56'],
  ['200029999', '000\\ 000\\ 000', '200 029 999'],
  ['1.5', '00000', '1.5'],
  ['7', '0', '7'],
  ['7', '0.00', '7'],
])('%s shown as %s is %s', (value, format, expected) => {
  expect(shown(value, format)).toBe(expected);
});

test.each<readonly [string, string, string]>([
  // Serials from Excel: 45292 is 1 January 2024, 25569 is 1 January 1970, 1 is 1 January 1900.
  ['45292', 'dd/mm/yyyy', '2024-01-01'],
  ['45292', 'd mmmm yyyy', '2024-01-01'],
  ['45292', '[$-40C]d\\-mmm\\-yy;@', '2024-01-01'],
  ['45292.75', 'dd/mm/yyyy', '2024-01-01'],
  ['45292.75', 'dd/mm/yyyy hh:mm', '2024-01-01T18:00:00'],
  ['45292', 'yyyy-mm-dd h:mm:ss', '2024-01-01T00:00:00'],
  ['0.4375', 'h:mm', '10:30:00'],
  ['45292.4375', 'h:mm AM/PM', '10:30:00'],
  ['1.5', '[h]:mm:ss', '36:00:00'],
  ['25569', 'mmm yy', '1970-01-01'],
  ['1', 'dd/mm/yyyy', '1900-01-01'],
  ['59', 'dd/mm/yyyy', '1900-02-28'],
  ['61', 'dd/mm/yyyy', '1900-03-01'],
  ['-3', 'dd/mm/yyyy', '-3'],
])('the moment %s shown as %s is %s', (value, format, expected) => {
  expect(shown(value, format)).toBe(expected);
});

test('the calendar of 1904 begins four years and a day later', () => {
  expect(shown('43830', 'dd/mm/yyyy', true)).toBe('2024-01-01');
  expect(shown('0', 'dd/mm/yyyy', true)).toBe('1904-01-01');
});

test('formats that a file names by number', () => {
  expect([0, 1, 2, 9, 14, 17, 18, 22, 45, 46, 49].map((id) => builtInMeaning(id).kind)).toEqual([
    ...['number', 'number', 'number', 'number', 'date', 'date', 'time', 'moment', 'time', 'duration', 'number'],
  ]);
});

test('words in a format do not make a date of it', () => {
  expect(meaningOf('0" jours"').kind).toBe('number');
  expect(meaningOf('0\\d').kind).toBe('number');
  expect(meaningOf('"Dossier "0000')).toMatchObject({ kind: 'code' });
  expect(shown('42', '"Dossier "0000')).toBe('Dossier 0042');
});

test('a number has no exponent and no noise', () => {
  expect(canonicalNumber(0.1 + 0.2)).toBe('0.3');
  expect(canonicalNumber(-1.25e-9)).toBe('-0.00000000125');
  expect(canonicalNumber(9007199254740991)).toBe('9007199254740991');
});
