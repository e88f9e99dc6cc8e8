// Real producers' files in one table: mapped, gathered, traced; then one of them breaks, and the others stay.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { addOrganization, getDataset, saveCommunes } from '../../src/features/catalog/service.ts';
import { queryRecords, withCommune } from '../../src/features/explore/service.ts';
import {
  addContribution,
  decideMapping,
  followProducers,
  foundConsolidation,
  getConsolidation,
  moveToNewerSchema,
  newerSchema,
} from '../../src/features/harmonisation/service.ts';
import { depositFile } from '../../src/features/publish/service.ts';
import { readTableSchema } from '../../src/model/schema-reader.ts';
import { openFetcher } from '../../src/stores/fetch/fetch.ts';
import { openDiskStore } from '../../src/stores/files/files.ts';
import { openSchemaRegistry, type SchemaRegistry } from '../../src/stores/schemas/registry.ts';
import type { TableEngine } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { openTestCatalogue, type TestCatalogue } from '../catalogue.ts';
import { describeWithSharedData, sharedData } from '../shared-data.ts';

const firstBenches: object = {
  version: '1.0.0',
  fields: [{ name: 'code', constraints: { required: true } }, { name: 'bois' }, { name: 'rue' }],
};
let benches = firstBenches;
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
  const shipped = openSchemaRegistry({ fetched: join(home, 'schemas') }, openFetcher({ allowedHosts: [] }));
  // One schema more, whose next version comes during the test.
  schemas = {
    ...shipped,
    load: async (name) => {
      if (!/^bancs(@|$)/.test(name)) return shipped.load(name);
      const wanted = name === 'bancs@1.0.0' ? firstBenches : benches;
      return { kind: 'table', name: 'bancs', schema: readTableSchema(wanted, 'bancs') };
    },
  };
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
  await addOrganization(context, { slug, name, ...(slug === 'druye' && { insee: '37099' }) });
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

test('a column that vanishes is told to the producer once; when it comes back, all is well again', async () => {
  const now = catalogue.now;
  const { id: pilot } = await catalogue.db
    .insertInto('person')
    .values({ email: 'm@example.org', name: 'Mairie', language: 'fr', created_at: now, updated_at: now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await catalogue.db
    .insertInto('role_grant')
    .values({
      person_id: pilot,
      role: 'pilot',
      organization: 'druye',
      given_at: now,
      given_by: 'operator',
      ends_at: new Date(now.getTime() + 900 * 86_400_000),
    })
    .execute();
  const letters = () =>
    catalogue.db
      .selectFrom('message')
      .select(['kind', 'params', 'link'])
      .where('kind', '=', 'mapping.broken')
      .execute();
  const path = join(home, 'druye-next.csv');
  await writeFile(path, 'Bénéficiaire;Somme;Objet\nJudo club;900;Tournoi\n');
  await publish('aides-druye', path, 'druye', true);
  await followProducers(context, schemas);
  await followProducers(context, schemas);
  expect(await letters()).toMatchObject([
    {
      params: { about: 'Fichier aides-druye', table: 'Tableau aides', columns: 'Montant' },
      link: '/harmonisation/aides/sources/aides-druye',
    },
  ]);
  expect((await kept('aides'))['aides-druye']).toEqual(['broken', 1, 1]);
  const rows = async () => (await queryRecords(context, 'aides', { where: "producer = 'Druye'" })).results;
  expect(await rows()).toMatchObject([{ montant: 1200.5, sourceversion: 1 }]);
  await writeFile(path, 'Bénéficiaire;Montant;Objet\nJudo club;900;Tournoi\n');
  await publish('aides-druye', path, 'druye', true);
  await followProducers(context, schemas);
  expect((await kept('aides'))['aides-druye']).toEqual(['validated', 1, 0]);
  expect(await rows()).toMatchObject([{ montant: 900, sourceversion: 3 }]);
});

test('the rows of a commune are found by what the columns mean, whatever they are called', async () => {
  const fields = (await getDataset(context, 'aides')).version?.fields ?? [];
  await saveCommunes(context, [
    {
      insee: '37099',
      name: 'Druye',
      siren: '213700990',
      population: 900,
      populationSource: 'test',
      postalCodes: [],
      organization: null,
    },
  ]);
  const asked = async (commune: string) => {
    const { refine } = await withCommune(context, fields, { commune });
    return (await queryRecords(context, 'aides', { refine: refine as readonly string[] })).results.length;
  };
  expect([await asked('37099'), await asked('druye'), await asked('37261')]).toEqual([1, 1, 0]);
});

test('a version of the schema that drops a field: what it breaks is shown, last good rows stay, the others go on', async () => {
  await producer('ballan', 'Ballan');
  await producer('savonnieres', 'Savonnières');
  await found('bancs', 'bancs');
  const make = async (id: string, organization: string, text: string) => {
    await writeFile(join(home, `${id}.csv`), text);
    await publish(id, join(home, `${id}.csv`), organization);
    expect((await addContribution(context, schemas, 'bancs', id)).taken).toBe(true);
  };
  await make('bancs-ballan', 'ballan', 'code,bois,rue\nB1,"chêne, dit ""vieux""",Mairie\nB2,pin,École\n');
  await make('bancs-savonnieres', 'savonnieres', 'code,rue\nS1,Quai\n');
  await followProducers(context, schemas);
  expect(await newerSchema(context, schemas, 'bancs')).toBeNull();
  const required = { name: 'code', constraints: { required: true } };
  benches = { version: '2.0.0', fields: [{ name: 'rue' }, required, { name: 'ombre' }] };
  const newer = await newerSchema(context, schemas, 'bancs');
  expect([newer?.version, newer?.broken.map(({ contribution, fields }) => [contribution.datasetId, fields])]).toEqual([
    '2.0.0',
    [['bancs-ballan', ['bois']]],
  ]);
  // Nothing moves before somebody says so.
  await followProducers(context, schemas);
  expect((await getDataset(context, 'bancs')).version?.fields.map(({ name }) => name)).toContain('bois');
  await moveToNewerSchema(context, schemas, 'bancs');
  await followProducers(context, schemas);
  expect(await kept('bancs')).toEqual({ 'bancs-ballan': ['broken', 2, 0], 'bancs-savonnieres': ['validated', 1, 0] });
  const { results } = await queryRecords(context, 'bancs', { select: 'rue, code, ombre', order_by: 'code' });
  expect(results).toEqual([
    { rue: 'Mairie', code: 'B1', ombre: null },
    { rue: 'École', code: 'B2', ombre: null },
    { rue: 'Quai', code: 'S1', ombre: null },
  ]);
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
