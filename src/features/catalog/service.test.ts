import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../../../test/catalogue.ts';
import type { CatalogSearch, DatasetRequest } from './schemas.ts';
import {
  addOrganization,
  changeDataset,
  checkNewDataset,
  failDeposit,
  freeDatasetId,
  getCommune,
  getDataset,
  getDatasets,
  getOrganization,
  getTerritory,
  getTombstone,
  getVersion,
  getVersions,
  listCommunes,
  listDatasets,
  listOrganizations,
  publishDataset,
  publishVersion,
  recordDeposit,
  saveCommunes,
  saveTerritory,
  searchCatalog,
  withdrawDataset,
} from './service.ts';

let catalogue: TestCatalogue;
beforeAll(async () => {
  catalogue = await openTestCatalogue();
});
beforeEach(() => catalogue.empty());
afterAll(() => catalogue?.close());

const refused = (code: string) => expect.objectContaining({ code });

const search = (q: string, more: Partial<CatalogSearch> = {}, context = catalogue.anyone) =>
  searchCatalog(context, { q, selected: {}, sort: 'relevance', page: 1, pageSize: 20, ...more });

test('what was deposited is read back whole', async () => {
  const id = await catalogue.create({
    title: 'Arbres d’alignement',
    description: 'Les arbres des rues.',
    theme: 'envi',
    frequency: 'annual',
    keywords: ['arbres', 'nature'],
    communes: ['37261'],
    columns: ['Espèce', 'Hauteur'],
  });
  const dataset = await getDataset(catalogue.anyone, id);
  expect(dataset).toEqual({
    id: 'arbres-d-alignement',
    title: 'Arbres d’alignement',
    description: 'Les arbres des rues.',
    state: 'published',
    stateReason: null,
    organization: {
      slug: 'ville-de-tours',
      name: 'Ville de Tours',
      kind: 'commune',
      siret: null,
      siren: null,
      insee: '37261',
      population: 138_668,
      populationSource: 'INSEE',
      description: null,
    },
    theme: 'ENVI',
    licence: 'lov2',
    hvdCategory: null,
    homologation: null,
    frequency: 'ANNUAL',
    dueDay: null,
    contact: null,
    keywords: ['arbres', 'nature'],
    communes: ['37261'],
    demo: false,
    source: null,
    createdAt: catalogue.now,
    publishedAt: catalogue.now,
    modifiedAt: catalogue.now,
    verifiedAt: null,
    version: { ...testVersion(dataset.version?.key ?? '', ['Espèce', 'Hauteur']), number: 1, createdAt: catalogue.now },
  });
  expect(await getVersions(catalogue.anyone, id)).toEqual([dataset.version]);
  expect(await getVersion(catalogue.anyone, id, 1)).toEqual(dataset.version);
  for (const number of [0, 2, -1, 1.5, Number.NaN, 2 ** 40])
    await expect(getVersion(catalogue.anyone, id, number)).rejects.toThrow(refused('version.unknown'));
  expect(await listDatasets(catalogue.anyone, { limit: 10, offset: 0 })).toEqual({ total: 1, datasets: [dataset] });
  expect(await listDatasets(catalogue.anyone, { limit: 10, offset: 1 })).toEqual({ total: 1, datasets: [] });
});

test('texts that PostgreSQL cannot hold are kept readable', async () => {
  const id = await catalogue.create({ title: 'Un\0titre \ud800 entier', columns: ['a\0b'] });
  const dataset = await getDataset(catalogue.anyone, id);
  expect(dataset.title).toBe('Un\uFFFDtitre \uFFFD entier');
  expect(dataset.version?.fields[0]?.title).toBe('a\uFFFDb');
  expect((await search('\0', { selected: { theme: ['\0'] } })).total).toBe(0);
  await expect(getDataset(catalogue.anyone, '\0')).rejects.toThrow(refused('dataset.unknown'));
});

test('a draft is unknown to all but the operator', async () => {
  const id = await catalogue.create({ title: 'Un brouillon', publish: false });
  expect((await search('brouillon')).total).toBe(0);
  expect((await search('brouillon', {}, catalogue.operator)).datasets).toMatchObject([{ id, state: 'draft' }]);
  for (const read of [getDataset, getVersions, getTombstone])
    await expect(read(catalogue.anyone, id)).rejects.toThrow(refused('dataset.unknown'));
  await expect(getVersion(catalogue.anyone, id, 1)).rejects.toThrow(refused('dataset.unknown'));
  expect((await getDataset(catalogue.operator, id)).version?.number).toBe(1);
  await publishDataset(catalogue.operator, id);
  expect(await getDataset(catalogue.anyone, id)).toMatchObject({ state: 'published', publishedAt: catalogue.now });
  expect((await search('brouillon')).total).toBe(1);
});

test('a version kept back stays the operator’s, even after the next one is public', async () => {
  const id = await catalogue.create({ title: 'Budget' });
  expect(await catalogue.addVersion(id, false)).toEqual({ number: 2, state: 'draft', secondReading: false });
  expect((await getDataset(catalogue.anyone, id)).version?.number).toBe(1);
  await expect(getVersion(catalogue.anyone, id, 2)).rejects.toThrow(refused('version.unknown'));
  expect(await catalogue.addVersion(id)).toEqual({ number: 3, state: 'published', secondReading: false });
  expect((await getVersions(catalogue.anyone, id)).map((v) => v.number)).toEqual([3, 1]);
  expect((await getVersions(catalogue.operator, id)).map((v) => v.number)).toEqual([3, 2, 1]);
});

test('several datasets at once: those that may be read, in the order asked', async () => {
  const [first, draft, gone] = [
    await catalogue.create({ title: 'Premier jeu' }),
    await catalogue.create({ title: 'Brouillon', publish: false }),
    await catalogue.create({ title: 'Retiré' }),
  ];
  const second = await catalogue.create({ title: 'Second jeu' });
  await withdrawDataset(catalogue.operator, gone, 'Publié deux fois.');
  const asked = [second, draft, 'absent', gone, first];
  const ids = async (context: typeof catalogue.anyone) => (await getDatasets(context, asked)).map(({ id }) => id);
  expect(await ids(catalogue.anyone)).toEqual([second, first]);
  expect(await ids(catalogue.operator)).toEqual([second, draft, first]);
  expect(await getDatasets(catalogue.anyone, [])).toEqual([]);
});

test('a withdrawn dataset leaves a tombstone, and its identifier is never given again', async () => {
  const id = await catalogue.create({ title: 'Fichier nominatif' });
  await expect(withdrawDataset(catalogue.operator, id, '  ')).rejects.toThrow(refused('dataset.reasonMissing'));
  const published = catalogue.now;
  catalogue.now = new Date('2025-06-02T10:00:00Z');
  await withdrawDataset(catalogue.operator, id, 'données personnelles');
  await expect(getDataset(catalogue.anyone, id)).rejects.toMatchObject({
    code: 'dataset.withdrawn',
    params: { id, reason: 'données personnelles' },
  });
  expect(await getTombstone(catalogue.anyone, id)).toEqual({
    id,
    title: 'Fichier nominatif',
    organization: { slug: 'ville-de-tours', name: 'Ville de Tours' },
    reason: 'données personnelles',
    publishedAt: published,
    withdrawnAt: catalogue.now,
  });
  expect((await search('nominatif', {}, catalogue.operator)).total).toBe(0);
  await expect(checkNewDataset(catalogue.operator, testRequest({ id }))).rejects.toThrow(refused('dataset.idTaken'));
  expect(await freeDatasetId(catalogue.operator, 'ville-de-tours', 'Fichier nominatif')).toBe('fichier-nominatif-2');
  const attempts = [
    () => catalogue.addVersion(id),
    () => publishDataset(catalogue.operator, id),
    () => withdrawDataset(catalogue.operator, id, 'encore'),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toThrow(refused('dataset.withdrawn'));
});

test('a draft has nothing to withdraw', async () => {
  const id = await catalogue.create({ title: 'Un brouillon', publish: false });
  await expect(withdrawDataset(catalogue.operator, id, 'erreur')).rejects.toThrow(refused('dataset.notPublished'));
});

test('a taken identifier is refused, before reading and at the end, whatever its case', async () => {
  await catalogue.create({ id: 'SIRENE_V3' });
  await expect(checkNewDataset(catalogue.operator, testRequest({ id: 'SIRENE_V3' }))).rejects.toThrow(
    refused('dataset.idTaken'),
  );
  await expect(checkNewDataset(catalogue.operator, testRequest({ id: 'sirene_v3' }))).rejects.toThrow(
    refused('dataset.idTaken'),
  );
  const dataset = await checkNewDataset(catalogue.operator, testRequest({ id: 'both' }));
  const publish = async (key: string) =>
    publishVersion(catalogue.operator, {
      dataset,
      version: testVersion(key),
      depositId: await catalogue.receive(),
      publish: true,
    });
  const both = await Promise.allSettled([publish('a'), publish('b')]);
  expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(both.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'dataset.idTaken' });
  expect(await getVersions(catalogue.anyone, 'both')).toHaveLength(1);
});

test('versions added at the same time have numbers that follow each other', async () => {
  const id = await catalogue.create({ title: 'Comptages' });
  const numbers = (
    await Promise.all([catalogue.addVersion(id), catalogue.addVersion(id), catalogue.addVersion(id)])
  ).map((one) => one.number);
  expect(numbers.toSorted()).toEqual([2, 3, 4]);
  expect((await getDataset(catalogue.anyone, id)).version?.number).toBe(4);
});

test('a version that cannot be added leaves nothing of its dataset', async () => {
  await catalogue.create({ title: 'Premier' });
  const [first] = await getVersions(catalogue.anyone, 'premier');
  const dataset = await checkNewDataset(catalogue.operator, testRequest({ title: 'Second' }));
  const same = { dataset, version: testVersion(first?.key ?? ''), depositId: await catalogue.receive(), publish: true };
  await expect(publishVersion(catalogue.operator, same)).rejects.toThrow();
  await expect(getDataset(catalogue.operator, 'second')).rejects.toThrow(refused('dataset.unknown'));
  await expect(catalogue.addVersion('absent')).rejects.toThrow(refused('dataset.unknown'));
});

test('the database itself refuses to change what is kept for ever', async () => {
  const id = await catalogue.create({ title: 'Comptages' });
  const attempts = [
    sql`update version set row_count = 0`,
    sql`update version set published_at = null`,
    sql`delete from version`,
    sql`delete from dataset`,
    sql`update dataset set id = 'other'`,
    sql`update dataset set state = 'draft'`,
    sql`update dataset_event set verb = 'nothing'`,
    sql`delete from dataset_event`,
    sql`delete from deposit`,
  ];
  for (const attempt of attempts)
    await expect(attempt.execute(catalogue.db)).rejects.toThrow(/kept for ever|immutable|never changes|cannot go/);
  expect((await getDataset(catalogue.anyone, id)).version?.rows).toBe(3_000_000_000);
});

test('the log tells who did what', async () => {
  const id = await catalogue.create({ title: 'Comptages', publish: false });
  await publishDataset(catalogue.operator, id);
  await changeDataset(catalogue.operator, id, { title: 'Comptages de vélos' });
  await withdrawDataset(catalogue.operator, id, 'doublon');
  const events = await catalogue.db.selectFrom('dataset_event').selectAll().orderBy('id').execute();
  expect(events.map((event) => [event.verb, event.actor, event.details])).toEqual([
    ['created', 'operator', { title: 'Comptages', organization: 'ville-de-tours' }],
    ['versionAdded', 'operator', { version: 1 }],
    ['published', 'operator', { version: 1 }],
    ['changed', 'operator', { title: 'Comptages de vélos' }],
    ['withdrawn', 'operator', { reason: 'doublon' }],
  ]);
});

test('a deposit is noted when it arrives, and how it ended', async () => {
  const failed = await catalogue.receive();
  await failDeposit(catalogue.operator, failed, 'ville-de-tours', 'file.binary');
  await catalogue.create({ title: 'Comptages', publish: false });
  const read = () => catalogue.db.selectFrom('deposit').selectAll().orderBy('created_at').orderBy('state').execute();
  expect(await read()).toMatchObject([
    { id: failed, state: 'failed', error_code: 'file.binary', file_sha256: 'ab'.repeat(32), dataset_id: null },
    { state: 'ready', error_code: null, dataset_id: 'comptages', version_number: 1 },
  ]);
  await publishDataset(catalogue.operator, 'comptages');
  expect((await read()).map((one) => one.state).toSorted()).toEqual(['failed', 'published']);
});

test('what cannot be is refused before any file is read', async () => {
  const check = (said: Partial<DatasetRequest>) => checkNewDataset(catalogue.operator, testRequest(said));
  await expect(check({ organization: 'personne' })).rejects.toThrow(refused('organization.unknown'));
  await expect(check({ licence: 'cc-by-nc' })).rejects.toThrow(refused('licence.notAllowed'));
  await expect(check({ licence: 'cc-by-nc', homologation: ' ' })).rejects.toThrow(refused('licence.notAllowed'));
  await expect(check({ licence: 'odc-odbl', hvdCategory: 'mobility' })).rejects.toThrow(refused('licence.highValue'));
  await expect(check({ hvdCategory: 'autre' })).rejects.toThrow(refused('hvd.unknown'));
  await expect(check({ theme: 'chats' })).rejects.toThrow(refused('theme.unknown'));
  await expect(check({ communes: ['75056'] })).rejects.toThrow(refused('commune.unknown'));
  await expect(check({ id: 'a b' })).rejects.toThrow(refused('dataset.idInvalid'));
  await catalogue.db.deleteFrom('commune').execute();
  expect((await check({ communes: ['75056'] })).communes).toEqual(['75056']);
});

test('organizations and communes, with their datasets', async () => {
  await catalogue.create({ title: 'Arbres', communes: ['37261'] });
  await catalogue.create({ title: 'Un brouillon', communes: ['37261'], publish: false });
  expect((await listOrganizations(catalogue.anyone)).map((o) => [o.slug, o.datasets])).toEqual([
    ['departement', 0],
    ['ville-de-tours', 1],
  ]);
  expect(await getOrganization(catalogue.anyone, 'ville-de-tours')).toMatchObject({ population: 138_668, datasets: 1 });
  await expect(getOrganization(catalogue.anyone, 'personne')).rejects.toThrow(refused('organization.unknown'));
  const again = addOrganization(catalogue.operator, { slug: 'departement', name: 'Un autre' });
  await expect(again).rejects.toThrow(refused('organization.slugTaken'));
  expect((await listCommunes(catalogue.anyone)).map((c) => [c.name, c.organization, c.datasets])).toEqual([
    ['Saint-Avertin', null, 0],
    ['Tours', 'ville-de-tours', 1],
  ]);
  expect(await getCommune(catalogue.anyone, '37261')).toMatchObject({
    commune: { insee: '37261', postalCodes: ['37000', '37100', '37200'], organization: 'ville-de-tours' },
    organization: { slug: 'ville-de-tours' },
    datasets: [{ id: 'arbres' }],
  });
  await expect(getCommune(catalogue.anyone, '99999')).rejects.toThrow(refused('commune.unknown'));
});

test('the territory is named once, then described anew', async () => {
  expect(await getTerritory(catalogue.anyone)).toBeNull();
  const territory = { name: 'Tours Métropole', kind: 'metropole', siren: '243700754', source: 'INSEE' } as const;
  await saveTerritory(catalogue.operator, { ...territory, demo: 'installing' });
  await saveTerritory(catalogue.operator, { ...territory, demo: 'installed' });
  expect(await getTerritory(catalogue.anyone)).toEqual({ ...territory, demo: 'installed' });
});

test('who is not the operator writes nothing', async () => {
  const id = await catalogue.create({ title: 'Comptages' });
  const denied = [
    () => addOrganization(catalogue.anyone, { slug: 'intrus', name: 'Intrus' }),
    () => checkNewDataset(catalogue.anyone, testRequest()),
    () => freeDatasetId(catalogue.anyone, 'ville-de-tours', 'Titre'),
    () => recordDeposit(catalogue.anyone, { name: 'a', bytes: 1, sha256: 'ab', organization: 'departement' }),
    () => failDeposit(catalogue.anyone, 'x', 'ville-de-tours', 'file.empty'),
    () =>
      publishVersion(catalogue.anyone, { dataset: { id }, version: testVersion('k'), depositId: 'x', publish: false }),
    () => publishDataset(catalogue.anyone, id),
    () => withdrawDataset(catalogue.anyone, id, 'raison'),
    () => changeDataset(catalogue.anyone, id, { title: 'Autre titre' }),
    () => saveCommunes(catalogue.anyone, []),
    () => saveTerritory(catalogue.anyone, { name: 'x', kind: 'other', siren: null, source: '', demo: null }),
  ];
  for (const attempt of denied) await expect(attempt()).rejects.toThrow(refused('permission.denied'));
});

test('a licence, high value and a homologation are changed together', async () => {
  const id = await catalogue.create({ title: 'Réseau de chaleur', licence: 'odc-odbl' });
  await expect(changeDataset(catalogue.operator, id, { hvdCategory: 'geospatial' })).rejects.toThrow(
    refused('licence.highValue'),
  );
  await changeDataset(catalogue.operator, id, { hvdCategory: 'geospatial', licence: 'lov2' });
  await expect(changeDataset(catalogue.operator, id, { licence: 'odc-odbl' })).rejects.toThrow(
    refused('licence.highValue'),
  );
  await changeDataset(catalogue.operator, id, {
    hvdCategory: null,
    licence: 'notice-ign',
    homologation: ' DINUM-2024-12 ',
  });
  expect(await getDataset(catalogue.anyone, id)).toMatchObject({
    licence: 'notice-ign',
    hvdCategory: null,
    homologation: 'DINUM-2024-12',
  });
});
