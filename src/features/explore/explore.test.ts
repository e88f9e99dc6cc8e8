// The Explore API over HTTP, on a catalogue and an engine of its own.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { datasetsPath as api, type ExplorePortal, openExplorePortal } from '../../../test/explore-portal.ts';
import type { Context } from '../../context.ts';
import { exportDataset, findVersion, queryNumbered, queryRecords } from './service.ts';

let portal: ExplorePortal;
let context: Context;
beforeAll(async () => {
  portal = await openExplorePortal();
  context = portal.context;
}, 60_000);
afterAll(() => portal?.close());

const get = (path: string, headers?: Record<string, string>) => portal.get(path, headers);
const records = (query: string) => get(`${api}/equipements/records?${query}`);
const encode = encodeURIComponent;

test('records: ten at most unless asked, flat, dates as written, the point apart', async () => {
  const answer = await get(`${api}/equipements/records`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  const { total_count, results } = answer.json();
  expect(total_count).toBe(7);
  expect(results).toHaveLength(7);
  expect(results[0]).toEqual({
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
  expect(results[2].geo_point_2d).toBe(null);
});

test('select, where, order_by, limit, offset together', async () => {
  const query = `select=id,${encode('montant*2 as double')}&where=${encode('montant >= 0')}&where=${encode('not "luynes"')}&order_by=${encode('montant desc')}&limit=2&offset=1`;
  expect((await records(query)).json()).toEqual({
    total_count: 3,
    results: [
      { id: 1, double: 201 },
      { id: 7, double: 10 },
    ],
  });
  expect((await records('limit=0')).json()).toEqual({ total_count: 7, results: [] });
  expect((await records('limit=-1')).json().results).toHaveLength(7);
  expect((await records('limit=5&offset=5')).json().results.map((r: { id: number }) => r.id)).toEqual([6, 7]);
  expect((await records('offset=50')).json()).toEqual({ total_count: 7, results: [] });
  expect((await records(`where=${encode('id > 2')}&offset=50`)).json()).toEqual({ total_count: 5, results: [] });
  expect((await records(`where=${encode('"gymnase"')}`)).json().total_count).toBe(1);
  expect((await records(`select=${encode('count(*) as n, sum(montant)')}`)).json()).toEqual({
    total_count: 1,
    results: [{ n: 7, 'sum(montant)': 502.25 }],
  });
});

test('a slash at the end, repeated and empty parameters', async () => {
  expect((await get(`${api}/equipements/records/?limit=1&where=&select=`)).json().results).toHaveLength(1);
});

test.each<[string, number, string, string]>([
  [
    'records?limit=99999',
    400,
    'InvalidRESTParameterError',
    'Invalid value for limit API parameter: 99999 was found but -1 <= limit <= 100 is expected.',
  ],
  [
    'records?limit=beaucoup',
    400,
    'InvalidRESTParameterError',
    'Invalid value for limit API parameter: beaucoup was found but -1 <= limit <= 100 is expected.',
  ],
  [
    'records?offset=10000',
    400,
    'InvalidRESTParameterError',
    'Invalid value for offset API parameter: 10000 was found but 0 <= offset <= 9990 is expected.',
  ],
  [
    'records?offset=-1',
    400,
    'InvalidRESTParameterError',
    'Invalid value for offset API parameter: -1 was found but 0 <= offset <= 9990 is expected.',
  ],
  [
    'records?order_by=X',
    400,
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: X. Clause(s) containing the error(s): order_by.',
  ],
  [
    'records?where=jour%3D%22hier%22',
    400,
    'ODSQLError',
    'ODSQL query is malformed: "hier" cannot be compared with "jour", whose type is date. Clause(s) containing the error(s): where.',
  ],
  ['records?having=ville', 400, 'InvalidRESTParameterError', 'Parameter having is not supported here yet.'],
  ['records?wher=id', 400, 'InvalidRESTParameterError', 'Parameter wher is not supported here yet.'],
  ['records/1?where=id', 400, 'InvalidRESTParameterError', 'Parameter where is not supported here yet.'],
  ['facets?limit=3', 400, 'InvalidRESTParameterError', 'Parameter limit is not supported here yet.'],
  [
    'facets?facet=absent',
    400,
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: absent. Clause(s) containing the error(s): facet.',
  ],
  [
    'records?refine=ville',
    400,
    'InvalidRESTParameterError',
    'Invalid value for refine API parameter: ville was found but facet:value is expected.',
  ],
  [
    'records?exclude=absent:1',
    400,
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: absent. Clause(s) containing the error(s): exclude.',
  ],
  [
    'records?refine=id:beaucoup',
    400,
    'ODSQLError',
    'ODSQL query is malformed: "beaucoup" cannot be compared with "id", whose type is number. Clause(s) containing the error(s): refine.',
  ],
  [
    'records?select=nom&group_by=ville',
    400,
    'ODSQLError',
    'ODSQL query is malformed: Field nom is not in group_by: only aggregates of it can be selected. Clause(s) containing the error(s): select.',
  ],
  ['records/8', 404, 'NotFoundResource', 'The requested record 8 does not exist.'],
  ['records/abc', 404, 'NotFoundResource', 'The requested record abc does not exist.'],
  ['exports/xls', 400, 'InvalidRESTParameterError', 'The export format "xls" does not exist.'],
  [
    'exports/csv?delimiter=%23',
    400,
    'InvalidRESTParameterError',
    'Invalid value for delimiter API parameter: # was found but ";", ",", "\\t", "|" is expected.',
  ],
  [
    'exports/csv?where=absent%3D1',
    400,
    'ODSQLError',
    'ODSQL query is malformed: Unknown field: absent. Clause(s) containing the error(s): where.',
  ],
])('%s → %i %s', async (path, status, error_code, message) => {
  const answer = await get(`${api}/equipements/${path}`);
  expect({ status: answer.status, ...answer.json() }).toEqual({ status, error_code, message });
  expect(answer.headers['access-control-allow-origin']).toBe('*');
  expect(answer.headers['cache-control']).toBe('no-store');
});

test('what is not there, not yet there, no longer there', async () => {
  for (const path of ['/records', '/records/1', '/exports', '/exports/csv']) {
    for (const id of ['absent', 'brouillon']) {
      const answer = await get(`${api}/${id}${path}`);
      expect({ status: answer.status, ...answer.json() }).toEqual({
        status: 404,
        error_code: 'NotFoundResource',
        message: `The requested dataset ${id} does not exist.`,
      });
    }
    expect((await get(`${api}/retire${path}`)).status).toBe(410);
  }
  expect((await get('/api/explore/v2.1/nothing')).json().error_code).toBe('NotFoundResource');
  expect((await get(`${api}/equipements/records?version=2`)).status).toBe(404);
});

test('one record by its number', async () => {
  expect((await get(`${api}/equipements/records/5?select=id,ville`)).json()).toEqual({ id: 5, ville: 'Luynes' });
});

test('answers are kept by version: ETag, 304, how long', async () => {
  const first = await records('limit=2');
  expect(first.headers).toMatchObject({
    'cache-control': 'public, max-age=0, must-revalidate',
    link: '<https://www.etalab.gouv.fr/licence-ouverte-open-licence/>; rel="license"',
  });
  const etag = String(first.headers['etag']);
  expect((await get(`${api}/equipements/records?limit=2`, { 'if-none-match': etag })).status).toBe(304);
  expect((await get(`${api}/equipements/records?limit=3`, { 'if-none-match': etag })).status).toBe(200);
  expect((await records('version=1')).headers['cache-control']).toBe('public, max-age=0, must-revalidate');
  const file = await get(`${api}/equipements/exports/csv`);
  expect((await get(`${api}/equipements/exports/csv`, { 'if-none-match': String(file.headers['etag']) })).status).toBe(
    304,
  );
  expect(file.headers['etag']).not.toBe((await get(`${api}/equipements/exports/csv?with_bom=false`)).headers['etag']);
});

test('a script of any site may read, after asking', async () => {
  const asked = await portal.get(`${api}/equipements/records`, {}, 'OPTIONS');
  expect(asked.status).toBe(204);
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
  });
  expect(asked.headers['access-control-allow-headers']).toContain('Authorization');
  const exposed = String((await records('')).headers['access-control-expose-headers']);
  for (const name of ['Link', 'ODS-Explore-API-Deprecation', 'X-RateLimit-Remaining']) expect(exposed).toContain(name);
  expect((await portal.get(`${api}/equipements/records`, {}, 'HEAD')).status).toBe(200);
});

const csvHead = 'id;nom;code;ville;montant;jour;moment;heure;actif;2024;date;geo_point_2d';

test('csv: all the rows in the order of the file, a mark first, semicolons', async () => {
  const answer = await get(`${api}/equipements/exports/csv`);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="equipements.csv"; filename*=UTF-8''equipements.csv`,
  });
  expect([...answer.raw.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = answer.text.replace(/^\uFEFF/, '').split('\n');
  expect(lines[0]).toBe(csvHead);
  expect(lines[1]).toBe(
    "1;Gymnase de l'Île;01000;Tours;100.5;2024-01-15;2024-01-15T08:00:00+00:00;08:00:00;true;10;2020-01-01;47.39, 0.68",
  );
  expect(lines[4]).toBe('4;Stade;2A004;;-3.25;;;;;40;;47.41, 0.7');
  expect(lines).toHaveLength(9);
  expect(lines[8]).toBe('');
});

test('csv: options', async () => {
  const path = `${api}/equipements/exports/csv?with_bom=false&select=${encode('id, nom')}&where=${encode('id in (2, 5)')}&order_by=${encode('id desc')}`;
  expect((await get(path)).text).toBe('id;nom\n5;\n2;École Élémentaire\n');
  expect((await get(`${path}&quote_all=true&delimiter=${encode(',')}`)).text).toBe(
    '"id","nom"\n"5",\n"2","École Élémentaire"\n',
  );
  expect((await get(`${api}/equipements/exports/csv?with_bom=false&select=id&where=false`)).text).toBe('id\n');
  expect((await get(`${path}&delimiter=%09&limit=1`)).text).toBe('id\tnom\n5\t\n');
});

test('json: an array of records; parquet: the stored file, or a selection', async () => {
  const json = (
    await get(`${api}/equipements/exports/json?select=${encode('id, moment, montant, geo_point_2d')}&where=id%3C3`)
  ).json();
  expect(json).toEqual([
    { id: 1, moment: '2024-01-15T08:00:00+00:00', montant: 100.5, geo_point_2d: { lon: 0.68, lat: 47.39 } },
    { id: 2, moment: '2024-02-29T12:30:00+00:00', montant: 200, geo_point_2d: { lon: 0.69, lat: 47.4 } },
  ]);
  expect((await get(`${api}/equipements/exports/json?where=false`)).json()).toEqual([]);
  const whole = await exportDataset(context, 'equipements', 'parquet', {});
  expect(whole.path).toBe(join(context.files.versionFolder('equipements@1'), 'data.parquet'));
  const some = await exportDataset(context, 'equipements', 'parquet', { where: 'id > 5', select: 'id, nom' });
  const [read] = await portal.tables.run([{ sql: `SELECT * FROM '${some.path}' ORDER BY id` }]);
  expect(read?.rows).toEqual([
    [6, '100% sport_libre'],
    [7, 'Théâtre'],
  ]);
  expect((await get(`${api}/equipements/exports/parquet`)).headers['content-type']).toBe(
    'application/vnd.apache.parquet',
  );
});

test('qv1: the q language of version 1 on records, facets and exports', async () => {
  const ids = async (query: string) =>
    (await records(`select=id&${query}`)).json().results.map(({ id }: { readonly id: number }) => id);
  expect(await ids(`qv1=${encode('ville:Tours')}`)).toEqual([1, 2, 3, 7]);
  expect(await ids(`qv1=${encode('(ecole OR piscine)')}`)).toEqual([2, 3]);
  // With the other conditions, and twice: all are required.
  expect(await ids(`qv1=${encode('montant>=100')}&qv1=${encode('NOT ville:Tours')}&where=${encode('id > 1')}`)).toEqual(
    [6],
  );
  expect(await ids('qv1=')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  const { facets } = (await get(`${api}/equipements/facets?facet=actif&qv1=${encode('ville:Luynes')}`)).json();
  expect(facets[0].facets.map(({ name, count }: { name: string; count: number }) => [name, count])).toEqual([
    ['false', 1],
    ['true', 1],
  ]);
  const file = await get(
    `${api}/equipements/exports/csv?with_bom=false&select=id&qv1=${encode('#startswith(nom, "Th")')}`,
  );
  expect(file.text).toBe('id\n7\n');
  const refused = await records(`qv1=${encode('absent:1')}`);
  expect(refused.status).toBe(400);
  expect(refused.json().error_code).toBe('ODSQLError');
  expect(refused.json().message).toContain('Unknown field: absent.');
});

test('an export in another reference system, by the formats that can tell it', async () => {
  const path = `${api}/equipements/exports/geojson?select=id&where=${encode('id = 1')}`;
  const degrees = (await get(`${path}&epsg=4326`)).json();
  expect(degrees.features[0].geometry).toEqual({ type: 'Point', coordinates: [0.68, 47.39] });
  expect(degrees).not.toHaveProperty('crs');
  const lambert = (await get(`${path}&epsg=2154`)).json();
  expect(lambert.crs).toEqual({ type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2154' } });
  expect(lambert.features).toHaveLength(1);
  expect(lambert.features[0].properties).toEqual({ id: 1 });
  // gdaltransform, on PROJ, tells 525009.298, 6701421.815.
  expect(lambert.features[0].geometry.coordinates.map(Math.round)).toEqual([525_009, 6_701_422]);
  for (const wrong of ['exports/geojson?epsg=99999', 'exports/kml?epsg=2154', 'exports/csv?epsg=2154']) {
    const refused = await get(`${api}/equipements/${wrong}`);
    expect(refused.status).toBe(400);
    expect(refused.json().error_code).toBe('InvalidRESTParameterError');
    expect(refused.json().message).toContain('Invalid value for epsg API parameter');
  }
});

/** The names of the exports kept, whatever their version. */
async function exportNames(): Promise<readonly string[]> {
  const entries = await readdir(join(context.files.root, 'exports'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

test('the same export asked many times at once is made once', async () => {
  const before = (await exportNames()).length;
  const files = await Promise.all(
    Array.from({ length: 10 }, () => exportDataset(context, 'equipements', 'csv', { where: 'id < 7' })),
  );
  expect(new Set(files.map((file) => file.path)).size).toBe(1);
  const names = await exportNames();
  expect(names).toHaveLength(before + 1);
  expect(names.filter((name) => name.startsWith('part-'))).toEqual([]);
});

test('formats are listed', async () => {
  expect((await get(`${api}/equipements/exports`)).json()).toEqual({
    links: [
      { rel: 'self', href: 'https://donnees.example.org/api/explore/v2.1/catalog/datasets/equipements/exports' },
      ...'csv fgb geojson gpx json jsonl jsonld kml n3 ov2 parquet rdfxml shp turtle xlsx gpkg'
        .split(' ')
        .map((rel) => ({
          rel,
          href: `https://donnees.example.org/api/explore/v2.1/catalog/datasets/equipements/exports/${rel}`,
        })),
    ],
  });
});

test('the operator reads drafts; pages may be deeper than the API allows', async () => {
  const operator: Context = { ...context, actor: { kind: 'operator' } };
  expect((await queryRecords(operator, 'brouillon', { limit: 1 })).total_count).toBe(7);
  await expect(queryRecords(context, 'brouillon', {})).rejects.toMatchObject({ code: 'dataset.unknown' });
  expect(await queryRecords(context, 'equipements', { offset: 5_000_000, limit: 50 })).toEqual({
    total_count: 7,
    results: [],
  });
});

test('records with their numbers in the file, whatever is selected; groups have none', async () => {
  const { version } = await findVersion(context, 'equipements');
  const numbers = async (query: Parameters<typeof queryNumbered>[2]) =>
    (await queryNumbered(context, version, query)).numbers;
  expect(await numbers({ where: 'id > 2', order_by: 'id desc', limit: 2 })).toEqual([7, 6]);
  expect(await queryNumbered(context, version, { select: 'nom', limit: 1, offset: 4 })).toEqual({
    total_count: 7,
    results: [{ nom: null }],
    numbers: [5],
  });
  const [first] = (await queryNumbered(context, version, { limit: 1 })).results;
  expect(Object.keys(first ?? {})).not.toContain('file_row_number');
  expect(await queryNumbered(context, version, { select: 'exclude(nom)', limit: 1 })).toMatchObject({ numbers: [1] });
  expect(await numbers({ select: 'count(*) as n' })).toBe(null);
  expect(await numbers({ select: 'ville, count(*) as n', group_by: 'ville' })).toBe(null);
  await expect(numbers({ where: 'file_row_number = 1' })).rejects.toMatchObject({ code: 'query.unknownField' });
});
