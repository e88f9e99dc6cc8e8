import { writeXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { parseBytes } from '../../../test/parsed.ts';
import { zipOf } from '../../../test/zip.ts';

const csv = 'nom;ville\nA;Tours\n';

test('each file of a zip gives its tables, under its name', async () => {
  const workbook = await writeXlsx({
    sheets: [
      {
        name: '2023',
        rows: [
          ['Nom', 'Montant'],
          ['A', 1],
        ],
      },
      {
        name: '2024',
        rows: [
          ['Nom', 'Montant'],
          ['A', 2],
        ],
      },
    ],
  });
  const zip = zipOf([
    ['rues.csv', csv],
    ['dossier/budget.xlsx', workbook],
    ['lisezmoi.txt', 'bonjour'],
    ['notice.pdf', '%PDF-1.4'],
  ]);
  const { value, cells, problems } = await parseBytes('tout.zip', zip);
  expect(value).toMatchObject({ format: 'zip', encoding: 'UTF-8', delimiter: ';' });
  expect(value.tables.map(({ name, sheet }) => [name, sheet])).toEqual([
    ['rues', 'rues'],
    ['budget · 2023', '2023'],
    ['budget · 2024', '2024'],
  ]);
  expect(cells['budget · 2024']?.[1]).toEqual(['A', '2']);
  expect(problems).toEqual([]);
});

test('a file that cannot be read is left aside and told', async () => {
  const zip = zipOf([
    ['rues.csv', csv],
    ['abime.xlsx', 'PK\u0003\u0004 rien'],
  ]);
  const { value, problems } = await parseBytes('tout.zip', zip);
  expect(value.tables.map(({ name }) => name)).toEqual(['rues']);
  expect(problems).toMatchObject([{ code: 'archive.fileSkipped', severity: 'warning', value: 'abime.xlsx' }]);
});

test('a problem says in which file it is', async () => {
  const zip = zipOf([
    ['a.csv', `${csv}Total;3\n`],
    ['b.csv', csv],
  ]);
  expect((await parseBytes('tout.zip', zip)).problems).toMatchObject([{ code: 'row.total', sheet: 'a', cell: 'A3' }]);
});

test('nothing readable, or too many files, is refused', async () => {
  const broken = zipOf([
    ['a.csv', ''],
    ['b.csv', ''],
  ]);
  await expect(parseBytes('tout.zip', broken)).rejects.toMatchObject({ code: 'file.empty' });
  const many = zipOf(Array.from({ length: 60 }, (_, index) => [`${index}.csv`, csv] as const));
  await expect(parseBytes('tout.zip', many)).rejects.toMatchObject({ code: 'file.formatUnsupported' });
});
