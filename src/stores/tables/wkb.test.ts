import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTableEngine } from './pool.ts';

test('every kind of geometry leaves the engine as GeoJSON', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terroir-wkb-'));
  const limits = { children: 1, threadsPerChild: 1, memoryMegabytes: 200, timeoutSeconds: 20 };
  const tables = openTableEngine({ ...limits, folders: [folder], temporaryFolder: join(folder, 'spill') });
  try {
    const texts: readonly (readonly [string, unknown])[] = [
      ['POINT (0.5 47.25)', { type: 'Point', coordinates: [0.5, 47.25] }],
      ['POINT EMPTY', { type: 'Point', coordinates: [] }],
      ['POINT Z (1 2 3)', { type: 'Point', coordinates: [1, 2, 3] }],
      [
        'LINESTRING (1 2, 3 4)',
        {
          type: 'LineString',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
      ['MULTIPOINT ((1 2))', { type: 'MultiPoint', coordinates: [[1, 2]] }],
      [
        'MULTILINESTRING ((1 2, 3 4))',
        {
          type: 'MultiLineString',
          coordinates: [
            [
              [1, 2],
              [3, 4],
            ],
          ],
        },
      ],
      [
        'POLYGON ((0 0, 1 0, 1 1, 0 0))',
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      ],
      [
        'MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))',
        {
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
      ],
      [
        'GEOMETRYCOLLECTION (POINT (1 2))',
        { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] },
      ],
    ];
    for (const [wkt, expected] of texts) {
      const [answer] = await tables.run([{ sql: 'SELECT CAST($1 AS GEOMETRY)', params: [wkt] }]);
      expect(answer?.rows).toEqual([[expected]]);
    }
  } finally {
    await tables.close();
    await rm(folder, { recursive: true, force: true });
  }
});
