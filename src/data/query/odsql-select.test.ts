// Every form of select and order_by, on the seven rows of the sample.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOf } from './answer.ts';
import { parseQuery } from './parse.ts';
import { exportSelect, planRecords } from './plan.ts';
import { openSample, type Sample } from './sample.ts';
import { type QuerySettings, usualSettings } from './settings.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function records(texts: QueryTexts, asked: Partial<QuerySettings> = {}) {
  const plan = planRecords(sample.version, parseQuery(texts), { ...usualSettings(), ...asked });
  const [page] = await sample.tables.run([plan.page(0, 100)]);
  return page?.rows.map((row) => recordOf(plan, row)) ?? [];
}

/** The only record of an answer. */
async function record(select: string, where = 'id = 1', asked: Partial<QuerySettings> = {}) {
  const found = await records({ select, where: [where] }, asked);
  expect(found).toHaveLength(1);
  return found[0];
}

test.each<[string, Record<string, unknown>]>([
  ['nom', { nom: "Gymnase de l'Île" }],
  ['nom as `le nom`', { 'le nom': "Gymnase de l'Île" }],
  ['"hello" as hello, 2 as deux', { hello: 'hello', deux: 2 }],
  ['2 * montant as double, montant - 0.5, montant / 2', { double: 201, 'montant - 0.5': 100, 'montant / 2': 50.25 }],
  ['montant / 0 as rien', { rien: null }],
  ['id + `2024` * 2', { 'id + `2024` * 2': 21 }],
  ['length(nom), lower(nom) as bas', { 'length(nom)': 16, bas: "gymnase de l'île" }],
  ['year(jour), month(jour), day(jour)', { 'year(jour)': 2024, 'month(jour)': 1, 'day(jour)': 15 }],
  ['hour(moment), minute(moment), second(moment)', { 'hour(moment)': 8, 'minute(moment)': 0, 'second(moment)': 0 }],
  ["date_format(moment, 'dd/MM/yyyy HH:mm') as d", { d: '15/01/2024 08:00' }],
  ['include(mo*)', { montant: 100.5, moment: '2024-01-15T08:00:00+00:00' }],
  ['include(id), include(ville)', { id: 1, ville: 'Tours' }],
  ['include(mo*), exclude(moment)', { montant: 100.5 }],
  ['id, exclude(nom)', { id: 1 }],
  ['id, nom as id', { id: "Gymnase de l'Île" }],
])('select %s', async (select, expected) => {
  expect(await record(select)).toEqual(expected);
});

test('exclude alone leaves all the others', async () => {
  const kept = await record('exclude(mo*), exclude(geo_point_2d), exclude(jour)');
  expect(new Set(Object.keys(kept ?? {}))).toEqual(
    new Set(['id', 'nom', 'code', 'ville', 'heure', 'actif', '2024', 'date']),
  );
});

test('empty cells: null, unless ifnull says otherwise', async () => {
  expect(await record('montant, ville, length(nom), ifnull(montant, -1) as m', 'id = 3')).toEqual({
    montant: null,
    ville: 'Joué-lès-Tours',
    'length(nom)': 7,
    m: -1,
  });
  expect(
    await record("year(jour), ifnull(jour, date'2000-01-01') as j, date_format(jour, 'dd') as f", 'id = 4'),
  ).toEqual({
    'year(jour)': null,
    j: '2000-01-01',
    f: null,
  });
});

test('json_format: what a text of JSON says, or its fallback, or the text', async () => {
  expect(
    await record(
      'json_format(code) as a, json_format(nom) as b, json_format(nom, "?") as c, json_format(nom, null) as d',
      'id = 2',
    ),
  ).toEqual({
    a: 37_261,
    b: 'École Élémentaire',
    c: '?',
    d: null,
  });
});

test('distance: metres along the sphere', async () => {
  const found = await record(
    "distance(geo_point_2d, geom'POINT(0.68 47.39)') as ici, distance(geo_point_2d, geom'POINT(0.68 48.39)') as la",
  );
  // One degree of latitude on a sphere of 6 371 008.8 m.
  expect(found?.['ici']).toBe(0);
  expect(found?.['la']).toBeCloseTo((6_371_008.8 * Math.PI) / 180, 3);
  expect(await record("distance(geo_point_2d, geom'POINT(0 0)') as d", 'id = 5')).toEqual({ d: null });
});

test('aggregates of all rows', async () => {
  const select =
    'count(*) as n, count(ville) as villes, count(distinct ville) as v, count(distinct ifnull(ville, "?")) as w, avg(montant) as moyenne, sum(montant) as somme, min(jour) as a, max(moment) as b, median(montant) as milieu, percentile(montant, 0) as p0, percentile(montant, 50) as p50, percentile(montant, 100) as p100';
  expect(await records({ select })).toEqual([
    {
      n: 7,
      villes: 6,
      v: 4,
      w: 5,
      moyenne: 502.25 / 6,
      somme: 502.25,
      a: '2022-05-05',
      b: '2025-06-02T10:00:00+00:00',
      // -3.25, 0, 5, 100.5, 200, 200
      milieu: 52.75,
      p0: -3.25,
      p50: 52.75,
      p100: 200,
    },
  ]);
});

test('envelope and bbox: the hull and the box of the places', async () => {
  const [found] = await records({
    select: 'envelope(geo_point_2d) as e, bbox(geo_point_2d) as b',
    where: ['id in (1, 2)'],
  });
  expect(found).toEqual({
    e: {
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [0.68, 47.39],
          [0.69, 47.4],
        ],
      },
      properties: {},
    },
    b: {
      type: 'Feature',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0.68, 47.39],
            [0.69, 47.39],
            [0.69, 47.4],
            [0.68, 47.4],
            [0.68, 47.39],
          ],
        ],
      },
      properties: {},
    },
  });
  expect(await records({ select: 'envelope(geo_point_2d) as e, bbox(geo_point_2d) as b', where: ['id = 5'] })).toEqual([
    { e: null, b: null },
  ]);
});

test.each<[string, number[]]>([
  ['montant', [4, 5, 7, 1, 2, 6, 3]],
  ['montant desc, id desc', [6, 2, 1, 7, 5, 4, 3]],
  ['-id', [7, 6, 5, 4, 3, 2, 1]],
  ['-ville, -id', [2, 1, 6, 5, 3, 7, 4]],
  ['-montant asc, id', [2, 6, 1, 7, 5, 4, 3]],
  ['length(nom), id', [4, 3, 7, 1, 6, 2, 5]],
  ["date_format(jour, 'MMdd') asc", [1, 2, 7, 5, 6, 3, 4]],
  ["distance(geo_point_2d, geom'POINT(0.7 47.41)')", [4, 2, 1, 3, 5, 6, 7]],
  ['year(jour) desc, ville', [5, 6, 1, 2, 3, 7, 4]],
  ['ifnull(montant, 1000) desc, id', [3, 2, 6, 1, 7, 5, 4]],
])('order_by %s', async (orderBy, expected) => {
  expect((await records({ select: 'id', orderBy })).map(({ id }) => id)).toEqual(expected);
});

test('a random order is the same for the same seed, another one for another', async () => {
  const order = async (seed: number) =>
    (await records({ select: 'id', orderBy: `random(${seed})` })).map(({ id }) => id).join();
  expect(await order(1)).toBe(await order(1));
  expect(new Set(await Promise.all([1, 2, 3, 4, 5].map(order))).size).toBeGreaterThan(1);
  expect(
    (await order(7))
      .split(',')
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('moments in a time zone, names in a language', async () => {
  const select = "moment, date_format(moment, 'EEEE HH') as j, max(moment)";
  expect(await record(select.replace(', max(moment)', ''), 'id = 1', { timezone: 'Europe/Paris', lang: 'es' })).toEqual(
    {
      moment: '2024-01-15T09:00:00+01:00',
      j: 'lunes 09',
    },
  );
  expect(await record('max(moment) as m', 'true', { timezone: 'America/New_York' })).toEqual({
    m: '2025-06-02T06:00:00-04:00',
  });
});

test('an export selects the same, with the text of json_format as it is', async () => {
  const select = (texts: QueryTexts) => exportSelect(sample.version, parseQuery(texts), (_column, sql) => sql, 2);
  const { columns, ...statement } = select({
    select: 'include(id), json_format(nom) as j, lower(ville) as v',
    orderBy: 'id desc',
  });
  expect(columns).toEqual([
    { name: 'id', kind: 'number' },
    { name: 'j', kind: 'text' },
    { name: 'v', kind: 'text' },
  ]);
  const [answer] = await sample.tables.run([statement]);
  expect(answer?.rows).toEqual([
    [7, 'Théâtre', 'chambray-lès-tours'],
    [6, '100% sport_libre', 'luynes'],
  ]);
  const groups = select({ select: 'count(*) as n', groupBy: 'ville', orderBy: 'n desc, ville' });
  const [grouped] = await sample.tables.run([{ sql: groups.sql, params: groups.params ?? [] }]);
  expect(grouped?.rows).toEqual([
    ['Luynes', 2],
    ['Tours', 2],
  ]);
  expect(() => select({ select: 'envelope(geo_point_2d)' })).toThrow('envelope');
});
