import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { schemaKind } from '../../model/schema.ts';
import { readTableSchema } from '../../model/schema-reader.ts';
import { csvTemplate } from './template-csv.ts';
import { xlsxTemplate } from './template-xlsx.ts';

const schema = readTableSchema(
  {
    title: 'Arbres',
    titleEn: 'Trees',
    fields: [
      { name: 'code_insee', title: 'Code INSEE', type: 'string', example: '01004', constraints: { required: true } },
      { name: 'port', type: 'string', constraints: { enum: ['libre', 'taillé, en rideau'] } },
      { name: 'remarquable', type: 'boolean', trueValues: ['oui'], falseValues: ['non'] },
      { name: 'hauteur', type: 'number', example: '12.5', constraints: { minimum: 0 } },
    ],
  },
  'arbres',
);

test('the CSV to fill is the header alone, as French spreadsheets open it', () => {
  expect(csvTemplate(schema)).toBe('\uFEFFcode_insee;port;remarquable;hauteur\r\n');
});

test('the workbook to fill has its header, an example, lists, help and a page that explains', async () => {
  const book = await readXlsx(await xlsxTemplate(schema, 'fr'));
  expect(book.sheets.map((sheet) => sheet.name)).toEqual(['Données', 'Mode d’emploi', 'Listes']);
  const [data, help, lists] = book.sheets;
  expect(data?.rows[0]).toEqual(['code_insee', 'port', 'remarquable', 'hauteur']);
  // A code keeps its zero because it is text; a number is a number.
  expect(data?.rows[1]).toEqual(['01004', 'libre', 'oui', 12.5]);
  expect(data?.freezePane).toMatchObject({ rows: 1 });
  expect(data?.dataValidations?.map(({ type, range, formula1 }) => [type, range, formula1])).toEqual([
    ['list', 'B2:B5000', 'Listes!$A$2:$A$3'],
    ['list', 'C2:C5000', 'Listes!$B$2:$B$3'],
  ]);
  expect(data?.cells?.get('0,0')?.comment?.text).toContain('À remplir sur chaque ligne.');
  expect(lists?.rows[2]).toEqual(['taillé, en rideau', 'non']);
  expect(JSON.stringify(help?.rows)).toContain('Code INSEE');
});

test('every schema of ours has a workbook to fill', async () => {
  const folder = join(import.meta.dirname, '..', '..', '..', 'reference', 'schemas');
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json'))) {
    const value: unknown = JSON.parse(await readFile(join(folder, file), 'utf8'));
    if (schemaKind(value) !== 'table') continue;
    const book = await readXlsx(await xlsxTemplate(readTableSchema(value, file), 'en'));
    expect(book.sheets[0]?.rows[0]?.length, file).toBe(readTableSchema(value, file).fields.length);
  }
});
