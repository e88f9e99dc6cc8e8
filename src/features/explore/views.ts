// What the explorer's views count, bin and sample in a version's rows: by the engine, whatever their number.
import type { Context } from '../../context.ts';
import { readAnswer } from '../../data/query/answer-cache.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { exportSelect } from '../../data/query/plan.ts';
import { columnsOf } from '../../data/query/stored-version.ts';
import {
  addsUp,
  type ChartData,
  type ChartPoint,
  type ChartSpec,
  chartLimits,
  roundStep,
  timeStep,
} from '../../model/chart/spec.ts';
import type { Version } from '../../model/dataset.ts';
import type { TopValue } from '../../model/field.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import { storedVersion } from './reader.ts';

/** Groups read of the engine; beyond, a chart cannot be read anyway. */
const mostGroups = 5000;
const digits = { year: 4, month: 7, day: 10 } as const;

/** Some places of the rows, and how many rows have one. */
export type Places = {
  readonly points: readonly { readonly lon: number; readonly lat: number; readonly label: string | null }[];
  readonly placed: number;
};

/**
 * The points of a chart over the rows that the conditions (ODSQL) choose.
 * @throws TerroirError query.*, engine.*
 */
export async function chartOf(
  context: Context,
  version: Version,
  spec: ChartSpec,
  where: readonly string[],
): Promise<ChartData> {
  const rows = await countRows(context, version, where);
  if (spec.mark === 'scatter') return scatter(context, version, spec, where, rows);
  const field = version.fields.find((one) => one.name === spec.x);
  const profile = version.profiles.find((one) => one.name === spec.x);
  const step = field === undefined ? null : timeStep(field, profile);
  const binWidth =
    spec.mark === 'histogram' ? roundStep(Number(profile?.max) - Number(profile?.min), chartLimits.bins) : null;
  const { sql, params } = await selected(context, version, [spec.x, spec.y, spec.series], where);
  const column = quoteIdentifier(spec.x);
  const numeric = field?.type === 'integer' || field?.type === 'number';
  const x =
    binWidth !== null
      ? `floor(${column} / ${binWidth}) * ${binWidth}`
      : step !== null
        ? `left(CAST(${column} AS VARCHAR), ${digits[step]})`
        : numeric
          ? column
          : `CAST(${column} AS VARCHAR)`;
  const y = spec.y === null ? 'count(*)' : `${spec.aggregate}(${quoteIdentifier(spec.y)})`;
  const series = spec.series === null ? 'NULL' : `CAST(${quoteIdentifier(spec.series)} AS VARCHAR)`;
  const answer = await readAnswer(context.tables, version.key, {
    sql: `WITH chosen AS (${sql}), grouped AS (SELECT ${x} AS x, ${series} AS s, CAST(${y} AS DOUBLE) AS y, count(*) AS n FROM chosen GROUP BY 1, 2) SELECT x, s, y, n, sum(y) FILTER (x IS NOT NULL) OVER () AS total FROM grouped ORDER BY y DESC NULLS LAST, x, s LIMIT ${mostGroups}`,
    params: params ?? [],
  });
  const groups = answer.rows ?? [];
  const empty = groups.filter(([value]) => value === null).reduce((sum, [, , , n]) => sum + Number(n), 0);
  const points = groups.flatMap(([value, s, measure]): ChartPoint[] =>
    value === null || measure === null
      ? []
      : [{ x: tidy(value), y: Number(measure), series: spec.series === null ? null : s === null ? '' : String(s) }],
  );
  const names = [...new Set(points.map((point) => point.x))];
  const kept = keepReadable(spec, points, step !== null || binWidth !== null || field?.role === 'year');
  return {
    points: kept,
    rows,
    empty,
    values: names.length,
    total: addsUp(spec) ? Number(groups[0]?.[4] ?? 0) : null,
    binWidth,
    sampled: false,
  };
}

/** Time and bins are all kept, in their order; of kinds, those that weigh most. */
function keepReadable(spec: ChartSpec, points: readonly ChartPoint[], whole: boolean): readonly ChartPoint[] {
  const weights = (key: (point: ChartPoint) => string | number) => {
    const sums = new Map<string | number, number>();
    for (const point of points) sums.set(key(point), (sums.get(key(point)) ?? 0) + Math.abs(point.y));
    return [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  };
  const series = new Set(weights((point) => point.series ?? '').slice(0, chartLimits.series));
  const coloured = spec.series === null ? points : points.filter((point) => series.has(point.series ?? ''));
  if (whole) return [...coloured].sort((a, b) => (a.x < b.x ? -1 : a.x > b.x ? 1 : 0));
  const order = weights((point) => point.x).slice(0, chartLimits.bars);
  return coloured.filter((point) => order.includes(point.x)).sort((a, b) => order.indexOf(a.x) - order.indexOf(b.x));
}

async function scatter(
  context: Context,
  version: Version,
  spec: ChartSpec,
  where: readonly string[],
  rows: number,
): Promise<ChartData> {
  const { sql, params } = await selected(context, version, [spec.x, spec.y, spec.series], where);
  const [x, y] = [quoteIdentifier(spec.x), quoteIdentifier(spec.y ?? spec.x)];
  const series = spec.series === null ? 'NULL' : `CAST(${quoteIdentifier(spec.series)} AS VARCHAR)`;
  const every = Math.max(1, Math.ceil(rows / chartLimits.points));
  const answer = await readAnswer(context.tables, version.key, {
    sql: `WITH chosen AS (${sql}) SELECT CAST(${x} AS DOUBLE), CAST(${y} AS DOUBLE), ${series} FROM chosen WHERE ${x} IS NOT NULL AND ${y} IS NOT NULL AND hash(${x}, ${y}) % ${every} = 0 LIMIT ${chartLimits.points}`,
    params: params ?? [],
  });
  const points = (answer.rows ?? []).map(([a, b, s]) => ({
    x: Number(a),
    y: Number(b),
    series: spec.series === null ? null : String(s ?? ''),
  }));
  return { points, rows, empty: 0, total: null, values: points.length, binWidth: null, sampled: every > 1 };
}

/** The values of a column among the chosen rows, the most frequent first, at most ten. @throws TerroirError query.*, engine.* */
export async function facetOf(
  context: Context,
  version: Version,
  column: string,
  where: readonly string[],
): Promise<readonly TopValue[]> {
  const { sql, params } = await selected(context, version, [column], where);
  const name = quoteIdentifier(column);
  const answer = await readAnswer(context.tables, version.key, {
    sql: `SELECT CAST(${name} AS VARCHAR), count(*) AS n FROM (${sql}) WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT 10`,
    params: params ?? [],
  });
  return (answer.rows ?? []).map(([value, count]) => ({ value: String(value), count: Number(count) }));
}

/**
 * Places of the chosen rows, at most as many as asked, spread over all of them; null when the table has none.
 * @throws TerroirError query.*, engine.*
 */
export async function placesOf(
  context: Context,
  version: Version,
  where: readonly string[],
  { most, label }: { readonly most: number; readonly label: string | null },
): Promise<Places | null> {
  const stored = await storedVersion(context, version);
  const point = columnsOf(stored).find((column) => column.type === 'geopoint')?.name;
  if (point === undefined) return null;
  const { sql, params } = await selected(context, version, [point, label], where);
  const name = quoteIdentifier(point);
  const named = label === null ? 'NULL' : `CAST(${quoteIdentifier(label)} AS VARCHAR)`;
  const counted = await readAnswer(context.tables, version.key, {
    sql: `SELECT count(*) FROM (${sql}) WHERE ${name} IS NOT NULL`,
    params: params ?? [],
  });
  const placed = Number(counted.rows[0]?.[0] ?? 0);
  const every = Math.max(1, Math.ceil(placed / most));
  const answer = await readAnswer(context.tables, version.key, {
    sql: `SELECT ${name}, ${named} FROM (${sql}) WHERE ${name} IS NOT NULL AND hash(${name}) % ${every} = 0 LIMIT ${most}`,
    params: params ?? [],
  });
  return {
    placed,
    points: (answer.rows ?? []).flatMap(([value, text]) => {
      const { lon, lat } = (value ?? {}) as { readonly lon?: unknown; readonly lat?: unknown };
      return typeof lon === 'number' && typeof lat === 'number'
        ? [{ lon, lat, label: text === null ? null : String(text) }]
        : [];
    }),
  };
}

async function countRows(context: Context, version: Version, where: readonly string[]): Promise<number> {
  if (where.length === 0) return version.rows;
  const [first] = version.fields;
  const { sql, params } = await selected(context, version, [first?.name ?? null], where);
  const answer = await readAnswer(context.tables, version.key, {
    sql: `SELECT count(*) FROM (${sql})`,
    params: params ?? [],
  });
  return Number(answer.rows[0]?.[0] ?? 0);
}

/** The rows that the conditions choose, with some of their columns. */
async function selected(
  context: Context,
  version: Version,
  columns: readonly (string | null)[],
  where: readonly string[],
) {
  const stored = await storedVersion(context, version);
  const names = [...new Set(columns.filter((name) => name !== null))];
  const tree = parseQuery({ select: names.map((name) => `\`${name}\``).join(', '), where: [...where] });
  return exportSelect(stored, tree, (_column, sql) => sql, null);
}

function tidy(value: unknown): string | number {
  return typeof value === 'number' ? Number(value.toPrecision(12)) : String(value);
}
