import { expect, test } from 'vitest';
import { bytesOfHeader, heldBack, nameOfDisposition, pastedName, safeFileName, uploadMetadata } from './rules.ts';

test.each([
  ['subventions 2025.xlsx', 'subventions 2025.xlsx'],
  ['C:\\Mes documents\\été.csv', 'été.csv'],
  ['../../etc/passwd', 'passwd'],
  ['e\u0301te\u0301.csv', 'été.csv'],
  ['facture\u202egpj.exe', 'facturegpj.exe'],
  ['a\u0000b\n.csv', 'ab.csv'],
  ['', 'fichier'],
  ['..', 'fichier'],
  ['dossier/', 'fichier'],
])('the name %j is kept as %j', (given, kept) => {
  expect(safeFileName(given)).toBe(kept);
});

test('a long name keeps its ending, and fits a disk', () => {
  const kept = safeFileName(`${'é'.repeat(300)}.geojson`);
  expect(Buffer.byteLength(kept)).toBe(200);
  expect(kept.endsWith('é.geojson')).toBe(true);
});

test.each([
  ['', 'tableau-colle.tsv'],
  ['subventions.xlsx', 'subventions.tsv'],
  ['subventions.tsv', 'subventions.tsv'],
  ['Votes du 3.12', 'Votes du 3.12.tsv'],
])('what was pasted as %j becomes %j', (given, name) => {
  expect(pastedName(given)).toBe(name);
});

test('metadata of an upload are names with values in base64', () => {
  expect(uploadMetadata('filename w6l0w6kuY3N2,organization dmlsbGU=,empty')).toEqual(
    new Map([
      ['filename', 'été.csv'],
      ['organization', 'ville'],
      ['empty', ''],
    ]),
  );
  expect(uploadMetadata(undefined)).toEqual(new Map());
  for (const wrong of ['a b c', 'a dmlsbGU=,a dmlsbGU=', 'a %%', ',', 'é dmlsbGU='])
    expect(uploadMetadata(wrong)).toBeNull();
});

test.each([
  ['0', 0],
  ['5368709120', 5_368_709_120],
  ['-1', null],
  ['1e3', null],
  ['', null],
  [undefined, null],
])('%j is %j bytes', (header, bytes) => {
  expect(bytesOfHeader(header)).toBe(bytes);
});

test.each([
  ['attachment; filename="a b.csv"', 'a b.csv'],
  ['attachment; filename=a.csv', 'a.csv'],
  ['attachment; filename="a\\"b.csv"', 'a"b.csv'],
  ['attachment; filename="a.csv"; filename*=UTF-8\'\'%C3%A9t%C3%A9.csv', 'été.csv'],
  ['attachment; filename="a.csv"; filename*=UTF-8\'\'%E9', 'a.csv'],
  [`attachment; filename="${Buffer.from('été.csv').toString('latin1')}"`, 'été.csv'],
  ['attachment; filename="\u00e9t\u00e9.csv"', 'été.csv'],
  ['attachment', null],
  [undefined, null],
])('the header %j names %j', (header, name) => {
  expect(nameOfDisposition(header)).toBe(name);
});

test('persons hold a version back where the public one does not show them', () => {
  const finding = {
    kind: 'email',
    nature: 'personal',
    name: 'courriel',
    column: 'Courriel',
    cells: 3,
    share: 1,
    confidence: 'high',
    examples: [],
    places: [],
  } as const;
  expect(heldBack([finding], [{ name: 'espece' }])).toEqual([finding]);
  expect(heldBack([finding], [{ name: 'courriel' }])).toEqual([]);
  expect(
    heldBack(
      [
        { ...finding, confidence: 'low' },
        { ...finding, nature: 'public' },
      ],
      [],
    ),
  ).toEqual([]);
});
