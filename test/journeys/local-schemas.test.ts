// The territory's own models, on examples written by hand: the good ones are good, the others have the faults put into them.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { validateFile } from '../../src/data/validate-file.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { type FileStore, openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry, type SchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';

const cases = join(import.meta.dirname, '..', 'cases', 'schemas');
let home = '';
let files: FileStore;
let tables: TableEngine;
let schemas: SchemaRegistry;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'terroir-local-schemas-'));
  await mkdir(join(home, 'files'));
  files = await openDiskStore(join(home, 'files'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 400,
    timeoutSeconds: 60,
    folders: [files.root, cases],
    temporaryFolder: join(files.scratch, 'engine'),
  });
  schemas = openSchemaRegistry({ fetched: join(home, 'none') }, openFetcher({ allowedHosts: [] }));
});
afterAll(async () => {
  await tables?.close();
  await rm(home, { recursive: true, force: true });
});

const check = async (name: string, kind: 'valid' | 'invalid') => {
  const { problems } = await validateFile(join(cases, `${name}-${kind}.csv`), await schemas.load(name), {
    files,
    tables,
  });
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ column, code, row }) => `${row ?? '–'} ${column} ${code}`)
    .toSorted();
};

/** The faults of each bad example: row of the file, column, rule. */
const faults: Readonly<Record<string, readonly string[]>> = {
  'toilettes-publiques': [
    '2 horaires hours.invalid',
    '3 accessible_pmr value.required',
    '3 code_insee pattern.unmatched',
    '3 date_maj date.invalid',
    '3 gratuit type.boolean',
    '3 id key.repeated',
    '3 latitude value.tooLarge',
    '3 type enum.unknown',
  ],
  'aires-de-jeux': [
    '2 age_max columns.compare',
    '2 nom value.required',
    '3 age_max value.tooLarge',
    '3 age_min value.tooSmall',
  ],
  'marches-forains': [
    '2 jour enum.unknown',
    '3 heure_fin columns.compare',
    '3 lieu value.required',
    '3 nombre_commercants value.tooSmall',
    '3 periode_debut columns.cohesive',
  ],
  'horaires-permanences': [
    '2 heure_fin columns.compare',
    '2 type enum.unknown',
    '3 latitude columns.cohesive',
    '3 lieu value.required',
    '3 telephone phone.invalid',
    '3 valable_au columns.compare',
  ],
};

test.each(Object.keys(faults))('%s: a good file has no fault', async (name) => {
  expect(await check(name, 'valid')).toEqual([]);
});

test.each(Object.entries(faults))('%s: each fault is found', async (name, expected) => {
  expect(await check(name, 'invalid')).toEqual(expected);
});

test('each model of the territory says why it exists, in both languages', async () => {
  const own = (await schemas.list()).filter(({ name, national }) => national === null && name !== 'marches-publics');
  expect(own.length).toBeGreaterThanOrEqual(15);
  for (const { name, descriptor } of own)
    expect(descriptor, name).toMatchObject({
      reason: expect.stringMatching(/\S/),
      reasonEn: expect.stringMatching(/\S/),
    });
});
