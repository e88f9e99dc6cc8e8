// Two squares side by side, drawn: borders meet, areas are those of a sphere.
import { expect, test } from 'vitest';
import { areaOf, type Boundary, drawCommunes, type Point, ringsOf, simplified } from './outline-rules.ts';

const square = (insee: string, west: number, south: number, size = 0.1): Boundary => ({
  insee,
  rings: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

test('a tenth of a degree at the equator is 11.12 km: its square has 123.6 km²', () => {
  expect(areaOf(square('a', 0, 0).rings)).toBeCloseTo(123.64, 1);
});

test('a hole is taken off', () => {
  const [outer = []] = square('a', 0, 0).rings;
  const [hole = []] = square('a', 0.025, 0.025, 0.05).rings;
  expect(areaOf([outer, [...hole].reverse()])).toBeCloseTo(123.64 * 0.75, 0);
});

test('neighbours have different tones, and the border goes around both', () => {
  const drawing = drawCommunes([square('a', 0, 0), square('b', 0.1, 0)]);
  expect(drawing?.width).toBe(1000);
  expect(drawing?.height).toBe(500);
  expect(drawing?.communes.map(({ insee, tone }) => [insee, tone])).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
  expect(drawing?.communes.map(({ middle }) => middle)).toEqual([
    [250, 250],
    [750, 250],
  ]);
  expect(drawing?.communes.map(({ room }) => room)).toEqual([500, 500]);
  // One closed line: one beginning, and the line between both is not in it.
  expect(drawing?.border.match(/M/g)).toHaveLength(1);
});

test('a border that wavers less than it shows becomes straight, for both neighbours', () => {
  const wavering: Point[] = [
    [0.1, 0],
    [0.10001, 0.05],
    [0.1, 0.1],
  ];
  const west: Boundary = { insee: 'a', rings: [[[0, 0], ...wavering, [0, 0.1], [0, 0]]] };
  const east: Boundary = {
    insee: 'b',
    rings: [
      [...wavering]
        .reverse()
        .concat([
          [0.1, 0],
          [0.2, 0],
          [0.2, 0.1],
          [0.1, 0.1],
        ])
        .slice(0, 3)
        .concat([
          [0.2, 0],
          [0.2, 0.1],
          [0.1, 0.1],
        ]),
    ],
  };
  const drawing = drawCommunes([west, east]);
  expect(drawing?.communes.map(({ path }) => path.match(/l/g)?.length)).toEqual([3, 3]);
});

test('what is no polygon draws nothing', () => {
  expect(ringsOf({ type: 'Point', coordinates: [0, 0] })).toEqual([]);
  expect(ringsOf(null)).toEqual([]);
  expect(ringsOf({ type: 'Polygon', coordinates: 'x' })).toEqual([]);
  expect(drawCommunes([{ insee: 'a', rings: [] }])).toBeNull();
  expect(
    ringsOf({
      type: 'Feature',
      geometry: {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
    }),
  ).toHaveLength(1);
});

test('points that stand out are kept', () => {
  const line: Point[] = [
    [0, 0],
    [5, 0.1],
    [10, 8],
    [15, 0.1],
    [20, 0],
  ];
  expect(simplified(line, 1)).toEqual([
    [0, 0],
    [5, 0.1],
    [10, 8],
    [15, 0.1],
    [20, 0],
  ]);
  expect(simplified([line[0] ?? [0, 0], [10, 0.5], line[4] ?? [0, 0]], 1)).toEqual([
    [0, 0],
    [20, 0],
  ]);
});
