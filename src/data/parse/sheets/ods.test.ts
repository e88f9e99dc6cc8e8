import { writeOds } from 'hucre/ods';
import { expect, test } from 'vitest';
import { parseBytes, told } from '../../../../test/parsed.ts';
import { zipOf } from '../../../../test/zip.ts';

const type = 'application/vnd.oasis.opendocument.spreadsheet';
const spaces = ['office', 'table', 'text', 'style', 'calcext']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
  .join(' ');
const content = (tables: string, styles = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${spaces}><office:automatic-styles>${styles}</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;
const ods = (tables: string, styles?: string) =>
  zipOf([
    ['mimetype', type],
    ['content.xml', content(tables, styles)],
  ]);
const cell = (text: string, more = '') =>
  `<table:table-cell office:value-type="string" ${more}><text:p>${text}</text:p></table:table-cell>`;
const value = (kind: string, attribute: string, shown: string, more = '') =>
  `<table:table-cell office:value-type="${kind}" ${attribute} ${more}><text:p>${shown}</text:p></table:table-cell>`;
const row = (...cells: readonly string[]) => `<table:table-row>${cells.join('')}</table:table-row>`;
const sheet = (name: string, ...rows: readonly string[]) =>
  `<table:table table:name="${name}">${rows.join('')}</table:table>`;

test('what hucre writes is read back', async () => {
  const written = await writeOds({
    sheets: [
      {
        name: 'Rues',
        rows: [
          ['Nom', 'Longueur', 'Ouverte le'],
          ['rue Nationale', 712.5, new Date('2021-06-01')],
        ],
      },
      {
        name: 'Places',
        rows: [
          ['Nom', 'Arbres'],
          ['place Jean-Jaurès', 40],
        ],
      },
    ],
  });
  const { value: file, cells } = await parseBytes('rues.ods', written);
  expect(file.format).toBe('ods');
  expect(cells).toEqual({
    Rues: [
      ['Nom', 'Longueur', 'Ouverte le'],
      ['rue Nationale', '712.5', '2021-06-01'],
    ],
    Places: [
      ['Nom', 'Arbres'],
      ['place Jean-Jaurès', '40'],
    ],
  });
});

test('values come in their canonical form, texts as they are shown', async () => {
  const { cells } = await parseBytes(
    'a.ods',
    ods(
      sheet(
        'Feuille1',
        row(...['Code', 'Montant', 'Part', 'Le', 'À', 'Oui', 'Texte'].map((title) => cell(title))),
        row(
          value('float', 'office:value="1053"', '01053'),
          value('currency', 'office:value="1250.5"', '1 250,50 €'),
          value('percentage', 'office:value="0.15"', '15 %'),
          value('date', 'office:date-value="2024-01-31"', '31/01/24'),
          value('time', 'office:time-value="PT09H30M00S"', '09:30'),
          value('boolean', 'office:boolean-value="true"', 'VRAI'),
          '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b &amp; c</text:p><text:p>d</text:p><office:annotation><text:p>une remarque</text:p></office:annotation></table:table-cell>',
        ),
      ),
    ),
  );
  expect(cells['Feuille1']?.[1]).toEqual(['01053', '1250.5', '0.15', '2024-01-31', '09:30:00', 'true', 'a  b & c\nd']);
});

test('repeated cells and rows, merged ones, hidden ones, errors', async () => {
  const {
    cells,
    problems,
    value: file,
  } = await parseBytes(
    'a.ods',
    ods(
      `<table:table table:name="Secret" table:style-name="ta2"><table:table-column/><table:table-column table:visibility="collapse"/>${[
        row(cell('Commune'), cell('École'), cell('Taux')),
        row(
          cell('Tours', 'table:number-rows-spanned="2"'),
          cell('A'),
          '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>',
        ),
        `<table:table-row table:visibility="filter"><table:covered-table-cell/>${cell('B')}${value('float', 'office:value="1"', '1')}</table:table-row>`,
        `<table:table-row table:number-rows-repeated="2">${cell('x', 'table:number-columns-repeated="2"')}${value('float', 'office:value="2"', '2')}</table:table-row>`,
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>',
      ].join('')}</table:table>`,
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>',
    ),
  );
  expect(cells['Secret']?.slice(1)).toEqual([
    ['Tours', 'A', ''],
    ['Tours', 'B', '1'],
    ['x', 'x', '2'],
    ['x', 'x', '2'],
  ]);
  expect(file.tables[0]?.rows).toBe(4);
  expect(told(problems)).toEqual([
    'sheet.hidden',
    'row.hidden 3',
    'column.hidden',
    'formula.error C2',
    'cell.merged A2',
  ]);
});

test('the same in one plain XML', async () => {
  const flat = `<?xml version="1.0"?><office:document ${spaces} office:mimetype="${type}"><office:body><office:spreadsheet>${sheet('Feuille1', row(cell('Nom'), cell('Ville')), row(cell('A'), cell('Tours')))}</office:spreadsheet></office:body></office:document>`;
  const { value: file, cells } = await parseBytes('a.fods', flat);
  expect(file.format).toBe('fods');
  expect(cells['Feuille1']).toEqual([
    ['Nom', 'Ville'],
    ['A', 'Tours'],
  ]);
});

test('a sheet that is cut keeps what came before, and says so', async () => {
  const whole = content(
    sheet('Feuille1', row(cell('Nom'), cell('Ville')), row(cell('A'), cell('Tours')), row(cell('B'), cell('Luynes'))),
  );
  const cut = zipOf([
    ['mimetype', type],
    ['content.xml', whole.slice(0, whole.indexOf('Luynes'))],
  ]);
  const { cells, problems } = await parseBytes('a.ods', cut);
  expect(cells['Feuille1']?.slice(1)).toEqual([['A', 'Tours']]);
  expect(problems).toMatchObject([{ code: 'sheet.cut', severity: 'error', sheet: 'Feuille1' }]);
});

const manifest =
  '<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
const refusals: readonly [string, Uint8Array, string][] = [
  [
    'a spreadsheet with a password',
    zipOf([
      ['mimetype', type],
      ['content.xml', 'x'],
      ['META-INF/manifest.xml', manifest],
    ]),
    'file.encrypted',
  ],
  ['a spreadsheet without its content', zipOf([['mimetype', type]]), 'file.damaged'],
  [
    'a text document',
    zipOf([
      ['mimetype', 'application/vnd.oasis.opendocument.text'],
      ['content.xml', '<x/>'],
    ]),
    'file.document',
  ],
  ['a spreadsheet without a sheet', ods(''), 'file.noTable'],
];
test.each(refusals)('%s is refused with its code', async (_, bytes, code) => {
  await expect(parseBytes('comptes.ods', bytes)).rejects.toMatchObject({ code });
});
