// /api/records/1.0/analyze: groups of rows by one or several fields, and what is reckoned of each, as series.
import type { Context } from '../../context.ts';
import { fieldNamed, type KnownFields, quotedName } from '../../data/query/q-words.ts';
import { TerroirError } from '../../lib/errors.ts';
import { queryVersion } from '../explore/service.ts';
import { integer, lastText, oneOf, outOfRange, prefixed, type Query, texts } from './parameters.ts';
import { type Opened, openRows, settingsOf } from './rows.ts';

const mostGroups = 20_000;
const mostSeries = 20;
const functions = ['count', 'avg', 'sum', 'min', 'max', 'stddev', 'sumsquares', 'quantiles'] as const;

export type Series = {
  readonly name: string;
  /** Expressions of ODSQL, each with the name of its column. */
  readonly select: readonly string[];
  readonly cumulative: boolean;
  value(row: Readonly<Record<string, unknown>>): number | null;
};

/** The series of a question: the count when none is asked. @throws TerroirError query.outOfRange, query.unknownField */
export function readSeries(query: Query, fields: KnownFields): readonly Series[] {
  const said = new Map(prefixed(query, 'y.').map(({ field, value }) => [field, value]));
  const names = [...new Set([...said.keys()].map((key) => key.slice(0, key.lastIndexOf('.'))))].filter(
    (name) => name !== '',
  );
  if (names.length > mostSeries) throw new TerroirError('query.tooManyValues', { max: mostSeries, clause: 'y' });
  return names.map((name, i) => {
    const read = {
      func: said.get(`${name}.func`) ?? 'COUNT',
      expr: said.get(`${name}.expr`),
      subsets: said.get(`${name}.subsets`),
    };
    return {
      name,
      cumulative: /^true$/i.test(said.get(`${name}.cumulative`) ?? ''),
      ...reckoned(name, `s${i}`, read, fields),
    };
  });
}

type Said = { readonly func: string; readonly expr: string | undefined; readonly subsets: string | undefined };

function reckoned(
  name: string,
  column: string,
  { func, expr, subsets }: Said,
  fields: KnownFields,
): Pick<Series, 'select' | 'value'> {
  const known = functions.find((one) => one === func.toLowerCase());
  if (known === undefined) throw outOfRange(`y.${name}.func`, func, functions.join(', ').toUpperCase());
  const numberAt = (key: string) => (row: Readonly<Record<string, unknown>>) => {
    const value = row[key];
    return typeof value === 'number' ? value : value === null || value === undefined ? null : Number(value);
  };
  if (known === 'count') {
    const counted = expr === undefined ? '*' : quotedName(fieldNamed(fields, expr.trim(), `y.${name}.expr`).name);
    return { select: [`count(${counted}) as ${column}`], value: numberAt(column) };
  }
  if (expr === undefined)
    throw new TerroirError('query.parameter', { name: `y.${name}.expr`, reason: 'it is missing' });
  const of = expression(expr, fields, `y.${name}.expr`);
  if (known === 'sumsquares') return { select: [`sum((${of}) * (${of})) as ${column}`], value: numberAt(column) };
  if (known === 'quantiles') {
    const percent = Number(subsets ?? '50');
    if (!(percent >= 0 && percent <= 100)) throw outOfRange(`y.${name}.subsets`, subsets ?? '', '0 <= subsets <= 100');
    return { select: [`percentile(${of}, ${percent}) as ${column}`], value: numberAt(column) };
  }
  if (known !== 'stddev') return { select: [`${known}(${of}) as ${column}`], value: numberAt(column) };
  const [mean, squares] = [numberAt(`${column}_mean`), numberAt(`${column}_squares`)];
  return {
    select: [`avg(${of}) as ${column}_mean`, `avg((${of}) * (${of})) as ${column}_squares`],
    value: (row) => {
      const [average, square] = [mean(row), squares(row)];
      // What is left of rounding may fall below zero.
      return average === null || square === null ? null : Math.sqrt(Math.max(0, square - average * average));
    },
  };
}

/** Numbers, fields, + - * / and parentheses: nothing else is handed on. @throws TerroirError query.unknownField, query.outOfRange */
function expression(text: string, fields: KnownFields, parameter: string): string {
  if (fields.has(text.trim())) return quotedName(text.trim());
  if (text.length > 1000) throw outOfRange(parameter, text, 'a shorter expression');
  const tokens = text.match(/[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|[()+\-*/]|\s+|./gsu) ?? [];
  const written = tokens.map((token) => {
    if (/^\s+$/.test(token)) return ' ';
    if (/^[\d()+\-*/]/.test(token)) return token;
    if (!/^[\p{L}_]/u.test(token)) throw outOfRange(parameter, text, 'fields, numbers, + - * / and parentheses');
    return quotedName(fieldNamed(fields, token, parameter).name);
  });
  return written.join('');
}

/** One part of what groups are made by. */
type Key = { readonly sql: string; readonly column: string; readonly part: string | null };
type Axis = { readonly name: string; readonly keys: readonly Key[] };

const parts = ['year', 'month', 'week', 'day', 'weekday', 'hour', 'minute'] as const;
type Part = (typeof parts)[number];

/** The parts of a date from `periodic` down to `precision`. */
function axisOf(name: string, i: number, query: Query, fields: KnownFields): Axis {
  const field = fieldNamed(fields, name, 'x');
  const column = quotedName(field.name);
  if (field.kind === 'point' || field.kind === 'shape') throw outOfRange('x', name, 'a field whose values make groups');
  if (field.kind !== 'date' && field.kind !== 'datetime')
    return { name, keys: [{ sql: column, column: `x${i}`, part: null }] };
  const periodic = oneOf(query, 'periodic', parts, 'year');
  const precision = oneOf(query, 'precision', parts, periodic === 'year' ? 'day' : periodic);
  const told =
    periodic === 'weekday' && lastText(query, 'precision') === undefined
      ? [periodic]
      : partsBetween(periodic, precision);
  const keys = told.map((part): Key => ({ sql: partSql(part, column), column: `x${i}_${part}`, part }));
  return { name, keys };
}

function partsBetween(periodic: Part, precision: Part): readonly Part[] {
  if (periodic === 'weekday' || periodic === 'week') return [periodic];
  if (precision === 'week') return periodic === 'year' ? ['year', 'week'] : ['week'];
  const ladder: readonly Part[] = ['year', 'month', 'day', 'hour', 'minute'];
  const [from, to] = [ladder.indexOf(periodic), ladder.indexOf(precision)];
  return from === -1 || to <= from ? [periodic] : ladder.slice(from, to + 1);
}

function partSql(part: Part, column: string): string {
  if (part === 'week') return `date_format(${column}, 'ww')`;
  return part === 'weekday' ? `date_format(${column}, 'e')` : `${part}(${column})`;
}

export type Analysis = {
  readonly format: 'json' | 'jsonp' | 'csv';
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly series: readonly string[];
  /** More groups than are told. */
  readonly truncated: boolean;
};

/** @throws TerroirError dataset.*, query.*, engine.* */
export async function analyze(context: Context, query: Query): Promise<Analysis> {
  const opened = await openRows(context, query);
  const format = oneOf(query, 'format', ['json', 'jsonp', 'csv'], 'json');
  const asked = readSeries(query, opened.fields);
  const series = asked.length > 0 ? asked : readSeries({ 'y.count.func': 'COUNT' }, opened.fields);
  const axes = texts(query, 'x').map((name, i) => axisOf(name, i, query, opened.fields));
  const most = integer(query, 'maxpoints', 0, { min: -1, max: mostGroups });
  const found = await groups(context, opened, axes, series);
  const points = found.map((row) => ({
    x: axes.map((axis) => partsOf(axis, row)),
    values: series.map((one) => one.value(row)),
  }));
  const sorted = cumulated(sortedBy(query, points, axes, series), series);
  const told = most > 0 ? sorted.slice(0, most) : sorted;
  const rows = told.map(({ x, values }) => ({
    ...(axes.length > 0 && {
      x: axes.length === 1 ? x[0] : Object.fromEntries(axes.map(({ name }, i) => [name, x[i]])),
    }),
    ...Object.fromEntries(series.map(({ name }, i) => [name, values[i] ?? null])),
  }));
  return { format, rows, series: series.map(({ name }) => name), truncated: found.length >= mostGroups };
}

async function groups(
  context: Context,
  { version, filters, where, fields }: Opened,
  axes: readonly Axis[],
  series: readonly Series[],
) {
  const keys = axes.flatMap((axis) => axis.keys);
  const filled = axes.map(({ name }) => `${quotedName(fieldNamed(fields, name, 'x').name)} is not null`);
  const conditions = [...where, ...filled];
  const { results } = await queryVersion(context, version, {
    ...settingsOf(filters),
    select: series.flatMap(({ select }) => select).join(', '),
    ...(conditions.length > 0 && { where: conditions }),
    ...(keys.length > 0 && { group_by: keys.map(({ sql, column }) => `${sql} as ${column}`).join(', ') }),
    limit: keys.length > 0 ? mostGroups : 1,
  });
  return results;
}

function partsOf({ keys }: Axis, row: Readonly<Record<string, unknown>>): unknown {
  const [only] = keys;
  if (only !== undefined && only.part === null) return row[only.column] ?? null;
  return Object.fromEntries(
    keys.map(({ part, column }) => {
      const number = Number(row[column]);
      // Monday is 0 here, 1 in patterns of dates.
      return [part ?? column, part === 'weekday' ? number - 1 : number];
    }),
  );
}

type Point = { readonly x: readonly unknown[]; readonly values: readonly (number | null)[] };

/** By x as it rises; by a series from the largest, `-series` from the smallest. */
function sortedBy(
  query: Query,
  points: readonly Point[],
  axes: readonly Axis[],
  series: readonly Series[],
): readonly Point[] {
  const asked = lastText(query, 'sort')?.trim();
  const byX = (a: Point, b: Point) => compareLists(a.x.flatMap(leaves), b.x.flatMap(leaves));
  if (asked === undefined) return points.toSorted(byX);
  const sign = asked.startsWith('-') ? 1 : -1;
  const name = asked.replace(/^[-+]/, '');
  if (name === 'x' || name.startsWith('x.') || axes.some((axis) => axis.name === name))
    return points.toSorted((a, b) => sign * byX(a, b));
  const i = series.findIndex((one) => one.name === name);
  if (i === -1) throw outOfRange('sort', asked, ['x', ...series.map((one) => one.name)].join(', '));
  const value = (point: Point) => point.values[i] ?? Number.NEGATIVE_INFINITY;
  return points.toSorted((a, b) => sign * (value(a) - value(b)) || byX(a, b));
}

function leaves(x: unknown): readonly unknown[] {
  return typeof x === 'object' && x !== null ? Object.values(x) : [x];
}

function compareLists(a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    const numbers = typeof left === 'number' && typeof right === 'number';
    const difference = numbers ? left - right : String(left).localeCompare(String(right), 'fr');
    if (difference !== 0) return difference;
  }
  return 0;
}

function cumulated(points: readonly Point[], series: readonly Series[]): readonly Point[] {
  const sums = series.map(() => 0);
  return points.map(({ x, values }) => ({
    x,
    values: values.map((value, i) => {
      if (series[i]?.cumulative !== true) return value;
      sums[i] = (sums[i] ?? 0) + (value ?? 0);
      return sums[i] ?? 0;
    }),
  }));
}
