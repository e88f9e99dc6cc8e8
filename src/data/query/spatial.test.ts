// The spatial tests, on cases drawn by hand and on properties that hold for any two places.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { parseCql2Text } from './cql2-text.ts';
import { type SpatialRelation, spatialRelations } from './cql2-tree.ts';
import { orientation } from './spatial-orientation.ts';
import { distanceMetres, dwithin, holds, intersects } from './spatial-predicates.ts';
import { relate } from './spatial-relate.ts';
import { locate, type Shape, shapeOf } from './spatial-shape.ts';

function shape(wkt: string): Shape {
  const tree = parseCql2Text(`S_EQUALS(${wkt}, POINT(0 0))`);
  if (tree.kind !== 'spatial' || tree.left.kind !== 'geometry') throw new Error(wkt);
  return shapeOf(tree.left.geometry);
}

const square = 'POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))';
const ring = 'POLYGON((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 3 1, 3 3, 1 3, 1 1))';

/** Which tests hold, without intersects and disjoint, which every case checks. */
test.each<[string, string, SpatialRelation[]]>([
  ['POINT(1 1)', 'POINT(1 1)', ['s_equals', 's_within', 's_contains']],
  ['POINT(1 1)', 'POINT(1 2)', ['s_disjoint']],
  ['POINT(2 2)', square, ['s_within']],
  ['POINT(0 2)', square, ['s_touches']],
  ['POINT(4 4)', square, ['s_touches']],
  ['POINT(5 5)', square, ['s_disjoint']],
  ['POINT(2 2)', ring, ['s_disjoint']],
  ['POINT(1 2)', ring, ['s_touches']],
  ['POINT(0.5 2)', ring, ['s_within']],
  ['POINT(1 1)', 'LINESTRING(0 0, 2 2)', ['s_within']],
  ['POINT(0 0)', 'LINESTRING(0 0, 2 2)', ['s_touches']],
  ['POINT(0 0)', 'LINESTRING(0 0, 2 0, 1 1, 0 0)', ['s_within']],
  ['MULTIPOINT((1 1), (9 9))', square, ['s_crosses']],
  ['MULTIPOINT((1 1), (2 2))', square, ['s_within']],
  ['MULTIPOINT((1 1), (2 2))', 'MULTIPOINT((2 2), (3 3))', ['s_overlaps']],
  ['LINESTRING(0 0, 2 2)', 'LINESTRING(0 2, 2 0)', ['s_crosses']],
  ['LINESTRING(0 0, 2 2)', 'LINESTRING(1 1, 3 3)', ['s_overlaps']],
  ['LINESTRING(0 0, 2 2)', 'LINESTRING(2 2, 3 0)', ['s_touches']],
  ['LINESTRING(0 0, 2 2)', 'LINESTRING(1 1, 3 0)', ['s_touches']],
  ['LINESTRING(0 0, 2 2)', 'LINESTRING(2 2, 1 1, 0 0)', ['s_equals', 's_within', 's_contains']],
  ['LINESTRING(0 0, 1 1)', 'LINESTRING(0 0, 2 2)', ['s_within']],
  ['LINESTRING(-1 2, 5 2)', square, ['s_crosses']],
  ['LINESTRING(1 1, 2 2)', square, ['s_within']],
  ['LINESTRING(0 0, 4 0)', square, ['s_touches']],
  ['LINESTRING(0 0, 2 2)', square, ['s_within']],
  ['LINESTRING(-1 0, 5 0)', square, ['s_touches']],
  ['LINESTRING(1.5 2, 2.5 2)', ring, ['s_disjoint']],
  ['LINESTRING(0.5 2, 3.5 2)', ring, ['s_crosses']],
  ['LINESTRING(1 1, 1 3)', ring, ['s_touches']],
  [square, square, ['s_equals', 's_within', 's_contains']],
  [square, 'POLYGON((4 4, 0 4, 0 2, 0 0, 4 0, 4 4))', ['s_equals', 's_within', 's_contains']],
  [square, 'POLYGON((4 0, 8 0, 8 4, 4 4, 4 0))', ['s_touches']],
  [square, 'POLYGON((4 4, 8 4, 8 8, 4 8, 4 4))', ['s_touches']],
  [square, 'POLYGON((4 1, 8 1, 8 3, 4 3, 4 1))', ['s_touches']],
  [square, 'POLYGON((2 2, 6 2, 6 6, 2 6, 2 2))', ['s_overlaps']],
  [square, 'POLYGON((1 1, 2 1, 2 2, 1 2, 1 1))', ['s_contains']],
  [square, 'POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))', ['s_contains']],
  [square, 'POLYGON((5 5, 6 5, 6 6, 5 6, 5 5))', ['s_disjoint']],
  [square, 'POLYGON((-1 1, 5 1, 5 2, -1 2, -1 1))', ['s_overlaps']],
  [ring, square, ['s_within']],
  [ring, 'POLYGON((1 1, 3 1, 3 3, 1 3, 1 1))', ['s_touches']],
  [ring, 'POLYGON((1.5 1.5, 2 1.5, 2 2, 1.5 1.5))', ['s_disjoint']],
  [ring, 'POLYGON((0.5 0.5, 2 0.5, 2 2, 0.5 2, 0.5 0.5))', ['s_overlaps']],
  [square, 'MULTIPOLYGON(((1 1, 2 1, 2 2, 1 1)), ((9 9, 10 9, 10 10, 9 9)))', ['s_overlaps']],
  [square, 'GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(1 1, 2 2))', ['s_contains']],
  ['POLYGON((0 0, 2 0, 1 2, 0 0))', 'POLYGON((0 2, 1 0, 2 2, 0 2))', ['s_overlaps']],
])('%s and %s', (first, second, expected) => {
  const [a, b] = [shape(first), shape(second)];
  const found = spatialRelations.filter((relation) => relation !== 's_intersects' && holds(relation, a, b));
  expect(found.toSorted()).toEqual(expected.toSorted());
  expect(holds('s_intersects', a, b)).toBe(!expected.includes('s_disjoint'));
});

test('an empty place is disjoint from all', () => {
  const empty = shape('POINT EMPTY');
  expect(holds('s_disjoint', empty, shape(square))).toBe(true);
  expect(holds('s_equals', empty, empty)).toBe(false);
});

test('the side of a line is told where floating point cannot', () => {
  // 0.1 + 0.2 is a little more than 0.3: the point lies off the diagonal by one unit in the last place.
  expect(orientation(0, 0, 1, 1, 0.3, 0.3)).toBe(0);
  expect(orientation(0, 0, 1, 1, 0.3, 0.1 + 0.2)).toBeGreaterThan(0);
  expect(orientation(0, 0, 1, 1, 0.1 + 0.2, 0.3)).toBeLessThan(0);
  expect(orientation(0.5, 0.5, 12, 12, 24, 24)).toBe(0);
  expect(orientation(0.5, 0.5, 12, 12, 24, 24 + 2 ** -48)).toBeGreaterThan(0);
});

test('distances: a degree of latitude is 111.2 km, one of longitude less', () => {
  expect(distanceMetres(shape('POINT(0 47)'), shape('POINT(0 48)'))).toBeCloseTo(111_195, -1);
  expect(distanceMetres(shape('POINT(0 60)'), shape('LINESTRING(1 59, 1 61)'))).toBeCloseTo(55_597, -1);
  expect(distanceMetres(shape('POINT(2 2)'), shape(square))).toBe(0);
  expect(dwithin(shape('POINT(0 47)'), shape('POINT(0 47.001)'), 112)).toBe(true);
  expect(dwithin(shape('POINT(0 47)'), shape('POINT(0 47.001)'), 111)).toBe(false);
});

// Small whole coordinates: places that touch, share sides and coincide are then frequent.
const coordinate = fc.integer({ min: 0, max: 6 });
const position = fc.tuple(coordinate, coordinate);
const box = fc
  .tuple(coordinate, coordinate, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .map(([x, y, w, h]) => [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
    [x, y],
  ]);
const triangle = fc
  .tuple(position, position, position)
  .filter(([a, b, c]) => orientation(...a, ...b, ...c) !== 0)
  .map(([a, b, c]) => [a, b, c, a]);
const geometry: fc.Arbitrary<GeoJsonGeometry> = fc.oneof(
  position.map((coordinates) => ({ type: 'Point', coordinates })),
  fc.array(position, { minLength: 1, maxLength: 4 }).map((coordinates) => ({ type: 'MultiPoint', coordinates })),
  fc
    .tuple(position, position)
    .filter(([a, b]) => a[0] !== b[0] || a[1] !== b[1])
    .map((coordinates) => ({ type: 'LineString', coordinates })),
  fc.oneof(box, triangle).map((outer) => ({ type: 'Polygon', coordinates: [outer] })),
);

test('any two places: the tests agree with each other', () => {
  fc.assert(
    fc.property(geometry, geometry, (one, two) => {
      const [a, b] = [shapeOf(one), shapeOf(two)];
      const is = (relation: SpatialRelation) => holds(relation, a, b);
      const back = (relation: SpatialRelation) => holds(relation, b, a);
      for (const relation of [
        's_intersects',
        's_equals',
        's_disjoint',
        's_touches',
        's_overlaps',
        's_crosses',
      ] as const)
        expect(is(relation), relation).toBe(back(relation));
      expect(is('s_within')).toBe(back('s_contains'));
      expect(is('s_equals')).toBe(is('s_within') && is('s_contains'));
      // Two places that meet do so in one way only.
      const ways = [is('s_touches'), is('s_within') || is('s_contains'), is('s_overlaps'), is('s_crosses')];
      expect(ways.filter(Boolean).length).toBe(intersects(a, b) ? 1 : 0);
      const { II, IB, BI, BB } = relate(a, b);
      expect(Math.max(II, IB, BI, BB) >= 0).toBe(intersects(a, b));
      expect(holds('s_equals', a, a)).toBe(true);
    }),
    { numRuns: 5000 },
  );
});

test('any point and any polygon: a grid tells the same', () => {
  fc.assert(
    fc.property(triangle, (corners) => {
      const a = shapeOf({ type: 'Polygon', coordinates: [corners] });
      const [p, q, r] = corners as [[number, number], [number, number], [number, number]];
      const way = Math.sign(orientation(...p, ...q, ...r));
      for (let x = -0.5; x <= 6.5; x += 0.5) {
        for (let y = -0.5; y <= 6.5; y += 0.5) {
          const sides = [orientation(...p, ...q, x, y), orientation(...q, ...r, x, y), orientation(...r, ...p, x, y)];
          const inside = sides.every((side) => Math.sign(side) === way);
          const outside = sides.some((side) => Math.sign(side) === -way);
          expect(locate(a, x, y)).toBe(inside ? 'I' : outside ? 'E' : 'B');
        }
      }
    }),
    { numRuns: 200 },
  );
});
