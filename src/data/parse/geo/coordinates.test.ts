import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAngle, readPlace, readShapeText } from './coordinates.ts';
import { crsOfEpsg } from './crs.ts';
import { looksLikeWkt, readWkt } from './wkt.ts';

test.each([
  ['48° 51′ 24″ N', 48.8566667, 'lat'],
  ['48°51\'24"N', 48.8566667, 'lat'],
  ['48°51\'24.5"', 48.8568056, null],
  ['N 48 51 24', 48.8566667, 'lat'],
  ["2° 21' 07'' E", 2.3519444, 'lon'],
  ['1°33′ O', -1.55, 'lon'],
  ['1° 33.0 W', -1.55, 'lon'],
  ['S 20° 52′ 44″', -20.8788889, 'lat'],
  ['-1° 33′ 00″', -1.55, null],
  ['48.8566 N', 48.8566, 'lat'],
  ['-1,55', -1.55, null],
  ['47.39', 47.39, null],
  ['2.3522°', 2.3522, null],
  ['48° 51 min 24 s nord', 48.8566667, 'lat'],
  ['48 d 51 m 24 s', 48.8566667, null],
  ['0', 0, null],
])('%s is an angle', (text, degrees, axis) => expect(readAngle(text)).toEqual({ degrees, axis }));

test.each([
  '',
  'Tours',
  '48° 61′ N',
  '48° 51′ 75″',
  '200',
  '100° N',
  'N 48 N',
  '1234.5',
  '48°5.5\'30"',
  '02 47 21 60 00',
  '37000',
])('%s is no angle', (text) => expect(readAngle(text)).toBeNull());

test.each([
  ['47.39, 0.68', 0.68, 47.39],
  ['47.39,0.68', 0.68, 47.39],
  ['47,39 ; 0,68', 0.68, 47.39],
  ['47,39, 0,68', 0.68, 47.39],
  ['47.39 -0.68', -0.68, 47.39],
  ['47.39/0.68', 0.68, 47.39],
  ['(47.39, 0.68)', 0.68, 47.39],
  ['[0.312019245381866,46.566028892923185]', 0.3120192, 46.5660289],
  ['[47.2252, -1.5046]', -1.5046, 47.2252],
  ['48°51′24″N 2°21′07″E', 2.3519444, 48.8566667],
  ['48° 51\' 24" N, 2° 21\' 07" E', 2.3519444, 48.8566667],
  ['E 2.3522, N 48.8566', 2.3522, 48.8566],
  ['2.3522E 48.8566N', 2.3522, 48.8566],
  ['48.8566N2.3522E', 2.3522, 48.8566],
  ['POINT (0.68 47.39)', 0.68, 47.39],
  ['{"type":"Point","coordinates":[0.68,47.39]}', 0.68, 47.39],
  ['SRID=2154;POINT(525000 6700000)', 0.6804304, 47.3772038],
])('%s is a place', (text, lon, lat) => expect(readPlace(text)).toEqual({ lon, lat }));

test.each([
  '',
  '47.39',
  'Tours, France',
  '12 rue de la Paix',
  '47.39, 0.68, 3',
  '99, 0.5',
  'POLYGON ((0 0, 1 0, 1 1, 0 0))',
  '{"a":1}',
  '2024-01-01',
  '10:30',
])('%s is no place', (text) => expect(readPlace(text)).toBeNull());

test('WKT of every kind', () => {
  const shape = (text: string) => readWkt(text)?.shape;
  expect(shape('POINT(1 2)')).toEqual({ type: 'Point', coordinates: [1, 2] });
  expect(shape(' point z ( 1.5 -2e1 3 ) ')).toEqual({ type: 'Point', coordinates: [1.5, -20] });
  expect(shape('POINTZM (1 2 3 4)')).toEqual({ type: 'Point', coordinates: [1, 2] });
  expect(shape('LINESTRING (1 2, 3 4)')).toEqual({
    type: 'LineString',
    coordinates: [
      [1, 2],
      [3, 4],
    ],
  });
  expect(shape('POLYGON ((0 0, 1 0, 1 1, 0 0), (0 0,1 0,1 1,0 0))')).toMatchObject({ type: 'Polygon' });
  expect(shape('MULTIPOINT (1 2, 3 4)')).toEqual(shape('MULTIPOINT ((1 2), (3 4))'));
  expect(shape('MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))')).toMatchObject({ type: 'MultiPolygon' });
  expect(shape('GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))')).toMatchObject({
    geometries: [{ type: 'Point' }, { type: 'LineString' }],
  });
  expect(shape('POINT EMPTY')).toEqual({ type: 'Point', coordinates: [] });
  expect(readWkt('SRID=2154;POINT (1 2)')?.srid).toBe(2154);
  for (const text of [
    '',
    'POINT',
    'POINT (1)',
    'POINT (1 2',
    'POINT (1 2) x',
    'POINT (1 2, 3 4)',
    'CERCLE (1 2)',
    'POINT ((1 2)',
    'LINESTRING (1 2,)',
    'MULTIPOINT ((1 2), 3',
  ])
    expect(readWkt(text), text).toBeNull();
  expect(looksLikeWkt('SRID=4326; MultiPolygon(((0 0')).toBe(true);
  expect(looksLikeWkt('Point de collecte')).toBe(false);
});

test('shapes in texts come in WGS84, whatever they are written in', () => {
  expect(readShapeText('SRID=2154;LINESTRING (525000 6700000, 525000 6700000)')).toMatchObject({
    wkt: 'LINESTRING (0.6804304 47.3772038, 0.6804304 47.3772038)',
    crs: { code: 'EPSG:2154' },
  });
  const lambert = crsOfEpsg(2154) ?? undefined;
  expect(readShapeText('POINT (525000 6700000)', lambert)?.wkt).toBe('POINT (0.6804304 47.3772038)');
  expect(readShapeText('{"type":"LineString","coordinates":[[1,47],[2,47]]}')?.wkt).toBe('LINESTRING (1 47, 2 47)');
  for (const text of [
    'SRID=1;POINT (1 2)',
    'POINT EMPTY',
    'POLYGON ((0 0, 1 0, 1 1, 2 2))',
    '{"type":"Point"}',
    '{',
    'x',
    'POINT (525000 6700000)',
  ])
    expect(readShapeText(text), text).toBeNull();
});

test('any text is a place or none, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789 .,;-°′″NSEWO()[]{}":POINTSRID=') }), (text) => {
      const place = readPlace(text);
      if (place !== null) expect(Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180).toBe(true);
      readShapeText(text);
    }),
    { numRuns: 1000 },
  );
});

test('an angle written in degrees, minutes and seconds is read back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 89 }),
      fc.integer({ min: 0, max: 59 }),
      fc.integer({ min: 0, max: 59 }),
      (d, m, s) => {
        expect(readAngle(`${d}° ${m}′ ${s}″ S`)?.degrees).toBeCloseTo(-(d + m / 60 + s / 3600), 6);
      },
    ),
  );
});
