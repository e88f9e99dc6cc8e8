// Every real spreadsheet is read right: its sheets, header rows, rows and columns, as its SOURCES.md states them.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectFile } from '../../src/data/inspect.ts';
import type { Inspection } from '../../src/model/table.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

type Shape = readonly [sheet: string, headerRow: number, rows: number, columns: number];

// Written by hand: SOURCES.md gives the sheets and their extents, header row included ("387x3" is 386 rows below a
// header); the title rows of bondy and montpellier, and where their last filled row is, were looked up by eye.
const sheets: Readonly<Record<string, readonly [format: string, tables: readonly Shape[]]>> = {
  'bondy/liste-rues.ods': ['ods', [['listeRues', 1, 387, 4]]],
  'bondy/rues.xls': ['xls', [['rue', 1, 386, 3]]],
  'bondy/statistiques-horodateurs.xlsx': [
    'xlsx',
    [
      ['2017', 2, 40, 7],
      ['2018', 2, 40, 16],
      ['2019', 2, 42, 16],
      ['2020', 2, 41, 16],
      ['2021', 2, 41, 16],
      ['2022', 2, 37, 16],
    ],
  ],
  'codes-insee-epci/epcicom2025.xlsx': ['xlsx', [['Epcicom2025', 1, 34871, 14]]],
  // Two empty sheets are no tables; the header stands on lines 3 to 5.
  'montpellier-finances/marches-conclus-2012.xls': ['xls', [['Feuil1', 5, 525, 15]]],
  'subventions-multi-producteurs/cd53-2019.xlsx': ['xlsx', [['Feuil1', 1, 61, 15]]],
};

/** Columns of the first sheet read by eye: "title:type", with the role after #. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'bondy/liste-rues.ods': ['NOM_1_G:string', 'usage:string'],
  'bondy/rues.xls': ['NATURE:string', 'NOM:string'],
  'bondy/statistiques-horodateurs.xlsx': [
    'N° Horodateur Zone Orange:string',
    'Octobre:number',
    'Recettes trimestrielles par horodateur:number',
  ],
  'codes-insee-epci/epcicom2025.xlsx': [
    'dept:string#departmentCode',
    'siren:string#siren',
    'insee:string#inseeCode',
    'ptot_2025:integer',
  ],
  'montpellier-finances/marches-conclus-2012.xls': [
    'Montant du marché attribué / Montant annuel:string#amount',
    'Si marché alloti, merci de renseigner ces trois colonnes / Marchés allotis / Libellé du lot:string',
    'Attributaire / Code postal et Ville:string',
  ],
  'subventions-multi-producteurs/cd53-2019.xlsx': [
    'dateConvention:date',
    'referenceDecision:date',
    'idAttribuant:string#siret',
    'montant:integer#amount',
  ],
};

/** What stands out and where: "code sheet cell-or-row". */
const problems: Readonly<Record<string, readonly string[]>> = {
  'bondy/liste-rues.ods': [],
  'bondy/rues.xls': [],
  'bondy/statistiques-horodateurs.xlsx': [
    'header.titleRows 2017 2',
    'header.repeated 2017 A19',
    'row.total 2017 A42',
    'header.missing 2018 O2',
    'type.mixed 2018 L37',
    'type.mixed 2019 D15',
    'row.total 2020 A43',
    'type.mixed 2021 J35',
  ],
  'codes-insee-epci/epcicom2025.xlsx': [],
  'montpellier-finances/marches-conclus-2012.xls': [
    'header.titleRows Feuil1 3',
    'header.lines Feuil1 3',
    'header.repeated Feuil1 A150',
    'row.empty Feuil1 6',
  ],
  'subventions-multi-producteurs/cd53-2019.xlsx': [],
};

describeWithSharedData('the real spreadsheets', () => {
  const real = join(sharedData, 'data', 'real');
  const root = mkdtempSync(join(tmpdir(), 'terroir-real-sheets-'));
  let files: FileStore;
  let tables: TableEngine;

  beforeAll(async () => {
    files = await openDiskStore(root);
    tables = openTableEngine({
      children: 1,
      threadsPerChild: 2,
      memoryMegabytes: 500,
      timeoutSeconds: 120,
      folders: [root],
      temporaryFolder: join(root, 'spill'),
    });
  });
  afterAll(async () => {
    await tables.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('none is forgotten', () => {
    const found = readdirSync(real, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(xlsx?|ods)$/.test(path),
    );
    expect(found.sort()).toEqual(Object.keys(sheets).sort());
  });

  test.each(Object.entries(sheets))('%s', { timeout: 60_000 }, async (path, [format, expected]) => {
    const inspection: Inspection = await inspectFile(join(real, path), { files, tables });
    expect([inspection.format, inspection.encoding, inspection.delimiter]).toEqual([format, null, null]);
    expect(
      inspection.tables.map(({ name, headerRow, rows, fields }) => [name, headerRow, rows, fields.length]),
    ).toEqual(expected);
    const written = (inspection.tables[0]?.fields ?? []).flatMap(({ title, type, role }) => [
      `${title}:${type}`,
      `${title}:${type}#${role}`,
    ]);
    expect(written).toEqual(expect.arrayContaining([...(columns[path] ?? [])]));
    const told = inspection.problems.map(({ code, sheet, cell, row }) => `${code} ${sheet} ${cell ?? row}`);
    expect(told).toEqual(expect.arrayContaining([...(problems[path] ?? [])]));
    if (problems[path]?.length === 0) expect(told).toEqual([]);
  });
});
