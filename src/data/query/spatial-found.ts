// Finds the rows of a filter's spatial tests: the engine gives those whose box may do, their shapes are then compared exactly, within a budget.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import type { BindParameter, FoundPlaces } from './cql2-compile.ts';
import type { Cql2, SpatialRelation, SpatialTest } from './cql2-tree.ts';
import { rowsOf } from './feature-plan.ts';
import type { FeatureTable, PlaceColumn } from './feature-table.ts';
import { type Cells, cellSql, cellsOf } from './spatial-cells.ts';
import type { FoundCache } from './spatial-found-cache.ts';
import { holds } from './spatial-predicates.ts';
import { type Extent, type Shape, shapeOf } from './spatial-shape.ts';

/** Shapes compared for one test, and how long that may take: beyond it the question is too wide. */
export const spatialBudget = { rows: 300_000, seconds: 20 } as const;

const batchRows = 4000;
/** How long a comparison may keep everyone else waiting, in milliseconds. */
const turnMilliseconds = 15;

/**
 * Works out every spatial test of a filter.
 * @param cache what was found before: versions never change
 * @throws TerroirError filter.tooWide, engine.*
 */
export async function findPlaces(
  filter: Cql2,
  table: FeatureTable,
  tables: TableEngine,
  cache: FoundCache,
): Promise<FoundPlaces> {
  const found = new Map<SpatialTest, (bind: BindParameter) => string>();
  for (const test of spatialTests(filter)) found.set(test, await findOne(test, table, tables, cache));
  return found;
}

function spatialTests(node: Cql2): readonly SpatialTest[] {
  switch (node.kind) {
    case 'spatial':
      return [node];
    case 'and':
    case 'or':
      return node.items.flatMap(spatialTests);
    case 'not':
    case 'isNull':
      return spatialTests(node.of);
    case 'compare':
      return [...spatialTests(node.left), ...spatialTests(node.right)];
    case 'in':
      return [node.of, ...node.values].flatMap(spatialTests);
    case 'between':
      return [node.of, node.low, node.high].flatMap(spatialTests);
    case 'arrays':
      return [node.left, node.right].flatMap(spatialTests);
    case 'array':
      return node.items.flatMap(spatialTests);
    default:
      return [];
  }
}

/** What a test says when its sides change places. */
const turned: Partial<Record<SpatialRelation, SpatialRelation>> = { s_within: 's_contains', s_contains: 's_within' };

async function findOne(
  { relation, left, right }: SpatialTest,
  table: FeatureTable,
  tables: TableEngine,
  cache: FoundCache,
): Promise<(bind: BindParameter) => string> {
  if (left.kind === 'geometry' && right.kind === 'geometry') {
    const answer = holds(relation, shapeOf(left.geometry), shapeOf(right.geometry));
    return () => (answer ? 'TRUE' : 'FALSE');
  }
  if (left.kind === 'geometry')
    return findOne(
      { kind: 'spatial', relation: turned[relation] ?? relation, left: right, right: left },
      table,
      tables,
      cache,
    );
  const place = left.kind === 'property' ? table.places.get(left.name) : undefined;
  // The compiler has refused anything else.
  if (place === undefined) return () => 'FALSE';
  const column = quoteIdentifier(place.column);
  const known = (sql: string) => `(CASE WHEN ${column} IS NULL THEN NULL ELSE ${sql} END)`;
  // Disjoint is the contrary of intersects, which far fewer rows do.
  const contrary = relation === 's_disjoint';
  const wanted = contrary ? 's_intersects' : relation;
  const told = (sql: string) => known(contrary ? `NOT (${sql})` : sql);
  if (right.kind === 'property') {
    const other = table.places.get(right.name);
    if (other === undefined) return () => 'FALSE';
    const rows = await readRows(wanted, place, other, table, tables, cache);
    return (bind) => told(amongRows(rows, bind));
  }
  if (right.kind !== 'geometry') return () => 'FALSE';
  const { geometry } = right;
  const shape = shapeOf(geometry);
  if (shape.dimension === -1) return () => told('FALSE');
  const box = boxOf(geometry);
  if (place.kind === 'point' && box !== null && wanted === 's_intersects')
    return (bind) => told(within(column, box, bind));
  const cells = place.kind === 'point' && (wanted === 's_intersects' || wanted === 's_within') ? cellsOf(shape) : null;
  const rows = await rowsNear(wanted, place, { geometry, shape, cells }, table, tables, cache);
  return (bind) => {
    const listed = amongRows(rows, bind);
    return told(
      cells === null || cells.inside.length === 0
        ? listed
        : `(${within(column, shape.extent, bind)} AND ${cellSql(column, cells)} IN (${cells.inside.join(', ')})) OR ${listed}`,
    );
  };
}

/** Row numbers go as one text: the engine takes no lists as parameters. */
export function amongRows(rows: string, bind: (value: string) => string, number = 'file_row_number'): string {
  if (rows === '') return 'FALSE';
  return `${number} IN (SELECT unnest(CAST(string_split(${bind(rows)}, ',') AS BIGINT[])))`;
}

export function within(column: string, [west, south, east, north]: Extent, bind: BindParameter): string {
  const between = (axis: string, from: number, to: number) =>
    `${column}.${axis} BETWEEN CAST(${bind(from)} AS DOUBLE) AND CAST(${bind(to)} AS DOUBLE)`;
  return `(${between('lon', west, east)} AND ${between('lat', south, north)})`;
}

/** The extent of a polygon that is its own box. */
function boxOf(geometry: GeoJsonGeometry): Extent | null {
  if (geometry.type !== 'Polygon' || !('coordinates' in geometry)) return null;
  const [ring, hole] = geometry.coordinates as readonly (readonly (readonly number[])[])[];
  if (ring === undefined || hole !== undefined || ring.length !== 5) return null;
  const sides = ring.slice(1).map((b, i) => {
    const a = ring[i] as readonly number[];
    return a[0] === b[0] ? 'y' : a[1] === b[1] ? 'x' : '';
  });
  const text = sides.join('');
  return text === 'xyxy' || text === 'yxyx' ? shapeOf(geometry).extent : null;
}

type Near = { readonly geometry: GeoJsonGeometry; readonly shape: Shape; readonly cells: Cells | null };

/** The rows that do, whose cells do not tell; the others are found by their cell. */
function rowsNear(
  relation: SpatialRelation,
  place: PlaceColumn,
  { geometry, shape, cells }: Near,
  table: FeatureTable,
  tables: TableEngine,
  cache: FoundCache,
): Promise<string> {
  const column = quoteIdentifier(place.column);
  const [west, south, east, north] = shape.extent;
  return cache.get(table.stored.key, JSON.stringify([relation, place.column, geometry]), () => {
    if (cells !== null && cells.edge.length === 0) return Promise.resolve('');
    const near = (bind: BindParameter) => {
      if (place.kind === 'shape') {
        const ring = `POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south}))`;
        return `${column} && CAST(CAST(${bind(ring)} AS VARCHAR) AS GEOMETRY)`;
      }
      const edge = cells === null ? '' : ` AND ${cellSql(column, cells)} IN (${cells.edge.join(', ')})`;
      return `${within(column, shape.extent, bind)}${edge}`;
    };
    return compareRows(table, tables, [place], near, ([of]) => of !== undefined && holds(relation, of, shape));
  });
}

function readRows(
  relation: SpatialRelation,
  place: PlaceColumn,
  other: PlaceColumn,
  table: FeatureTable,
  tables: TableEngine,
  cache: FoundCache,
): Promise<string> {
  const name = JSON.stringify([relation, place.column, other.column]);
  const filled = () => [place, other].map(({ column }) => `${quoteIdentifier(column)} IS NOT NULL`).join(' AND ');
  return cache.get(table.stored.key, name, () =>
    compareRows(
      table,
      tables,
      [place, other],
      filled,
      ([a, b]) => a !== undefined && b !== undefined && holds(relation, a, b),
    ),
  );
}

/** The numbers of the rows that pass, joined by commas; others get their turn while they are compared. */
export async function compareRows(
  table: FeatureTable,
  tables: TableEngine,
  places: readonly PlaceColumn[],
  condition: (bind: BindParameter) => string,
  passes: (shapes: readonly Shape[]) => boolean,
): Promise<string> {
  const found: number[] = [];
  const started = performance.now();
  let [last, seen] = [-1, 0];
  for (;;) {
    const params: (string | number)[] = [];
    const bind: BindParameter = (value) => `$${params.push(value as string | number)}`;
    const columns = places.map(({ column }, i) => `${quoteIdentifier(column)} AS p${i}`).join(', ');
    const sql = `SELECT file_row_number, ${columns} FROM ${rowsOf(table)} WHERE ${condition(bind)} AND file_row_number > ${bind(last)} ORDER BY file_row_number LIMIT ${batchRows}`;
    const [answer] = await tables.run([{ sql, params }]);
    const rows = answer?.rows ?? [];
    seen += rows.length;
    if (seen > spatialBudget.rows) throw tooWide();
    let turn = performance.now();
    for (const [number, ...values] of rows) {
      if (passes(values.map((value, i) => shapeOf(placeGeometry(value, places[i]))))) found.push(number as number);
      const now = performance.now();
      if (now - turn < turnMilliseconds) continue;
      if (now - started > spatialBudget.seconds * 1000) throw tooWide();
      await nextTurn();
      turn = performance.now();
    }
    if (rows.length < batchRows) return found.join(',');
    last = rows.at(-1)?.[0] as number;
  }
}

function tooWide(): TerroirError {
  return new TerroirError('filter.tooWide', { max: spatialBudget.rows });
}

/** A stored place as a geometry. */
export function placeGeometry(value: unknown, place: PlaceColumn | undefined): GeoJsonGeometry {
  if (place?.kind !== 'point') return value as GeoJsonGeometry;
  const { lon, lat } = value as { readonly lon: number; readonly lat: number };
  return { type: 'Point', coordinates: [lon, lat] };
}
