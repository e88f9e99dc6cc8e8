// The catalogue in the Explore API over HTTP, on a catalogue and an engine of its own.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { sampleFields, writeSample } from '../../data/query/sample.ts';
import type { Geometry } from '../../model/table.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { checkNewDataset, publishVersion, withdrawDataset } from '../catalog/service.ts';
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
  await publish('equipements', 'Équipements & sports', 'published');
  await publish('brouillon', 'Un brouillon', 'draft');
  await publish('retire', 'Un jeu retiré', 'published');
  await withdrawDataset(catalogue.operator, 'retire', 'Publié deux fois.');
  server = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  await server.register(catalogApiRoutes, { contextOf: () => context, publicUrl: 'https://donnees.example.org' });

  async function publish(id: string, title: string, state: 'draft' | 'published') {
    const key = `${id}@1`;
    await mkdir(files.versionFolder(key), { recursive: true });
    await writeSample(files.versionFolder(key), tables);
    const request = testRequest({
      id,
      title,
      description: 'Où <faire> du sport.\n\nPartout.',
      keywords: ['sport'],
      communes: ['37261'],
    });
    const dataset = await checkNewDataset(catalogue.operator, request);
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

test('the catalogue: published datasets, found by words', async () => {
  const all = (await get(api)).json();
  expect(all.total_count).toBe(1);
  expect(all.results[0].dataset_id).toBe('equipements');
  expect((await get(`${api}?where=${encode('"equipement"')}`)).json().total_count).toBe(1);
  expect((await get(`${api}?where=${encode('search("introuvable")')}`)).json()).toEqual({
    total_count: 0,
    results: [],
  });
  expect((await get(`${api}?where=${encode('publisher = "x"')}`)).json().message).toContain(
    'Unknown field: publisher.',
  );
  expect((await get(`${api}?limit=101`)).json().error_code).toBe('InvalidRESTParameterError');
});
