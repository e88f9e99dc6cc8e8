// Our own API over HTTP, on a catalogue and an engine of its own: seven rows that can be read by eye.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestCatalogue, type TestCatalogue, testRequest, testVersion } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import { sampleFields, writeSample } from '../../data/query/sample.ts';
import type { Geometry } from '../../model/table.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { buildServer } from '../../web/server.ts';
import { checkNewDataset, publishVersion, withdrawDataset } from '../catalog/service.ts';
import { apiRoutes } from './routes.ts';

let catalogue: TestCatalogue;
let tables: TableEngine;
let folder: string;
let server: FastifyInstance;

const site = 'https://donnees.example.org';
const api = '/api/v1/datasets';
const geometry: Geometry = { type: 'Point', crs: 'EPSG:4326', source: 'lat + lon', bbox: [0.68, 47.39, 0.7, 47.41] };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-api-'));
  const files = await openDiskStore(join(folder, 'files'));
  tables = openTableEngine({
    children: 2,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'query'),
  });
  catalogue = await openTestCatalogue();
  await catalogue.empty();
  const log = { info() {}, warn() {}, error: (facts: unknown) => console.error(facts) };
  const context: Context = { ...catalogue.anyone, tables, ingest: tables, files, log };
  await publish('equipements', 'Équipements & sports', true);
  await publish('brouillon', 'Un brouillon', false);
  await publish('retire', 'Un jeu retiré', true);
  await withdrawDataset(catalogue.operator, 'retire', 'Publié deux fois.');
  server = await buildServer({ publicUrl: site, log, site: async () => ({ name: 'Essai', demo: false }) });
  await server.register(apiRoutes, { contextOf: () => context, publicUrl: site });

  async function publish(id: string, title: string, published: boolean) {
    const key = `${id}@1`;
    await mkdir(files.versionFolder(key), { recursive: true });
    await writeSample(files.versionFolder(key), tables);
    const dataset = await checkNewDataset(catalogue.operator, testRequest({ id, title, communes: ['37261'] }));
    const version = { ...testVersion(key), rows: 7, fields: sampleFields, geometry };
    await publishVersion(catalogue.operator, {
      dataset,
      version,
      depositId: await catalogue.receive(),
      publish: published,
    });
  }
});

afterAll(async () => {
  await server.close();
  await tables.close();
  await catalogue.close();
  await rm(folder, { recursive: true, force: true });
});

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await server.inject({ url: path, headers: { 'accept-encoding': 'identity', ...headers } });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body, json: () => JSON.parse(answer.body) };
}

/** The ids of the records that filters keep. */
async function ids(query: string): Promise<readonly number[]> {
  const { status, text, json } = await get(`${api}/equipements/records?fields=id&${query}`);
  if (status !== 200) throw new Error(text);
  return json().records.map((record: { id: number }) => record.id);
}

test('records: the current version, its total, values as the API of exploration gives them', async () => {
  const { status, headers, json } = await get(`${api}/equipements/records?limit=2`);
  expect(status).toBe(200);
  const { dataset, version, total, records, next } = json();
  expect({ dataset, version, total }).toEqual({ dataset: 'equipements', version: 1, total: 7 });
  expect(records).toHaveLength(2);
  expect(records[0]).toEqual({
    id: 1,
    nom: "Gymnase de l'Île",
    code: '01000',
    ville: 'Tours',
    montant: 100.5,
    jour: '2024-01-15',
    moment: '2024-01-15T08:00:00+00:00',
    heure: '08:00:00',
    actif: true,
    '2024': 10,
    date: '2020-01-01',
    geo_point_2d: { lon: 0.68, lat: 47.39 },
  });
  expect(next).toBe(`${site}${api}/equipements/records?limit=2&version=1&cursor=after-2`);
  expect(headers['link']).toContain(`<${next}>; rel="next"`);
  expect(headers['cache-control']).toBe('public, max-age=0, must-revalidate');
});

test.each([
  ['ville=Tours', [1, 2]],
  ['ville=Tours&ville=Luynes', [1, 2, 5, 6]],
  ['ville__ne=Tours', [3, 4, 5, 6, 7]],
  ['ville__in=Luynes,"Chambray-lès-Tours"', [5, 6, 7]],
  ['code=01000', [1]],
  ['code=1000', []],
  ['nom__contains=gymnase', [1]],
  ['nom__contains=eleMENT', [2]],
  ['nom__starts=Th', [7]],
  ['nom__isnull=true', [5]],
  ['ville__isnull=false', [1, 2, 3, 5, 6, 7]],
  ['montant__gte=100.5', [1, 2, 6]],
  ['montant__gt=100.5', [2, 6]],
  ['montant__lt=0', [4]],
  ['montant=-3.25', [4]],
  ['actif=false', [2, 5]],
  ['jour=2024', [1, 2]],
  ['jour__gte=2024&jour__lte=2024-02', [1, 2]],
  ['jour__gt=2024', [5, 6]],
  ['jour__ne=2025-06&jour__isnull=false', [1, 2, 3, 7]],
  ['moment=2023-12-31', [3]],
  ['moment__lt=2023', [7]],
  ['2024__gte=50', [5, 6, 7]],
  ['heure=12:30:00', [2]],
  ['q=piscine', [3]],
  ['q=ecole', [2]],
  ['bbox=0.675,47.38,0.695,47.405', [1, 2]],
  ['near=0.70,47.41,100m', [4]],
  ['geo_point_2d__near=0.70,47.41,2km', [2, 4]],
  ['geo_point_2d__isnull=true', [3, 5, 6, 7]],
  ['where=montant%20%3E%20150', [2, 6]],
  ['ville=Tours&actif=true', [1]],
  ['sort=-montant,id', [2, 6, 1, 7, 5, 4, 3]],
  ['sort=jour', [7, 3, 1, 2, 5, 6, 4]],
])('%s', async (query, expected) => {
  expect(await ids(query.replace('"Chambray-lès-Tours"', encodeURIComponent('"Chambray-lès-Tours"')))).toEqual(
    expected,
  );
});

test.each([
  '',
  'ville__ne=Tours',
  'sort=-montant',
  'sort=ville,-jour',
  'sort=-actif',
  'sort=jour&montant__isnull=false',
  'q=t',
])('pages of two by their links are the whole, each record once: %s', async (query) => {
  const whole = await ids(`${query}&limit=100`);
  const seen: number[] = [];
  let url: string | null = `${api}/equipements/records?${query}&limit=2&fields=id`;
  while (url !== null) {
    const page: { records: { id: number }[]; next: string | null; total: number } = (await get(url)).json();
    expect(page.total).toBe(whole.length);
    seen.push(...page.records.map(({ id }) => id));
    url = page.next === null ? null : page.next.slice(site.length);
  }
  expect(seen).toEqual(whole);
});

test('aggregates: groups, functions, order, pages', async () => {
  const { json } = await get(`${api}/equipements/aggregates?group=ville&sum=montant&count=*&sort=-count,ville`);
  expect(json().results).toEqual([
    { ville: 'Luynes', count: 2, sum_montant: 200 },
    { ville: 'Tours', count: 2, sum_montant: 300.5 },
    { ville: 'Chambray-lès-Tours', count: 1, sum_montant: 5 },
    { ville: 'Joué-lès-Tours', count: 1, sum_montant: null },
    { ville: null, count: 1, sum_montant: -3.25 },
  ]);
  const years = (await get(`${api}/equipements/aggregates?group=jour__year&sort=jour__year&jour__isnull=false`)).json();
  expect(years.results).toEqual([
    { jour__year: 2022, count: 1 },
    { jour__year: 2023, count: 1 },
    { jour__year: 2024, count: 2 },
    { jour__year: 2025, count: 2 },
  ]);
  const all = (await get(`${api}/equipements/aggregates?max=montant&min=jour&count=nom`)).json();
  expect(all.results).toEqual([{ count_nom: 6, max_montant: 200, min_jour: '2022-05-05' }]);
  const first = (await get(`${api}/equipements/aggregates?group=ville&sort=ville&limit=4`)).json();
  expect(first.results.map(({ ville }: { ville: string }) => ville)).toEqual([
    'Chambray-lès-Tours',
    'Joué-lès-Tours',
    'Luynes',
    'Tours',
  ]);
  const rest = (await get(first.next.slice(site.length))).json();
  expect(rest).toMatchObject({ results: [{ ville: null, count: 1 }], next: null });
});

test.each([
  ['records?villle=Tours', 400, 'api.parameterUnknown', '« ville »'],
  ['records?ville__like=Tours', 400, 'api.parameterUnknown', 'ville__'],
  ['records?fields=nome', 400, 'api.columnUnknown', '« nom »'],
  ['records?sort=-montan', 400, 'api.columnUnknown', '« montant »'],
  ['records?sort=geo_point_2d', 400, 'query.outOfRange', 'geo_point_2d'],
  ['records?montant__contains=1', 400, 'api.filterImpossible', 'contains'],
  ['records?nom__near=0,0,1m', 400, 'api.filterImpossible', 'near'],
  ['records?montant=beaucoup', 400, 'query.outOfRange', 'beaucoup'],
  ['records?jour=2024-02-30', 400, 'query.dateInvalid', '2024-02-30'],
  ['records?limit=0', 400, 'query.outOfRange', 'limit'],
  ['records?limit=10001', 400, 'query.outOfRange', '10000'],
  ['records?cursor=2', 400, 'query.outOfRange', 'cursor'],
  ['records?bbox=1,2,3', 400, 'query.outOfRange', 'bbox'],
  ['records?near=0,95,10m', 400, 'query.outOfRange', 'near'],
  ['records?where=nom%20%3D', 400, 'query.syntax', ''],
  ['records?version=2', 404, 'version.unknown', ''],
  ['records?version=0', 400, 'query.outOfRange', 'version'],
  ['aggregates?sum=nom', 400, 'query.outOfRange', 'nom'],
  ['aggregates?group=ville&sort=nom', 400, 'query.outOfRange', 'ville'],
  ['export.xls', 400, 'export.formatUnknown', 'xls'],
  ['versions/4/citation', 404, 'version.unknown', ''],
])('%s → %i %s', async (path, status, code, said) => {
  const answer = await get(`${api}/equipements/${path}`, { 'accept-language': 'fr' });
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect({ status: answer.status, code: answer.json().code }).toEqual({ status, code });
  expect(answer.json().detail).toContain(said);
});

test('who may not know of a dataset is told that there is none; a withdrawn one tells why', async () => {
  for (const path of ['', '/records', '/aggregates', '/export.csv', '/openapi.json', '/versions/1/citation']) {
    expect((await get(`${api}/brouillon${path}`)).json()).toMatchObject({ status: 404, code: 'dataset.unknown' });
    expect((await get(`${api}/retire${path}`)).json()).toMatchObject({ status: 410, code: 'dataset.withdrawn' });
  }
});

test('datasets: the list by pages, one with its columns and addresses', async () => {
  const list = (await get(`${api}?q=sports`)).json();
  expect(list).toMatchObject({ total: 1, next: null });
  expect(list.datasets[0]).toMatchObject({ id: 'equipements', title: 'Équipements & sports', rows: 7, places: true });
  const one = (await get(`${api}/equipements`)).json();
  expect(one.columns.map(({ name }: { name: string }) => name)).toEqual([
    ...sampleFields.map(({ name }) => name),
    'geo_point_2d',
  ]);
  expect(one.links.records).toBe(`${site}${api}/equipements/records`);
  expect(Object.keys(one.links.exports)).toContain('geojson');
  expect((await get(`${api}?page=2`)).json().code).toBe('api.parameterUnknown');
});

test('files: filters, pieces, tags', async () => {
  const path = `${api}/equipements/export.csv?ville=Tours&fields=id,nom&sort=-id&with_bom=false`;
  const { status, text, headers } = await get(path);
  expect(status).toBe(200);
  expect(text).toBe("id;nom\n2;École Élémentaire\n1;Gymnase de l'Île\n");
  expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''equipements.csv");
  const tag = String(headers['etag']);
  expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
  const piece = await get(path, { range: 'bytes=0-5' });
  expect({ status: piece.status, text: piece.text }).toEqual({ status: 206, text: 'id;nom' });
  expect(piece.headers['content-range']).toBe(`bytes 0-5/${Buffer.byteLength(text)}`);
  expect((await get(path, { range: 'bytes=0-5', 'if-range': '"autre"' })).status).toBe(200);
  expect((await get(path, { range: 'bytes=5000-' })).status).toBe(416);
  const map = await get(`${api}/equipements/export.geojson?fields=nom&near=0.70,47.41,100m`);
  expect(map.json().features).toEqual([
    { type: 'Feature', geometry: { type: 'Point', coordinates: [0.7, 47.41] }, properties: { nom: 'Stade' } },
  ]);
});

test('records are told again only when they changed', async () => {
  const path = `${api}/equipements/records?limit=1`;
  const tag = String((await get(path)).headers['etag']);
  expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
  expect((await get(`${path}&ville=Tours`, { 'if-none-match': tag })).status).toBe(200);
});

test('the OpenAPI document names the columns, and its examples are answers', async () => {
  const document = (await get(`${api}/equipements/openapi.json`)).json();
  expect(document.openapi).toBe('3.1.0');
  const records = document.paths[`${api}/equipements/records`].get;
  expect(records.parameters.map(({ name }: { name: string }) => name)).toContain('ville');
  const example = records.responses['200'].content['application/json'].example;
  expect(example.records[0]).toMatchObject({ id: 1, nom: "Gymnase de l'Île" });
  expect(document.components.schemas.Record.properties.montant.type).toEqual(['number', 'null']);
});

test('a version is cited by its permanent link, as text and as data', async () => {
  const citation = (await get(`${api}/equipements/versions/1/citation`, { 'accept-language': 'fr' })).json();
  expect(citation).toMatchObject({
    title: 'Équipements & sports',
    version: 1,
    permanentLink: `${site}/datasets/equipements/versions/1`,
    data: `${site}${api}/equipements/export.csv?version=1`,
  });
  expect(citation.text).toContain('/datasets/equipements/versions/1');
  const text = await get(`${api}/equipements/versions/1/citation.txt`, { 'accept-language': 'fr' });
  expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(text.text).toBe(`${citation.text}\n`);
});

test('a page asked twice is read once, whatever the order of its parameters', async () => {
  const path = `${api}/equipements/records`;
  const { next } = (await get(`${path}?sort=-montant&limit=2&ville=Tours&ville=Luynes`)).json();
  const page = (await get(next)).json();
  const runs = vi.spyOn(tables, 'run');
  try {
    expect((await get(next)).json()).toEqual(page);
    const turned = new URLSearchParams([...new URL(next, site).searchParams].toReversed());
    expect((await get(`${path}?${turned}`)).json().records).toEqual(page.records);
    expect(runs).not.toHaveBeenCalled();
    await get(`${path}?sort=-montant&limit=3&ville=Tours`);
    expect(runs).toHaveBeenCalled();
  } finally {
    runs.mockRestore();
  }
});
