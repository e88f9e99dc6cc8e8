// The catalogue in the Explore API over HTTP, on a catalogue and an engine of its own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { changeDataset, withdrawDataset } from '../catalog/service.ts';
import { catalogApiRoutes } from './routes.ts';
import { openSample, type SampleCatalogue } from './sample.ts';

let sample: SampleCatalogue;

beforeAll(async () => {
  sample = await openSample(catalogApiRoutes);
}, 60_000);

afterAll(() => sample?.close());

const get = (path: string, headers?: Record<string, string>) => sample.get(path, headers);
const api = '/api/explore/v2.1/catalog/datasets';
const encode = encodeURIComponent;

test('with and without a slash at the end', async () => {
  expect((await get(`${api}/equipements/`)).json().dataset_id).toBe('equipements');
  expect((await get(`${api}/?limit=1`)).json().results).toHaveLength(1);
});

test('what is not there, not yet there, no longer there', async () => {
  for (const id of ['absent', 'brouillon']) {
    const answer = await get(`${api}/${id}`);
    expect({ status: answer.status, ...answer.json() }).toEqual({
      status: 404,
      error_code: 'NotFoundResource',
      message: `The requested dataset ${id} does not exist.`,
    });
  }
  expect((await get(`${api}/retire`)).status).toBe(410);
});

test('a dataset as Opendatasoft describes it', async () => {
  const dataset = (await get(`${api}/equipements`)).json();
  expect(dataset).toMatchObject({
    visibility: 'domain',
    dataset_id: 'equipements',
    dataset_uid: expect.stringMatching(/^da_[0-9a-f]{6}$/),
    has_records: true,
    data_visible: true,
    features: ['geo', 'analyze', 'timeserie'],
    attachments: [
      {
        id: 'original',
        title: 'données.csv',
        mimetype: 'text/csv',
        url: 'https://donnees.example.org/datasets/equipements/original',
      },
    ],
    metas: {
      default: {
        title: 'Équipements & sports',
        description: '<p>Où &lt;faire&gt; du sport.</p><p>Partout.</p>',
        keyword: ['sport'],
        license: 'Licence Ouverte / Open Licence version 2.0',
        license_url: 'https://www.etalab.gouv.fr/licence-ouverte-open-licence/',
        language: 'fr',
        publisher: 'Ville de Tours',
        records_count: 7,
        modified: '2025-06-01T10:00:00.000+00:00',
        geometry_types: ['Point'],
      },
    },
  });
  expect(dataset.fields.map((f: { name: string; type: string }) => [f.name, f.type])).toEqual([
    ['id', 'int'],
    ['nom', 'text'],
    ['code', 'text'],
    ['ville', 'text'],
    ['montant', 'double'],
    ['jour', 'date'],
    ['moment', 'datetime'],
    ['heure', 'text'],
    ['actif', 'boolean'],
    ['2024', 'int'],
    ['date', 'date'],
  ]);
  expect(dataset.fields[0]).toEqual({ name: 'id', label: 'id', description: null, type: 'int', annotations: {} });
});

const ask = async (query: string) => (await get(`${api}?${query}`)).json();
const where = async (condition: string) =>
  (await ask(`select=dataset_id&where=${encode(condition)}`)).results.map((r: { dataset_id: string }) => r.dataset_id);

test('the catalogue: published datasets, most recently modified first', async () => {
  const all = await ask('');
  expect(all.total_count).toBe(2);
  expect(all.results.map((r: { dataset_id: string }) => r.dataset_id)).toEqual(['arbres', 'equipements']);
  expect(all.results[1]).toEqual((await get(`${api}/equipements`)).json());
  expect(await ask('limit=0')).toEqual({ total_count: 2, results: [] });
  expect((await ask('limit=1&offset=1')).results).toHaveLength(1);
  expect(await ask('offset=50')).toEqual({ total_count: 2, results: [] });
});

test.each<[string, readonly string[]]>([
  ['"equipement"', ['equipements']],
  ['search("remarquable")', ['arbres']],
  ['search("introuvable")', []],
  ['search(title, "sports")', ['equipements']],
  ['default.title like "Arb*"', ['arbres']],
  ['publisher = "Ville de Tours"', ['equipements']],
  ['theme = "Environnement"', ['arbres']],
  ['theme is null', ['equipements']],
  ['keyword = "sport"', ['arbres', 'equipements']],
  ['keyword = "nature" and default.keyword = "sport"', ['arbres']],
  ['keyword != "nature"', ['equipements']],
  ['not keyword in ("nature", "foret")', ['equipements']],
  ['features in ("geo")', ['arbres', 'equipements']],
  ['territory = "Saint-Avertin"', ['arbres']],
  ["modified > date'2025-07-01'", ['arbres']],
  ['modified >= 2026', []],
  ['records_count >= 7 and has_records', ['arbres', 'equipements']],
  ['datasetid = "arbres"', ['arbres']],
  ['dataset_id in ("arbres", "brouillon", "retire")', ['arbres']],
  ['keyword = "secret"', []],
])('where %s', async (condition, ids) => {
  expect(await where(condition)).toEqual(ids);
});

test('select: columns, parts of the object, expressions, counts', async () => {
  expect((await ask(`select=${encode('dataset_id, title, theme, records_count * 2 as twice')}`)).results).toEqual([
    { dataset_id: 'arbres', title: 'Arbres remarquables', theme: ['Environnement'], twice: 14 },
    { dataset_id: 'equipements', title: 'Équipements & sports', theme: null, twice: 14 },
  ]);
  const [first] = (await ask('select=fields,dataset_id&limit=1')).results;
  expect(Object.keys(first)).toEqual(['fields', 'dataset_id']);
  expect(first.fields[0].name).toBe('id');
  expect((await ask(`select=${encode('count(*) as n, sum(records_count) as rows')}`)).results).toEqual([
    { n: 2, rows: 14 },
  ]);
});

test('groups, of columns with one value and with several', async () => {
  const grouped = async (query: string) => await ask(query);
  expect(await grouped(`select=${encode('publisher, count(*) as n')}&group_by=publisher&order_by=publisher`)).toEqual({
    results: [
      { publisher: 'Département d’Indre-et-Loire', n: 1 },
      { publisher: 'Ville de Tours', n: 1 },
    ],
  });
  expect(
    await grouped(`select=${encode('keyword, count(*) as n')}&group_by=keyword&order_by=${encode('n desc')}`),
  ).toEqual({
    results: [
      { keyword: 'sport', n: 2 },
      { keyword: 'nature', n: 1 },
    ],
  });
});

test('what begins so is kept or left out', async () => {
  const [only] = (await ask(`select=${encode('include(data*)')}&limit=1`)).results;
  expect(Object.keys(only)).toEqual(['dataset_id', 'dataset_uid', 'data_visible']);
  const [without] = (await ask(`select=${encode('exclude(fields), exclude(metas)')}&limit=1`)).results;
  expect(Object.keys(without)).toContain('attachments');
  expect(Object.keys(without)).not.toContain('metas');
});

test('links are told when they are asked for', async () => {
  const page = await ask('include_links=true&limit=1');
  const root = 'https://donnees.example.org/api/explore/v2.1/catalog';
  expect(page._links.at(-1)).toEqual({
    rel: 'next',
    href: `${root}/datasets?include_links=true&limit=1&offset=1`,
  });
  expect(page.results[0]._links.slice(0, 3)).toEqual([
    { rel: 'self', href: `${root}/datasets/arbres` },
    { rel: 'catalog', href: root },
    { rel: 'records', href: `${root}/datasets/arbres/records` },
  ]);
  expect((await get(`${api}/arbres?include_links=true`)).json()._links[0].rel).toBe('self');
});

test('every template of metas has its keys', async () => {
  const { metas } = (await get(`${api}/arbres`)).json();
  expect(Object.keys(metas)).toEqual(['default', 'dcat', 'inspire', 'dublin-core']);
  expect(metas.inspire).toMatchObject({ theme: null, extend_bounding_box_westbound_longitude: 0.68 });
  expect(metas['dublin-core']).toMatchObject({
    title: 'Arbres remarquables',
    type: 'Dataset',
    language: 'fra',
    rights: null,
  });
  expect(metas.dcat).toMatchObject({ creator: 'Département d’Indre-et-Loire', contact_email: null });
});

test('moments are told in the zone asked for', async () => {
  const zone = `timezone=${encode('Europe/Paris')}`;
  expect((await ask(`select=modified&${zone}&refine=dataset_id:arbres`)).results).toEqual([
    { modified: '2025-07-14T12:00:00+02:00' },
  ]);
  const dataset = (await get(`${api}/arbres?${zone}`)).json();
  expect(dataset.metas.default.modified).toBe('2025-07-14T12:00:00.000+02:00');
});

test('order_by', async () => {
  const ids = async (order: string) =>
    (await ask(`select=dataset_id&order_by=${encode(order)}`)).results.map((r: { dataset_id: string }) => r.dataset_id);
  expect(await ids('title asc')).toEqual(['arbres', 'equipements']);
  expect(await ids('default.title desc')).toEqual(['equipements', 'arbres']);
  expect(await ids('modified')).toEqual(['equipements', 'arbres']);
});

test('refine and exclude keep the values of facets, drafts have none', async () => {
  const ids = async (query: string) =>
    (await ask(`select=dataset_id&${query}`)).results.map((r: { dataset_id: string }) => r.dataset_id);
  expect(await ids('refine=theme:Environnement')).toEqual(['arbres']);
  expect(await ids('refine=keyword:sport&refine=keyword:nature')).toEqual(['arbres']);
  expect(await ids('exclude=keyword:nature')).toEqual(['equipements']);
  expect(await ids('refine=modified:2025')).toEqual(['arbres', 'equipements']);
  expect(await ids('refine=modified:2025/07')).toEqual(['arbres']);
  expect(await ids('refine=keyword:secret')).toEqual([]);
  expect(await ids(`refine=keyword:sport&where=${encode('publisher like "Ville*"')}`)).toEqual(['equipements']);
});

test('facets: counts, states, dates that open', async () => {
  const facets = async (query: string) => (await get(`/api/explore/v2.1/catalog/facets?${query}`)).json();
  expect(await facets('facet=keyword&facet=theme')).toEqual({
    links: [
      { rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/facets' },
      { rel: 'source', href: 'https://donnees.example.org/api/explore/v2.1/catalog' },
    ],
    facets: [
      {
        name: 'keyword',
        facets: [
          { name: 'sport', value: 'sport', count: 2, state: 'displayed' },
          { name: 'nature', value: 'nature', count: 1, state: 'displayed' },
        ],
      },
      {
        name: 'theme',
        facets: [{ name: 'Environnement', value: 'Environnement', count: 1, state: 'displayed' }],
      },
    ],
  });
  expect((await facets('facet=modified&refine=modified:2025')).facets).toEqual([
    {
      name: 'modified',
      facets: [
        {
          name: '2025',
          value: '2025',
          count: 2,
          state: 'refined',
          facets: [
            { name: '06', value: '2025/06', count: 1, state: 'displayed' },
            { name: '07', value: '2025/07', count: 1, state: 'displayed' },
          ],
        },
      ],
    },
  ]);
  expect((await facets('facet=keyword&refine=keyword:nature&exclude=keyword:foret')).facets[0].facets).toEqual([
    { name: 'nature', value: 'nature', count: 1, state: 'refined' },
    { name: 'sport', value: 'sport', count: 1, state: 'displayed' },
    { name: 'foret', value: 'foret', state: 'excluded' },
  ]);
  const disjunctive = encode('facet(name="publisher", disjunctive=true, sort="alphanum", limit=1)');
  expect((await facets(`facet=${disjunctive}&refine=publisher:Ville de Tours`)).facets).toEqual([
    {
      name: 'publisher',
      facets: [
        { name: 'Département d’Indre-et-Loire', value: 'Département d’Indre-et-Loire', count: 1, state: 'displayed' },
      ],
    },
  ]);
  expect((await facets('')).facets.map((facet: { name: string }) => facet.name)).toEqual([
    'features',
    'language',
    'license',
    'modified',
    'publisher',
    'keyword',
    'theme',
    'territory',
    'update_frequency',
  ]);
});

test.each<[string, string, string]>([
  [
    'datasets?limit=101',
    'InvalidRESTParameterError',
    'Invalid value for limit API parameter: 101 was found but -1 <= limit <= 100 is expected.',
  ],
  [
    'datasets?where=editeur%3D"x"',
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: editeur. Clause(s) containing the error(s): where.',
  ],
  [
    'datasets?refine=couleur:vert',
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: couleur. Clause(s) containing the error(s): refine.',
  ],
  [
    'datasets?exclude=theme',
    'InvalidRESTParameterError',
    'Invalid value for exclude API parameter: theme was found but facet:value is expected.',
  ],
  [
    'facets?facet=couleur',
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: couleur. Clause(s) containing the error(s): facet.',
  ],
])('%s → %s', async (path, error_code, message) => {
  const answer = await get(`/api/explore/v2.1/catalog/${path}`);
  expect({ status: answer.status, ...answer.json() }).toEqual({ status: 400, error_code, message });
});

test('a change of what is said of a dataset shows at once', async () => {
  await changeDataset(sample.catalogue.operator, 'equipements', { keywords: ['sport', 'loisirs'] });
  expect(await where('keyword = "loisirs"')).toEqual(['equipements']);
  await changeDataset(sample.catalogue.operator, 'equipements', { keywords: ['sport'] });
  expect(await where('keyword = "loisirs"')).toEqual([]);
});

test('an empty catalogue answers too', async () => {
  await withdrawDataset(sample.catalogue.operator, 'arbres', 'Fin.');
  await withdrawDataset(sample.catalogue.operator, 'equipements', 'Fin.');
  expect(await ask(`where=${encode('"arbre"')}`)).toEqual({ total_count: 0, results: [] });
  expect((await get('/api/explore/v2.1/catalog/facets')).json().facets).toEqual([]);
});
