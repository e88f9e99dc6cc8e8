// Tiles: where they lie, what of a shape they draw, and tiles made from a small Parquet file, read back by another library.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { openTableEngine } from '../../stores/tables/pool.ts';
import { clipLine, clipRing, type Place, rounded, simplify, turning } from './clip.ts';
import { makeTile, type TileSource } from './make-tile.ts';
import { TileCache } from './tile-cache.ts';
import { tileGeometries } from './tile-features.ts';
import { boundsOf, isTile, placeIn, type Tile } from './tile-grid.ts';

let folder: string;
let tables: TableEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-tiles-'));
  tables = openTableEngine({
    children: 1,
    threadsPerChild: 1,
    memoryMegabytes: 200,
    timeoutSeconds: 20,
    folders: [folder],
    temporaryFolder: join(folder, 'spill'),
  });
});
afterAll(async () => {
  await tables?.close();
  await rm(folder, { recursive: true, force: true });
});

const world: Tile = { zoom: 0, column: 0, row: 0 };

test('the grid: the world, its quarters, the tile of Tours', () => {
  expect(boundsOf(world, 0).map((side) => Math.round(side * 100) / 100)).toEqual([-180, -85.05, 180, 85.05]);
  expect(boundsOf({ zoom: 1, column: 1, row: 0 }, 0).map((side) => Math.round(side * 100) / 100)).toEqual([
    0, 0, 180, 85.05,
  ]);
  // Columns of zoom 12 are 360° / 4096 wide: 0.69° E is 7.85 columns east of column 2048.
  const [west, south, east, north] = boundsOf({ zoom: 12, column: 2055, row: 1434 }, 0);
  expect([west, east]).toEqual([0.615234375, 0.703125]);
  expect(south < 47.39 && 47.39 < north).toBe(true);
  expect(placeIn(world)(0, 0)).toEqual([2048, 2048]);
  expect(placeIn(world)(-180, 90).map((at) => Math.round(at) + 0)).toEqual([0, 0]);
  expect(
    [world, { zoom: 1, column: 2, row: 0 }, { zoom: -1, column: 0, row: 0 }, { zoom: 19, column: 0, row: 0 }].map(
      isTile,
    ),
  ).toEqual([true, false, false, false]);
});

test('a line loses what is not seen', () => {
  const line: Place[] = [
    [0, 0],
    [10, 1],
    [20, 0],
    [30, 20],
    [40, 0],
  ];
  expect(simplify(line, 2)).toEqual([
    [0, 0],
    [20, 0],
    [30, 20],
    [40, 0],
  ]);
  expect(simplify(line, 0)).toEqual(line);
});

test('a line leaves the tile and comes back: two parts', () => {
  expect(
    clipLine([
      [100, 100],
      [5000, 100],
      [5000, 200],
      [100, 200],
    ]),
  ).toEqual([
    [
      [100, 100],
      [4160, 100],
    ],
    [
      [4160, 200],
      [100, 200],
    ],
  ]);
  expect(
    clipLine([
      [5000, 0],
      [6000, 10],
    ]),
  ).toEqual([]);
  expect(
    clipLine([
      [-100, 50],
      [5000, 50],
    ]),
  ).toEqual([
    [
      [-64, 50],
      [4160, 50],
    ],
  ]);
});

test('a ring is cut at the sides of the tile', () => {
  const ring = clipRing([
    [-1000, -1000],
    [2000, -1000],
    [2000, 2000],
    [-1000, 2000],
    [-1000, -1000],
  ]);
  expect(new Set(ring.map(String))).toEqual(new Set(['-64,-64', '2000,-64', '2000,2000', '-64,2000']));
  expect(Math.abs(turning(ring)) / 2).toBe(2064 * 2064);
  // One that surrounds the tile becomes the tile with its buffer.
  const around = clipRing([
    [-9000, -9000],
    [9000, -9000],
    [9000, 9000],
    [-9000, 9000],
    [-9000, -9000],
  ]);
  expect(Math.abs(turning(around)) / 2).toBe(4224 * 4224);
  expect(
    clipRing([
      [5000, 0],
      [6000, 0],
      [6000, 10],
      [5000, 0],
    ]),
  ).toEqual([]);
  expect(
    rounded([
      [0.2, 0.2],
      [0.4, -0.4],
      [1, 1],
    ]),
  ).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test('outer rings turn clockwise on the screen, holes the other way, whatever the source does', () => {
  const outer = [
    [0, 0],
    [40, 0],
    [40, 40],
    [0, 40],
    [0, 0],
  ];
  const hole = [
    [10, 10],
    [20, 10],
    [20, 20],
    [10, 20],
    [10, 10],
  ];
  for (const coordinates of [
    [outer, hole],
    [outer.toReversed(), hole.toReversed()],
    [outer, hole.toReversed()],
  ]) {
    const [drawn] = tileGeometries({ type: 'Polygon', coordinates }, placeIn(world), 0);
    if (drawn?.type !== 3) throw new Error('no polygon');
    expect(drawn.geometry.map((ring) => Math.sign(turning(ring)))).toEqual([1, -1]);
  }
});

async function write(name: string, select: string): Promise<string> {
  const path = join(folder, `${name}.parquet`);
  await tables.run([{ sql: `COPY (${select}) TO '${path}' (FORMAT parquet)` }]);
  return path;
}

type Read = {
  readonly id: number | undefined;
  readonly type: number;
  readonly properties: Record<string, unknown>;
  readonly places: unknown;
};

async function read(source: TileSource, tile: Tile): Promise<Read[]> {
  const bytes = await makeTile(source, tile, tables);
  const { layers } = new VectorTile(new PbfReader(bytes));
  expect(Object.keys(layers)).toEqual(bytes.length === 0 ? [] : ['essai']);
  const layer = layers['essai'];
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer?.feature(i);
    if (feature === undefined) throw new Error('no feature');
    const { id, type, properties } = feature;
    return { id, type, properties, places: feature.loadGeometry().map((part) => part.map(({ x, y }) => [x, y])) };
  });
}

test('points: one by one near, grouped from afar; what has no value has no tag', async () => {
  const dataPath = await write(
    'points',
    `SELECT * FROM (VALUES ({'lon': 0.0::DOUBLE, 'lat': 0.0::DOUBLE}, 'un', 1), ({'lon': 0.001, 'lat': 0.0}, NULL, 2), ({'lon': -90.0, 'lat': 0.0}, 'trois', 3), (NULL, 'nulle part', 4)) t(place, nom, rang)`,
  );
  const source: TileSource = { dataPath, column: 'place', kind: 'point', properties: ['nom', 'rang'], layer: 'essai' };
  expect(await read(source, world)).toEqual([
    { id: undefined, type: 1, properties: { cluster: true, point_count: 2 }, places: [[[2048, 2048]]] },
    { id: 3, type: 1, properties: { nom: 'trois', rang: 3, id: 3 }, places: [[[1024, 2048]]] },
  ]);
  // At zoom 14 a column is 360° / 16 384 wide: 0.001° is 186 units. The buffer shows the point of the neighbour's corner.
  const near = await read(source, { zoom: 14, column: 8192, row: 8192 });
  expect(near.map(({ id, properties, places }) => [id, properties, places])).toEqual([
    [1, { nom: 'un', rang: 1, id: 1 }, [[[0, 0]]]],
    [2, { rang: 2, id: 2 }, [[[186, 0]]]],
  ]);
  expect(await read(source, { zoom: 14, column: 0, row: 0 })).toEqual([]);
});

test('many points are groups that count all of them', async () => {
  const dataPath = await write(
    'many',
    `SELECT {'lon': (i % 100) * 0.01, 'lat': (i // 100) * 0.01} AS place, i AS rang FROM range(10000) r(i)`,
  );
  const source: TileSource = { dataPath, column: 'place', kind: 'point', properties: ['rang'], layer: 'essai' };
  const found = await read(source, { zoom: 8, column: 128, row: 127 });
  const counted = found.map(({ properties }) => Number(properties['point_count'] ?? 1));
  expect(counted.reduce((sum, count) => sum + count, 0)).toBe(10_000);
  expect(found.length).toBeLessThan(1200);
});

test('shapes are cut to the tile, and only those that meet it are there', async () => {
  const dataPath = await write(
    'shapes',
    `SELECT wkt::GEOMETRY AS forme, nom FROM (VALUES ('POLYGON((-10 -10,10 -10,10 10,-10 10,-10 -10))', 'carré'), ('LINESTRING(-180 0,180 0)', 'équateur'), ('MULTIPOINT((50 50),(60 50))', 'points'), (NULL, 'nulle part')) t(wkt, nom)`,
  );
  const source: TileSource = { dataPath, column: 'forme', kind: 'shape', properties: ['nom'], layer: 'essai' };
  const whole = await read(source, world);
  expect(whole.map(({ type, properties }) => [type, properties['nom']])).toEqual([
    [3, 'carré'],
    [2, 'équateur'],
    [1, 'points'],
  ]);
  // 10° are 4096 × 10 / 360 = 114 units.
  expect(whole[1]?.places).toEqual([
    [
      [0, 2048],
      [4096, 2048],
    ],
  ]);
  const around = whole[0]?.places as number[][][];
  expect(around[0]?.map(([x]) => x)).toEqual(expect.arrayContaining([1934, 2162]));
  // The north-eastern quarter of zoom 1 has a quarter of the square, and its buffer.
  const quarter = await read(source, { zoom: 1, column: 1, row: 0 });
  const inQuarter = quarter[0]?.places as number[][][];
  const xs = inQuarter.flat().map(([x]) => x as number);
  expect([Math.min(...xs), Math.max(...xs)]).toEqual([-64, 228]);
  expect((await read(source, { zoom: 4, column: 0, row: 0 })).length).toBe(0);
});

test('tiles are kept, made once, swept when there are too many, and forgotten with their version', async () => {
  const place = join(folder, 'cache');
  const cache = new TileCache({ folder: place, maxBytes: 3000, memoryBytes: 0 });
  let made = 0;
  const make = async () => {
    made++;
    return Uint8Array.from({ length: 1000 }, () => Math.floor(Math.random() * 256));
  };
  const [one, same] = await Promise.all([cache.get('v@1', 'a', make), cache.get('v@1', 'a', make)]);
  expect([gunzipSync(one).length, same.equals(one), made]).toEqual([1000, true, 1]);
  expect((await cache.get('v@1', 'a', make)).equals(one)).toBe(true);
  expect(made).toBe(1);
  expect((await cache.get('v@1', 'empty', async () => new Uint8Array())).length).toBe(0);
  for (const name of ['b', 'c', 'd', 'e', 'f']) await cache.get('v@2', name, make);
  const files = async () =>
    (await Promise.all((await readdir(place)).map((name) => readdir(join(place, name))))).flat();
  expect((await files()).length).toBeLessThanOrEqual(3);
  await cache.forget('v@2');
  await cache.get('v@2', 'g', make);
  expect((await readdir(place)).length).toBeLessThanOrEqual(1);
});
