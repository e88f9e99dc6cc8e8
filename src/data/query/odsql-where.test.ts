// Every function, literal and operator that a condition may use, on the seven rows of the sample.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseQuery } from './parse.ts';
import { planRecords } from './plan.ts';
import { resolveTree } from './resolve.ts';
import { openSample, type Sample } from './sample.ts';
import { type QuerySettings, usualSettings } from './settings.ts';
import { FoundCache } from './spatial-found-cache.ts';

let sample: Sample;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample?.close());

async function ids(where: string, asked: Partial<QuerySettings> = {}): Promise<readonly unknown[]> {
  const { version, tables } = sample;
  const settings = { ...usualSettings(), ...asked };
  const parsed = parseQuery({ select: 'id', where: [where] });
  const tree = await resolveTree(parsed, { version, tables, cache: new FoundCache(1_000_000), settings });
  const plan = planRecords(version, tree, settings);
  const [page, count] = await tables.run([plan.page(0, 100), plan.count()]);
  const found = page?.rows.map(([id]) => id) ?? [];
  expect(count?.rows[0]?.[0]).toBe(found.length);
  return found;
}

const point = "geom'POINT(0.68 47.39)'";
/** Around the first two places. */
const area = "geom'POLYGON((0.675 47.385, 0.695 47.385, 0.695 47.405, 0.675 47.405, 0.675 47.385))'";
/** The second place is on its side. */
const beside = "geom'POLYGON((0.67 47.38, 0.69 47.38, 0.69 47.42, 0.67 47.42, 0.67 47.38))'";
const geojson = `geom'{"type":"Polygon","coordinates":[[[0.67,47.38],[0.685,47.38],[0.685,47.395],[0.67,47.38]]]}'`;
/** POINT(0.69 47.4) as well-known binary. */
const binary = (() => {
  const bytes = Buffer.alloc(21);
  bytes.writeUInt8(1, 0);
  bytes.writeUInt32LE(1, 1);
  bytes.writeDoubleLE(0.69, 5);
  bytes.writeDoubleLE(47.4, 13);
  return `geom'${bytes.toString('hex')}'`;
})();

test.each<[string, number[]]>([
  // Functions of one row's values.
  ['length(nom) = 7', [3, 7]],
  ['length("abc") = 3', [1, 2, 3, 4, 5, 6, 7]],
  ["lower(nom) = 'stade'", [4]],
  ['ifnull(montant, 999) > 500', [3]],
  ["ifnull(ville, 'Nulle part') = 'Nulle part'", [4]],
  ["ifnull(jour, date'1999-01-01') = date'1999-01-01'", [4]],
  ['ifnull(actif, true)', [1, 3, 4, 6, 7]],
  ['year(jour) = 2024', [1, 2]],
  ['YEAR(jour) in (2022, 2023)', [3, 7]],
  ['month(jour) = 6', [5, 6]],
  ['day(jour) = 31', [3]],
  ['hour(moment) in [8..10]', [1, 6]],
  ['minute(moment) = 30', [2]],
  ['second(moment) = 5', [7]],
  ["date_format(jour, 'dd') = '29'", [2]],
  ["date_format(jour, 'dd/MM') in ('01/06', '02/06')", [5, 6]],
  [`distance(geo_point_2d, ${point}) < 100`, [1]],
  // Lists, ranges, values of one.
  ['"Tours" in ville', [1, 2]],
  ['10 in `2024`', [1]],
  ['true in actif', [1, 3, 6, 7]],
  ['"Tours" not in ville', [3, 4, 5, 6, 7]],
  ['jour:["2024-01-01" TO "2024-12-31"]', [1, 2]],
  ['jour:[20240101 TO 20241231]', [1, 2]],
  ["jour in ]date'2024-01-15'..date'2024-12-31']", [2]],
  ['id:[2..4]', [2, 3, 4]],
  ['montant in [0..*[', [1, 2, 5, 6, 7]],
  // Literals.
  ["jour = date'2024/02/29'", [2]],
  ["moment = date'2024-02-29T12:30:00'", [2]],
  ["moment = date'2024-02-29T13:30:00+01:00'", [2]],
  ["jour > date'2025'", [5, 6]],
  ['nom = "Gymnase de l\'Île"', [1]],
  ['montant = 1.005e2', [1]],
  ['actif = TRUE', [1, 3, 6, 7]],
  ['ville is NULL', [4]],
  ["`date` > date'2020-01-05'", [6, 7]],
  // Full text.
  [[...Array.from({ length: 199 }, (_, i) => `"absent${i}"`), '"piscine"'].join(' or '), [3]],
  ['search("gymnaze")', [1]],
  ['search(nom, "piscyne")', [3]],
  ['search(nom, "stad")', [4]],
  ['search(nom, "ecol elementaire")', [2]],
  ['search(nom, "elementaire eco")', [2]],
  ['search(nom, "elementeirre")', [2]],
  ['search(nom, "mnase")', []],
  ['search(nom, "gy")', [1]],
  ['search(nom, "ab gymnase")', []],
  ['search(nom, ville, "tours")', [1, 2, 3, 7]],
  ['search(*, "37261")', [2]],
  ['search(code, "3726")', [2]],
  ['search(nom, "LÎLE")', [1]],
  ['search(nom, "LÎL")', []],
  ['search(nom, "zzle")', []],
  ['search(nom, "l\'Île")', [1]],
  ['suggest("theat")', [7]],
  ['suggest(nom, "the")', [7]],
  ['suggest(*, "lib")', [6]],
  ['suggest(ville, "jou tou")', [3]],
  ['suggest(ville, "ours")', []],
  ['suggest(nom, ville, "ch")', [7]],
  ['startswith(nom, "Éco")', [2]],
  ['startswith(nom, "éco")', []],
  ['startswith(*, "37")', [2, 3, 6, 7]],
  ['startswith(nom, code, "1")', [6]],
  ['"gymnase*"', [1]],
  ['"gymnase" or "piscine"', [1, 3]],
  ['not "tours" and not "luynes"', [4]],
  // Places.
  [`within_distance(geo_point_2d, ${point}, 2km)`, [1, 2]],
  [`within_distance(geo_point_2d, ${point}, 2.5km)`, [1, 2]],
  [`within_distance(geo_point_2d, ${point}, 3 km)`, [1, 2, 4]],
  [`within_distance(geo_point_2d, ${point}, 1mi)`, [1, 2]],
  [`within_distance(geo_point_2d, ${point}, 1000yd)`, [1]],
  [`within_distance(geo_point_2d, ${point}, 4000ft)`, [1]],
  [`within_distance(geo_point_2d, ${point}, 900m)`, [1]],
  [`within_distance(geo_point_2d, ${point}, 100000cm)`, [1]],
  [`within_distance(geo_point_2d, ${point}, 5000000mm)`, [1, 2, 4]],
  [`within_distance(geo_point_2d, ${point}, 3000)`, [1, 2, 4]],
  [`within_distance(geo_point_2d, ${binary}, 10m)`, [2]],
  [`within_distance(geo_point_2d, geom'LINESTRING(0.6 47.39, 0.8 47.39)', 1200m)`, [1, 2]],
  [`not within_distance(geo_point_2d, ${point}, 2km)`, [3, 4, 5, 6, 7]],
  ['in_bbox(geo_point_2d, 47.385, 0.675, 47.405, 0.695)', [1, 2]],
  ['in_bbox(geo_point_2d, 47.405, 0.695, 47.385, 0.675)', [1, 2]],
  ['not in_bbox(geo_point_2d, 47.385, 0.675, 47.405, 0.695)', [3, 4, 5, 6, 7]],
  [`intersects(geo_point_2d, ${area})`, [1, 2]],
  [`disjoint(geo_point_2d, ${area})`, [4]],
  [`within(geo_point_2d, ${beside})`, [1]],
  [`intersects(geo_point_2d, ${beside})`, [1, 2]],
  [`intersects(geo_point_2d, ${geojson})`, [1]],
  ["intersects(geo_point_2d, geom'SRID=4326;POINT(0.7 47.41)')", [4]],
  ["intersects(geo_point_2d, geom'POLYGON EMPTY')", []],
  [`id > 1 and (intersects(geo_point_2d, ${area}) or id = 7)`, [2, 7]],
  // As version 2.0 wrote them.
  [`distance(geo_point_2d, ${point}, 2km)`, [1, 2]],
  [`geometry(geo_point_2d, ${area}, INTERSECTS)`, [1, 2]],
  [`geometry(geo_point_2d, ${beside}, within)`, [1]],
  [`geometry(geo_point_2d, ${area}, DISJOINT)`, [4]],
  [`polygon(geo_point_2d, ${area})`, [1, 2]],
  ["bbox(geo_point_2d, geom'POINT(0.675 47.405)', geom'POINT(0.695 47.385)')", [1, 2]],
])('where %s', async (where, expected) => {
  expect(await ids(where)).toEqual(expected);
});

test('a date without an offset is of the time zone; parts of dates too', async () => {
  const paris = { timezone: 'Europe/Paris' };
  expect(await ids("moment >= date'2024-01-01'")).toEqual([1, 2, 5, 6]);
  expect(await ids("moment >= date'2024-01-01'", paris)).toEqual([1, 2, 3, 5, 6]);
  expect(await ids("moment = '2024-02-29T13:30:00'", paris)).toEqual([2]);
  expect(await ids("moment = '2024-02-29T12:30:00Z'", paris)).toEqual([2]);
  expect(await ids('year(moment) = 2024', paris)).toEqual([1, 2, 3]);
  expect(await ids('hour(moment) = 13', paris)).toEqual([2]);
  // Days have no zone.
  expect(await ids("jour = date'2024-01-15'", paris)).toEqual([1]);
});

test('now() is the moment of the question', async () => {
  const at = { now: new Date('2024-02-29T12:30:00Z') };
  expect(await ids('moment >= now()', at)).toEqual([2, 5, 6]);
  expect(await ids('moment > now(years=-1) and moment < now()', at)).toEqual([1, 3]);
  expect(await ids('jour < now(year=2023, month=1, day=1)', at)).toEqual([7]);
  expect(await ids('jour >= now(days=+400)', at)).toEqual([5, 6]);
});

test('a search says the same whether its near words were looked for or not', async () => {
  for (const where of [
    'search("gymnaze")',
    'search(nom, "ecol elementaire")',
    'search(nom, "zzzzzz")',
    'search(code, nom, "37261")',
  ]) {
    const plan = planRecords(sample.version, parseQuery({ select: 'id', where: [where] }));
    const [page] = await sample.tables.run([plan.page(0, 100)]);
    expect(page?.rows.map(([id]) => id)).toEqual(await ids(where));
  }
});
