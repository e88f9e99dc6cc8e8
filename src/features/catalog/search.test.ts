import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openTestCatalogue,
  type TestCatalogue,
  testCommune,
  testRequest,
  testVersion,
} from '../../../test/catalogue.ts';
import type { Version } from '../../model/dataset.ts';
import type { CatalogSearch } from './schemas.ts';
import {
  changeDataset,
  checkNewDataset,
  getDataset,
  publishVersion,
  saveCommunes,
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

const idsFor = async (q: string, more: Partial<CatalogSearch> = {}) =>
  (await search(q, more)).datasets.map((dataset) => dataset.id);

test('accents, plurals, hyphens, apostrophes and unfinished words are forgiven', async () => {
  await catalogue.create({ title: 'Subventions aux associations', id: 'subventions' });
  await catalogue.create({ title: 'Délibérations du conseil', id: 'deliberations', description: 'Votes et décisions' });
  await catalogue.create({
    title: 'Horaires de l’école',
    id: 'ecole',
    communes: ['37208'],
    keywords: ['périscolaire'],
  });
  await catalogue.create({
    title: 'Équipements',
    id: 'equipements',
    organization: 'departement',
    columns: ['Nom_du_gymnase'],
  });
  expect(await idsFor('subvention')).toEqual(['subventions']);
  expect(await idsFor('ASSOCIATION')).toEqual(['subventions']);
  expect(await idsFor('deliberation')).toEqual(['deliberations']);
  expect(await idsFor('délibérations décision')).toEqual(['deliberations']);
  expect(await idsFor('ecole')).toEqual(['ecole']);
  expect(await idsFor('l’école')).toEqual(['ecole']);
  expect(await idsFor('saint avertin')).toEqual(['ecole']);
  expect(await idsFor('Saint-Avertin')).toEqual(['ecole']);
  expect(await idsFor('periscol')).toEqual(['ecole']);
  expect(await idsFor('subventio')).toEqual(['subventions']);
  expect(await idsFor('conseil delib')).toEqual(['deliberations']);
  expect(await idsFor('gymnases')).toEqual(['equipements']);
  expect(await idsFor('indre et loire')).toEqual(['equipements']);
});

test('phrases, exclusions, and what is no word', async () => {
  await catalogue.create({ title: 'Salle des fêtes de Luynes', id: 'luynes' });
  await catalogue.create({ title: 'Fêtes dans chaque salle', id: 'fetes' });
  expect(await idsFor('"salle des fetes"')).toEqual(['luynes']);
  expect((await idsFor('fête -luynes')).toSorted()).toEqual(['fetes']);
  expect((await idsFor('')).length).toBe(2);
  expect((await idsFor(' !? ')).length).toBe(2);
  expect((await idsFor('des')).length).toBe(2);
  expect(await idsFor("salle:* & ' | !(")).toHaveLength(2);
  expect(await idsFor('piscine')).toEqual([]);
});

test('a typing slip is corrected, and told', async () => {
  await catalogue.create({ title: 'Subventions aux associations', id: 'subventions' });
  await catalogue.create({ title: 'Délibérations du conseil', id: 'deliberations' });
  const found = await search('subvntions');
  expect(found.datasets.map((d) => d.id)).toEqual(['subventions']);
  expect(found.correctedQuery).toBe('subventions');
  expect(found.total).toBe(1);
  expect((await search('conseil delibertaions')).correctedQuery).toBe('conseil délibérations');
  expect((await search('subventions')).correctedQuery).toBeNull();
  expect(await search('xylophone')).toMatchObject({ total: 0, correctedQuery: null });
  // Each word is known: that no dataset has both is an answer, not a slip.
  expect(await search('subventions conseil')).toMatchObject({ total: 0, correctedQuery: null });
});

test('a draft’s or a withdrawn dataset’s words are proposed to nobody', async () => {
  await catalogue.create({ title: 'Vidéosurveillance', id: 'draft', publish: false });
  const id = await catalogue.create({ title: 'Stationnements payants' });
  await withdrawDataset(catalogue.operator, id, 'doublon');
  expect(await search('videosurveilance')).toMatchObject({ total: 0, correctedQuery: null });
  expect(await search('stationement')).toMatchObject({ total: 0, correctedQuery: null });
});

test('the title weighs more than the description', async () => {
  await catalogue.create({ title: 'Comptages', id: 'second', description: 'vélos, vélos et encore des vélos' });
  await catalogue.create({ title: 'Vélos', id: 'first' });
  await catalogue.create({ title: 'Trottoirs', id: 'third', columns: ['vélo'] });
  expect(await idsFor('vélo')).toEqual(['first', 'second', 'third']);
});

test('orders and pages', async () => {
  for (const [day, title] of ['Écoles', 'arbres', 'Zones'].entries()) {
    catalogue.now = new Date(Date.UTC(2025, 0, day + 1));
    await catalogue.create({ title });
  }
  expect(await idsFor('', { sort: 'title' })).toEqual(['arbres', 'ecoles', 'zones']);
  expect(await idsFor('', { sort: 'recent' })).toEqual(['zones', 'arbres', 'ecoles']);
  expect(await idsFor('', { sort: 'recent', page: 2, pageSize: 2 })).toEqual(['ecoles']);
  expect(await idsFor('', { sort: 'recent', page: 1e18, pageSize: 2 })).toEqual([]);
  expect((await search('', { page: 9 })).total).toBe(3);
});

async function createForFacets() {
  await catalogue.create({ title: 'Arbres de Tours', theme: 'ENVI', communes: ['37261'], frequency: 'ANNUAL' });
  await catalogue.create({ title: 'Déchets de Tours', theme: 'ENVI', communes: ['37261', '37208'], format: 'tsv' });
  await catalogue.create({ title: 'Budget de Tours', theme: 'ECON', communes: ['37261'], licence: 'odc-odbl' });
  await catalogue.create({ title: 'Routes', theme: 'TRAN', organization: 'departement', frequency: 'DAILY' });
  await catalogue.create({ title: 'Un brouillon', theme: 'ENVI', publish: false });
}

async function counts(more: Partial<CatalogSearch>, q = '') {
  const page = await search(q, more);
  return Object.fromEntries([
    ['total', page.total],
    ...page.facets.map(({ name, values }) => [name, Object.fromEntries(values.map((v) => [v.value, v.count]))]),
  ]);
}

test('facets count what is found', async () => {
  await createForFacets();
  expect(await counts({})).toEqual({
    total: 4,
    organization: { 'ville-de-tours': 3, departement: 1 },
    theme: { ENVI: 2, ECON: 1, TRAN: 1 },
    commune: { '37261': 3, '37208': 1 },
    format: { csv: 3, tsv: 1 },
    licence: { lov2: 3, 'odc-odbl': 1 },
    freshness: { upToDate: 2, unknown: 2 },
    map: {},
  });
});

test('a facet’s counts ignore its own selection and obey the others', async () => {
  await createForFacets();
  expect(await counts({ selected: { theme: ['ENVI'] } })).toEqual({
    total: 2,
    organization: { 'ville-de-tours': 2 },
    theme: { ENVI: 2, ECON: 1, TRAN: 1 },
    commune: { '37261': 2, '37208': 1 },
    format: { csv: 1, tsv: 1 },
    licence: { lov2: 2 },
    freshness: { upToDate: 1, unknown: 1 },
    map: {},
  });
  expect(await counts({ selected: { theme: ['ENVI', 'ECON'], commune: ['37208'] } })).toEqual({
    total: 1,
    organization: { 'ville-de-tours': 1 },
    theme: { ENVI: 1, ECON: 0 },
    commune: { '37261': 3, '37208': 1 },
    format: { tsv: 1 },
    licence: { lov2: 1 },
    freshness: { unknown: 1 },
    map: {},
  });
  expect((await counts({ selected: { licence: ['lov2'] } }, 'tours')).theme).toEqual({ ENVI: 2 });
  expect(await idsFor('', { selected: { freshness: ['upToDate'], organization: ['departement'] } })).toEqual([
    'routes',
  ]);
});

test('facets have labels people read, in their language, and keep what is selected', async () => {
  await createForFacets();
  const page = await search('', { selected: { theme: ['HEAL'] }, language: 'en' });
  expect(page.total).toBe(0);
  const facet = (name: string) => page.facets.find((one) => one.name === name)?.values;
  expect(facet('theme')).toEqual([
    { value: 'ENVI', label: 'Environment', count: 2, selected: false },
    { value: 'ECON', label: 'Economy and finance', count: 1, selected: false },
    { value: 'TRAN', label: 'Transport', count: 1, selected: false },
    { value: 'HEAL', label: 'Health', count: 0, selected: true },
  ]);
  const french = await search('');
  const labels = (name: string) => french.facets.find((one) => one.name === name)?.values.map((v) => v.label);
  expect(labels('organization')).toEqual(['Ville de Tours', 'Département d’Indre-et-Loire']);
  expect(labels('commune')).toEqual(['Tours', 'Saint-Avertin']);
  expect(labels('freshness')).toEqual(['À jour', 'Sans échéance']);
  expect(labels('format')).toEqual(['CSV', 'TSV']);
});

test('time makes a dataset due, then late; a new version makes it up to date', async () => {
  const id = await catalogue.create({ title: 'Comptages', frequency: 'MONTHLY' });
  const fresh = async () => (await counts({})).freshness;
  expect(await fresh()).toEqual({ upToDate: 1 });
  catalogue.now = new Date('2025-07-01T10:00:00Z');
  expect(await fresh()).toEqual({ due: 1 });
  catalogue.now = new Date('2025-07-15T10:00:00Z');
  expect(await fresh()).toEqual({ overdue: 1 });
  await changeDataset(catalogue.operator, id, { frequency: 'ANNUAL' });
  expect(await fresh()).toEqual({ upToDate: 1 });
  await changeDataset(catalogue.operator, id, { frequency: 'MONTHLY' });
  expect(await fresh()).toEqual({ overdue: 1 });
  await catalogue.addVersion(id);
  expect(await fresh()).toEqual({ upToDate: 1 });
});

test('the title may change, and the search follows; so it does when an organization or a commune is named otherwise', async () => {
  const id = await catalogue.create({ title: 'Comptages', communes: ['37208'] });
  await changeDataset(catalogue.operator, id, { title: 'Passages de cyclistes', description: 'Aux carrefours' });
  expect((await getDataset(catalogue.anyone, id)).title).toBe('Passages de cyclistes');
  expect(await idsFor('cycliste carrefour')).toEqual([id]);
  expect((await search('ciclistes')).correctedQuery).toBe('cyclistes');
  await expect(changeDataset(catalogue.operator, id, { title: 'x' })).rejects.toThrow(refused('dataset.titleTooShort'));
  await saveCommunes(catalogue.operator, [testCommune('37208', 'Vençay', '213702087', 14_989, ['37550'])]);
  expect(await idsFor('vencay')).toEqual([id]);
  await catalogue.db
    .updateTable('organization')
    .set({ name: 'Mairie centrale' })
    .where('slug', '=', 'ville-de-tours')
    .execute();
  expect(await idsFor('mairie')).toEqual([id]);
});

/** A dataset with columns, some of whose values are known. */
async function publishWith(title: string, columns: readonly string[], more: Partial<Version> = {}): Promise<string> {
  const { operator } = catalogue;
  const dataset = await checkNewDataset(operator, testRequest({ title }));
  const version = { ...testVersion(`${dataset.id}@1`, columns), ...more };
  await publishVersion(operator, { dataset, version, depositId: await catalogue.receive(), publish: true });
  return dataset.id;
}

const profile = (name: string, ...values: readonly string[]) => ({
  name,
  filled: 10,
  filledShare: 1,
  distinct: values.length,
  distinctEstimated: false,
  min: null,
  max: null,
  top: values.map((value) => ({ value, count: 3 })),
});

test('columns and the values in them are found too, and the answer says where', async () => {
  const trees = await publishWith('Patrimoine végétal', ['Essence', 'Quartier'], {
    profiles: [profile('essence', 'Platane commun', 'Tilleul'), profile('quartier', 'Velpeau', '37000')],
  });
  const grants = await publishWith('Subventions', ['Numéro SIRET', 'Montant']);
  const found = await search('platanes');
  expect(found.datasets.map(({ id }) => id)).toEqual([trees]);
  expect(found.matches).toEqual([{ dataset: trees, column: 'Essence', value: 'Platane commun' }]);
  expect((await search('siret')).matches).toEqual([{ dataset: grants, column: 'Numéro SIRET', value: null }]);
  // What the title already says needs no reason.
  expect((await search('subvention')).matches).toEqual([]);
  // A word from the values is known to whoever mistypes it.
  expect(await search('platanne')).toMatchObject({ correctedQuery: 'platane', total: 1 });
  // Numbers alone are no words to search for.
  expect(await idsFor('37000')).toEqual([]);
});

test('the values of the version that is shown are found, no longer those of the one before', async () => {
  const id = await publishWith('Inventaire', ['Essence'], { profiles: [profile('essence', 'Platane')] });
  expect(await idsFor('platane')).toEqual([id]);
  await catalogue.addVersion(id);
  expect(await idsFor('platane')).toEqual([]);
});

test('what can be drawn on a map is a choice', async () => {
  const bbox = [0.6, 47.3, 0.7, 47.4] as const;
  const geometry = { kind: 'points', bbox, made: ['geo_point_2d'] } as unknown as Version['geometry'];
  const trees = await publishWith('Arbres', ['Essence'], { geometry });
  await publishWith('Budget', ['Montant']);
  const { facets } = await search('');
  expect(facets.find(({ name }) => name === 'map')?.values).toEqual([
    { value: 'yes', label: 'Avec une carte', count: 1, selected: false },
  ]);
  expect(await idsFor('', { selected: { map: ['yes'] } })).toEqual([trees]);
  expect(await idsFor('', { selected: { map: ['no'] } })).toEqual([]);
});
