// What ODSQL refuses: each clause, function and literal written wrong, with the code, the place and the clause that are told.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerroirError } from '../../lib/errors.ts';
import { planFacet, readFacet } from './facets.ts';
import { parseQuery } from './parse.ts';
import { exportSelect, planRecords } from './plan.ts';
import { readRefinements } from './refinements.ts';
import { openSample, type Sample } from './sample.ts';
import { usualSettings } from './settings.ts';
import type { QueryTexts } from './tree.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

function refusal(ask: () => unknown): { readonly code: string; readonly params: unknown } {
  try {
    ask();
  } catch (error) {
    if (error instanceof TerroirError) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('it was not refused');
}

const point = "geom'POINT(0 0)'";

test.each<[string, string, Record<string, unknown>]>([
  // Functions: unknown, wrong number and kinds of arguments.
  ['length(montant) = 1', 'query.wrongArguments', { name: 'length' }],
  ['length(nom, ville) = 1', 'query.wrongArguments', { name: 'length' }],
  ['length() = 1', 'query.wrongArguments', { name: 'length' }],
  ['lower(3) = "3"', 'query.wrongArguments', { name: 'lower' }],
  ['upper(nom) = "A"', 'query.unknownFunction', { name: 'upper' }],
  ['lpad(nom, 1000000000, "x") = "A"', 'query.unknownFunction', { name: 'lpad' }],
  ['regexp_matches(nom, "(a+)+$")', 'query.unknownFunction', { name: 'regexp_matches' }],
  ['ifnull(montant) = 1', 'query.wrongArguments', { name: 'ifnull' }],
  ['ifnull(montant, "rien") = 1', 'query.wrongArguments', { name: 'ifnull' }],
  ['ifnull(montant, 0)', 'query.conditionExpected', {}],
  ['year(nom) = 2024', 'query.wrongArguments', { name: 'year' }],
  ['year(jour, 1) = 2024', 'query.wrongArguments', { name: 'year' }],
  ['month(2) = 2', 'query.wrongArguments', { name: 'month' }],
  ["date_format(jour, 'zz') = '1'", 'query.wrongArguments', { name: 'date_format' }],
  ['date_format(jour, nom) = "1"', 'query.wrongArguments', { name: 'date_format' }],
  ["date_format(nom, 'dd') = '1'", 'query.wrongArguments', { name: 'date_format' }],
  ["date_format(jour, 'dd') > 8", 'query.wrongType', { name: 'date_format', type: 'text' }],
  ['moment > now(years="1")', 'query.wrongArguments', { name: 'now' }],
  ['moment > now(siecles=1)', 'query.wrongArguments', { name: 'now' }],
  ['moment > now(1)', 'query.wrongArguments', { name: 'now' }],
  ['moment > now(month=13)', 'query.wrongArguments', { name: 'now' }],
  ['json_format(nom) = "1"', 'query.aggregateMisplaced', { name: 'json_format' }],
  ['random(1) > 0', 'query.aggregateMisplaced', { name: 'random' }],
  ['range(id, 3) = "[0, 2]"', 'query.aggregateMisplaced', { name: 'range' }],
  ['geo_cluster(geo_point_2d, 3)', 'query.aggregateMisplaced', { name: 'geo_cluster' }],
  ['sum(montant) > 3', 'query.aggregateMisplaced', { name: 'sum' }],
  ['median(montant)', 'query.aggregateMisplaced', { name: 'median' }],
  // Full text.
  ['search()', 'query.wrongArguments', { name: 'search' }],
  ['search(nom)', 'query.wrongArguments', { name: 'search' }],
  ['search(montant, "1")', 'query.textExpected', {}],
  ['search(absent, "1")', 'query.unknownField', { name: 'absent' }],
  ['suggest(nom, 3)', 'query.wrongArguments', { name: 'suggest' }],
  ['startswith(nom)', 'query.wrongArguments', { name: 'startswith' }],
  ['search(nom, "a") > 3', 'query.valueExpected', {}],
  // Places.
  [`within_distance(nom, ${point}, 1km)`, 'query.wrongArguments', { name: 'within_distance' }],
  [`within_distance(geo_point_2d, ${point})`, 'query.wrongArguments', { name: 'within_distance' }],
  [`within_distance(geo_point_2d, ${point}, 1lieue)`, 'query.wrongArguments', { name: 'within_distance' }],
  [`within_distance(geo_point_2d, ${point}, -1)`, 'query.wrongArguments', { name: 'within_distance' }],
  ['within_distance(geo_point_2d, "POINT(0 0)", 1km)', 'query.wrongArguments', { name: 'within_distance' }],
  [`within_distance(absent, ${point}, 1km)`, 'query.unknownField', { name: 'absent' }],
  ['in_bbox(geo_point_2d, 1, 2, 3)', 'query.wrongArguments', { name: 'in_bbox' }],
  ['in_bbox(geo_point_2d, 1, 2, 3, "4")', 'query.wrongArguments', { name: 'in_bbox' }],
  ['in_bbox(geo_point_2d, 1, 2, 3, 1e300)', 'query.wrongArguments', { name: 'in_bbox' }],
  ['intersects(geo_point_2d)', 'query.wrongArguments', { name: 'intersects' }],
  ["intersects(geo_point_2d, geom'POINT(0)')", 'query.geometryInvalid', { value: 'POINT(0)' }],
  ["within(geo_point_2d, geom'POLYGON((0 0, 1 1))')", 'query.geometryInvalid', {}],
  ["within(geo_point_2d, geom'POLYGON((0 0, 1 1, 1 0, 0 1))')", 'query.geometryInvalid', {}],
  ["disjoint(geo_point_2d, geom'ROND(1 1)')", 'query.geometryInvalid', {}],
  ["disjoint(geo_point_2d, geom'POINT(1 1) x')", 'query.geometryInvalid', {}],
  ["disjoint(geo_point_2d, geom'POINT(1e300 1)')", 'query.geometryInvalid', {}],
  ['intersects(geo_point_2d, geom\'{"type":"Polygon"}\')', 'query.geometryInvalid', {}],
  ['intersects(geo_point_2d, geom\'{"type":\')', 'query.geometryInvalid', {}],
  ["intersects(geo_point_2d, geom'0101')", 'query.geometryInvalid', {}],
  ["intersects(geo_point_2d, geom'010100000000')", 'query.geometryInvalid', {}],
  [`geometry(geo_point_2d, ${point}, TOUCHES)`, 'query.wrongArguments', { name: 'geometry' }],
  [`polygon(geo_point_2d, ${point}, 3)`, 'query.wrongArguments', { name: 'polygon' }],
  [`bbox(geo_point_2d, ${point}, geom'LINESTRING(0 0, 1 1)')`, 'query.wrongArguments', { name: 'bbox' }],
  [`${point} = geo_point_2d`, 'query.valueExpected', { position: 1 }],
  [`geo_point_2d = ${point}`, 'query.valueExpected', {}],
  // Lists and ranges.
  // Names with a dot are names, each at its place.
  ['absent.title = "a"', 'query.unknownField', { name: 'absent.title' }],
  ['default.title = "a" or', 'query.syntax', { position: 23 }],
  ['id. = 1', 'query.syntax', { position: 3 }],
  // Texts that are looked for everywhere.
  [Array.from({ length: 201 }, (_, i) => `"mot${i}"`).join(' or '), 'query.tooManyValues', { max: 200 }],
  [`not (${Array.from({ length: 201 }, () => '"a"').join(' and ')})`, 'query.tooManyValues', { max: 200 }],
  // Parts of dates, of what has none.
  ['day(nom) = 1', 'query.wrongArguments', { name: 'day' }],
  ['hour(heure, 2) = 1', 'query.wrongArguments', { name: 'hour' }],
  ['minute() = 1', 'query.wrongArguments', { name: 'minute' }],
  ['second(montant) = 1', 'query.wrongArguments', { name: 'second' }],
  ['id in', 'query.syntax', { position: 6 }],
  ['id in ()', 'query.syntax', { position: 8 }],
  ['id in [1..2', 'query.syntax', { position: 12 }],
  ['id in [1 2]', 'query.syntax', { expected: '.. TO' }],
  ['id:[1..', 'query.syntax', {}],
  ['date in [2022-03-12 TO 2022-04-27]', 'query.wrongType', { name: 'date' }],
  ['"x" in 3', 'query.syntax', {}],
  ['"x" in id', 'query.wrongType', { name: 'id' }],
  ['id is', 'query.syntax', {}],
  ['id is 3', 'query.syntax', {}],
  ['nom is true', 'query.conditionExpected', {}],
  // Literals.
  ["jour = date'2024-13-01'", 'query.dateInvalid', { value: '2024-13-01' }],
  ["jour = date'hier'", 'query.dateInvalid', { value: 'hier' }],
  ['jour = 2024.5', 'query.wrongType', {}],
  ['jour = 20241301', 'query.wrongType', {}],
  ['actif = "peut-être"', 'query.wrongType', {}],
  ["geom'POINT(0 0)'", 'query.conditionExpected', { position: 1 }],
  ['3', 'query.conditionExpected', { position: 1 }],
  ['null', 'query.conditionExpected', {}],
  ['`', 'query.syntax', { position: 1 }],
  ['"', 'query.syntax', { position: 1 }],
  ['id = 3km', 'query.unknownField', { name: '3km' }],
  ['id = 1.5.2', 'query.syntax', {}],
  // Operators.
  ['and', 'query.syntax', { position: 1 }],
  ['id = 1 and', 'query.syntax', { position: 11 }],
  ['id = 1 or or id = 2', 'query.syntax', { position: 11 }],
  ['not', 'query.syntax', { position: 4 }],
  ['id = 1)', 'query.syntax', { position: 7 }],
  ['id <> 1 <> 2', 'query.syntax', { position: 9 }],
  ['nom like', 'query.syntax', {}],
  ['montant like "1"', 'query.textExpected', {}],
])('where %s', (where, code, params) => {
  expect(refusal(() => planRecords(sample.version, parseQuery({ where: [where] })))).toMatchObject({
    code,
    params: { clause: 'where', ...params },
  });
});

test.each<[QueryTexts, string, Record<string, unknown>]>([
  // select
  [{ select: 'id,' }, 'query.syntax', { position: 4, clause: 'select' }],
  [{ select: 'id nom' }, 'query.syntax', { position: 4, clause: 'select' }],
  [{ select: 'id as 3' }, 'query.syntax', { position: 7 }],
  [{ select: 'include(absent)' }, 'query.unknownField', { name: 'absent' }],
  [{ select: 'include(zz*)' }, 'query.unknownField', { name: 'zz*' }],
  [{ select: 'exclude(3)' }, 'query.syntax', {}],
  [{ select: 'include(id' }, 'query.syntax', {}],
  [{ select: 'include(id) as x' }, 'query.syntax', {}],
  [{ select: 'nom + 1' }, 'query.numberExpected', { position: 1, clause: 'select' }],
  [{ select: 'id = 1' }, 'query.syntax', { position: 4 }],
  [{ select: 'search("x")' }, 'query.valueExpected', {}],
  [{ select: 'random(1)' }, 'query.aggregateMisplaced', { name: 'random' }],
  [{ select: 'json_format(montant)' }, 'query.wrongArguments', { name: 'json_format' }],
  [{ select: 'json_format(nom, 3)' }, 'query.wrongArguments', { name: 'json_format' }],
  [{ select: 'distance(geo_point_2d)' }, 'query.wrongArguments', { name: 'distance' }],
  [{ select: `distance(nom, ${point})` }, 'query.wrongArguments', { name: 'distance' }],
  [{ select: "distance(geo_point_2d, geom'LINESTRING(0 0,1 1)')" }, 'query.wrongArguments', { name: 'distance' }],
  [{ select: 'avg(nom)' }, 'query.wrongArguments', { name: 'avg', clause: 'select' }],
  [{ select: 'avg(distinct montant)' }, 'query.wrongArguments', { name: 'avg' }],
  [{ select: 'avg(*)' }, 'query.wrongArguments', { name: 'avg' }],
  [{ select: 'count()' }, 'query.wrongArguments', { name: 'count' }],
  [{ select: 'count(distinct *)' }, 'query.wrongArguments', { name: 'count' }],
  [{ select: 'count(id, nom)' }, 'query.wrongArguments', { name: 'count' }],
  [{ select: 'max(geo_point_2d)' }, 'query.wrongArguments', { name: 'max' }],
  [{ select: 'min(count(*))' }, 'query.aggregateMisplaced', { name: 'count' }],
  [{ select: 'median(jour)' }, 'query.wrongArguments', { name: 'median' }],
  [{ select: 'percentile(montant)' }, 'query.wrongArguments', { name: 'percentile' }],
  [{ select: 'percentile(montant, 101)' }, 'query.wrongArguments', { name: 'percentile' }],
  [{ select: 'percentile(montant, id)' }, 'query.wrongArguments', { name: 'percentile' }],
  [{ select: 'envelope(nom)' }, 'query.wrongArguments', { name: 'envelope' }],
  [{ select: 'bbox(nom)' }, 'query.wrongArguments', { name: 'bbox' }],
  [{ select: 'sum(montant) + id' }, 'query.aggregateMixed', { name: 'id' }],
  [{ select: 'sum(montant), lower(nom)' }, 'query.aggregateMixed', { name: 'nom' }],
  [{ select: '*, count(*)' }, 'query.aggregateMixed', { name: 'id' }],
  [{ select: 'stddev(montant)' }, 'query.unknownFunction', { name: 'stddev' }],
  // group_by
  [{ groupBy: 'absent' }, 'query.unknownField', { name: 'absent', clause: 'group_by' }],
  [{ groupBy: 'ville,' }, 'query.syntax', { position: 7, clause: 'group_by' }],
  [{ groupBy: 'ville as' }, 'query.syntax', { clause: 'group_by' }],
  [{ groupBy: Array.from({ length: 21 }, (_, i) => `id + ${i}`).join(', ') }, 'query.tooManyValues', { max: 20 }],
  [{ groupBy: '*' }, 'query.syntax', { position: 1, clause: 'group_by' }],
  [{ groupBy: 'geo_point_2d' }, 'query.notGroupable', { position: 1, clause: 'group_by' }],
  [{ groupBy: 'count(*)' }, 'query.aggregateMisplaced', { name: 'count', clause: 'group_by' }],
  [{ groupBy: 'now()' }, 'query.aggregateMisplaced', { name: 'now' }],
  [{ groupBy: 'year(nom)' }, 'query.wrongArguments', { name: 'year', clause: 'group_by' }],
  [{ groupBy: 'week(jour)' }, 'query.unknownFunction', { name: 'week' }],
  [{ groupBy: 'range(nom, 3)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, 0)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, -5)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, *)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, *, *)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, 1, *, 3)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, 3, 1)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, 1, 1)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: "range(id, date'2024', *)" }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id, 1 day)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(id + 1, 3)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 3)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 2 months)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 1 lustre)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 1.5 day)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 0 day)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 1e9 days)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'range(jour, 2020, 2021)' }, 'query.wrongArguments', { name: 'range' }],
  [{ groupBy: 'geo_cluster(nom, 3)' }, 'query.wrongArguments', { name: 'geo_cluster' }],
  [{ groupBy: 'geo_cluster(geo_point_2d)' }, 'query.wrongArguments', { name: 'geo_cluster' }],
  [{ groupBy: 'geo_cluster(geo_point_2d, 26)' }, 'query.wrongArguments', { name: 'geo_cluster' }],
  [{ groupBy: 'geo_cluster(geo_point_2d, 1.5)' }, 'query.wrongArguments', { name: 'geo_cluster' }],
  [{ groupBy: 'geo_cluster(geo_point_2d, 3, 0)' }, 'query.wrongArguments', { name: 'geo_cluster' }],
  [{ groupBy: 'ville', select: 'nom' }, 'query.notGrouped', { name: 'nom', clause: 'select' }],
  [{ groupBy: 'ville', select: '*' }, 'query.notGrouped', { name: '*', clause: 'select' }],
  [{ groupBy: 'ville', select: 'include(ville)' }, 'query.notGrouped', { clause: 'select' }],
  [{ groupBy: 'ville', select: 'sum(montant) + id' }, 'query.notGrouped', { name: 'id' }],
  [{ groupBy: 'year(jour)', select: 'month(jour)' }, 'query.notGrouped', { name: 'jour' }],
  [{ groupBy: 'ville', orderBy: 'nom' }, 'query.notGrouped', { name: 'nom', clause: 'order_by' }],
  [{ groupBy: 'ville', orderBy: 'ville, count(*)' }, 'query.aggregateOrder', { clause: 'order_by' }],
  [{ groupBy: 'ville', select: 'sum(id) as s', orderBy: 'ville, s' }, 'query.aggregateOrder', { clause: 'order_by' }],
  [{ groupBy: 'geo_cluster(geo_point_2d, 3) as c', orderBy: 'c' }, 'query.valueExpected', { clause: 'order_by' }],
  // order_by
  [{ orderBy: 'id,' }, 'query.syntax', { clause: 'order_by' }],
  [{ orderBy: 'id asc desc' }, 'query.syntax', { position: 8 }],
  [{ orderBy: 'random()' }, 'query.wrongArguments', { name: 'random', clause: 'order_by' }],
  [{ orderBy: 'random(1.5)' }, 'query.wrongArguments', { name: 'random' }],
  [{ orderBy: 'random("x")' }, 'query.wrongArguments', { name: 'random' }],
  [{ orderBy: 'geo_point_2d' }, 'query.valueExpected', { clause: 'order_by' }],
  [{ orderBy: 'sum(montant)' }, 'query.aggregateMisplaced', { name: 'sum', clause: 'order_by' }],
  [{ orderBy: 'envelope(geo_point_2d)', groupBy: 'ville' }, 'query.aggregateMisplaced', { name: 'envelope' }],
])('%j', (texts, code, params) => {
  expect(refusal(() => planRecords(sample.version, parseQuery(texts)))).toMatchObject({ code, params });
  expect(refusal(() => exportSelect(sample.version, parseQuery(texts), (_column, sql) => sql, null))).toMatchObject({
    code,
  });
});

test.each<[string, string, Record<string, unknown>]>([
  ['ville', 'query.outOfRange', { name: 'refine', expected: 'facet:value' }],
  ['ville:', 'query.outOfRange', {}],
  [':Tours', 'query.outOfRange', {}],
  ['absent:1', 'query.unknownField', { name: 'absent', clause: 'refine' }],
  ['montant:beaucoup', 'query.wrongType', { name: 'montant', type: 'number', clause: 'refine' }],
  ['montant:1e999', 'query.wrongType', {}],
  ['actif:oui', 'query.wrongType', { type: 'boolean' }],
  ['jour:demain', 'query.wrongType', { type: 'date' }],
  ['jour:2024/13', 'query.wrongType', {}],
  ['geo_point_2d:1', 'query.wrongType', { type: 'point' }],
])('refine=%s', (text, code, params) => {
  expect(refusal(() => readRefinements(sample.version, { refine: [text] }))).toMatchObject({ code, params });
});

test('refinements: quoted values, names between back-quotes, a limit', () => {
  const read = (text: string) =>
    readRefinements(sample.version, { exclude: [text] }).map(({ column, value }) => [column.name, value]);
  expect(read('ville:"Tours"')).toEqual([['ville', 'Tours']]);
  expect(read("ville:'l\\'Île'")).toEqual([['ville', "l'Île"]]);
  expect(read('`2024`:10')).toEqual([['2024', '10']]);
  expect(read('2024:10')).toEqual([['2024', '10']]);
  expect(read('nom:a:b')).toEqual([['nom', 'a:b']]);
  const many = Array.from({ length: 201 }, () => 'id:1');
  expect(refusal(() => readRefinements(sample.version, { refine: many })).code).toBe('query.tooManyValues');
});

test('facets: what a call may say', () => {
  const plain = { name: 'ville', disjunctive: false, hierarchical: false, separator: '/', sort: null, limit: 100 };
  expect(readFacet('ville')).toEqual(plain);
  expect(readFacet('`ville`')).toEqual(plain);
  expect(readFacet('facet(ville)')).toEqual(plain);
  expect(
    readFacet(' FACET( name="ville", disjunctive=true, hierarchical=TRUE, separator=">", sort="alphanum", limit=20 )'),
  ).toEqual({ name: 'ville', disjunctive: true, hierarchical: true, separator: '>', sort: 'name', limit: 20 });
});

test.each([
  'facet()',
  'facet(name=3)',
  'facet(name="f", name="f", x=1)',
  'facet(name="f", disjunctive="true")',
  'facet(name="f", separator="")',
  'facet(name="f", sort="hasard")',
  'facet(name="f", limit=0)',
  'facet(name="f", limit=1001)',
  'facet("f", "g")',
  'facet(name="f") + 1',
])('%s is no facet', (text) => {
  expect(refusal(() => readFacet(text))).toMatchObject({ code: 'query.wrongArguments', params: { clause: 'facet' } });
});

test('facets of what is not there, or of places', () => {
  const plan = (name: string) =>
    planFacet(sample.version, readFacet(name), { where: null, refinements: [], settings: usualSettings() });
  expect(refusal(() => plan('absent'))).toMatchObject({ code: 'query.unknownField', params: { clause: 'facet' } });
  expect(refusal(() => plan('geo_point_2d')).code).toBe('query.notGroupable');
  expect(refusal(() => readFacet('facet(name="f"')).code).toBe('query.syntax');
});
