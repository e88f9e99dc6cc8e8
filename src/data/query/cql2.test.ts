// CQL2 in both encodings on the sample of this stage: what each filter selects was found by looking at its seven rows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { compileCql2 } from './cql2-compile.ts';
import { parseCql2Json } from './cql2-json.ts';
import { parseCql2Text } from './cql2-text.ts';
import type { Cql2 } from './cql2-tree.ts';
import { featureCount, featurePage } from './feature-plan.ts';
import { type FeatureTable, featureTable } from './feature-table.ts';
import { openSample, type Sample } from './sample.ts';
import { crsOf, filterInDegrees, fromDegrees } from './spatial-crs.ts';
import { findPlaces } from './spatial-found.ts';
import { FoundCache } from './spatial-found-cache.ts';

let sample: Sample;
let table: FeatureTable;
beforeAll(async () => {
  sample = await openSample();
  table = featureTable(sample.version);
});
afterAll(() => sample?.close());

async function idsOf(filter: Cql2): Promise<unknown[]> {
  compileCql2(filter, table, () => '?');
  const found = await findPlaces(filter, table, sample.tables, new FoundCache(100_000));
  const query = { filter, found, order: [], properties: ['id'], geometry: false };
  const page = featurePage(table, query, { limit: 100, offset: 0, after: null });
  const [rows, count] = await sample.tables.run([page, featureCount(table, filter, found)]);
  expect(Number(count?.rows[0]?.[0])).toBe(rows?.rows.length);
  return rows?.rows.map(([, id]) => id) ?? [];
}

test.each<[string, number[]]>([
  ['montant = 200', [2, 6]],
  // SQL's own logic: an empty cell is neither equal nor different.
  ['montant <> 200', [1, 4, 5, 7]],
  ['NOT montant = 200', [1, 4, 5, 7]],
  ['montant >= 5 and montant < 200', [1, 7]],
  ['montant BETWEEN 0 AND 100.5', [1, 5, 7]],
  ['montant NOT BETWEEN 0 AND 100.5', [2, 4, 6]],
  ['id IN (1, 3, 99)', [1, 3]],
  ['id NOT IN (1, 3)', [2, 4, 5, 6, 7]],
  ['id IN ()', []],
  ['ville IS NULL', [4]],
  ['ville IS NOT NULL', [1, 2, 3, 5, 6, 7]],
  ["ville = 'Tours'", [1, 2]],
  ["CASEI(ville) = CASEI('TOURS')", [1, 2]],
  ["ACCENTI(nom) = 'Ecole Elementaire'", [2]],
  ["CASEI(ACCENTI(nom)) LIKE CASEI(ACCENTI('%éLÉM%'))", [2]],
  ["nom LIKE 'P%'", [3]],
  ["nom LIKE '_tade'", [4]],
  ["nom LIKE '100\\%%'", [6]],
  ["nom NOT LIKE '%e%'", []],
  ["nom = 'Gymnase de l''Île'", [1]],
  ["nom = 'Gymnase de l\\'Île'", [1]],
  ["jour >= DATE('2025-01-01')", [5, 6]],
  ["moment = TIMESTAMP('2024-02-29T12:30:00Z')", [2]],
  ["jour > TIMESTAMP('2025-06-01T12:00:00Z')", [6]],
  ["date = DATE('2020-01-05')", [5]],
  ["T_AFTER(jour, DATE('2024-02-28'))", [2, 5, 6]],
  ["T_BEFORE(moment, TIMESTAMP('2023-01-01T00:00:00Z'))", [7]],
  ["T_DURING(jour, INTERVAL('2024-01-01', '2024-12-31'))", [1, 2]],
  ["T_INTERSECTS(jour, INTERVAL('2025-06-02', '..'))", [6]],
  ["T_INTERSECTS(INTERVAL(date, jour), INTERVAL('2020-01-07', '2020-01-07'))", [1, 2, 3, 5, 6, 7]],
  ["T_EQUALS(jour, DATE('2023-12-31'))", [3]],
  ["T_DISJOINT(jour, INTERVAL('2024-01-01', '..'))", [3, 7]],
  ["heure < '08:30:00'", [1, 5, 7]],
  ['actif', [1, 3, 6, 7]],
  ['actif = TRUE', [1, 3, 6, 7]],
  ['actif = false', [2, 5]],
  ['NOT actif', [2, 5]],
  ['(id = 1) = TRUE', [1]],
  ['montant * 2 - 1 = 399', [2, 6]],
  ['montant + id * 10 > 200', [2, 6]],
  ['id % 2 = 0', [2, 4, 6]],
  ['id div 2 = 3', [6, 7]],
  ['id ^ 2 = 49', [7]],
  ['-id = -3', [3]],
  ['montant / 0 = 1', []],
  ['"2024" >= 60', [6, 7]],
  ['"id" = 1', [1]],
  ['id < montant', [1, 2, 6]],
  ['TRUE', [1, 2, 3, 4, 5, 6, 7]],
  ['FALSE OR id = 2', [2]],
  ["A_CONTAINS((ville, nom), ('Tours'))", [1, 2]],
  ["A_EQUALS(('a', 'b'), ('a', 'b')) AND id = 3", [3]],
  ['A_OVERLAPS((id), (3, 4))', [3, 4]],
  ['A_CONTAINEDBY((id), (1, 2))', [1, 2]],
  // Three points: (0.68 47.39), (0.69 47.40), (0.70 47.41).
  ['geometry IS NOT NULL', [1, 2, 4]],
  ['geo_point_2d IS NULL', [3, 5, 6, 7]],
  ['S_INTERSECTS(geometry, BBOX(0.685, 47.395, 0.71, 47.42))', [2, 4]],
  ['S_INTERSECTS(geometry, POINT(0.69 47.40))', [2]],
  ['S_EQUALS(POINT Z (0.69 47.40 12), geometry)', [2]],
  ['S_WITHIN(geometry, POLYGON((0.68 47.39, 0.71 47.39, 0.71 47.395, 0.68 47.39)))', []],
  ['S_TOUCHES(geometry, POLYGON((0.68 47.39, 0.71 47.39, 0.71 47.45, 0.68 47.39)))', [1]],
  ['S_WITHIN(geometry, POLYGON((0.6 47.3, 0.71 47.3, 0.695 47.45, 0.6 47.3)))', [1, 2]],
  ['S_CONTAINS(POLYGON((0.6 47.3, 0.71 47.3, 0.695 47.45, 0.6 47.3)), geometry)', [1, 2]],
  ['S_DISJOINT(geometry, BBOX(0.685, 47.395, 0.71, 47.42))', [1]],
  ['NOT S_INTERSECTS(geometry, BBOX(0.685, 47.395, 0.71, 47.42))', [1]],
  ['S_INTERSECTS(geometry, MULTIPOINT((0.68 47.39), (0.7 47.41))) OR id = 7', [1, 4, 7]],
  ['S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(0.68 47.39), LINESTRING(0 0, 1 1)))', [1]],
  ['S_INTERSECTS(POINT(1 1), BBOX(0, 0, 2, 2)) AND id = 5', [5]],
  ['S_EQUALS(geometry, geo_point_2d)', [1, 2, 4]],
])('%s', async (filter, expected) => {
  expect(await idsOf(parseCql2Text(filter))).toEqual(expected);
});

test.each<[unknown, number[]]>([
  [{ op: '=', args: [{ property: 'ville' }, 'Tours'] }, [1, 2]],
  [
    {
      op: 'and',
      args: [
        { op: '>', args: [{ property: 'montant' }, 5] },
        { op: 'not', args: [{ op: '=', args: [{ property: 'id' }, 2] }] },
      ],
    },
    [1, 6],
  ],
  [
    {
      op: 'like',
      args: [
        { op: 'casei', args: [{ property: 'nom' }] },
        { op: 'casei', args: ['PISC%'] },
      ],
    },
    [3],
  ],
  [{ op: 'between', args: [{ property: 'montant' }, 0, 100.5] }, [1, 5, 7]],
  [{ op: 'in', args: [{ property: 'id' }, [1, 3, 99]] }, [1, 3]],
  [{ op: 'isNull', args: [{ property: 'ville' }] }, [4]],
  [{ op: 't_after', args: [{ property: 'jour' }, { date: '2024-02-28' }] }, [2, 5, 6]],
  [{ op: 't_during', args: [{ property: 'jour' }, { interval: ['2024-01-01', '2024-12-31'] }] }, [1, 2]],
  [{ op: '=', args: [{ op: '%', args: [{ property: 'id' }, 2] }, 0] }, [2, 4, 6]],
  [{ op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [0.685, 47.395, 0.71, 47.42] }] }, [2, 4]],
  [{ op: 's_intersects', args: [{ property: 'geometry' }, { type: 'Point', coordinates: [0.69, 47.4] }] }, [2]],
  [{ op: 'a_containedBy', args: [[{ property: 'id' }], [1, 2]] }, [1, 2]],
  [true, [1, 2, 3, 4, 5, 6, 7]],
])('%j', async (filter, expected) => {
  expect(await idsOf(parseCql2Json(JSON.stringify(filter)))).toEqual(expected);
});

// Filters in the manner of the standard's own examples: all are read, whatever they name.
test.each([
  "eo:cloud_cover BETWEEN 0.1 AND 0.2 AND eo:instrument = 'OLI'",
  "CASEI(road_class) IN (CASEI('Οδος'), CASEI('Straße'))",
  "T_INTERSECTS(event_time, INTERVAL('1969-07-16T05:32:00Z', '..'))",
  "T_DURING(INTERVAL(starts_at, ends_at), INTERVAL('2017-06-10T07:30:00Z', '2017-06-11T10:30:00Z'))",
  'vehicle_height > (bridge_clearance - 1)',
  'avg(windSpeed) < 4 AND pow(Foo, 2) = 4',
  "A_CONTAINEDBY(layers:ids, ('layers-ca', 'layers-us'))",
  'S_CROSSES(road, POLYGON((43.7286 -79.2986, 43.7311 -79.2996, 43.7323 -79.2972, 43.7286 -79.2986)))',
  'S_INTERSECTS(geom, LINESTRING Z (1e-3 .5 0, -1.5E+2 +2. 0))',
  'value = field ^ 2 + 2 ^ field',
  "  NOT\n(\tfloor>5 OR name\u00a0LIKE 'a''b')",
])('is read: %s', (filter) => {
  expect(parseCql2Text(filter)).toBeTypeOf('object');
});

const codeOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof TerroirError) return error.code;
    throw error;
  }
  return null;
};
const compiled = (filter: string) => codeOf(() => compileCql2(parseCql2Text(filter), table, () => '?'));

test.each<[string, string]>([
  ['', 'query.syntax'],
  ['id = ', 'query.syntax'],
  ['id = 1 AND', 'query.syntax'],
  ['id == 1', 'query.syntax'],
  ["nom = 'open", 'query.syntax'],
  ['id = 1; DROP TABLE x', 'query.syntax'],
  ['(id = 1', 'query.syntax'],
  ['id = 1e999', 'query.numberTooLarge'],
  ['absent = 1', 'query.unknownField'],
  ['S_INTERSECTS(absent, POINT(0 0))', 'query.unknownField'],
  ['S_INTERSECTS(nom, POINT(0 0))', 'query.wrongArguments'],
  ['S_INTERSECTS(geometry)', 'query.wrongArguments'],
  ['S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 0 1)))', 'query.malformed'],
  ['S_INTERSECTS(geometry, LINESTRING(0 0))', 'query.syntax'],
  ['S_INTERSECTS(geometry, BBOX(0, 0, 1))', 'query.parameter'],
  ['S_INTERSECTS(geometry, BBOX(0, 1, 1, 0))', 'query.parameter'],
  ['nom = 3', 'query.wrongType'],
  ["jour > 'demain'", 'query.wrongType'],
  ["jour > DATE('2023-02-29')", 'query.dateInvalid'],
  ["jour > TIMESTAMP('2023-02-28')", 'query.dateInvalid'],
  ["T_AFTER(nom, DATE('2023-02-28'))", 'query.wrongType'],
  ['nom', 'filter.misplaced'],
  ['geometry = 1', 'filter.misplaced'],
  ['nom LIKE montant', 'filter.misplaced'],
  ["nom LIKE 'a\\'", 'query.malformed'],
  ['nom + 1 = 2', 'filter.misplaced'],
  ["read_csv('/etc/passwd') = 1", 'query.unknownFunction'],
  [`${'('.repeat(150)}id = 1${')'.repeat(150)}`, 'query.tooDeep'],
  [`${'NOT '.repeat(150)}id = 1`, 'query.tooDeep'],
  [`${'GEOMETRYCOLLECTION('.repeat(150)}`, 'query.tooDeep'],
  [`id = ${'1+'.repeat(300)}1`, 'query.tooDeep'],
  [`id IN (${Array.from({ length: 2000 }, (_, i) => i).join(',')})`, 'query.tooManyValues'],
  [`S_INTERSECTS(geometry, MULTIPOINT(${'0 0,'.repeat(21_000)}0 0))`, 'query.tooManyValues'],
  ['x'.repeat(200_000), 'query.tooLong'],
])('refused: %.60s', (filter, code) => {
  expect(compiled(filter)).toBe(code);
});

test.each<[string, string]>([
  ['{', 'query.malformed'],
  ['null', 'query.malformed'],
  ['{"op":"="}', 'query.malformed'],
  ['{"op":"=","args":[1]}', 'query.wrongArguments'],
  ['{"op":"and","args":[true]}', 'query.wrongArguments'],
  ['{"date":"2024-13-01"}', 'query.dateInvalid'],
  ['{"date":5}', 'query.dateInvalid'],
  ['{"interval":["2024-01-01"]}', 'query.malformed'],
  ['{"type":"Polygon","coordinates":[[[0,0],[1,1]]]}', 'query.malformed'],
  ['{"type":"Sphere","coordinates":[]}', 'query.malformed'],
  ['{"type":"toString","coordinates":[]}', 'query.malformed'],
  ['{"type":"Point","coordinates":["0",0]}', 'query.malformed'],
  ['{"bbox":[0,0,"a",1]}', 'query.parameter'],
  [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'query.tooDeep'],
  [`{"type":"Point","coordinates":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'query.malformed'],
])('refused: %.60s', (filter, code) => {
  expect(codeOf(() => parseCql2Json(filter))).toBe(code);
});

test('a filter in metres finds the same places as one in degrees', async () => {
  const lambert = crsOf('http://www.opengis.net/def/crs/EPSG/0/2154', 'crs');
  const [x, y] = (fromDegrees(lambert) ?? ((p) => p))([0.69, 47.4]) as [number, number];
  const filter = `S_INTERSECTS(geometry, BBOX(${x - 100}, ${y - 100}, ${x + 100}, ${y + 100}))`;
  expect(await idsOf(filterInDegrees(parseCql2Text(filter), lambert))).toEqual([2]);
  const turned = crsOf('http://www.opengis.net/def/crs/EPSG/0/4326', 'crs');
  expect(await idsOf(filterInDegrees(parseCql2Text('S_INTERSECTS(geometry, POINT(47.4 0.69))'), turned))).toEqual([2]);
});

test('Lambert-93 and Web Mercator, against values published by IGN and by the projection’s formula', () => {
  // The origin of Lambert-93 is its own definition: 3° E 46.5° N at 700 000, 6 600 000.
  expect(fromDegrees(crsOf('EPSG:2154', 'crs'))?.([3, 46.5])).toEqual([700_000, 6_600_000]);
  // A degree of longitude is 6 378 137 × π / 180.
  expect(fromDegrees(crsOf('[EPSG:3857]', 'crs'))?.([1, 0])).toEqual([111_319.491, 0]);
  expect(codeOf(() => crsOf('EPSG:27572', 'crs'))).toBe('query.parameter');
});
