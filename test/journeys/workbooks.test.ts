// A workbook from its deposit to its records: the table wanted, the cells as the spreadsheet shows them, what is refused.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CellValue, writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
});
afterAll(() => portal?.close());

const budget = [
  {
    name: '2023',
    rows: [
      ['Poste', 'Montant'],
      ['Écoles', 10],
    ],
  },
  {
    name: '2024',
    rows: [
      [null, 'Budget de la commune'],
      [],
      [null, 'Poste', 'Montant', 'Voté le'],
      [null, 'Écoles', 1250.5, new Date('2024-03-01')],
      [null, 'Voirie', 300, 'en attente'],
      ...Array.from({ length: 20 }, (_, day) => [null, `Poste ${day}`, day, new Date(Date.UTC(2024, 2, 2 + day))]),
    ],
  },
  { name: 'Lisez-moi', rows: [['Les montants sont en euros, hors taxes.']] },
] satisfies { name: string; rows: CellValue[][] }[];

async function given(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(portal.home, name);
  await writeFile(path, content);
  return path;
}
async function deposit(path: string, ...more: string[]) {
  return portal.cli('deposit', path, '--organization', 'ville', '--title', 'Budget de la ville', '--publish', ...more);
}
const codes = (json: unknown) =>
  (json as { problems: { code: string; sheet: string | null; cell: string | null }[] }).problems.map(
    ({ code, sheet, cell }) => `${code} ${sheet} ${cell}`,
  );

test('inspect lists every table, and says where each problem is', async () => {
  const path = await given('budget.xlsx', await writeXlsx({ sheets: budget }));
  const { json, code } = await portal.cli('inspect', path);
  expect(code).toBe(0);
  expect(json).toMatchObject({
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    tables: [
      { name: '2023', headerRow: 1, rows: 1 },
      { name: '2024', headerRow: 3, rows: 22 },
    ],
  });
  expect(codes(json)).toContain('sheet.textOnly Lisez-moi null');
  expect(codes(json).filter((told) => told.includes(' 2024 D'))).toEqual(['type.mixed 2024 D5']);
});

test('the largest table is published, the others are named, the original is kept', async () => {
  const bytes = await writeXlsx({ sheets: budget });
  const answer = await deposit(await given('budget.xlsx', bytes), '--id', 'budget');
  expect(answer, answer.stderr).toMatchObject({ code: 0, json: { rows: 22, columns: 3 } });
  expect(codes(answer.json)).toContain('table.others null null');
  const records = (await portal.json('/api/explore/v2.1/catalog/datasets/budget/records?select=poste,montant')) as {
    results: unknown[];
  };
  expect(records.results[0]).toEqual({ poste: 'Écoles', montant: 1250.5 });
  const original = await portal.get('/datasets/budget/versions/1/original');
  expect(Buffer.from(await original.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
});

test('another table is published when it is asked for', async () => {
  const path = await given('budget.xlsx', await writeXlsx({ sheets: budget }));
  expect(await deposit(path, '--id', 'budget-2023', '--table', '2023')).toMatchObject({
    code: 0,
    json: { rows: 1, columns: 2 },
  });
  const refused = await deposit(path, '--id', 'budget-2022', '--table', '2022');
  expect(refused.json).toMatchObject({ error: { code: 'file.tableUnknown' } });
});

test('a document is told apart from a table, with a question', async () => {
  const answer = await deposit(await given('arrete.pdf', '%PDF-1.7\n…'));
  expect(answer.code).toBe(3);
  expect(answer.json).toMatchObject({
    error: { code: 'file.document', message: expect.stringContaining('Avez-vous le tableau d’origine') },
  });
});
