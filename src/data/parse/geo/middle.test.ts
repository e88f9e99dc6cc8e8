import { expect, test } from 'vitest';
import { placeShape } from './shape.ts';

const asIs = (x: number, y: number): [number, number] => [x, y];

test.each([
  ['a point', { type: 'Point', coordinates: [0.5, 47] }, [0.5, 47], [0.5, 47, 0.5, 47]],
  [
    'points',
    {
      type: 'MultiPoint',
      coordinates: [
        [0, 47],
        [2, 48],
      ],
    },
    [1, 47.5],
    [0, 47, 2, 48],
  ],
  // Three units of length eastwards, one northwards: (3 × 1.5 + 1 × 3) / 4 and (3 × 47 + 1 × 47.5) / 4.
  [
    'a line',
    {
      type: 'LineString',
      coordinates: [
        [0, 47],
        [3, 47],
        [3, 48],
      ],
    },
    [1.875, 47.125],
    [0, 47, 3, 48],
  ],
  [
    'a square',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 46],
          [2, 46],
          [2, 48],
          [0, 48],
          [0, 46],
        ],
      ],
    },
    [1, 47],
    [0, 46, 2, 48],
  ],
  // A square of 4 × 4 with a hole of 2 × 2 in its south-west corner: (16 × 2 − 4 × 1) / 12.
  [
    'a square with a hole, whichever way it turns',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 1],
          [4, 1],
          [4, 5],
          [0, 5],
          [0, 1],
        ],
        [
          [0, 1],
          [2, 1],
          [2, 3],
          [0, 3],
          [0, 1],
        ],
      ],
    },
    [28 / 12, 1 + 28 / 12],
    [0, 1, 4, 5],
  ],
  // Areas of 1 and 3: the middle is nearer the larger one.
  [
    'two areas',
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 1],
            [1, 1],
            [1, 2],
            [0, 2],
            [0, 1],
          ],
        ],
        [
          [
            [10, 1],
            [13, 1],
            [13, 2],
            [10, 2],
            [10, 1],
          ],
        ],
      ],
    },
    [(0.5 + 3 * 11.5) / 4, 1.5],
    [0, 1, 13, 2],
  ],
  [
    'an area that is flat',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 1],
          [2, 1],
          [0, 1],
          [0, 1],
        ],
      ],
    },
    [1, 1],
    [0, 1, 2, 1],
  ],
])('the middle and the box of %s', (_, shape, center, box) => {
  const placed = placeShape(shape, asIs);
  if (placed.wkt === null) throw new Error(placed.fault);
  expect(placed.center[0]).toBeCloseTo(center[0] as number, 9);
  expect(placed.center[1]).toBeCloseTo(center[1] as number, 9);
  expect(placed.box).toEqual(box);
});
