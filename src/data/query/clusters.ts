// geo_cluster as Opendatasoft describes it: places are grouped by the cells of a geohash grid, then cells whose centres are near are joined.
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { SqlValue, TableEngine } from '../../stores/tables/engine.ts';
import { type ClusterQuestion, cellOf } from './grouping.ts';
import type { ClusterGrid } from './tree.ts';

type Cell = { readonly id: number; readonly lon: number; readonly lat: number; readonly count: number };
type Joined = { readonly cells: string; readonly leaders: string };

/** Cells compared with their neighbours; beyond, each stays what it is: nobody reads so many. */
const mostCells = 50_000;
const metresPerDegree = 111_319.49;
const finest = 12;

/** The cells of places that a condition selects, and which of them are one cluster. */
export async function clustersOf(
  { column, zoom, radius }: ClusterQuestion,
  rows: { readonly data: string; readonly condition: string; readonly params: readonly SqlValue[] },
  tables: TableEngine,
): Promise<{ readonly grid: ClusterGrid; readonly joined: Joined | null }> {
  const metres = (radius * 360 * metresPerDegree) / (256 * 2 ** zoom);
  const grid = gridOf(metres);
  const place = quoteIdentifier(column);
  const [answer] = await tables.run([
    {
      sql: `SELECT ${cellOf(place, grid)} AS cell, avg(${place}.lon), avg(${place}.lat), count(*) FROM ${rows.data} WHERE ${place} IS NOT NULL${rows.condition} GROUP BY 1 ORDER BY 4 DESC, 1 LIMIT ${mostCells + 1}`,
      params: rows.params,
    },
  ]);
  const cells = (answer?.rows ?? []).map(
    ([id, lon, lat, count]): Cell => ({
      id: Number(id),
      lon: Number(lon),
      lat: Number(lat),
      count: Number(count),
    }),
  );
  return { grid, joined: cells.length > mostCells ? null : join(cells, grid, metres) };
}

/** The finest cells of a geohash whose sides are longer than the radius. */
export function gridOf(metres: number): ClusterGrid {
  let found: ClusterGrid = gridAt(1);
  for (let precision = 2; precision <= finest; precision++) {
    const grid = gridAt(precision);
    if (Math.min(grid.width, grid.height) * metresPerDegree <= metres) break;
    found = grid;
  }
  return found;
}

/** A geohash of n characters has 5 n bits, the longitude's first. */
function gridAt(precision: number): ClusterGrid {
  const [lonBits, latBits] = [Math.ceil((5 * precision) / 2), Math.floor((5 * precision) / 2)];
  // One row more: the north pole's.
  return { width: 360 / 2 ** lonBits, height: 180 / 2 ** latBits, rows: 2 ** latBits + 1 };
}

/** The largest cells take the neighbours whose centre is within the radius of theirs. */
function join(cells: readonly Cell[], grid: ClusterGrid, metres: number): Joined | null {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const taken = new Set<number>();
  const [joined, leaders]: [number[], number[]] = [[], []];
  for (const cell of cells) {
    if (taken.has(cell.id)) continue;
    taken.add(cell.id);
    for (const other of neighbours(cell, grid, metres, byId)) {
      if (taken.has(other.id) || metresBetween(cell, other) >= metres) continue;
      taken.add(other.id);
      joined.push(other.id);
      leaders.push(cell.id);
    }
  }
  return joined.length === 0 ? null : { cells: joined.join(','), leaders: leaders.join(',') };
}

const mostColumns = 16;

function* neighbours(
  cell: Cell,
  { width, rows }: ClusterGrid,
  metres: number,
  byId: ReadonlyMap<number, Cell>,
): Generator<Cell> {
  // Far from the equator a cell is narrower than the radius.
  const narrow = Math.max(0.01, Math.cos((cell.lat * Math.PI) / 180)) * width * metresPerDegree;
  const columns = Math.min(mostColumns, Math.ceil(metres / narrow));
  for (let dx = -columns; dx <= columns; dx++) {
    for (let dy = -1; dy <= 1; dy++) {
      const other = dx === 0 && dy === 0 ? undefined : byId.get(cell.id + dx * rows + dy);
      if (other !== undefined) yield other;
    }
  }
}

function metresBetween(a: Cell, b: Cell): number {
  const narrow = Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot((a.lon - b.lon) * narrow, a.lat - b.lat) * metresPerDegree;
}
