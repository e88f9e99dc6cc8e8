// The quick look: what it must never miss, whatever the size of the table.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Field } from '../../model/field.ts';
import { quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { mayHoldPersons } from './glimpse.ts';

let folder: string;
let tables: TableEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-glimpse-'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});
afterAll(async () => {
  await tables?.close();
  await rm(folder, { recursive: true, force: true });
});

const text = (name: string): Field => ({ name, title: name, type: 'string', format: null, role: null });

/** Rows numbered i from 0, with the expressions given. */
async function look(rows: number, columns: Readonly<Record<string, string>>, fields = Object.keys(columns).map(text)) {
  const path = join(folder, `${Object.keys(columns).join('-')}-${rows}.parquet`);
  const select = Object.entries(columns).map(([name, sql]) => `${sql} AS "${name}"`);
  const sql = `COPY (SELECT ${select.join(', ')} FROM range(${rows}) AS r(i)) TO ${quoteLiteral(path)} (FORMAT parquet)`;
  await tables.run([{ sql }]);
  return mayHoldPersons({ path, rows, fields, name: 'essai' }, tables);
}

test('a table of things is about nobody', async () => {
  expect(await look(50_000, { espece: `'Platane ' || (i % 7)`, code: `lpad(CAST(i AS VARCHAR), 14, '1')` })).toBe(
    false,
  );
  expect(await look(0, { vide: `'a@b.fr'` })).toBe(false);
});

test('one address among three hundred thousand rows is seen', async () => {
  const remark = `CASE WHEN i = 251234 THEN 'voir avec jeanne.martin@gmail.com' ELSE 'rien à dire' END`;
  expect(await look(300_000, { remarque: remark })).toBe(true);
});

test('names and phones of a large table are seen', async () => {
  expect(await look(60_000, { nom: `'Jeanne MARTIN'`, montant: `'12'` })).toBe(true);
  expect(await look(60_000, { nom: `'Jeanne MARTIN'`, telephone: `'06 12 34 56 78'` })).toBe(true);
});

test('dates of birth are seen in a column of dates', async () => {
  const born: Field = { name: 'date_naissance', title: 'Date de naissance', type: 'date', format: null, role: null };
  expect(await look(30_000, { date_naissance: `DATE '1984-05-03'` }, [born])).toBe(true);
});
