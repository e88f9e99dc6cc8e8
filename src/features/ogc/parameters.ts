// Reads what an address of items asks for; a name that nobody knows is refused, as the standard wants.
import { parseCql2Json } from '../../data/query/cql2-json.ts';
import { parseCql2Text } from '../../data/query/cql2-text.ts';
import { boxGeometry, type Cql2, readDay } from '../../data/query/cql2-tree.ts';
import type { FeatureOrder } from '../../data/query/feature-plan.ts';
import type { FeatureTable } from '../../data/query/feature-table.ts';
import { crs84, crsOf, filterInDegrees, inDegrees } from '../../data/query/spatial-crs.ts';
import type { Column } from '../../data/query/stored-version.ts';
import { TerroirError } from '../../lib/errors.ts';
import { type ItemsQuery, limits } from './schemas.ts';

export type Query = Readonly<Record<string, unknown>>;

/** Every address takes these. */
const everywhere = ['f', 'lang'];
export const itemParameters = ['crs', 'properties', 'skipGeometry', 'version'] as const;
export const itemsParameters = [
  'limit',
  'offset',
  'after',
  'version',
  'bbox',
  'bbox-crs',
  'crs',
  'datetime',
  'filter',
  'filter-lang',
  'filter-crs',
  'sortby',
  'properties',
  'skipGeometry',
] as const;

/** @throws TerroirError parameter.unknown */
export function checkNames(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query).find((name) => !everywhere.includes(name) && !known.includes(name));
  if (unknown !== undefined) throw new TerroirError('parameter.unknown', { name: unknown.slice(0, 100) });
}

/** The one value of a parameter. @throws TerroirError query.parameter when it is given twice */
export function textOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new TerroirError('query.parameter', { name, reason: 'given more than once' });
  return value;
}

/** A whole number. @throws TerroirError query.outOfRange */
export function wholeOf(query: Query, name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const text = textOf(query, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new TerroirError('query.outOfRange', {
      name,
      value: text.slice(0, 60),
      expected: `${least} <= ${name} <= ${most}`,
    });
  return number;
}

/**
 * @throws TerroirError parameter.unknown, query.parameter, query.outOfRange, query.syntax … for filters
 */
export function readItemsQuery(query: Query, table: FeatureTable): ItemsQuery {
  const names = table.columns.map(({ name }) => name);
  checkNames(query, [...itemsParameters, ...names]);
  const conditions: Cql2[] = [];
  const box = bboxFilter(query, table);
  if (box !== null) conditions.push(box);
  const time = datetimeFilter(query, table);
  if (time !== null) conditions.push(time);
  for (const column of table.columns) {
    if ((itemsParameters as readonly string[]).includes(column.name) || everywhere.includes(column.name)) continue;
    const value = query[column.name];
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      if (typeof one === 'string') conditions.push(equals(column, one));
  }
  const filter = filterOf(query);
  if (filter !== null) conditions.push(filter);
  return {
    ...readItemQuery(query, table),
    // More than the maximum is the maximum, not an error.
    limit: Math.min(limits.maxLimit, wholeOf(query, 'limit', 1) ?? limits.defaultLimit),
    offset: wholeOf(query, 'offset', 0) ?? 0,
    after: wholeOf(query, 'after', 0) ?? null,
    filter:
      conditions.length === 0
        ? null
        : conditions.length === 1
          ? (conditions[0] as Cql2)
          : { kind: 'and', items: conditions },
    order: orderOf(query, table),
  };
}

/** What one feature is asked for. @throws TerroirError query.parameter */
export function readItemQuery(query: Query, table: FeatureTable): Pick<ItemsQuery, 'properties' | 'geometry' | 'crs'> {
  const names = table.columns.map(({ name }) => name);
  const wanted = textOf(query, 'properties')
    ?.split(',')
    .map((name) => name.trim());
  const unknown = wanted?.find((name) => !names.includes(name) && !table.places.has(name));
  if (unknown !== undefined)
    throw new TerroirError('query.parameter', { name: 'properties', reason: unknown.slice(0, 100) });
  const skip = textOf(query, 'skipGeometry');
  if (skip !== undefined && skip !== 'true' && skip !== 'false')
    throw new TerroirError('query.parameter', { name: 'skipGeometry', reason: 'true, false' });
  return {
    properties: wanted === undefined ? names : names.filter((name) => wanted.includes(name)),
    geometry: skip !== 'true',
    crs: crsOf(textOf(query, 'crs'), 'crs'),
  };
}

/** Features without a place match any box, as the standard wants. */
function bboxFilter(query: Query, table: FeatureTable): Cql2 | null {
  const text = textOf(query, 'bbox');
  const crs = crsOf(textOf(query, 'bbox-crs'), 'bbox-crs');
  if (text === undefined) return null;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (![4, 6].includes(numbers.length) || numbers.some((n) => !Number.isFinite(n)))
    throw new TerroirError('query.parameter', { name: 'bbox', reason: 'minx,miny,maxx,maxy' });
  if (table.geometry === null) return null;
  const property: Cql2 = { kind: 'property', name: table.geometry.column };
  // Corners come in the system's own order of axes: a box has to be one in that order too.
  const flat = numbers.length === 6 ? [0, 1, 3, 4].map((i) => numbers[i] as number) : numbers;
  const straight = crs.turned ? [1, 0, 3, 2].map((i) => flat[i] as number) : flat;
  const geometry = crs.turned ? boxGeometry(straight) : inDegrees(boxGeometry(straight), crs);
  const meets: Cql2 = {
    kind: 'spatial',
    relation: 's_intersects',
    left: property,
    right: { kind: 'geometry', geometry },
  };
  return { kind: 'or', items: [meets, { kind: 'isNull', of: property }] };
}

/** The column that tells when: moments say more than days. */
export function timeColumn({ columns }: FeatureTable): Column | null {
  return columns.find(({ type }) => type === 'datetime') ?? columns.find(({ type }) => type === 'date') ?? null;
}

function datetimeFilter(query: Query, table: FeatureTable): Cql2 | null {
  const text = textOf(query, 'datetime');
  if (text === undefined) return null;
  const [from = '', to, more] = text.split('/');
  const wrong = () => new TerroirError('query.parameter', { name: 'datetime', reason: text.slice(0, 100) });
  if (more !== undefined) throw wrong();
  const open = (bound: string) => to !== undefined && (bound === '' || bound === '..');
  const read = (bound: string, end: boolean): Cql2 | null => {
    if (open(bound)) return null;
    const day = readDay(bound);
    // A day lasts until its last moment.
    const moment = day === null ? utcOf(bound) : `${day}T${end ? '23:59:59.999999' : '00:00:00'}Z`;
    if (moment === null) throw wrong();
    return { kind: 'timestamp', value: moment };
  };
  const [start, end] = [read(from, false), read(to ?? from, true)];
  if (start === null && end === null) return null;
  if (start?.kind === 'timestamp' && end?.kind === 'timestamp' && Date.parse(start.value) > Date.parse(end.value))
    throw wrong();
  const column = timeColumn(table);
  if (column === null) return null;
  const property: Cql2 = { kind: 'property', name: column.name };
  const within: Cql2 = {
    kind: 'temporal',
    relation: 't_intersects',
    left: property,
    right: { kind: 'interval', start, end },
  };
  // What has no moment matches any.
  return { kind: 'or', items: [within, { kind: 'isNull', of: property }] };
}

/** RFC 3339, with any offset, as a moment in UTC. */
function utcOf(text: string): string | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
      text,
    );
  if (match === null || readDay(match[1] ?? '') === null) return null;
  const time = Date.parse(text.replace(' ', 'T').toUpperCase());
  const utc = Number.isNaN(time) ? '' : new Date(time).toISOString();
  return /^(?!0000)\d{4}-/.test(utc) ? utc : null;
}

function equals(column: Column, text: string): Cql2 {
  const wrong = () =>
    new TerroirError('query.wrongType', {
      name: column.name,
      type: column.type,
      value: text.slice(0, 100),
      clause: 'filter',
    });
  const compare = (right: Cql2): Cql2 => ({
    kind: 'compare',
    operator: '=',
    left: { kind: 'property', name: column.name },
    right,
  });
  switch (column.type) {
    case 'integer':
    case 'number': {
      const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(number)) throw wrong();
      return compare({ kind: 'number', value: number });
    }
    case 'boolean':
      if (text !== 'true' && text !== 'false') throw wrong();
      return compare({ kind: 'boolean', value: text === 'true' });
    case 'date': {
      const day = readDay(text);
      if (day === null) throw wrong();
      return compare({ kind: 'date', value: day });
    }
    case 'datetime': {
      const moment = utcOf(text);
      if (moment === null) throw wrong();
      return compare({ kind: 'timestamp', value: moment });
    }
    default:
      return compare({ kind: 'text', value: text });
  }
}

function filterOf(query: Query): Cql2 | null {
  const text = textOf(query, 'filter');
  const crs = crsOf(textOf(query, 'filter-crs'), 'filter-crs');
  const language = textOf(query, 'filter-lang');
  if (language !== undefined && language !== 'cql2-text' && language !== 'cql2-json')
    throw new TerroirError('query.parameter', { name: 'filter-lang', reason: 'cql2-text, cql2-json' });
  if (text === undefined) return null;
  const filter = language === 'cql2-json' ? parseCql2Json(text) : parseCql2Text(text);
  return crs === crs84 ? filter : filterInDegrees(filter, crs);
}

function orderOf(query: Query, table: FeatureTable): readonly FeatureOrder[] {
  const text = textOf(query, 'sortby');
  if (text === undefined) return [];
  const parts = text.split(',');
  if (parts.length > 20) throw new TerroirError('query.tooManyValues', { max: 20 });
  return parts.map((part) => {
    // A plus that was not escaped arrives as a blank.
    const name = part.replace(/^[+\- ]/, '');
    if (!table.columns.some((column) => column.name === name))
      throw new TerroirError('query.parameter', { name: 'sortby', reason: name.slice(0, 100) });
    return { column: name, descending: part.startsWith('-') };
  });
}
