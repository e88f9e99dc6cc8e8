// Makes one vector tile straight from a version's Parquet file: points grouped where they are many, shapes fitted to the tile.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { quoteIdentifier, quoteLiteral } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { type TileGeometry, tileGeometries } from './tile-features.ts';
import { boundsOf, extent, maxZoom, placeIn, placeSql, type Tile } from './tile-grid.ts';

/** What is drawn: a column of places of a file, and the columns that go with it. */
export type TileSource = {
  readonly dataPath: string;
  readonly column: string;
  readonly kind: 'point' | 'shape';
  readonly properties: readonly string[];
  /** The name of the tile's layer. */
  readonly layer: string;
};

/** Above this zoom points are shown one by one, unless a tile has more than `mostPoints`. */
export const groupedBelow = 14;
export const mostPoints = 2000;
/** The deepest tiles show all they can: points of one building are then beside each other. */
const mostAtLast = 20_000;
/** A group gathers the points of a square of so many units: 32 squares along a side of the tile. */
const cell = 128;
/** Shapes read for a tile, and the positions they may have in all: a map of more is a map of nothing. */
const mostShapes = 20_000;
const mostPositions = 1_000_000;
const batchShapes = 1000;
/** Units that simplification may move a line: less than half a pixel of a tile drawn on 512. */
const tolerance = 3;
const turnMilliseconds = 15;

type Drawn = TileGeometry & { readonly id?: number; readonly tags: Readonly<Record<string, unknown>> };

/**
 * The bytes of a tile, empty when nothing is there.
 * @throws TerroirError engine.*
 */
export async function makeTile(source: TileSource, tile: Tile, tables: TableEngine): Promise<Uint8Array> {
  const features =
    source.kind === 'point' ? await pointsIn(source, tile, tables) : await shapesIn(source, tile, tables);
  if (features.length === 0) return new Uint8Array();
  const layers = { [source.layer]: { features } } as unknown as Parameters<typeof fromGeojsonVt>[0];
  return fromGeojsonVt(layers, { version: 2, extent });
}

function rowsOf(source: TileSource): string {
  return `read_parquet(${quoteLiteral(source.dataPath)}, file_row_number = true)`;
}

function propertiesOf(source: TileSource): string {
  return source.properties.map((name, i) => `, ${quoteIdentifier(name)} AS c${i}`).join('');
}

/** Numbers of ours, written out: the engine then uses the statistics of the file. */
function withinSql(column: string, tile: Tile): string {
  const [west, south, east, north] = boundsOf(tile);
  return `${column}.lon BETWEEN ${double(west)} AND ${double(east)} AND ${column}.lat BETWEEN ${double(south)} AND ${double(north)}`;
}

function double(value: number): string {
  return `CAST('${value}' AS DOUBLE)`;
}

/** How many points, their middle, and the first one's number. */
type Group = readonly [count: number, x: number, y: number, id: number];

async function pointsIn(source: TileSource, tile: Tile, tables: TableEngine): Promise<readonly Drawn[]> {
  const column = quoteIdentifier(source.column);
  const { x, y } = placeSql(tile, column);
  const within = withinSql(column, tile);
  const clusters = `SELECT count(*), avg(x), avg(y), min(id) FROM (
    SELECT ${x} AS x, ${y} AS y, file_row_number + 1 AS id FROM ${rowsOf(source)} WHERE ${within}
  ) GROUP BY CAST(floor(x / ${cell}) AS INTEGER), CAST(floor(y / ${cell}) AS INTEGER) ORDER BY 4`;
  const [answer] = await tables.run([{ sql: clusters }]);
  const groups = (answer?.rows ?? []) as unknown as readonly Group[];
  const total = groups.reduce((sum, [count]) => sum + count, 0);
  if (total === 0) return [];
  const grouped = total > (tile.zoom === maxZoom ? mostAtLast : mostPoints) || tile.zoom < groupedBelow;
  const alone = grouped ? groups.filter(([count]) => count === 1).map(([, , , id]) => id - 1) : null;
  const condition = alone === null ? '' : ` AND file_row_number IN (${alone.join(', ')})`;
  const sql = `SELECT file_row_number + 1, ${x}, ${y}${propertiesOf(source)} FROM ${rowsOf(source)} WHERE ${within}${condition}`;
  const [rows] = alone?.length === 0 ? [] : await tables.run([{ sql }]);
  const points: Drawn[] = (rows?.rows ?? []).map(([id, px, py, ...values]) => ({
    ...pointAt(px as number, py as number),
    id: id as number,
    tags: tagsOf(source, id as number, values),
  }));
  if (!grouped) return points;
  const many = groups.filter(([count]) => count > 1);
  return [
    ...many.map(([count, gx, gy]): Drawn => ({ ...pointAt(gx, gy), tags: { cluster: true, point_count: count } })),
    ...points,
  ];
}

function pointAt(x: number, y: number): TileGeometry {
  return { type: 1, geometry: [[Math.round(x) + 0, Math.round(y) + 0]] };
}

function tagsOf({ properties }: TileSource, id: number, values: readonly unknown[]): Record<string, unknown> {
  // A cell without a value has no tag.
  const filled = properties.flatMap((name, i) =>
    values[i] === null || values[i] === undefined ? [] : [[name, values[i]]],
  );
  return { ...Object.fromEntries(filled), id };
}

async function shapesIn(source: TileSource, tile: Tile, tables: TableEngine): Promise<readonly Drawn[]> {
  const column = quoteIdentifier(source.column);
  const [west, south, east, north] = boundsOf(tile);
  const box = `POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south}))`;
  const project = placeIn(tile);
  const features: Drawn[] = [];
  let [last, seen, positions] = [-1, 0, 0];
  let turn = performance.now();
  while (seen < mostShapes && positions < mostPositions) {
    const sql = `SELECT file_row_number + 1, ${column}${propertiesOf(source)} FROM ${rowsOf(source)}
      WHERE ${column} && CAST(${quoteLiteral(box)} AS GEOMETRY) AND file_row_number > ${last}
      ORDER BY file_row_number LIMIT ${batchShapes}`;
    const [answer] = await tables.run([{ sql }]);
    const rows = answer?.rows ?? [];
    for (const [id, shape, ...values] of rows) {
      positions += positionsIn(shape);
      // Once more of everything at the deepest zoom: nothing is drawn finer.
      const drawn = tileGeometries(shape as GeoJsonGeometry, project, tile.zoom === maxZoom ? 0 : tolerance);
      for (const geometry of drawn)
        features.push({ ...geometry, id: id as number, tags: tagsOf(source, id as number, values) });
      if (performance.now() - turn > turnMilliseconds) {
        await nextTurn();
        turn = performance.now();
      }
    }
    seen += rows.length;
    if (rows.length < batchShapes) break;
    last = (rows.at(-1)?.[0] as number) - 1;
  }
  return features;
}

function positionsIn(value: unknown): number {
  if (Array.isArray(value))
    return typeof value[0] === 'number' ? 1 : value.reduce<number>((n, v) => n + positionsIn(v), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return 'coordinates' in value
    ? positionsIn(value.coordinates)
    : 'geometries' in value
      ? positionsIn(value.geometries)
      : 0;
}
