// A file of shapes becomes records, exports and GeoParquet, with a point that stands for each of them.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
});
afterAll(() => portal?.close());

const api = (id: string) => `/api/explore/v2.1/catalog/datasets/${id}`;

async function deposit(id: string, features: readonly unknown[]) {
  const path = join(portal.home, `${id}.geojson`);
  await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }));
  const options = ['--organization', 'ville', '--title', `Jeu ${id}`, '--id', id, '--publish'];
  const answer = await portal.cli('deposit', path, ...options);
  expect(answer.code, answer.stderr).toBe(0);
}

const square = [
  [
    [0, 46],
    [2, 46],
    [2, 48],
    [0, 48],
    [0, 46],
  ],
];
const path = [
  [0.5, 47],
  [0.5, 48],
];
const feature = (nom: string, geometry: unknown) => ({ type: 'Feature', properties: { nom, rang: 7 }, geometry });

test('shapes of several kinds', async () => {
  await deposit('zones', [
    feature('Carré', { type: 'Polygon', coordinates: square }),
    feature('Chemin', { type: 'LineString', coordinates: path }),
    feature('Nulle part', null),
    feature('Borne', { type: 'Point', coordinates: [0.75, 47.25] }),
  ]);
  const dataset = (await portal.json(api('zones'))) as { fields: { name: string; type: string }[]; metas: never };
  expect(dataset.fields.map(({ name, type }) => [name, type])).toEqual([
    ['nom', 'text'],
    ['rang', 'int'],
    ['geo_point_2d', 'geo_point_2d'],
    ['geo_shape', 'geo_shape'],
  ]);
  const shape = (geometry: unknown) => ({ type: 'Feature', geometry, properties: {} });
  const { results } = (await portal.json(`${api('zones')}/records`)) as { results: unknown[] };
  expect(results).toEqual([
    {
      nom: 'Carré',
      rang: 7,
      geo_point_2d: { lon: 1, lat: 47 },
      geo_shape: shape({ type: 'Polygon', coordinates: square }),
    },
    {
      nom: 'Chemin',
      rang: 7,
      geo_point_2d: { lon: 0.5, lat: 47.5 },
      geo_shape: shape({ type: 'LineString', coordinates: path }),
    },
    { nom: 'Nulle part', rang: 7, geo_point_2d: null, geo_shape: null },
    {
      nom: 'Borne',
      rang: 7,
      geo_point_2d: { lon: 0.75, lat: 47.25 },
      geo_shape: shape({ type: 'Point', coordinates: [0.75, 47.25] }),
    },
  ]);
  const csv = await (await portal.get(`${api('zones')}/exports/csv?with_bom=false`)).text();
  expect(csv.split('\n')).toEqual([
    'nom;rang;geo_point_2d;geo_shape',
    'Carré;7;47.0, 1.0;"{""type"":""Polygon"",""coordinates"":[[[0,46], [2,46], [2,48], [0,48], [0,46]]]}"',
    'Chemin;7;47.5, 0.5;"{""type"":""LineString"",""coordinates"":[[0.5,47], [0.5,48]]}"',
    'Nulle part;7;;',
    'Borne;7;47.25, 0.75;"{""type"":""Point"",""coordinates"":[0.75,47.25]}"',
    '',
  ]);
  const json = (await portal.json(`${api('zones')}/exports/json`)) as { geo_shape: unknown }[];
  expect(json.map((row) => row.geo_shape)).toEqual([
    { type: 'Polygon', coordinates: square },
    { type: 'LineString', coordinates: path },
    null,
    { type: 'Point', coordinates: [0.75, 47.25] },
  ]);
  expect((await portal.get('/datasets/zones')).status).toBe(200);
  const parquet = Buffer.from(await (await portal.get(`${api('zones')}/exports/parquet`)).arrayBuffer());
  expect(parquet.includes('"primary_column":"geo_shape"')).toBe(true);
});

test('points need no shape beside them', async () => {
  await deposit('bornes', [
    feature('Une', { type: 'Point', coordinates: [0.75, 47.25] }),
    feature('Deux', { type: 'Point', coordinates: [0.5, 47.5] }),
  ]);
  const { results } = (await portal.json(`${api('bornes')}/records?where=nom%3D'Deux'`)) as { results: unknown[] };
  expect(results).toEqual([{ nom: 'Deux', rang: 7, geo_point_2d: { lon: 0.5, lat: 47.5 } }]);
  const { metas } = (await portal.json(api('bornes'))) as { metas: { default: { bbox: unknown } } };
  expect(metas.default.bbox).toEqual({
    type: 'Feature',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0.5, 47.25],
          [0.75, 47.25],
          [0.75, 47.5],
          [0.5, 47.5],
          [0.5, 47.25],
        ],
      ],
    },
    properties: {},
  });
});
