// Finds the columns that place rows on Earth, and measures the box they fill.

import { headerWords } from '../../lib/header-words.ts';
import type { FieldRole } from '../../model/field.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Geometry } from '../../model/table.ts';
import { type Reading, rawColumn, readExpression } from '../../stores/tables/conversion.ts';
import { lambert93, lambert93Bounds, latitudeSql, longitudeSql } from './lambert93.ts';
import type { Aggregate, Measure } from './measure.ts';

/** A column that may be a coordinate: its header, its reading, and its values in the sample as numbers (null where none). */
export type CoordinateColumn = {
  readonly title: string;
  readonly reading: Reading;
  readonly numbers: readonly (number | null)[];
};

/** Where the rows' places stand: two columns of degrees or metres, or one column with both. */
export type Placement =
  | { readonly kind: 'degrees' | 'lambert93'; readonly x: number; readonly y: number; readonly swapped: boolean }
  | { readonly kind: 'point'; readonly column: number };

const latitudeWord = /^[xy]?lat$|latitude$/;
const longitudeWord = /^[xy]?(lon|lng|long)$|longitude$/;
const xWord = /^(x|coordx|xcoord|coordonneex)$/;
const yWord = /^(y|coordy|ycoord|coordonneey)$/;

/** Finds the placement of a table: a pair of degrees first, else one column of points, else Lambert-93 metres. */
export function findPlacement(columns: readonly CoordinateColumn[]): Placement | null {
  const degrees =
    pairOf(columns, longitudeWord, latitudeWord, inDegrees) ?? pairOf(columns, xWord, yWord, inDegreesWithDecimals);
  if (degrees !== null) return { kind: 'degrees', ...degrees, swapped: looksSwapped(columns, degrees) };
  const column = columns.findIndex(({ reading }) => reading.type === 'geopoint');
  if (column !== -1) return { kind: 'point', column };
  const metres = pairOf(columns, xWord, yWord, inLambert93);
  return metres === null ? null : { kind: 'lambert93', ...metres, swapped: false };
}

/** The roles that a placement gives to its columns. */
export function placementRoles(placement: Placement | null): ReadonlyMap<number, FieldRole> {
  if (placement === null) return new Map();
  if (placement.kind === 'point') return new Map([[placement.column, 'latlon']]);
  const [x, y] = placement.kind === 'degrees' ? (['longitude', 'latitude'] as const) : (['x', 'y'] as const);
  return new Map<number, FieldRole>([
    [placement.x, x],
    [placement.y, y],
  ]);
}

/** Lambert-93 columns beside degrees keep their roles, so that people know what they are. */
export function metreRoles(columns: readonly CoordinateColumn[]): ReadonlyMap<number, FieldRole> {
  const metres = pairOf(columns, xWord, yWord, inLambert93);
  return metres === null ? new Map() : placementRoles({ kind: 'lambert93', ...metres, swapped: false });
}

type Pair = { readonly x: number; readonly y: number };

/** Of all pairs whose words and numbers fit, the one whose other words agree ("LONG_WGS84" with "LAT_WGS84"), then the nearest. */
function pairOf(
  columns: readonly CoordinateColumn[],
  xSign: RegExp,
  ySign: RegExp,
  fits: (xs: readonly number[], ys: readonly number[]) => boolean,
): Pair | null {
  const places = (sign: RegExp) =>
    columns.flatMap(({ title, reading }, index) =>
      isNumeric(reading) && headerWords(title).some((word) => sign.test(word)) ? [index] : [],
    );
  const rest = (index: number, sign: RegExp) =>
    headerWords(columns[index]?.title ?? '')
      .filter((word) => !sign.test(word))
      .join('_');
  const pairs = places(xSign).flatMap((x) =>
    places(ySign).map((y) => ({ x, y, alike: rest(x, xSign) === rest(y, ySign) })),
  );
  pairs.sort((a, b) => Number(b.alike) - Number(a.alike) || Math.abs(a.x - a.y) - Math.abs(b.x - b.y) || a.x - b.x);
  const pair = pairs.find(({ x, y }) => fits(present(columns[x]), present(columns[y])));
  return pair === undefined ? null : { x: pair.x, y: pair.y };
}

function isNumeric(reading: Reading): boolean {
  return (reading.type === 'number' || reading.type === 'integer') && reading.unit === undefined;
}

function present(column: CoordinateColumn | undefined): readonly number[] {
  return (column?.numbers ?? []).filter((number) => number !== null);
}

/** Nine numbers in ten, at least one, between two bounds. */
function mostlyWithin(numbers: readonly number[], from: number, to: number): boolean {
  return (
    numbers.length > 0 && numbers.filter((number) => number >= from && number <= to).length >= numbers.length * 0.9
  );
}

function inDegrees(xs: readonly number[], ys: readonly number[]): boolean {
  return mostlyWithin(xs, -180, 180) && mostlyWithin(ys, -90, 90);
}

function inDegreesWithDecimals(xs: readonly number[], ys: readonly number[]): boolean {
  return inDegrees(xs, ys) && [...xs, ...ys].some((number) => !Number.isInteger(number));
}

function inLambert93(xs: readonly number[], ys: readonly number[]): boolean {
  const { x, y } = lambert93Bounds;
  return mostlyWithin(xs, x[0], x[1]) && mostlyWithin(ys, y[0], y[1]);
}

/** Whether most points would lie in France if latitude and longitude changed places, and do not as they are. */
function looksSwapped(columns: readonly CoordinateColumn[], { x, y }: Pair): boolean {
  const [xs, ys] = [columns[x]?.numbers ?? [], columns[y]?.numbers ?? []];
  const inFrance = (lon: number, lat: number) => lon > -6 && lon < 10 && lat > 41 && lat < 52;
  let [straight, swapped] = [0, 0];
  for (const [index, lon] of xs.entries()) {
    const lat = ys[index] ?? null;
    if (lon === null || lat === null) continue;
    if (inFrance(lon, lat)) straight++;
    else if (inFrance(lat, lon)) swapped++;
  }
  return swapped > straight;
}

type PlacementSql = { readonly lon: string; readonly lat: string; readonly columnIndex: number };

/** The SQL of a column's value, by its index. */
export type ReadColumn = (index: number) => string;

/** Reads the raw texts of the source. */
export function readSource(readings: readonly Reading[]): ReadColumn {
  return (index) => readExpression(readings[index] ?? { type: 'string', format: null }, rawColumn(index));
}

function placementSql(placement: Placement, read: ReadColumn): PlacementSql {
  if (placement.kind === 'point') {
    const point = read(placement.column);
    return { lon: `(${point}).lon`, lat: `(${point}).lat`, columnIndex: placement.column };
  }
  const [x, y] = [read(placement.x), read(placement.y)];
  if (placement.kind === 'degrees') return { lon: x, lat: y, columnIndex: placement.y };
  const [lon, lat] = [longitudeSql(x, y), latitudeSql(x, y)];
  const within = `${x} BETWEEN -1e6 AND 1e7 AND ${y} BETWEEN 1e5 AND 1.2e7`;
  return {
    lon: `CASE WHEN ${within} THEN ${lon} END`,
    lat: `CASE WHEN ${within} THEN ${lat} END`,
    columnIndex: placement.y,
  };
}

/** The aggregates that measurePlacement needs, to be asked in the same pass as others. */
export function placementAggregates(placement: Placement, read: ReadColumn): readonly Aggregate[] {
  const { lon, lat } = placementSql(placement, read);
  const made = { lon, lat };
  const inside = 'abs(lat) <= 90 AND abs(lon) <= 180';
  return [
    ...['min(lon)', 'min(lat)', 'max(lon)', 'max(lat)'].map((sql) => ({
      sql: `${sql} FILTER (WHERE ${inside})`,
      made,
    })),
    { sql: `count_if(${outsideCondition('lon', 'lat')})`, made },
  ];
}

function outsideCondition(lon: string, lat: string): string {
  return `abs(${lat}) > 90 OR abs(${lon}) > 180 OR (${lat} = 0 AND ${lon} = 0)`;
}

/** The geometry of a table over all its rows, null when no row has a place. */
export async function measurePlacement(
  placement: Placement,
  read: ReadColumn,
  titles: readonly string[],
  measure: Measure,
): Promise<{ geometry: Geometry | null; problems: readonly Problem[] }> {
  const [west, south, east, north, outside] = await measure.ask(placementAggregates(placement, read));
  const { crs, source } = placementFacts(placement, titles);
  const problems: Problem[] = [];
  if ((outside ?? 0) > 0) {
    const { lon, lat, columnIndex } = placementSql(placement, read);
    const [first] = await measure.find(columnIndex, outsideCondition(lon, lat), 1);
    problems.push(
      problem('geo.outside', 'warning', {
        row: first?.row ?? null,
        column: titles[columnIndex] ?? null,
        value: first?.value ?? null,
        count: outside ?? 1,
      }),
    );
  }
  if (placement.kind !== 'point' && placement.swapped)
    problems.push(problem('geo.swapped', 'warning', { column: source }));
  if (west == null || south == null || east == null || north == null) return { geometry: null, problems };
  return { geometry: { type: 'Point', crs, source, bbox: [west, south, east, north] }, problems };
}

/** The reference system of a placement, and where it was found. */
export function placementFacts(placement: Placement, titles: readonly string[]): { crs: string; source: string } {
  const crs = placement.kind === 'lambert93' ? lambert93 : 'EPSG:4326';
  const source = placement.kind === 'point' ? (titles[placement.column] ?? '') : placementTitles(placement, titles);
  return { crs, source };
}

/** "LAT + LONG", or "x + y". */
function placementTitles(
  placement: { kind: 'degrees' | 'lambert93'; x: number; y: number },
  titles: readonly string[],
): string {
  const [x, y] = [titles[placement.x] ?? '', titles[placement.y] ?? ''];
  return placement.kind === 'degrees' ? `${y} + ${x}` : `${x} + ${y}`;
}
