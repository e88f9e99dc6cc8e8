import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../context.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { openSample, type Sample } from '../../data/query/sample.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { removeWords, wordsFor, wordsMade } from './words.ts';

let sample: Sample;
let context: Context;
const warnings: string[] = [];
beforeAll(async () => {
  sample = await openSample();
  const files = await openDiskStore(join(sample.folder, 'store'));
  const log = { info() {}, error() {}, warn: (_facts: unknown, sentence: string) => warnings.push(sentence) };
  context = { files, ingest: sample.tables, tables: sample.tables, log } as unknown as Context;
});
afterAll(() => sample?.close());

const large = () => ({ ...sample.version, rows: 100_000 });
const search = parseQuery({ where: ['"tours"'] });

test('the words of a large version are made behind the first search, and used by the next ones', async () => {
  expect(await wordsFor(context, large(), search)).toBeUndefined();
  await wordsMade(context, 'essai@1');
  const path = await wordsFor(context, large(), search);
  expect(path).toBe(join(context.files.root, 'words', 'essai%401.parquet'));
  const from = `read_parquet('${path}')`;
  const [rows] = await sample.tables.run([{ sql: `SELECT r FROM ${from} WHERE w = 'tours' ORDER BY r` }]);
  // Tours stands in the first two rows, Joué-lès-Tours in the third, Chambray-lès-Tours in the last.
  expect(rows?.rows).toEqual([[0], [1], [2], [6]]);
  await removeWords(context, 'essai@1');
  expect(await stat(path ?? '').catch(() => null)).toBeNull();
});

test.each([
  ['a small version', 99_999, search],
  ['a version of too many cells', 10_000_000, search],
  ['a condition that looks for no words', 100_000, parseQuery({ where: ['id > 3'] })],
  ['no condition', 100_000, parseQuery({})],
])('%s has none', async (_what, rows, tree) => {
  expect(await wordsFor(context, { ...sample.version, key: 'autre@1', rows }, tree)).toBeUndefined();
  await wordsMade(context, 'autre@1');
  expect(await wordsFor(context, { ...sample.version, key: 'autre@1', rows }, tree)).toBeUndefined();
});

test('what cannot be written is told, and the texts are read', async () => {
  const gone = { ...large(), key: 'absent@1', dataPath: join(sample.folder, 'absent.parquet') };
  expect(await wordsFor(context, gone, search)).toBeUndefined();
  await wordsMade(context, 'absent@1').catch(() => undefined);
  expect(await wordsFor(context, gone, search)).toBeUndefined();
  expect(warnings).toHaveLength(1);
});
