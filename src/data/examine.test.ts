// A file looked at before it is published: what remains once corrected, what it may follow, whom it is about.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTableSchema } from '../model/schema-reader.ts';
import type { Step } from '../model/step.ts';
import { openDiskStore } from '../stores/files/files.ts';
import type { TableEngine } from '../stores/tables/engine.ts';
import { openTableEngine } from '../stores/tables/pool.ts';
import { type ExamineRequest, examineFile } from './examine.ts';
import { deposit, withScratch } from './journey.ts';

let home: string;
let tables: TableEngine;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-examine-'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
});
afterAll(async () => {
  await tables.close();
  await rm(home, { recursive: true, force: true });
});

const grants = readTableSchema(
  {
    name: 'aides',
    title: 'Aides',
    fields: [
      { name: 'association', type: 'string', constraints: { required: true } },
      { name: 'nature', type: 'string', constraints: { enum: ['numéraire', 'en nature'] } },
      { name: 'montant', type: 'number', constraints: { minimum: 0 } },
    ],
  },
  'aides',
);
const known = [{ name: 'aides', schema: grants }];

async function examine(content: string, request: Partial<ExamineRequest> = {}) {
  const files = await openDiskStore(home);
  const path = join(home, 'aides.csv');
  await writeFile(path, content);
  return withScratch(files, `journey-${process.pid}-examine`, async (scratch) => {
    const file = await deposit(path, { files, tables, scratch });
    return examineFile(file, { table: null, steps: [], schema: null, known, ...request }, { scratch, tables });
  });
}

const content = [
  'association;nature;montant;Courriel du président',
  'Les Amis du livre;numéraire;1500;lea.martin@gmail.com',
  'Touraine judo;numeraire;900;yann.legoff@orange.fr',
  ';en nature;-20;camille.petit@free.fr',
  'Chorale;en nature;350;n.durand@laposte.net',
].join('\n');

test('the schema it follows is proposed, and who is in it is told masked', async () => {
  const seen = await examine(content);
  expect(seen.proposals.map(({ name }) => name)).toEqual(['aides']);
  expect(seen.findings.map(({ kind, name }) => [kind, name])).toContainEqual(['email', 'courriel_du_president']);
  expect(JSON.stringify(seen.findings)).not.toContain('martin');
  expect([seen.rows, seen.fields.map(({ name }) => name)]).toEqual([
    4,
    ['association', 'nature', 'montant', 'courriel_du_president'],
  ]);
  expect(seen.preview[0]).toEqual(['Les Amis du livre', 'numéraire', '1500', 'lea.martin@gmail.com']);
});

test('the schema names the cells; steps put them right, addresses stay those of the file', async () => {
  const before = await examine(content, { schema: known[0] ?? null });
  const told = before.problems.filter(({ severity }) => severity === 'error').map(({ cell, code }) => [cell, code]);
  expect(told).toEqual([
    ['B3', 'enum.unknown'],
    ['A4', 'value.required'],
    ['C4', 'value.tooSmall'],
  ]);
  const by = { by: 'person:1', at: '2026-05-03T10:00:00.000Z' };
  const steps: Step[] = [
    { kind: 'replaceValue', column: 'nature', from: 'numeraire', to: 'numéraire', ...by },
    { kind: 'setAside', sheet: null, column: 'association', value: '', problem: 'value.required', ...by },
    { kind: 'dropColumn', column: 'association', ...by },
  ];
  const set = await examine(content, { schema: known[0] ?? null, steps: steps.slice(0, 2) });
  expect(set.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect([set.rows, set.corrections.setAsideRows, set.corrections.hits]).toEqual([3, 1, [1, 1]]);
  // The column before is gone: the others keep the letters that the spreadsheet shows.
  const dropped = await examine(content, { schema: known[0] ?? null, steps: steps.slice(2) });
  expect(dropped.problems.find(({ code }) => code === 'value.tooSmall')?.cell).toBe('C4');
});

test('what is written anyway as the schema wants asks nothing of anyone; a total row is one point', async () => {
  const schema = readTableSchema(
    {
      name: 'aides',
      title: 'Aides',
      fields: [
        { name: 'association', type: 'string', constraints: { required: true } },
        { name: 'le', type: 'date' },
        { name: 'montant', type: 'number' },
      ],
    },
    'aides',
  );
  const rows = ['association;le;montant', 'Judo;12/03/2025;1 500,50', 'Chorale;04/05/2025;350', 'Total;;1850,50'];
  const seen = await examine(rows.join('\n'), { schema: { name: 'aides', schema } });
  expect(seen.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(seen.problems.map(({ code, severity }) => [code, severity])).toContainEqual(['type.date', 'advice']);
  expect(seen.problems.filter(({ row }) => row === 4).map(({ code }) => code)).toEqual(['row.total']);
});
