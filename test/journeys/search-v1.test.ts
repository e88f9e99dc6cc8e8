// Old reuses go on: Opendatasoft's search interface of version 1, by the requests that programs and widgets send.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';

let portal: Portal;

const trees = `essence;quartier;hauteur;plantation;remarquable;lat;lon
Platane commun;Centre;21.5;2001-03-04;oui;47.39;0.68
Tilleul;Nord;12;2010-11-20;non;47.40;0.69
Platane commun;Nord;8.5;2019-01-02;non;47.41;0.70
Cèdre;Centre;30;1899-05-06;oui;47.38;0.71
Tilleul;;14;2010-12-31;non;;
`;

beforeAll(async () => {
  portal = await openPortal('--empty');
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
  const said = ['--description', 'Tous les arbres.', '--theme', 'ENVI', '--keyword', 'arbre', '--keyword', 'nature'];
  await deposit('arbres.csv', trees, ['--title', 'Arbres remarquables', '--id', 'arbres', ...said, '--publish']);
  await deposit('brouillon.csv', 'a;b\n1;2\n', ['--title', 'Un brouillon', '--id', 'brouillon']);
  const square = (x: number) => [
    [
      [x, 47],
      [x + 1, 47],
      [x + 1, 48],
      [x, 48],
      [x, 47],
    ],
  ];
  const feature = (nom: string, rang: number, x: number) => ({
    type: 'Feature',
    properties: { nom, rang },
    geometry: { type: 'Polygon', coordinates: square(x) },
  });
  const zones = [feature('Ouest', 4, 0), feature('Ouest encore', 6, 0), feature('Est', 5, 2)];
  const content = JSON.stringify({ type: 'FeatureCollection', features: zones });
  await deposit('zones.geojson', content, ['--title', 'Zones', '--id', 'zones', '--publish']);
});
afterAll(() => portal?.close());

async function deposit(name: string, content: string, options: readonly string[]) {
  const path = join(portal.home, name);
  await writeFile(path, content);
  const answer = await portal.cli('deposit', path, '--organization', 'ville', ...options);
  expect(answer.code, answer.stderr).toBe(0);
}

type Answer = {
  nhits: number;
  parameters: Record<string, unknown>;
  records: { recordid: string; fields: Record<string, unknown>; geometry?: unknown }[];
  facet_groups?: { name: string; facets: Record<string, unknown>[] }[];
  error: string;
};

async function get(path: string, status = 200): Promise<never> {
  const answer = await portal.get(path);
  const text = await answer.text();
  expect(answer.status, `${path}\n${text}`).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  return JSON.parse(text) as never;
}

const search = (query: string, status = 200): Promise<Answer> =>
  get(`/api/records/1.0/search/?dataset=arbres${query}`, status);
const ids = async (query: string) => (await search(query)).records.map(({ recordid }) => Number(recordid));
const q = (text: string) => ids(`&q=${encodeURIComponent(text)}`);

test('a page of records: keys, types, points with latitude first, no empty value', async () => {
  const answer = await search('');
  expect(answer.nhits).toBe(5);
  expect(answer.parameters).toEqual({ dataset: 'arbres', rows: 10, start: 0, format: 'json', timezone: 'UTC' });
  expect(answer).not.toHaveProperty('facet_groups');
  expect(answer.records[0]).toMatchObject({
    datasetid: 'arbres',
    recordid: '1',
    fields: {
      essence: 'Platane commun',
      quartier: 'Centre',
      hauteur: 21.5,
      plantation: '2001-03-04',
      geo_point_2d: [47.39, 0.68],
    },
    geometry: { type: 'Point', coordinates: [0.68, 47.39] },
    record_timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(answer.records[4]).not.toHaveProperty('geometry');
  expect(Object.keys(answer.records[4]?.fields ?? {})).not.toContain('quartier');
});

test('rows, start, sort, fields; with and without a slash, by GET and by POST', async () => {
  expect(await ids('&rows=2&start=1')).toEqual([2, 3]);
  // Descending unless a minus says otherwise.
  expect(await ids('&sort=hauteur')).toEqual([4, 1, 5, 2, 3]);
  expect(await ids('&sort=-hauteur&rows=2')).toEqual([3, 2]);
  expect((await search('&rows=0')).records).toEqual([]);
  // Many are read at once: the same rows in the same order.
  expect(await ids('&rows=10000&sort=hauteur')).toEqual([4, 1, 5, 2, 3]);
  expect(await ids('&rows=1000&q=tilleul&sort=-hauteur')).toEqual([2, 5]);
  const { records } = await search('&rows=1&fields=essence,hauteur');
  expect(records[0]?.fields).toEqual({ essence: 'Platane commun', hauteur: 21.5 });
  const plain = (await get('/api/records/1.0/search?dataset=arbres&rows=1')) as Answer;
  expect(plain.nhits).toBe(5);
  const posted = await fetch(`${portal.url}/api/records/1.0/search/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'dataset=arbres&q=tilleul&rows=1',
  });
  expect(posted.status).toBe(200);
  expect(((await posted.json()) as Answer).nhits).toBe(2);
  const asJson = await fetch(`${portal.url}/api/records/1.0/search/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dataset: 'arbres', q: 'tilleul', rows: 1 }),
  });
  expect(((await asJson.json()) as Answer).nhits).toBe(2);
});

test.each([
  ['tilleul', [2, 5]],
  ['PLATANE nord', [3]],
  ['platane AND nord', [3]],
  ['platane OR cedre', [1, 3, 4]],
  ['(platane OR cedre) AND centre', [1, 4]],
  ['NOT platane', [2, 4, 5]],
  ['platane NOT nord', [1]],
  ['platane -nord', [1]],
  ['NOT (platane OR tilleul)', [4]],
  ['"platane commun"', [1, 3]],
  ['plat*', [1, 3]],
  ['*:*', [1, 2, 3, 4, 5]],
  ['', [1, 2, 3, 4, 5]],
  ['essence:tilleul', [2, 5]],
  ['essence : "Platane commun"', [1, 3]],
  ['essence:(cedre OR tilleul)', [2, 4, 5]],
  ['essence=Tilleul', [2, 5]],
  ['essence==tilleul', []],
  ['quartier:*', [1, 2, 3, 4]],
  ['hauteur >= 14', [1, 4, 5]],
  ['hauteur>14 AND hauteur<30', [1]],
  ['hauteur:[12 TO 21.5]', [1, 2, 5]],
  ['hauteur:[* TO 12]', [2, 3]],
  ['hauteur:12', [2]],
  ['remarquable:true', [1, 4]],
  ['plantation:2010', [2, 5]],
  ['plantation:2010/11', [2]],
  ['plantation >= 2010', [2, 3, 5]],
  ['plantation > 2010', [3]],
  ['plantation <= 2010', [1, 2, 4, 5]],
  ['plantation:[1899 TO 2001]', [1, 4]],
  ['plantation >= #now(years=-3000)', null],
  ['plantation <= #now()', [1, 2, 3, 4, 5]],
  ['plantation:[2010-12-01 TO #now(weeks=-1, weekday=MO(-2))]', [3, 5]],
  ['#null(quartier)', [5]],
  ['NOT #null(quartier)', [1, 2, 3, 4]],
  ['#exact(essence, "Cèdre")', [4]],
  ['#exact(essence, "Platane")', []],
  ['#search(essence, "tileul")', [2, 5]],
  ['#startswith(essence, "Plat")', [1, 3]],
  ['#distance(geo_point_2d, "47.39,0.68", 100)', [1]],
  ['#polygon(geo_point_2d, "(47.37,0.70),(47.37,0.72),(47.39,0.72),(47.39,0.70)")', [4]],
  ['#geometry(geo_point_2d, "POLYGON((0.67 47.38, 0.69 47.38, 0.69 47.395, 0.67 47.395, 0.67 47.38))")', [1]],
])('q=%s', async (text, expected) => {
  if (expected === null) return void (await search(`&q=${encodeURIComponent(text)}`, 400));
  expect(await q(text)).toEqual(expected);
});

test('facets, refined and excluded, conjunctive or disjunctive', async () => {
  const { facet_groups, parameters } = await search('&rows=0&facet=quartier&facet=plantation');
  expect(parameters['facet']).toEqual(['quartier', 'plantation']);
  expect(facet_groups).toEqual([
    {
      name: 'quartier',
      facets: [
        { name: 'Centre', path: 'Centre', count: 2, state: 'displayed' },
        { name: 'Nord', path: 'Nord', count: 2, state: 'displayed' },
      ],
    },
    {
      name: 'plantation',
      facets: [
        { name: '1899', path: '1899', count: 1, state: 'displayed' },
        { name: '2001', path: '2001', count: 1, state: 'displayed' },
        { name: '2010', path: '2010', count: 2, state: 'displayed' },
        { name: '2019', path: '2019', count: 1, state: 'displayed' },
      ],
    },
  ]);
  const refined = await search('&facet=quartier&refine.quartier=Nord');
  expect(refined.nhits).toBe(2);
  expect(refined.parameters['refine']).toEqual({ quartier: 'Nord' });
  expect(refined.facet_groups?.[0]?.facets).toEqual([{ name: 'Nord', path: 'Nord', count: 2, state: 'refined' }]);
  expect(await ids('&refine.plantation=2010')).toEqual([2, 5]);
  expect(await ids('&refine.plantation=2010/12')).toEqual([5]);
  expect(await ids('&exclude.essence=Tilleul')).toEqual([1, 3, 4]);
  expect(await ids('&refine.quartier=Nord&refine.essence=Tilleul')).toEqual([2]);
  // Two values of one facet narrow: no tree stands in two places.
  expect(await ids('&refine.quartier=Nord&refine.quartier=Centre')).toEqual([]);
  const either = await search('&refine.quartier=Nord&disjunctive.quartier=true&facet=quartier');
  expect(either.nhits).toBe(2);
  expect(either.facet_groups?.[0]?.facets).toEqual([
    { name: 'Centre', path: 'Centre', count: 2, state: 'displayed' },
    { name: 'Nord', path: 'Nord', count: 2, state: 'refined' },
  ]);
  expect(await ids('&refine.quartier=Nord&refine.quartier=Centre&disjunctive.quartier=true')).toEqual([1, 2, 3, 4]);
});

test('places: circles with their distance, polygons, boxes', async () => {
  const near = await search('&geofilter.distance=47.39,0.68,2000');
  expect(near.records.map(({ recordid }) => recordid)).toEqual(['1', '2']);
  expect(near.records[0]?.fields['dist']).toBe('0');
  // A hundredth of a degree each way: 1112 m north, 754 m east.
  expect(Number(near.records[1]?.fields['dist'])).toBeGreaterThan(1320);
  expect(Number(near.records[1]?.fields['dist'])).toBeLessThan(1370);
  expect(await ids('&geofilter.polygon=(47.395,0.685),(47.395,0.705),(47.415,0.705),(47.415,0.685)')).toEqual([2, 3]);
  expect(await ids('&geofilter.bbox=47.375,0.70,47.385,0.72')).toEqual([4]);
});

test('JSONP, GeoJSON, CSV', async () => {
  const called = await portal.get('/api/records/1.0/search/?dataset=arbres&rows=1&format=jsonp&callback=jQuery1_2');
  expect(called.headers.get('content-type')).toBe('application/javascript; charset=utf-8');
  expect(await called.text()).toMatch(/^jQuery1_2\(\{"nhits":5,.*\}\);$/s);
  const map = (await get('/api/records/1.0/search/?dataset=arbres&rows=1&format=geojson')) as Record<string, unknown>;
  expect(map).toMatchObject({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [0.68, 47.39] } }],
  });
  const table = await portal.get('/api/records/1.0/search/?dataset=arbres&rows=1&format=csv&fields=essence,hauteur');
  expect(await table.text()).toBe('essence;hauteur\nPlatane commun;21.5\n');
});

test('feeds of records and of datasets, which readers of feeds follow', async () => {
  const rss = await portal.get('/api/records/1.0/search/?dataset=arbres&rows=2&format=rss&fields=essence,hauteur');
  expect(rss.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  const written = await rss.text();
  expect(written.match(/<item>/g)).toHaveLength(2);
  expect(written).toContain('<title>Arbres remarquables</title>');
  expect(written).toContain('<title>Platane commun</title>');
  expect(written).toContain('<description>essence: Platane commun\nhauteur: 21.5</description>');
  expect(written).toContain('/api/datasets/1.0/arbres/records/1</guid>');
  const atom = await portal.get('/api/records/1.0/search/?dataset=arbres&format=atom&refine.essence=C%C3%A8dre');
  expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  const feed = await atom.text();
  expect(feed.match(/<entry>/g)).toHaveLength(1);
  expect(feed).toContain('<georss:point>47.38 0.71</georss:point>');
  expect(feed).toContain('<author><name>Ville d’essai</name></author>');
  const catalogue = await portal.get('/api/datasets/1.0/search/?format=rss&q=arbres');
  expect(catalogue.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
  expect((await catalogue.text()).match(/<title>Arbres remarquables<\/title>/g)).toHaveLength(1);
  await get('/api/records/1.0/search/?dataset=arbres&format=pdf', 400);
});

const analyze = (query: string, status = 200): Promise<unknown[]> =>
  get(`/api/records/1.0/analyze/?dataset=arbres&${query}`, status);

test('analyze: series by a value, by a date, of everything', async () => {
  expect(await analyze('x=essence&y.combien.func=COUNT')).toEqual([
    { x: 'Cèdre', combien: 1 },
    { x: 'Platane commun', combien: 2 },
    { x: 'Tilleul', combien: 2 },
  ]);
  expect(await analyze('x=essence&y.h.func=AVG&y.h.expr=hauteur&y.m.func=MAX&y.m.expr=hauteur*2&sort=h')).toEqual([
    { x: 'Cèdre', h: 30, m: 60 },
    { x: 'Platane commun', h: 15, m: 43 },
    { x: 'Tilleul', h: 13, m: 28 },
  ]);
  expect(await analyze('x=quartier&y.s.func=SUM&y.s.expr=hauteur&y.s.cumulative=true')).toEqual([
    { x: 'Centre', s: 51.5 },
    { x: 'Nord', s: 72 },
  ]);
  expect(await analyze('x=essence&y.c.func=COUNT&sort=-c&maxpoints=1')).toEqual([{ x: 'Cèdre', c: 1 }]);
  expect(await analyze('x=plantation&precision=year&y.c.func=COUNT')).toEqual([
    { x: { year: 1899 }, c: 1 },
    { x: { year: 2001 }, c: 1 },
    { x: { year: 2010 }, c: 2 },
    { x: { year: 2019 }, c: 1 },
  ]);
  expect(await analyze('x=plantation&precision=month&y.c.func=COUNT&refine.plantation=2010')).toEqual([
    { x: { year: 2010, month: 11 }, c: 1 },
    { x: { year: 2010, month: 12 }, c: 1 },
  ]);
  expect(await analyze('x=plantation&periodic=month&y.c.func=COUNT&q=tilleul')).toEqual([
    { x: { month: 11 }, c: 1 },
    { x: { month: 12 }, c: 1 },
  ]);
  // 20 November 2010 was a Saturday, 31 December a Friday.
  expect(await analyze('x=plantation&periodic=weekday&y.c.func=COUNT&q=tilleul')).toEqual([
    { x: { weekday: 4 }, c: 1 },
    { x: { weekday: 5 }, c: 1 },
  ]);
  // Heights of the limes: 12 and 14, one away from their mean.
  expect(await analyze('q=tilleul&y.e.func=STDDEV&y.e.expr=hauteur&y.q.func=SUMSQUARES&y.q.expr=hauteur')).toEqual([
    { e: 1, q: 340 },
  ]);
  expect(await analyze('x=quartier&x=essence&y.c.func=COUNT&q=tilleul')).toEqual([
    { x: { quartier: 'Nord', essence: 'Tilleul' }, c: 1 },
  ]);
  const table = await portal.get('/api/records/1.0/analyze/?dataset=arbres&x=quartier&y.c.func=COUNT&format=csv');
  expect(await table.text()).toBe('x;c\nCentre;2\nNord;2\n');
});

test('download: csv unless told otherwise, all the rows', async () => {
  const file = await portal.get('/api/records/1.0/download/?dataset=arbres&q=tilleul&fields=essence,hauteur');
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect((await file.text()).trim().split(/\r?\n/)).toEqual(
    ['essence;hauteur', 'Tilleul;12', 'Tilleul;14'].map((l) => expect.stringContaining(l)),
  );
  const comma = await portal.get(
    '/api/records/1.0/download/?dataset=arbres&fields=essence,hauteur&csv_separator=,&rows=1',
  );
  expect(await comma.text()).toContain('Platane commun,21.5');
  const all = (await get('/api/records/1.0/download/?dataset=arbres&format=json')) as Answer['records'];
  expect(all.map(({ recordid }) => recordid)).toEqual(['1', '2', '3', '4', '5']);
  expect(all[0]).toMatchObject({
    datasetid: 'arbres',
    fields: { essence: 'Platane commun', geo_point_2d: [47.39, 0.68] },
  });
  const sorted = (await get(
    '/api/records/1.0/download/?dataset=arbres&format=json&sort=-hauteur',
  )) as Answer['records'];
  expect(sorted.map(({ recordid }) => recordid)).toEqual(['3', '2', '5', '1', '4']);
  const map = await portal.get('/api/records/1.0/download/?dataset=arbres&format=geojson');
  expect(map.status).toBe(200);
});

test('maps: clusters, previews, polygons, the box', async () => {
  const clusters = (await get(
    '/api/records/1.0/geocluster/?dataset=arbres&clusterprecision=5&y.h.func=MAX&y.h.expr=hauteur',
  )) as {
    clusters: { count: number; cluster_center: number[]; cluster: { type: string }; series: unknown }[];
    count: unknown;
    series: unknown;
  };
  expect(clusters.clusters).toHaveLength(1);
  expect(clusters.clusters[0]).toMatchObject({ count: 4, series: { h: 30 } });
  expect(clusters.clusters[0]?.cluster_center[0]).toBeCloseTo(47.395, 6);
  expect(clusters.clusters[0]?.cluster_center[1]).toBeCloseTo(0.695, 6);
  expect(clusters).toMatchObject({
    count: { min: 4, max: 4 },
    series: { h: { min: 30, max: 30 } },
    clusterprecision: 5,
  });
  const apart = (await get('/api/records/1.0/geocluster/?dataset=arbres&clusterprecision=18')) as typeof clusters;
  expect(apart.clusters.map(({ count, cluster }) => [count, cluster.type])).toEqual(Array(4).fill([1, 'Point']));
  const box = await get('/api/records/1.0/boundingbox/?dataset=arbres');
  expect(box).toMatchObject({ count: 4, bbox: [0.68, 47.38, 0.71, 47.41], geometries: { Point: 4 } });
  expect(await get('/api/records/1.0/boundingbox/?dataset=arbres&q=rien')).toMatchObject({ count: 0, bbox: [] });
  const zones = await get('/api/records/1.0/boundingbox/?dataset=zones');
  expect(zones).toMatchObject({ count: 3, bbox: [0, 47, 3, 48], geometries: { Polygon: 3 } });
  const shapes = (await get(
    '/api/records/1.0/geopreview/?dataset=zones&geofilter.bbox=46,-180,49,1.5&clusterprecision=5',
  )) as unknown[];
  expect(shapes).toEqual([
    {
      geometry: { type: 'Polygon', coordinates: expect.anything() },
      geo_digest: expect.stringMatching(/^\d+$/),
      count: 2,
    },
  ]);
  const gathered = (await get(
    '/api/records/1.0/geopolygon/?dataset=zones&y.serie1.func=SUM&y.serie1.expr=rang',
  )) as unknown;
  expect(gathered).toMatchObject({
    clusters: [
      { count: 2, cluster_center: [47.5, 0.5], series: { serie1: 10 }, cluster: { type: 'Polygon' } },
      { count: 1, cluster_center: [47.5, 2.5], series: { serie1: 5 } },
    ],
    count: { min: 1, max: 2 },
    series: { serie1: { min: 5, max: 10 } },
  });
  const record = (await search('&dataset=&rows=1', 200)).records[0];
  expect(record?.geometry).toEqual({ type: 'Point', coordinates: [0.68, 47.39] });
  const zone = (await get('/api/records/1.0/search/?dataset=zones&rows=1')) as Answer;
  expect(zone.records[0]?.fields).toMatchObject({ geo_shape: { type: 'Polygon' }, geo_point_2d: [47.5, 0.5] });
});

test('the catalogue: search, facets, one dataset, one record', async () => {
  const all = (await get('/api/datasets/1.0/search/?rows=10&facet=theme&facet=keyword&facet=publisher')) as {
    nhits: number;
    datasets: { datasetid: string; metas: Record<string, unknown>; fields: Record<string, unknown>[] }[];
    facet_groups: { name: string; facets: unknown[] }[];
  };
  expect(all.nhits).toBe(2);
  expect(all.facet_groups.map(({ name }) => name)).toEqual(['theme', 'keyword', 'publisher']);
  expect(all.facet_groups[2]?.facets).toEqual([
    { name: 'Ville d’essai', path: 'Ville d’essai', count: 2, state: 'displayed' },
  ]);
  const named = async (query: string) =>
    ((await get(`/api/datasets/1.0/search/?${query}`)) as typeof all).datasets.map(({ datasetid }) => datasetid);
  expect(await named('q=arbres')).toEqual(['arbres']);
  expect(await named('q=title:zones')).toEqual(['zones']);
  expect(await named(`q=${encodeURIComponent('(title:zones OR description:arbres) AND records_count >= 4')}`)).toEqual([
    'arbres',
  ]);
  expect(await named('refine.keyword=nature')).toEqual(['arbres']);
  expect(await named('exclude.keyword=nature')).toEqual(['zones']);
  expect(await named('sort=-title')).toEqual(['arbres', 'zones']);
  expect(await named('sort=title&rows=1')).toEqual(['zones']);
  const one = (await get('/api/datasets/1.0/arbres/?extrametas=true&interopmetas=true')) as (typeof all)['datasets'][0];
  expect(one).toMatchObject({
    datasetid: 'arbres',
    has_records: true,
    features: expect.arrayContaining(['geo', 'analyze']),
  });
  expect(one.metas).toMatchObject({
    title: 'Arbres remarquables',
    publisher: 'Ville d’essai',
    keyword: ['arbre', 'nature'],
    records_count: 5,
  });
  expect(one.fields[0]).toEqual({ name: 'essence', label: 'essence', type: 'text', annotations: [{ name: 'facet' }] });
  expect(await get('/api/datasets/1.0/arbres/records/4')).toMatchObject({
    recordid: '4',
    fields: { essence: 'Cèdre' },
  });
  await get('/api/datasets/1.0/arbres/records/6', 404);
});

test('a draft is unknown', async () => {
  for (const path of [
    '/api/records/1.0/search/?dataset=brouillon',
    '/api/records/1.0/analyze/?dataset=brouillon&x=a&y.c.func=COUNT',
    '/api/records/1.0/download/?dataset=brouillon',
    '/api/records/1.0/download/?dataset=brouillon&format=json',
    '/api/records/1.0/boundingbox/?dataset=brouillon',
    '/api/datasets/1.0/brouillon/',
    '/api/datasets/1.0/brouillon/records/1',
  ])
    expect(await get(path, 404), path).toEqual({ error: 'Unknown dataset: brouillon', dataset: 'brouillon' });
  expect(await get('/api/datasets/1.0/search/?q=brouillon')).toMatchObject({ nhits: 0, datasets: [] });
});

test.each([
  '&rows=10001',
  '&rows=dix',
  '&start=-1',
  '&rows=10&start=9995',
  '&sort=couleur',
  '&fields=couleur',
  '&facet=couleur',
  '&refine.couleur=vert',
  '&refine.hauteur=haut',
  '&format=xml',
  '&timezone=Mars/Olympus',
  '&geofilter.distance=91,0,10',
  '&geofilter.distance=1,2,3,4',
  '&geofilter.polygon=(1,2),(3,4)',
  '&geofilter.polygon=(1,2),(3,4),x',
  '&geofilter.bbox=1,2,3',
  '&geofilter.circle=1,2,3',
])('search refuses %s', async (query) => {
  expect(typeof (await search(query, 400)).error).toBe('string');
});

test.each([
  '(',
  ')',
  'a AND',
  'AND a',
  'OR',
  'NOT',
  'couleur:vert',
  'hauteur > haut',
  'hauteur:[1 TO',
  'hauteur:[1 2]',
  'plantation > demain',
  'essence:',
  '#inconnu(essence)',
  '#null()',
  '#null(couleur)',
  '#exact(essence)',
  '#distance(essence, "1,2", 3)',
  '#distance(geo_point_2d, "1", 3)',
  '#polygon(geo_point_2d, "x")',
  '#geometry(geo_point_2d, "POLYGON((")',
  'plantation > #now(siecles=1)',
  'plantation > #now(years=',
  '#now()',
  '('.repeat(500),
  `${'NOT '.repeat(500)}a`,
  `"${'x'.repeat(6000)}"`,
])('q refuses %s', async (text) => {
  expect(typeof (await search(`&q=${encodeURIComponent(text)}`, 400)).error).toBe('string');
});

test.each([
  'x=couleur&y.c.func=COUNT',
  'x=essence&y.c.func=MODE&y.c.expr=hauteur',
  'x=essence&y.c.func=AVG',
  'x=essence&y.c.func=AVG&y.c.expr=couleur',
  'x=essence&y.c.func=AVG&y.c.expr=essence',
  'x=essence&y.c.func=AVG&y.c.expr=hauteur;drop',
  'x=essence&y.c.func=AVG&y.c.expr=((hauteur',
  'x=geo_point_2d&y.c.func=COUNT',
  'x=essence&y.c.func=COUNT&sort=z',
  'x=plantation&precision=siecle&y.c.func=COUNT',
])('analyze refuses %s', async (query) => {
  await analyze(query, 400);
});

test('what is missing is said; what is foreign is never run', async () => {
  expect(((await get('/api/records/1.0/search/', 400)) as Answer).error).toContain('dataset');
  await get('/api/records/1.0/geocluster/?dataset=arbres', 400);
  for (const text of ["l'orme", '\\', "'", "' or 1=1 --", '`essence`', '%', '{{}}', '\u0000'])
    expect(Array.isArray(await q(`essence:"${text.replaceAll('\\', '\\\\')}"`)), text).toBe(true);
  const unknownFormat = await portal.get('/api/records/1.0/download/?dataset=arbres&format=exe');
  expect(unknownFormat.status).toBe(400);
});

test('texts made to be slow are refused soon', async () => {
  const post = async (given: Record<string, string>) => {
    const answer = await fetch(`${portal.url}/api/records/1.0/search/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ dataset: 'arbres', ...given }).toString(),
    });
    return answer.status;
  };
  expect(await post({ 'geofilter.polygon': `(${' '.repeat(50_000)}` })).toBe(400);
  expect(await post({ 'geofilter.polygon': '(1,1),'.repeat(5000) })).toBe(400);
  expect(await post({ 'geofilter.distance': ','.repeat(20_000) })).toBe(400);
  expect(await post({ q: 'a OR '.repeat(900).concat('a') })).toBe(400);
  expect(await post({ sort: ','.repeat(20_000) })).toBe(200);
});

test('what widgets send besides changes nothing', async () => {
  const widget = '&timezone=Europe/Berlin&lang=fr&apikey=&source=&_=1700000000&rows=1&odsVersion=1';
  expect((await search(widget)).nhits).toBe(5);
});
