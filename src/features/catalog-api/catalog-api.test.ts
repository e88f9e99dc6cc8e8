// The catalogue in the Explore API over HTTP, on a catalogue and an engine of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import Fastify, { type FastifyInstance } from 'fastify';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { sampleFields, writeSample } from '../../data/query/sample.ts';
import type { Geometry } from '../../model/table.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import type { DatasetRequest } from '../catalog/schemas.ts';
import { changeDataset, checkNewDataset, publishVersion, withdrawDataset } from '../catalog/service.ts';
import { catalogApiRoutes } from './routes.ts';

let catalogue: TestCatalogue;
let tables: TableEngine;
let folder: string;
let server: FastifyInstance;
let context: Context;

const api = '/api/explore/v2.1/catalog/datasets';
const geometry: Geometry = { type: 'Point', crs: 'EPSG:4326', source: 'lat + lon', bbox: [0.68, 47.39, 0.7, 47.41] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-catalog-api-'));
  const files = await openDiskStore(join(folder, 'files'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'query'),
  });
  catalogue = await openTestCatalogue();
  await catalogue.empty();
  context = { ...catalogue.anyone, tables, ingest: tables, files, log: { info() {}, warn() {}, error() {} } };
  await publish({ id: 'equipements', title: 'Équipements & sports', keywords: ['sport'] });
  await publish({ id: 'brouillon', title: 'Un brouillon', keywords: ['secret'] }, 'draft');
  await publish({ id: 'retire', title: 'Un jeu retiré', keywords: ['secret'] });
  await withdrawDataset(catalogue.operator, 'retire', 'Publié deux fois.');
  catalogue.now = new Date('2025-07-14T10:00:00Z');
  const trees = { id: 'arbres', title: 'Arbres remarquables', theme: 'ENVI', keywords: ['nature', 'sport'] };
  await publish({ ...trees, organization: 'departement', communes: ['37261', '37208'] });
  server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await server.register(catalogApiRoutes, { contextOf: () => context, publicUrl: 'https://donnees.example.org' });

  async function publish(said: Partial<DatasetRequest> & { id: string }, state = 'published') {
    const key = `${said.id}@1`;
    await mkdir(files.versionFolder(key), { recursive: true });
    await writeSample(files.versionFolder(key), tables);
    const description = 'Où <faire> du sport.\n\nPartout.';
    const dataset = await checkNewDataset(
      catalogue.operator,
      testRequest({ description, communes: ['37261'], ...said }),
    );
    const version = { ...testVersion(key), rows: 7, fields: sampleFields, geometry };
    await publishVersion(catalogue.operator, {
      dataset,
      version,
      depositId: await catalogue.receive(),
      publish: state === 'published',
    });
  }
}, 60_000);

afterAll(async () => {
  await server?.close();
  await catalogue?.close();
  await tables?.close();
  await rm(folder, { recursive: true, force: true });
});

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await server.inject({ url: path, headers });
  return {
    status: response.statusCode,
    headers: response.headers,
    text: response.body,
    raw: response.rawPayload,
    json: () => response.json(),
  };
}

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

const exported = (path: string) => get(`/api/explore/v2.1/catalog/exports${path}`);

test('the formats of the catalogue are listed', async () => {
  const { links } = (await exported('/')).json();
  expect(links[0]).toEqual({ rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/exports' });
  expect(links.map((link: { rel: string }) => link.rel)).toEqual([
    'self',
    'csv',
    'data.json',
    'dcat',
    'dublin_core',
    'json',
    'rdf',
    'rss',
    'ttl',
    'xlsx',
  ]);
  expect((await exported('/pdf')).json()).toEqual({
    error_code: 'InvalidRESTParameterError',
    message: 'The export format "pdf" does not exist.',
  });
});

test('csv: every meta, a mark first, semicolons; or what is selected', async () => {
  const answer = await exported('/csv');
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="catalogue.csv"',
  });
  const lines = answer.text
    .replace(/^\uFEFF/, '')
    .trim()
    .split('\n');
  expect(answer.text[0]).toBe('\uFEFF');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^datasetid;has_records;features;default\.title;default\.description;/);
  expect(lines[1]).toMatch(/^arbres;true;geo,analyze,timeserie;Arbres remarquables;/);
  const some = await exported(
    `/csv?with_bom=false&select=${encode('dataset_id, keyword')}&delimiter=,&list_separator=${encode('|')}&order_by=dataset_id`,
  );
  expect(some.text).toBe('dataset_id,keyword\narbres,nature|sport\nequipements,sport\n');
  const counted = await exported(
    `/csv?with_bom=false&group_by=publisher&order_by=publisher&select=${encode('publisher, count(*) as n')}`,
  );
  expect(counted.text).toBe('publisher;n\nDépartement d’Indre-et-Loire;1\nVille de Tours;1\n');
});

test('json and data.json', async () => {
  const all = (await exported('/json?order_by=dataset_id')).json();
  expect(all.map((one: { dataset_id: string }) => one.dataset_id)).toEqual(['arbres', 'equipements']);
  expect(all[0].metas.default.title).toBe('Arbres remarquables');
  expect((await exported('/json?where=false')).json()).toEqual([]);
  expect((await exported('/json?limit=1')).json()).toHaveLength(1);
  const federal = (await exported('/data.json?include_exports=csv')).json();
  expect(federal.conformsTo).toBe('https://project-open-data.cio.gov/v1.1/schema');
  expect(federal.dataset[0]).toMatchObject({
    identifier: 'arbres',
    accessLevel: 'public',
    distribution: [{ title: 'CSV', mediaType: 'text/csv' }],
  });
  expect(federal.dataset).toHaveLength(2);
});

test('xlsx: a sheet with a line per dataset', async () => {
  const answer = await exported('/xlsx');
  const { sheets } = await readXlsx(answer.raw);
  expect(sheets[0]?.rows[0]?.slice(0, 2)).toEqual(['datasetid', 'has_records']);
  expect(sheets[0]?.rows.map((row) => row[0])).toEqual(['datasetid', 'arbres', 'equipements']);
});

test('rss: an item per dataset', async () => {
  const answer = await exported('/rss');
  expect(answer.headers['content-type']).toBe('application/rss+xml; charset=utf-8');
  const xml = new DOMParser().parseFromString(answer.text, 'text/xml');
  expect(Array.from(xml.getElementsByTagName('link'), (one) => one.textContent)).toEqual([
    'https://donnees.example.org',
    'https://donnees.example.org/datasets/arbres',
    'https://donnees.example.org/datasets/equipements',
  ]);
  expect(xml.getElementsByTagName('title')[2]?.textContent).toBe('Équipements & sports');
});

test('rdf and ttl say the same', async () => {
  const answer = await exported('/rdf');
  expect(answer.headers['content-type']).toBe('application/rdf+xml; charset=utf-8');
  const xml = new DOMParser().parseFromString(answer.text, 'text/xml');
  const datasets = xml.getElementsByTagName('dcat:Dataset');
  expect(datasets).toHaveLength(2);
  expect(datasets[0]?.getAttribute('rdf:about')).toBe('https://donnees.example.org/datasets/arbres#dataset');
  expect(datasets[0]?.getElementsByTagName('dcat:theme')[0]?.getAttribute('rdf:resource')).toBe(
    'http://publications.europa.eu/resource/authority/data-theme/ENVI',
  );
  expect(xml.getElementsByTagName('dct:identifier')[1]?.textContent).toBe('equipements');
  const turtle = await exported('/ttl?refine=theme:Environnement');
  expect(turtle.headers['content-type']).toBe('text/turtle; charset=utf-8');
  expect(turtle.text).toContain('<https://donnees.example.org/datasets/arbres#dataset> a dcat:Dataset ;');
  expect(turtle.text).toContain('  dct:identifier "arbres" ;');
  expect(turtle.text).toContain('dcat:keyword "nature"@fr ;');
  expect(turtle.text).toContain('"POLYGON((0.68 47.39,0.7 47.39,0.7 47.41,0.68 47.41,0.68 47.39))"^^geo:wktLiteral');
  expect(turtle.text).not.toContain('equipements');
});

test('attachments: the producer’s file, under its name as Opendatasoft writes it', async () => {
  const bytes = 'Nom;Ville\nA;Tours\n';
  const { sha256 } = testVersion('x').file;
  const scratch = join(context.files.scratch, 'file');
  await writeFile(scratch, bytes);
  await context.files.keepOriginal(scratch, sha256);
  expect((await get(`${api}/arbres/attachments/`)).json()).toEqual({
    links: [
      { rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres/attachments' },
      { rel: 'dataset', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres' },
    ],
    attachments: [
      {
        href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/arbres/attachments/original',
        metas: {
          id: 'original',
          title: 'données.csv',
          'mime-type': 'text/csv',
          url: 'https://donnees.example.org/datasets/arbres/original',
        },
      },
    ],
  });
  for (const path of ['attachments/original', 'attachments/donneescsv/', 'alternative_exports/donnees_csv_zip']) {
    const answer = await get(`${api}/arbres/${path}`);
    expect({ path, status: answer.status, type: answer.headers['content-type'] }).toEqual({
      path,
      status: 200,
      type: 'text/csv',
    });
    expect(answer.headers['etag']).toBe(`"${sha256}"`);
  }
  expect((await get(`${api}/arbres/attachments/notice_pdf`)).status).toBe(404);
  expect((await get(`${api}/brouillon/attachments/original`)).status).toBe(404);
  expect((await get(`${api}/brouillon/attachments`)).status).toBe(404);
});

test('a change of what is said of a dataset shows at once', async () => {
  await changeDataset(catalogue.operator, 'equipements', { keywords: ['sport', 'loisirs'] });
  expect(await where('keyword = "loisirs"')).toEqual(['equipements']);
  await changeDataset(catalogue.operator, 'equipements', { keywords: ['sport'] });
  expect(await where('keyword = "loisirs"')).toEqual([]);
});

test('an empty catalogue answers too', async () => {
  await withdrawDataset(catalogue.operator, 'arbres', 'Fin.');
  await withdrawDataset(catalogue.operator, 'equipements', 'Fin.');
  expect(await ask(`where=${encode('"arbre"')}`)).toEqual({ total_count: 0, results: [] });
  expect((await get('/api/explore/v2.1/catalog/facets')).json().facets).toEqual([]);
});
