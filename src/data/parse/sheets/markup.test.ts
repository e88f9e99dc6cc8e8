import { expect, test } from 'vitest';
import { parseBytes, told } from '../../../../test/parsed.ts';

test('a page of HTML named .xls, as many programs export, is read and told', async () => {
  const page = `<html><head><meta charset="utf-8"><style>td{mso-number-format:"a<b"}</style></head><body>
    <table border=1><tr><th>Nom</th><th colspan=2>Adresse</th></tr>
    <tr><td>Caf&eacute; &amp; th&eacute;</td><td>3&nbsp;rue<br>Nationale</td><td>01053
    <tr><td rowspan="2">B</td><td>x</td><td>37261</td></tr><tr><td>y</td><td>37000</td></tr>
    </table></body></html>`;
  const { value, problems, cells } = await parseBytes('export.xls', page);
  expect(value.format).toBe('html');
  expect(cells['Tableau 1']).toEqual([
    ['Nom', 'Adresse', 'Adresse'],
    ['Café & thé', '3 rue\nNationale', '01053'],
    ['B', 'x', '37261'],
    ['B', 'y', '37000'],
  ]);
  expect(problems[0]).toMatchObject({
    code: 'file.otherFormat',
    severity: 'advice',
    value: 'export.xls',
    expected: 'HTML',
  });
});

test('a page in windows-1252 keeps its accents', async () => {
  const page = Buffer.from(
    '<table><tr><td>Ville</td><td>Fête</td></tr><tr><td>Joué</td><td>été</td></tr></table>',
    'latin1',
  );
  const { cells } = await parseBytes('a.html', page);
  expect(cells['Tableau 1']).toEqual([
    ['Ville', 'Fête'],
    ['Joué', 'été'],
  ]);
});

const excelXml = (table: string) => `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
  <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
  <Worksheet ss:Name="Budget"><Table>${table}</Table></Worksheet></Workbook>`;
const data = (type: string, text: string, more = '') => `<Cell ${more}><Data ss:Type="${type}">${text}</Data></Cell>`;

test('the XML of Excel 2003', async () => {
  const { value, problems, cells } = await parseBytes(
    'budget.xls',
    excelXml(`<Row>${['Poste', 'Montant', 'Le', 'Payé'].map((title) => data('String', title)).join('')}</Row>
      <Row ss:Index="3">${data('String', 'Écoles &amp; voirie')}${data('Number', '1250.50')}${data('DateTime', '2024-01-31T00:00:00.000')}${data('Boolean', '1')}</Row>
      <Row ss:Hidden="1">${data('String', 'Eau')}${data('Error', '#REF!', 'ss:Index="2"')}${data('Boolean', '0', 'ss:Index="4"')}</Row>`),
  );
  expect(value.format).toBe('xml');
  expect(cells['Budget']).toEqual([
    ['Poste', 'Montant', 'Le', 'Payé'],
    ['Écoles & voirie', '1250.5', '2024-01-31', 'true'],
    ['Eau', '', '', 'false'],
  ]);
  expect(told(problems)).toEqual(['file.otherFormat', 'row.hidden 4', 'formula.error B4', 'row.empty 2']);
});

test('a page without a table has no table', async () => {
  await expect(parseBytes('a.html', '<html><p>Bonjour</p></html>')).rejects.toMatchObject({ code: 'file.noTable' });
});
