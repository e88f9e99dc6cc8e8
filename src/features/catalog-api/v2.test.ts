// The Explore API v2.0 and /api/v2 over HTTP: nested shapes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSample, type SampleCatalogue } from './sample.ts';
import { explorePastRoutes } from './v2-routes.ts';

let sample: SampleCatalogue;

beforeAll(async () => {
  sample = await openSample(explorePastRoutes);
}, 60_000);

afterAll(() => sample?.close());

const encode = encodeURIComponent;
const json = async (path: string) => (await sample.get(path)).json();

test.each(['/api/v2', '/api/explore/v2.0'])('%s: the catalogue in envelopes', async (base) => {
  const root = `https://donnees.example.org${base}`;
  const page = await json(`${base}/catalog/datasets?limit=1`);
  expect(Object.keys(page)).toEqual(['total_count', 'links', 'datasets']);
  expect(page.total_count).toBe(2);
  expect(page.links).toEqual([
    { rel: 'self', href: `${root}/catalog/datasets?limit=1` },
    { rel: 'first', href: `${root}/catalog/datasets?limit=1&offset=0` },
    { rel: 'last', href: `${root}/catalog/datasets?limit=1&offset=1` },
    { rel: 'next', href: `${root}/catalog/datasets?limit=1&offset=1` },
  ]);
  expect(page.datasets).toHaveLength(1);
  expect(page.datasets[0].links[0]).toEqual({ rel: 'self', href: `${root}/catalog/datasets/arbres` });
  expect(page.datasets[0].dataset.metas.default.title).toBe('Arbres remarquables');
  const one = await json(`${base}/catalog/datasets/arbres/`);
  expect(Object.keys(one)).toEqual(['links', 'dataset']);
  expect(one.dataset.dataset_id).toBe('arbres');
});

test('the names of the first parameters', async () => {
  expect((await json('/api/v2/catalog/datasets?rows=1&start=1')).datasets[0].dataset.dataset_id).toBe('equipements');
  const selected = await json(`/api/v2/catalog/datasets?select=dataset_id&where=${encode('default.modified>2015')}`);
  expect(selected.datasets.map((one: { dataset: unknown }) => one.dataset)).toEqual([
    { dataset_id: 'arbres' },
    { dataset_id: 'equipements' },
  ]);
});

test('aggregates of the catalogue', async () => {
  expect(
    await json(
      `/api/v2/catalog/aggregates?select=${encode('features, count(*) as n')}&group_by=features&order_by=features`,
    ),
  ).toEqual({
    links: [{ rel: 'self', href: 'https://donnees.example.org/api/v2/catalog/aggregates' }],
    aggregations: [
      { features: 'analyze', n: 2 },
      { features: 'geo', n: 2 },
      { features: 'timeserie', n: 2 },
    ],
  });
  expect((await json(`/api/v2/catalog/aggregates?select=${encode('sum(records_count)')}`)).aggregations).toEqual([
    { 'sum(records_count)': 14 },
  ]);
});

test('records in envelopes, each with its number in the file', async () => {
  const page = await json(
    `/api/v2/catalog/datasets/arbres/records?where=${encode('id > 5')}&order_by=${encode('id desc')}`,
  );
  expect(page.total_count).toBe(2);
  const [first] = page.records;
  expect(first.links[0]).toEqual({
    rel: 'self',
    href: 'https://donnees.example.org/api/v2/catalog/datasets/arbres/records/7',
  });
  expect(first.record).toMatchObject({
    id: '7',
    timestamp: '2025-07-14T10:00:00.000Z',
    fields: { id: 7, nom: 'Théâtre' },
  });
  expect(Object.keys(first.record)).toEqual(['id', 'timestamp', 'size', 'fields']);
  expect(first.record.size).toBeGreaterThan(20);
  const one = await json('/api/v2/catalog/datasets/arbres/records/7?select=nom');
  expect(one.record).toMatchObject({ id: '7', fields: { nom: 'Théâtre' } });
  expect(one.record.size).toBe(19);
});

test('groups are not wrapped', async () => {
  const query = `select=${encode('ville, count(*) as n')}&group_by=ville&order_by=${encode('n desc')}`;
  const records = await json(
    `/api/v2/catalog/datasets/arbres/records?${query}&where=${encode('ville is not null')}&limit=2`,
  );
  expect(Object.keys(records)).toEqual(['links', 'records']);
  const aggregates = await json(
    `/api/v2/catalog/datasets/arbres/aggregates?${query}&where=${encode('ville is not null')}&limit=2`,
  );
  expect(aggregates.aggregations).toEqual(records.records);
  expect(Object.keys(records.records[0])).toEqual(['ville', 'n']);
});

test('facets of the catalogue and of records', async () => {
  const catalogue = await json('/api/v2/catalog/facets?facet=theme');
  expect(catalogue.links[1]).toEqual({ rel: 'source', href: 'https://donnees.example.org/api/v2/catalog' });
  expect(catalogue.facets[0].facets[0]).toEqual({
    name: 'Environnement',
    count: 1,
    state: 'displayed',
    value: 'Environnement',
  });
  const records = await json('/api/v2/catalog/datasets/arbres/facets?facet=actif');
  expect(records.facets[0].name).toBe('actif');
  expect(records.facets[0].facets[0]).toMatchObject({ name: 'true', value: 'true', state: 'displayed' });
});

test('exports: no byte order mark unless asked for', async () => {
  const csv = await sample.get('/api/v2/catalog/datasets/arbres/exports/csv?select=id,nom&limit=1');
  expect(csv.text).toBe("id;nom\n1;Gymnase de l'Île\n");
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect((await sample.get('/api/v2/catalog/datasets/arbres/exports/csv?with_bom=true')).text[0]).toBe('\uFEFF');
  expect(await json('/api/v2/catalog/datasets/arbres/exports/json?select=id&limit=2')).toEqual([{ id: 1 }, { id: 2 }]);
  expect((await sample.get('/api/v2/catalog/exports/csv?select=dataset_id')).text).toBe(
    'dataset_id\narbres\nequipements\n',
  );
  expect((await json('/api/v2/catalog/datasets/arbres/exports')).links[0].rel).toBe('self');
});

test('drafts and errors, in the same words', async () => {
  for (const path of [
    '',
    '/records',
    '/records/1',
    '/facets',
    '/exports',
    '/exports/csv',
    '/aggregates',
    '/attachments',
  ])
    expect(await json(`/api/v2/catalog/datasets/brouillon${path}`)).toEqual({
      error_code: 'NotFoundResource',
      message: 'The requested dataset brouillon does not exist.',
    });
  expect((await sample.get('/api/v2/catalog/datasets/arbres/records?limit=101')).status).toBe(400);
  expect((await json('/api/v2/nothing')).error_code).toBe('NotFoundResource');
});
