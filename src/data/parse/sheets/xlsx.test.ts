import { type CellValue, type MergeRange, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { parseBytes, told } from '../../../../test/parsed.ts';

type Given = Omit<WriteSheet, 'name'> & { readonly name?: string };

async function read(sheets: readonly Given[] | CellValue[][], more: { dateSystem?: '1904' } = {}) {
  const given = sheets.map((sheet) => (Array.isArray(sheet) ? null : sheet));
  const written = given.includes(null)
    ? [{ name: 'Feuil1', rows: sheets as CellValue[][] }]
    : given.map((sheet, index) => ({ name: `Feuil${index + 1}`, ...sheet }));
  return parseBytes('classeur.xlsx', await writeXlsx({ sheets: written, ...more }));
}
const range = (startRow: number, startCol: number, endRow: number, endCol: number): MergeRange => ({
  startRow,
  startCol,
  endRow,
  endCol,
});

test('a sheet is a table: its name, its header, its rows as the spreadsheet counts them', async () => {
  const { value, problems, cells } = await read([
    ['Nom', 'Montant', 'Versée le', 'Payée'],
    ['Été ; « sport »', 1250.5, new Date('2024-03-01'), true],
    ['Chœur\nde Tours', 300, new Date('2024-03-02'), false],
  ]);
  expect(value).toMatchObject({ format: 'xlsx', encoding: null, delimiter: null });
  expect(value.tables).toHaveLength(1);
  expect(value.tables[0]).toMatchObject({
    name: 'Feuil1',
    sheet: 'Feuil1',
    headerRow: 1,
    firstSourceRow: 2,
    rows: 2,
    emptyRows: 0,
  });
  expect(value.tables[0]?.firstSourceColumn).toBeUndefined();
  expect(problems).toEqual([]);
  expect(cells['Feuil1']).toEqual([
    ['Nom', 'Montant', 'Versée le', 'Payée'],
    ['Été ; « sport »', '1250.5', '2024-03-01', 'true'],
    ['Chœur\nde Tours', '300', '2024-03-02', 'false'],
  ]);
});

test('titles, empty columns before, empty rows, a total and a note: each has its place', async () => {
  const { value, problems, cells } = await read([
    [null, 'Subventions 2024'],
    [],
    [null, 'Association', 'Commune', 'Montant'],
    [null, 'A', 'Tours', 100],
    [],
    [null, 'B', 'Luynes', 200],
    [null, 'Total', null, 300],
    [],
    [null, 'Source : service des finances'],
  ]);
  expect(value.tables[0]).toMatchObject({ firstSourceColumn: 1, headerRow: 3, rows: 4, emptyRows: 1 });
  expect(value.tables[0]?.droppedSourceRows).toEqual([5]);
  expect(cells['Feuil1']).toEqual([
    ['Association', 'Commune', 'Montant'],
    ['A', 'Tours', '100'],
    ['B', 'Luynes', '200'],
    ['Total', '', '300'],
  ]);
  expect(told(problems)).toEqual(['header.titleRows 3', 'row.note 9', 'row.total B7', 'row.empty 5']);
  expect(problems.every(({ sheet }) => sheet === 'Feuil1')).toBe(true);
});

test('codes keep their zeros, as texts or by their format', async () => {
  const { cells } = await read([
    {
      rows: [
        ['INSEE', 'SIREN', 'Montant'],
        ['01053', 200029999, 12.3],
      ],
      cells: new Map([
        ['2,0', { value: 1053, style: { numFmt: '00000' } }],
        ['2,1', { value: 247123456, style: { numFmt: '0#" "##" "##" "##" "##' } }],
        ['2,2', { value: 0.1 + 0.2 }],
      ]),
    },
  ]);
  expect(cells['Feuil1']?.slice(1)).toEqual([
    ['01053', '200029999', '12.3'],
    ['01053', '02 47 12 34 56', '0.3'],
  ]);
});

test('the calendar of 1904', async () => {
  const { cells } = await read(
    [
      {
        rows: [
          ['Date', 'N'],
          [new Date('2024-01-01'), 1],
        ],
      },
    ],
    { dateSystem: '1904' },
  );
  expect(cells['Feuil1']?.[1]).toEqual(['2024-01-01', '1']);
});

test('errors of formulas are empty cells that are told, alike ones together', async () => {
  const { problems, cells } = await read([
    {
      rows: [
        ['Nom', 'Taux'],
        ['A', 1],
        ['B', null],
        ['C', null],
        ['D', null],
      ],
      cells: new Map([
        ['2,1', { value: '#REF!', type: 'error' }],
        ['3,1', { value: '#REF!', type: 'error' }],
        ['4,1', { value: '#N/A', type: 'error' }],
      ]),
    },
  ]);
  expect(cells['Feuil1']?.slice(1)).toEqual([
    ['A', '1'],
    ['B', ''],
    ['C', ''],
    ['D', ''],
  ]);
  expect(problems).toMatchObject([
    { code: 'formula.error', severity: 'error', sheet: 'Feuil1', cell: 'B3', column: 'Taux', value: '#REF!', count: 2 },
    { code: 'formula.error', severity: 'warning', cell: 'B5', value: '#N/A', count: 1 },
  ]);
});

test('a formula is read by its result; without one, it is told', async () => {
  const { problems, cells } = await read([
    {
      rows: [
        ['Nom', 'Double'],
        ['A', null],
        ['B', null],
      ],
      cells: new Map([
        ['1,1', { value: null, formula: '1+1', formulaResult: 2 }],
        ['2,1', { value: null, formula: '2+2' }],
      ]),
    },
  ]);
  expect(cells['Feuil1']?.[1]).toEqual(['A', '2']);
  expect(problems).toMatchObject([{ code: 'formula.noValue', severity: 'warning', cell: 'B3', column: 'Double' }]);
});

test('a header on two lines with merged cells is one line', async () => {
  const { value, problems, cells } = await read([
    {
      rows: [
        ['Budget de la commune', null, null, null, null],
        ['Service', 'Budget 2024', null, 'Budget 2025', null],
        [null, 'Recettes', 'Dépenses', 'Recettes', 'Dépenses'],
        ['Écoles', 10, 20, 30, 40],
        ['Voirie', 50, 60, 70, 80],
      ],
      merges: [range(0, 0, 0, 4), range(1, 0, 2, 0), range(1, 1, 1, 2), range(1, 3, 1, 4)],
    },
  ]);
  expect(cells['Feuil1']?.[0]).toEqual([
    ...['Service', 'Budget 2024 / Recettes', 'Budget 2024 / Dépenses', 'Budget 2025 / Recettes'],
    'Budget 2025 / Dépenses',
  ]);
  expect(value.tables[0]).toMatchObject({ headerRow: 3, firstSourceRow: 4, rows: 2 });
  expect(told(problems)).toEqual(['header.titleRows 2', 'header.lines 2']);
});

test('values merged over rows are repeated, and told once', async () => {
  const { problems, cells } = await read([
    {
      rows: [
        ['Commune', 'École', 'Élèves'],
        ['Tours', 'Anatole France', 120],
        [null, 'Jules Ferry', 90],
        ['Luynes', 'Camille Claudel', 60],
      ],
      merges: [range(1, 0, 2, 0)],
    },
  ]);
  expect(cells['Feuil1']?.slice(1).map(([commune]) => commune)).toEqual(['Tours', 'Tours', 'Luynes']);
  expect(problems).toMatchObject([{ code: 'cell.merged', severity: 'advice', cell: 'A2', count: 1 }]);
});

test('hidden rows, columns and sheets are read and named', async () => {
  const rows = [
    ['Nom', 'Revenu', 'Commune'],
    ['A', 1, 'Tours'],
    ['B', 2, 'Luynes'],
  ];
  const { problems, cells } = await read([
    { rows, rowDefs: new Map([[2, { hidden: true }]]), columns: [{}, { hidden: true }, {}] },
    { rows, hidden: true },
  ]);
  expect(cells['Feuil1']).toHaveLength(3);
  expect(cells['Feuil2']).toHaveLength(3);
  expect(problems).toMatchObject([
    { code: 'row.hidden', severity: 'warning', sheet: 'Feuil1', row: 3, count: 1 },
    { code: 'column.hidden', severity: 'warning', sheet: 'Feuil1', column: 'Revenu', value: 'B' },
    { code: 'sheet.hidden', severity: 'warning', sheet: 'Feuil2' },
  ]);
});

test('two tables side by side are two tables, their problems in their own columns', async () => {
  const { value, problems, cells } = await read([
    ['Nom', 'Montant', null, 'Lieu', 'Places'],
    ['A', 1, null, 'Salle', 10],
    ['B', 2, null, 'Total', 10],
    ['C', 3],
  ]);
  expect(value.tables.map(({ name, firstSourceColumn, rows }) => [name, firstSourceColumn, rows])).toEqual([
    ['Feuil1 (A:B)', undefined, 3],
    ['Feuil1 (D:E)', 3, 2],
  ]);
  expect(cells['Feuil1 (D:E)']).toEqual([
    ['Lieu', 'Places'],
    ['Salle', '10'],
    ['Total', '10'],
  ]);
  expect(problems).toMatchObject([
    { code: 'sheet.sideBySide', value: 'A:B, D:E', count: 2 },
    { code: 'row.total', cell: 'D3', sheet: 'Feuil1' },
  ]);
});

test('an empty column inside a table does not cut it', async () => {
  const { value, problems } = await read([
    ['Horodateur', 'Octobre', null, 'Recettes', 'Zone'],
    ['O 1', 122.9, null, 535.9, 'orange'],
    ['O 2', 311.7, null, 1175.5, 'verte'],
  ]);
  expect(value.tables).toHaveLength(1);
  expect(told(problems)).toEqual(['header.missing C1']);
});

test('a few words beside a table are left aside', async () => {
  const { value, problems } = await read([
    ['Nom', 'Montant'],
    ['A', 1, null, null, 'à vérifier avec Mme la maire'],
    ['B', 2],
    ['C', 3],
  ]);
  expect(value.tables.map(({ headers }) => headers.length)).toEqual([2]);
  expect(problems).toMatchObject([{ code: 'column.aside', severity: 'warning', value: 'E' }]);
});

test('a notice is no table, an empty sheet is nothing', async () => {
  const { value, problems } = await read([
    { name: 'Lisez-moi', rows: [['Ce classeur présente les subventions versées.'], [], ['Contact : la mairie.']] },
    {
      name: 'Données',
      rows: [
        ['Nom', 'Montant'],
        ['A', 1],
      ],
    },
    { name: 'Feuil3', rows: [] },
  ]);
  expect(value.tables.map(({ name }) => name)).toEqual(['Données']);
  expect(problems).toMatchObject([{ code: 'sheet.textOnly', severity: 'advice', sheet: 'Lisez-moi' }]);
});

test('a plain list of one column is a table', async () => {
  const { cells } = await read([['Rue'], ['rue Nationale'], ['place Plumereau'], ['quai Paul-Bert']]);
  expect(cells['Feuil1']).toEqual([['Rue'], ['rue Nationale'], ['place Plumereau'], ['quai Paul-Bert']]);
});

test('a header that comes back, nearly the same, is taken out', async () => {
  const { problems, cells } = await read([
    ['Zone orange', 'Lieu', 'Octobre', 'Novembre', 'Décembre', 'Total'],
    ['O 1', 'Mairie', 1, 2, 3, 6],
    ['Zone verte', 'Lieu', 'Octobre', 'Novembre', 'Décembre', 'Total'],
    ['V 1', 'Gare', 4, 5, 6, 15],
  ]);
  expect(cells['Feuil1']?.slice(1).map(([zone]) => zone)).toEqual(['O 1', 'V 1']);
  expect(told(problems)).toEqual(['header.repeated A3']);
});

test('a cell forgotten a million rows below does not make a million rows', async () => {
  const rows: CellValue[][] = [
    ['Nom', 'Montant'],
    ['A', 1],
  ];
  const { value, problems } = await read([{ rows, cells: new Map([['900000,0', { value: 'x' }]]) }]);
  expect(value.tables[0]?.rows).toBe(1);
  expect(problems).toMatchObject([{ code: 'row.far', severity: 'warning', row: 900_001, expected: '2' }]);
});

test('a text of 100 000 signs, right to left, combining, and controls', async () => {
  const long = 'é'.repeat(50_000).normalize('NFD');
  const { cells } = await read([
    ['Nom', 'Texte'],
    ['A', long],
    ['B', 'שלום\u0301'],
    ['C', 'ligne 1\r\nligne 2\u0007'],
  ]);
  expect(cells['Feuil1']?.slice(1).map(([, text]) => text)).toEqual([long, 'שלום\u0301', 'ligne 1\nligne 2']);
});

test('titles of parts inside a table stay and are told', async () => {
  const rows = Array.from({ length: 8 }, (_, number) => [`rue ${number}`, 'Nord', 'lundi']);
  const { problems, cells } = await read([['Rue', 'Quartier', 'Jour'], ['QUARTIER NORD'], ...rows]);
  expect(cells['Feuil1']?.[1]).toEqual(['QUARTIER NORD', '', '']);
  expect(problems).toMatchObject([
    { code: 'row.section', severity: 'warning', cell: 'A2', value: 'QUARTIER NORD', count: 1 },
  ]);
});
