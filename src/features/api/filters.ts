// The filters of our own API: `commune=37261&annee__gte=2020` as conditions of the query language. Pure.
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import type { FieldType } from '../../model/field.ts';

export type Query = Readonly<Record<string, unknown>>;

/** A column that may be named. */
export type ApiColumn = { readonly name: string; readonly type: FieldType };

export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'contains',
  'starts',
  'isnull',
  'bbox',
  'near',
] as const;
export type Operator = (typeof operators)[number];

/** What programs add to every address, and what changes nothing here. */
const harmless = /^(apikey|_|source|utm_\w+)$/;

/** Values of one list. */
const mostValues = 1000;

/**
 * Conditions, all required, of every parameter that is no setting. A column whose name is a setting's is filtered by
 * `name__eq`.
 * @param settings the names that mean something else
 * @throws TerroirError api.parameterUnknown, api.filterImpossible, query.outOfRange, query.tooManyValues
 */
export function readFilters(
  query: Query,
  columns: readonly ApiColumn[],
  settings: readonly string[],
): readonly string[] {
  // Always in the same order: the same filters are the same question, whose answer may be known already.
  const entries = Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([name, value]) => {
    if (settings.includes(name) || harmless.test(name)) return [];
    const { column, operator } = readName(name, columns, settings);
    return [condition(column, operator, { name, values: textsOf(value) })];
  });
}

function readName(name: string, columns: readonly ApiColumn[], settings: readonly string[]) {
  const whole = columns.find((column) => column.name === name);
  if (whole !== undefined) return { column: whole, operator: 'eq' as const };
  const cut = name.lastIndexOf('__');
  const column = cut === -1 ? undefined : columns.find((each) => each.name === name.slice(0, cut));
  const operator = operators.find((each) => each === name.slice(cut + 2));
  if (column !== undefined && operator !== undefined) return { column, operator };
  const known = column === undefined ? [...columns.map((each) => each.name), ...settings] : operators;
  const wrong = column === undefined ? name : name.slice(cut + 2);
  const near = nearest(wrong.slice(0, 60), known);
  throw new TerroirError('api.parameterUnknown', {
    name: name.slice(0, 100),
    nearest: column === undefined ? near : `${column.name}__${near}`,
  });
}

type Asked = { readonly name: string; readonly values: readonly string[] };

function condition(column: ApiColumn, operator: Operator, asked: Asked): string {
  const field = `\`${column.name}\``;
  const value = asked.values.at(-1) ?? '';
  const place = column.type === 'geopoint' || column.type === 'geojson';
  if (operator === 'isnull') return `${field} is ${truth(asked.name, value) ? '' : 'not '}null`;
  if (operator === 'bbox' || operator === 'near') {
    if (!place) throw impossible(column, operator);
    return operator === 'bbox' ? boxCondition(field, asked.name, value) : nearCondition(field, asked.name, value);
  }
  if (place) throw impossible(column, operator);
  if (operator === 'contains' || operator === 'starts') {
    if (column.type !== 'string') throw impossible(column, operator);
    return operator === 'starts' ? `startswith(${field}, ${quoted(value)})` : `${field} like ${quoted(inside(value))}`;
  }
  if (operator === 'in') return anyOf(column, field, asked.name, asked.values.flatMap(listed));
  // The same column several times: any of the values.
  if (operator === 'eq' && asked.values.length > 1) return anyOf(column, field, asked.name, asked.values);
  return compare(column, field, operator, { name: asked.name, value });
}

function anyOf(column: ApiColumn, field: string, name: string, values: readonly string[]): string {
  if (values.length > mostValues) throw new TerroirError('query.tooManyValues', { max: mostValues, clause: name });
  if (values.length === 0) return 'false';
  const each = [...new Set(values)].toSorted();
  const spans = column.type === 'date' || column.type === 'datetime';
  if (!spans) return `${field} in (${each.map((value) => literal(column, name, value)).join(', ')})`;
  return `(${each.map((value) => compare(column, field, 'eq', { name, value })).join(' or ')})`;
}

type Comparison = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
const symbols = { eq: '=', ne: '!=', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

function compare(
  column: ApiColumn,
  field: string,
  operator: Comparison,
  { name, value }: { readonly name: string; readonly value: string },
): string {
  const span = column.type === 'date' || column.type === 'datetime' ? spanOf(value) : null;
  if (span === null) return `${field} ${symbols[operator]} ${literal(column, name, value)}`;
  const [from, to] = span.map((day) => `date'${day}'`);
  switch (operator) {
    case 'eq':
      return `(${field} >= ${from} and ${field} < ${to})`;
    case 'ne':
      return `not (${field} >= ${from} and ${field} < ${to})`;
    case 'gt':
      return `${field} >= ${to}`;
    case 'gte':
      return `${field} >= ${from}`;
    case 'lt':
      return `${field} < ${from}`;
    case 'lte':
      return `${field} < ${to}`;
  }
}

/** The days of a year, a month or a day: the first, and the one after the last. Null for anything else. */
function spanOf(text: string): readonly [string, string] | null {
  const written = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(text.trim());
  if (written === null) return null;
  const [year, month, day] = [Number(written[1]), Number(written[2] ?? 1), Number(written[3] ?? 1)];
  const first = utc(year, month - 1, day);
  const next =
    written[2] === undefined
      ? utc(year + 1, 0, 1)
      : written[3] === undefined
        ? utc(year, month, 1)
        : utc(year, month - 1, day + 1);
  const iso = first.toISOString().slice(0, 10);
  // 30 February is no day: the query language says so.
  return iso === `${written[1]}-${pad(month)}-${pad(day)}` && year < 9999
    ? [iso, next.toISOString().slice(0, 10)]
    : null;
}

function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

function literal({ type }: ApiColumn, name: string, value: string): string {
  const text = value.trim();
  if (type === 'integer' || type === 'number') {
    if (!/^[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text))
      throw outOfRange(name, value, 'a number such as 12.5');
    return quoted(text);
  }
  if (type === 'boolean') return truth(name, value) ? 'true' : 'false';
  if (type === 'date' || type === 'datetime') return `date${quoted(text)}`;
  return quoted(value);
}

function truth(name: string, value: string): boolean {
  if (/^(true|1|oui|vrai|yes)$/i.test(value.trim())) return true;
  if (/^(false|0|non|faux|no)$/i.test(value.trim())) return false;
  throw outOfRange(name, value, 'true or false');
}

/** Anywhere in the text, whatever the accents and the case; signs of patterns stand for any sign. */
function inside(value: string): string {
  return `*${value.replace(/[%*?]/g, '_')}*`;
}

/** West, south, east, north, in degrees. */
export function boxCondition(field: string, name: string, value: string): string {
  const [west = 0, south = 0, east = 0, north = 0] = numbers(name, value, 4, 'west,south,east,north in degrees');
  if (south > north || Math.abs(south) > 90 || Math.abs(north) > 90)
    throw outOfRange(name, value, 'west,south,east,north in degrees');
  return `in_bbox(${field}, ${south}, ${west}, ${north}, ${east})`;
}

/** Longitude, latitude, then a distance: 500m, 2km. */
export function nearCondition(field: string, name: string, value: string): string {
  const written = /^([^,]+,[^,]+),\s*(\d+(?:\.\d+)?)\s*(m|km)?$/.exec(value.trim());
  if (written === null) throw outOfRange(name, value, 'longitude,latitude,distance such as 0.68,47.39,500m');
  const [lon = 0, lat = 0] = numbers(name, written[1] ?? '', 2, 'longitude,latitude,distance');
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw outOfRange(name, value, 'longitude,latitude in degrees');
  return `within_distance(${field}, geom'POINT(${lon} ${lat})', ${written[2]}${written[3] ?? 'm'})`;
}

function numbers(name: string, value: string, count: number, expected: string): readonly number[] {
  const parts = value.split(',').map((part) => part.trim());
  const fits = parts.length === count && parts.every((part) => /^[+-]?\d{1,3}(\.\d+)?$/.test(part));
  if (!fits) throw outOfRange(name, value, expected);
  return parts.map(Number);
}

/** `a,b,"c, d"` as values. */
function listed(text: string): readonly string[] {
  const values: string[] = [];
  for (const [, inQuotes, plain] of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    values.push(inQuotes === undefined ? (plain ?? '').trim() : inQuotes.replaceAll('""', '"'));
  return values;
}

export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** The values of a parameter: it may be repeated. */
export function textsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');
}

export function outOfRange(name: string, value: string, expected: string): TerroirError {
  return new TerroirError('query.outOfRange', { name: name.slice(0, 100), value: value.slice(0, 100), expected });
}

function impossible({ name, type }: ApiColumn, operator: Operator): TerroirError {
  return new TerroirError('api.filterImpossible', { name, type, operator });
}
