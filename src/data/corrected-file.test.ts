import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openXlsx, saveXlsx, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithSharedData, sharedData } from '../../test/shared-data.ts';
import { parseSteps } from '../model/step.ts';
import { type FileStore, openDiskStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { writeCorrectedFile } from './corrected-file.ts';
import { readAside } from './deposit/receive.ts';

let folder: string;
let files: FileStore;
let tables: TableEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-corrected-'));
  files = await openDiskStore(folder);
  const limits = { children: 1, threadsPerChild: 1, memoryMegabytes: 300, timeoutSeconds: 60 };
  tables = openTableEngine({ ...limits, folders: [folder], temporaryFolder: join(folder, 'spill') });
});
afterAll(async () => {
  await tables.close();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
async function correct(
  name: string,
  content: string | Uint8Array,
  steps: readonly unknown[],
  dropped: readonly number[] = [],
) {
  const scratch = join(folder, String(++count));
  await mkdir(scratch);
  const path = join(scratch, name);
  await writeFile(path, content);
  const file = await readAside(path, scratch);
  const list = parseSteps(steps, { by: 'operator', at: new Date() });
  const corrected = await writeCorrectedFile(
    { file, steps: list, droppedSourceRows: dropped },
    { files, tables, scratch },
  );
  return { ...corrected, content: await readFile(corrected.path) };
}

const replace = { kind: 'replaceValue', column: 'Nature', from: 'Assoc', to: 'Fête' };

test('only the corrected cells differ: titles, quotes, line ends, blanks and byte-order mark stay', async () => {
  const text = [
    '\uFEFFSubventions 2025',
    'Commune de Druye;;',
    'Nom;Nature;Montant',
    '"Club; de lecture";Assoc; 100 ',
    '"École ""du"" quai";"Assoc";200',
    'Amicale;autre;300',
    'Chorale;Assoc;400',
    '',
  ].join('\r\n');
  const done = await correct('subventions.csv', text, [
    replace,
    { kind: 'renameColumn', from: 'montant', to: 'Montant (€)' },
    { kind: 'setCell', row: 6, column: 'Montant', from: '300', to: '3;00' },
  ]);
  const expected = text
    .replaceAll(';Assoc;', ';Fête;')
    .replace(';"Assoc";', ';"Fête";')
    .replace('Nature;Montant', 'Nature;Montant (€)')
    .replace('autre;300', 'autre;"3;00"');
  expect(done).toMatchObject({ name: 'subventions-corrige.csv', format: 'csv', encoding: 'UTF-8', ownFormat: true });
  expect(done.content.toString('utf8')).toBe(expected);
});

test('windows-1252 stays as long as it can hold the texts; else all is written as UTF-8', async () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  const file = bytes('Nom;Nature;Montant\nÉcole;Assoc;1\nCaf\xe9 d\x92\xe9t\xe9;Assoc;2\nÎle;x;3\n');
  const kept = await correct('a.csv', file, [replace]);
  expect(kept.encoding).toBe('windows-1252');
  expect(
    kept.content.equals(bytes('Nom;Nature;Montant\nÉcole;F\xeate;1\nCaf\xe9 d\x92\xe9t\xe9;F\xeate;2\nÎle;x;3\n')),
  ).toBe(true);
  const wider = await correct('a.csv', file, [{ ...replace, to: 'Ωmega' }]);
  expect(wider.encoding).toBe('UTF-8');
  expect(wider.content.toString('utf8')).toBe('\uFEFFNom;Nature;Montant\nÉcole;Ωmega;1\nCafé d’été;Ωmega;2\nÎle;x;3\n');
});

test('UTF-16 stays UTF-16', async () => {
  const text = '\uFEFFNom\tNature\tMontant\r\nÉcole\tAssoc\t1\r\nΩ\tautre\t2\r\n';
  const done = await correct('a.txt', Buffer.from(text, 'utf16le'), [replace]);
  expect(done.encoding).toBe('UTF-16LE');
  expect(done.content.toString('utf16le')).toBe(text.replace('Assoc', 'Fête'));
});

test('rows set aside and columns not published are left out, the rest of the rows as they were', async () => {
  const text = 'Nom;Nature;Montant\nClub;Assoc;1\n"Éco;le";Assoc;2\n;;\nTotal;;3\n';
  const done = await correct(
    'a.csv',
    text,
    [
      { kind: 'dropColumn', column: 'Nature' },
      { kind: 'setAside', rows: [5], problem: 'row.total' },
    ],
    [4, 5],
  );
  expect(done.content.toString('utf8')).toBe('Nom;Montant\nClub;1\n"Éco;le";2\n;;\n');
});

test('a workbook keeps its other sheets, styles and formulas', async () => {
  const made = await writeXlsx({
    sheets: [
      {
        name: 'Subventions',
        rows: [
          ['Nom', 'Nature', 'SIRET', 'Montant'],
          ['Club', 'Assoc', 2.136e13, 100],
          ['Amicale', 'autre', 1, 200],
          ['Total', null, null, 300],
        ],
        cells: new Map([
          ['0,0', { value: 'Nom', type: 'string', style: { font: { bold: true } } }],
          ['3,3', { value: 300, type: 'formula', formula: 'SUM(D2:D3)', formulaResult: 300 }],
        ]),
      },
      { name: 'Notes', rows: [['à garder']] },
    ],
  });
  // Written twice, so that what is compared went through the same writer.
  const source = await saveXlsx(await openXlsx(made, { readStyles: true }));
  const done = await correct('grants.xlsx', source, [
    replace,
    { kind: 'setCell', sheet: 'Subventions', row: 2, column: 'SIRET', from: '21360000000000', to: '21360000000017' },
    { kind: 'setCell', sheet: 'Subventions', row: 3, column: 'Montant', from: '200', to: '250' },
  ]);
  expect(done).toMatchObject({ name: 'grants-corrige.xlsx', format: 'xlsx', ownFormat: true });
  const workbook = await openXlsx(done.content, { readStyles: true });
  expect(workbook.sheets.map((sheet) => sheet.name)).toEqual(['Subventions', 'Notes']);
  const rows = workbook.sheets[0]?.rows;
  expect(rows?.[1]).toEqual(['Club', 'Fête', '21360000000017', 100]);
  expect(rows?.[2]).toEqual(['Amicale', 'autre', 1, 250]);
  expect(workbook.sheets[0]?.cells?.get('3,3')?.formula).toBe('SUM(D2:D3)');
  expect(workbook.sheets[0]?.cells?.get('0,0')?.style?.font?.bold).toBe(true);
  expect(workbook.sheets[1]?.rows).toEqual([['à garder']]);
});

test('a list of objects stays one, under its own names', async () => {
  const objects = [
    { nom: 'Club', 'Nature du don': 'Assoc', montant: 12.5 },
    { nom: 'Île', 'Nature du don': 'b', montant: 3 },
    { nom: 'Total', 'Nature du don': 'b', montant: 15.5 },
  ];
  const steps = [
    { ...replace, column: 'Nature du don' },
    { kind: 'setAside', rows: [3] },
  ];
  const list = await correct('a.json', JSON.stringify(objects), steps);
  expect(list).toMatchObject({ name: 'a-corrige.json', format: 'json', ownFormat: true });
  expect(JSON.parse(list.content.toString('utf8'))).toEqual([
    { nom: 'Club', 'Nature du don': 'Fête', montant: 12.5 },
    { nom: 'Île', 'Nature du don': 'b', montant: 3 },
  ]);
  const lines = await correct('a.ndjson', objects.map((each) => JSON.stringify(each)).join('\n'), steps);
  expect(lines).toMatchObject({ name: 'a-corrige.jsonl', format: 'jsonl', ownFormat: true });
});

test('a map stays a map, its places where they were', async () => {
  const feature = (nom: string, nature: string, coordinates: readonly number[]) => ({
    type: 'Feature',
    properties: { nom, nature },
    geometry: { type: 'Point', coordinates },
  });
  const map = {
    type: 'FeatureCollection',
    features: [feature('Club', 'Assoc', [0.68, 47.39]), feature('Île', 'b', [0.7, 47.4])],
  };
  const done = await correct('lieux.geojson', JSON.stringify(map), [{ ...replace, column: 'nature' }]);
  expect(done).toMatchObject({ name: 'lieux-corrige.geojson', format: 'geojson', ownFormat: true });
  expect(JSON.parse(done.content.toString('utf8'))).toMatchObject({
    features: [
      { geometry: { coordinates: [0.68, 47.39] }, properties: { nom: 'Club', nature: 'Fête' } },
      { geometry: { coordinates: [0.7, 47.4] }, properties: { nom: 'Île', nature: 'b' } },
    ],
  });
});

describeWithSharedData('a real workbook', () => {
  test('is written again with nothing lost but the cell that was corrected', async () => {
    const path = join(sharedData, 'data', 'real', 'bondy', 'statistiques-horodateurs.xlsx');
    const done = await correct('horodateurs.xlsx', await readFile(path), []);
    expect(done.ownFormat).toBe(true);
    const [before, after] = await Promise.all([openXlsx(await readFile(path)), openXlsx(done.content)]);
    expect(after.sheets.map(({ name, rows }) => [name, rows])).toEqual(
      before.sheets.map(({ name, rows }) => [name, rows]),
    );
  });
});
