// Real producers' files in one table: mapped, gathered, traced; then one of them breaks, and the others stay.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { addOrganization, getDataset } from '../../src/features/catalog/service.ts';
import { queryRecords } from '../../src/features/explore/service.ts';
import {
  addContribution,
  decideMapping,
  followProducers,
  foundConsolidation,
  getConsolidation,
} from '../../src/features/harmonisation/service.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry, type SchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { openTestCatalogue, type TestCatalogue } from '../catalogue.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

let catalogue: TestCatalogue;
let home: string;
let engine: TableEngine;
let context: Context;
let schemas: SchemaRegistry;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  home = await mkdtemp(join(tmpdir(), 'terroir-harmonisation-'));
  engine = openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: 600,
    timeoutSeconds: 120,
    folders: [home],
    temporaryFolder: join(home, 'spill'),
  });
  const log = { info() {}, warn: (facts: object, said: string) => console.warn(said, facts), error() {} };
  context = { ...catalogue.operator, files: await openDiskStore(home), tables: engine, ingest: engine, log };
  schemas = openSchemaRegistry({ fetched: join(home, 'schemas') }, openFetcher({ allowedHosts: [] }));
});
afterAll(async () => {
  await engine?.close();
  await catalogue?.close();
  await rm(home, { recursive: true, force: true });
});

async function publish(id: string, path: string, organization: string, newVersion = false): Promise<void> {
  await depositFile(context, {
    path,
    id,
    organization,
    title: `Fichier ${id}`,
    description: '',
    licence: null,
    theme: null,
    frequency: null,
    keywords: [],
    communes: [],
    newVersion,
    publish: true,
    // What the files say of persons is not what is tested here.
    madeOfPublic: true,
  });
}
async function producer(slug: string, name: string): Promise<void> {
  await addOrganization(context, { slug, name });
}
async function found(id: string, schema: string): Promise<void> {
  await producer(`porteur-${id}`, `Porteur ${id}`);
  const request = { id, title: `Tableau ${id}`, description: 'Réuni.', organization: `porteur-${id}`, schema };
  await foundConsolidation(context, schemas, { ...request, theme: null, keywords: [] });
}
const kept = async (id: string) => {
  const { contributions } = await getConsolidation(context, id);
  return Object.fromEntries(
    contributions.map((each) => [each.datasetId, [each.state, each.keptRows, each.rejectedRows]]),
  );
};

test('a table that several small producers fill: what is sure is taken at once, the rest waits', async () => {
  await producer('druye', 'Druye');
  await producer('luynes', 'Luynes');
  const druye = join(home, 'druye.csv');
  const luynes = join(home, 'luynes.csv');
  await writeFile(druye, 'Bénéficiaire;Montant;Objet\nJudo club;1 200,50;Tournoi\nChorale;;Concert\n');
  await writeFile(luynes, 'asso,somme versée\nComité des fêtes,80\n');
  await publish('aides-druye', druye, 'druye');
  await publish('aides-luynes', luynes, 'luynes');
  await found('aides', 'subventions-territoire');
  expect((await addContribution(context, schemas, 'aides', 'aides-druye')).taken).toBe(true);
  expect((await addContribution(context, schemas, 'aides', 'aides-luynes')).taken).toBe(false);
  await followProducers(context, schemas);
  // The row without an amount is set aside, alone.
  expect(await kept('aides')).toEqual({ 'aides-druye': ['validated', 1, 1], 'aides-luynes': ['suggested', 0, 0] });
  const at = { id: 'aides', datasetId: 'aides-luynes' };
  const given = { transform: 'copy', confidence: 1, sure: true, reason: 'given' } as const;
  await decideMapping(context, schemas, at, [
    { field: 'nomBeneficiaire', columns: ['asso'], ...given },
    { field: 'montant', columns: ['somme versée'], ...given },
  ]);
  await followProducers(context, schemas);
  const { results } = await queryRecords(context, 'aides', { order_by: 'producer' });
  expect(results).toMatchObject([
    { nombeneficiaire: 'Judo club', montant: 1200.5, producer: 'Druye', sourcedataset: 'aides-druye', sourcerow: 2 },
    { nombeneficiaire: 'Comité des fêtes', montant: 80, producer: 'Luynes', sourceversion: 1, sourcerow: 2 },
  ]);
  // Nothing changed: no version more.
  const before = (await getDataset(context, 'aides')).version?.number;
  await followProducers(context, schemas);
  expect((await getDataset(context, 'aides')).version?.number).toBe(before);
  // A field that the schema does not have, or none at all, is refused.
  const stranger = [{ field: 'couleur', columns: ['asso'], ...given }];
  for (const wrong of [[], stranger])
    await expect(decideMapping(context, schemas, at, wrong)).rejects.toMatchObject({ code: 'mapping.invalid' });
  // What others validated is known of the next file.
  await writeFile(join(home, 'luynes2.csv'), 'asso,somme versée\nÉcole de musique,100\n');
  await publish('aides-luynes-bis', join(home, 'luynes2.csv'), 'luynes');
  expect((await addContribution(context, schemas, 'aides', 'aides-luynes-bis')).taken).toBe(true);
});

describeWithSharedData('real producers', () => {
  const real = (...parts: string[]) => join(sharedData, 'data', 'real', ...parts);

  test('grants of three authorities in one table; one breaks, its last good rows stay and the others are untouched', async () => {
    const files = {
      'cd49-conventions': real('subventions-multi-producteurs', 'cd49-conventions.csv'),
      'toulouse-2022': real('subventions-multi-producteurs', 'toulouse-metropole-2022.csv'),
      cd44: real('subventions-multi-producteurs', 'cd44-subventions-associations.csv'),
    };
    await found('subventions', 'subventions-territoire');
    for (const [id, path] of Object.entries(files)) {
      await producer(id, `Producteur ${id}`);
      await publish(id, path, id);
      const { proposal } = await addContribution(context, schemas, 'subventions', id);
      // At most two answers each: the years of Loire-Atlantique are no days.
      const answered = proposal.mappings.filter(({ field }) => id !== 'cd44' || field !== 'dateConvention');
      await decideMapping(context, schemas, { id: 'subventions', datasetId: id }, answered);
    }
    await followProducers(context, schemas);
    const first = await kept('subventions');
    // 75 conventions, 396 grants of Toulouse, 18 148 of Loire-Atlantique: each row is taken or set aside.
    const sums = Object.values(first).map(([, rows, rejected]) => Number(rows) + Number(rejected));
    expect(sums.toSorted((a, b) => a - b)).toEqual([75, 396, 18_148]);
    for (const [, rows] of Object.values(first)) expect(Number(rows)).toBeGreaterThan(0);
    const where = "sourcedataset = 'cd49-conventions' and sourcerow = 2";
    expect((await queryRecords(context, 'subventions', { where })).results).toMatchObject([
      { nombeneficiaire: 'ACCORDANCE EN 2LA', montant: 24_000, dateconvention: '2017-06-10' },
    ]);

    const broken = join(home, 'cd49.csv');
    await copyFile(files['cd49-conventions'], broken);
    const bytes = await readFile(broken, 'latin1');
    await writeFile(broken, bytes.replace(';montant;', ';total engagé;').replace(',montant,', ',total,'), 'latin1');
    await publish('cd49-conventions', broken, 'cd49-conventions', true);
    await followProducers(context, schemas);
    const then = await kept('subventions');
    expect(then['cd49-conventions']).toEqual(['broken', ...(first['cd49-conventions'] ?? []).slice(1)]);
    expect([then['toulouse-2022'], then['cd44']]).toEqual([first['toulouse-2022'], first['cd44']]);
    const { consolidation, coverage } = await getConsolidation(context, 'subventions');
    expect([consolidation.builtAt === null, coverage.state]).toEqual([false, 'degraded']);
  });

  test('trees of three makes on one map', async () => {
    await found('arbres', 'arbres-territoire');
    const folder = 'arbres-multi-producteurs';
    for (const [id, file] of [
      ['paris', 'paris-les-arbres-extrait.csv'],
      ['saint-quentin', 'saint-quentin-patrimoine-arbore.csv'],
      ['bondy', 'cd93-arbres-bondy.csv'],
    ] as const) {
      await producer(id, `Producteur ${id}`);
      await publish(`arbres-${id}`, real(folder, file), id);
      const { proposal } = await addContribution(context, schemas, 'arbres', `arbres-${id}`);
      await decideMapping(context, schemas, { id: 'arbres', datasetId: `arbres-${id}` }, proposal.mappings);
    }
    await followProducers(context, schemas);
    const then = await kept('arbres');
    expect(Number(then['arbres-paris']?.[1]) + Number(then['arbres-paris']?.[2])).toBe(2948);
    expect(Number(then['arbres-paris']?.[1])).toBeGreaterThan(2900);
    expect(Number(then['arbres-saint-quentin']?.[1])).toBeGreaterThan(7000);
    // The file of Bondy says no place: all its rows are set aside, and it is told why.
    expect(then['arbres-bondy']?.[1]).toBe(0);
    const { contributions } = await getConsolidation(context, 'arbres');
    expect(contributions.find(({ datasetId }) => datasetId === 'arbres-bondy')?.reasons).toContainEqual({
      field: 'latitude',
      code: 'value.required',
      rows: 446,
    });
  });
});
