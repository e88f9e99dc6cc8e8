// datastore_search as ODSQL: filters, words, order and fields of CKAN's DataStore, told as a query of the explore room. Pure.
import { kinds } from '../../data/query/kinds.ts';
import type { Version } from '../../model/dataset.ts';
import type { FieldType } from '../../model/field.ts';
import type { RecordsQuery } from '../explore/schemas.ts';
import { flag, type Given, natural, object, text, texts, wrong } from './given.ts';

/** A column as the DataStore tells it. */
export type DataColumn = { readonly id: string; readonly type: string };

type Known = { readonly name: string; readonly title: string; readonly type: FieldType };

const types: Readonly<Record<FieldType, string>> = {
  string: 'text',
  integer: 'int8',
  number: 'numeric',
  boolean: 'bool',
  date: 'date',
  datetime: 'timestamptz',
  time: 'time',
  geopoint: 'json',
  geojson: 'json',
};

export const recordFormats = ['objects', 'lists', 'csv', 'tsv'] as const;
export type RecordFormat = (typeof recordFormats)[number];

/** Of one answer, as the DataStore is set up everywhere. */
const mostRows = 32_000;
const mostIds = 100;
/** Each of them may be a scan. */
const mostWords = 30;

export type DataQuery = {
  readonly query: Omit<RecordsQuery, 'limit' | 'offset'>;
  /** What `query` says in its order. */
  readonly keys: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit: number;
  readonly offset: number;
  /** The columns of the answer, `_id` among them when it is told. */
  readonly columns: readonly DataColumn[];
  readonly distinct: boolean;
  /** The last row first. */
  readonly backwards: boolean;
  /** Only these rows, by their numbers; null for all. */
  readonly ids: readonly number[] | null;
  readonly total: boolean;
  readonly format: RecordFormat;
};

/** The columns of a version, those made of its places last. */
export function columnsOf(version: Version): readonly Known[] {
  const made = version.geometry?.made ?? [];
  const places = made.map(
    (name): Known => ({ name, title: name, type: name === 'geo_shape' ? 'geojson' : 'geopoint' }),
  );
  return [...version.fields, ...places];
}

/** The type of a column in the DataStore's words. */
export function dataType({ type }: Pick<Known, 'type'>): string {
  return types[type];
}

/** @throws TerroirError ckan.field */
export function readDataQuery(given: Given, version: Version): DataQuery {
  const columns = columnsOf(version);
  const filters = object(given, 'filters') ?? {};
  const { _id: ids, ...others } = filters;
  const where = [
    ...Object.entries(others).map(([name, value]) => filterOf(columnNamed(columns, name, 'filters'), value)),
    ...wordsOf(given, columns),
  ];
  const order = orderOf(given, columns);
  const asked = texts(given, 'fields', { separated: true });
  const named = asked.map((name) => (name === '_id' ? idColumn : columnNamed(columns, name, 'fields')));
  const shown = named.length === 0 ? [idColumn, ...columns] : named;
  const distinct = flag(given, 'distinct', false) && asked.length > 0 && !asked.includes('_id');
  const numbers = ids === undefined ? null : readIds(ids);
  if (numbers !== null && (where.length > 0 || distinct)) throw wrong('filters', 'The filter on _id stands alone');
  const select = shown.filter((column) => column !== idColumn).map(({ name }) => quotedName(name));
  return {
    query: {
      ...(select.length > 0 && { select: select.join(', ') }),
      ...(distinct && { group_by: select.join(', ') }),
      ...(where.length > 0 && { where }),
      ...(order.keys.length > 0 && { order_by: order.keys.map(keyText).join(', ') }),
    },
    keys: order.keys,
    limit: Math.min(natural(given, 'limit', 100), mostRows),
    offset: natural(given, 'offset', 0),
    columns: shown.map((column) => ({ id: column.name, type: column === idColumn ? 'int' : dataType(column) })),
    distinct,
    backwards: order.backwards,
    ids: numbers,
    total: flag(given, 'include_total', true),
    format: readFormat(given),
  };
}

/** The number of a row in the file, from 1: what CKAN calls `_id`. */
const idColumn: Known = { name: '_id', title: '_id', type: 'integer' };

function columnNamed(columns: readonly Known[], name: string, parameter: string): Known {
  const found = columns.find((column) => column.name === name) ?? columns.find((column) => column.title === name);
  if (found === undefined) throw wrong(parameter, `invalid value "${name.slice(0, 100)}"`);
  return found;
}

function readFormat(given: Given): RecordFormat {
  const asked = text(given, 'records_format') ?? 'objects';
  const format = recordFormats.find((one) => one === asked);
  if (format === undefined) throw wrong('records_format', `Value must be one of [${recordFormats.join(', ')}]`);
  return format;
}

function readIds(value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > mostIds) throw wrong('filters', `at most ${mostIds} values of _id`);
  return list.map((one) => {
    const number = typeof one === 'string' && /^\d{1,15}$/.test(one) ? Number(one) : one;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong('filters', 'Invalid integer');
    return number;
  });
}

/** One value, or any of a list; null is a value that is missing. */
function filterOf(column: Known, value: unknown): string {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw wrong('filters', `no value for "${column.name}"`);
  const name = quotedName(column.name);
  const conditions = list.map((one) => (one === null ? `${name} is null` : `${name} = ${literalOf(column, one)}`));
  return conditions.length === 1 ? (conditions[0] ?? '') : `(${conditions.join(' or ')})`;
}

function literalOf(column: Known, value: unknown): string {
  const refused = () => wrong('filters', `invalid value "${String(value).slice(0, 100)}" for "${column.name}"`);
  if (!['string', 'number', 'boolean'].includes(typeof value)) throw refused();
  const written = String(value).trim();
  switch (kinds[column.type]) {
    case 'number':
      if (!/^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(written)) throw refused();
      return written.replace(/^\+/, '');
    case 'boolean':
      if (!/^(true|false|t|f|1|0)$/i.test(written)) throw refused();
      return /^[t1]/i.test(written) ? 'true' : 'false';
    case 'date':
    case 'datetime':
      return `date${quoted(written)}`;
    case 'point':
    case 'shape':
      throw refused();
    default:
      return quoted(String(value));
  }
}

/** `q`: words anywhere, or by column; not plain, words that end in `:*` are beginnings. */
function wordsOf(given: Given, columns: readonly Known[]): readonly string[] {
  const q = given['q'];
  const plain = flag(given, 'plain', true);
  const written = typeof q === 'string' && /^\s*\{/.test(q) ? object(given, 'q') : q;
  if (typeof written === 'object' && written !== null && !Array.isArray(written))
    return Object.entries(written).flatMap(([name, value]) => {
      const column = columnNamed(columns, name, 'q');
      if (typeof value !== 'string') throw wrong('q', 'Must be a Unicode string value');
      if (value.trim() === '') return [];
      if (kinds[column.type] !== 'text') return [filterOf(column, value)];
      return wordConditions(value, plain, quotedName(column.name));
    });
  const anywhere = text(given, 'q')?.trim() ?? '';
  return anywhere === '' ? [] : wordConditions(anywhere, plain, null);
}

function wordConditions(written: string, plain: boolean, column: string | null): readonly string[] {
  if (plain) return [column === null ? quoted(written) : `${column} like ${quoted(written.replace(/[*%?_]/g, ' '))}`];
  const parts = written
    .split(/[\s&]+/)
    .map((part) => part.replace(/^'(.*)'(:\*)?$/, '$1$2'))
    .filter((part) => part !== '');
  if (parts.length > mostWords) throw wrong('q', `at most ${mostWords} words`);
  return parts.map((part) => {
    if (/[|!()<>]/.test(part)) throw wrong('q', 'only words, & and :* can be looked for');
    const word = part.replace(/:\*$/, '');
    const where = column === null ? '' : `${column}, `;
    if (part.endsWith(':*')) return `suggest(${where}${quoted(word)})`;
    return column === null ? quoted(word) : `${column} like ${quoted(word.replace(/[*%?_]/g, ' '))}`;
  });
}

type Key = { readonly field: string; readonly descending: boolean };

function keyText({ field, descending }: Key): string {
  return `${quotedName(field)} ${descending ? 'desc' : 'asc'}`;
}

/** `name desc, "other name"`; the order of `_id` is the file's. */
function orderOf(
  given: Given,
  columns: readonly Known[],
): { readonly keys: readonly Key[]; readonly backwards: boolean } {
  const keys: Key[] = [];
  const parts = texts(given, 'sort').flatMap((one) => one.match(/(?:"[^"]*"|[^",])+/g) ?? []);
  for (const part of parts.map((one) => one.trim()).filter((one) => one !== '')) {
    if (part.length > 300) throw wrong('sort', `invalid value "${part.slice(0, 100)}"`);
    const read = /^(?:"((?:[^"]|"")+)"|(.+?))(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?$/i.exec(part);
    const name = read?.[1]?.replaceAll('""', '"') ?? read?.[2] ?? part;
    const descending = read?.[3]?.toLowerCase() === 'desc';
    // What comes after the number of the row orders nothing any more.
    if (name === '_id') return { keys, backwards: descending && keys.length === 0 };
    keys.push({ field: columnNamed(columns, name, 'sort').name, descending });
  }
  return { keys, backwards: false };
}

/** Records in the form asked for. */
export function toldRecords(
  records: readonly Readonly<Record<string, unknown>>[],
  columns: readonly DataColumn[],
  format: RecordFormat,
): unknown {
  const rows = records.map((record) => columns.map(({ id }) => record[id] ?? null));
  if (format === 'lists') return rows;
  if (format === 'objects') return rows.map((row) => Object.fromEntries(columns.map(({ id }, i) => [id, row[i]])));
  const delimiter = format === 'csv' ? ',' : '\t';
  return rows.map((row) => `${row.map((value) => cellOf(value, delimiter)).join(delimiter)}\n`).join('');
}

function cellOf(value: unknown, delimiter: string): string {
  const written = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return written.includes(delimiter) || /["\r\n]/.test(written) ? `"${written.replaceAll('"', '""')}"` : written;
}

function quotedName(name: string): string {
  return `\`${name}\``;
}

function quoted(written: string): string {
  return `'${written.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
