// The parameters of our own API: what is asked of records, of aggregates and of files. Pure.
import { TerroirError } from '../../lib/errors.ts';
import { nearest } from '../../lib/nearest.ts';
import {
  type ApiColumn,
  boxCondition,
  nearCondition,
  outOfRange,
  type Query,
  quoted,
  readFilters,
  textsOf,
} from './filters.ts';

export const recordLimits = { usual: 100, most: 10_000 } as const;
export const groupLimits = { usual: 1000, most: 20_000 } as const;

/** Names that are no columns, on every address. */
export const commonSettings = ['q', 'where', 'bbox', 'near', 'version', 'timezone', 'lang'] as const;
export const recordSettings = [...commonSettings, 'fields', 'sort', 'limit', 'cursor'] as const;
export const fileSettings = [
  ...commonSettings,
  ...['fields', 'sort', 'limit', 'delimiter', 'with_bom', 'quote_all', 'use_labels', 'for_spreadsheet'],
  ...['parquet_compression', 'name_field', 'description_field_list', 'use_extension'],
] as const;
const functions = ['count', 'sum', 'avg', 'min', 'max', 'median'] as const;
export const groupSettings = [...commonSettings, 'group', ...functions, 'sort', 'limit', 'cursor'] as const;

export type Sort = { readonly field: string; readonly descending: boolean };

export type RecordsRequest = {
  readonly where: readonly string[];
  readonly select: string | null;
  readonly sort: readonly Sort[];
  readonly limit: number;
  /** The number of the record that the last page ended with; null for the first page. */
  readonly after: number | null;
};

/** @throws TerroirError api.*, query.outOfRange, query.unknownField */
export function readRecords(query: Query, columns: readonly ApiColumn[]): RecordsRequest {
  return {
    where: readConditions(query, columns, recordSettings),
    select: readFields(query, columns),
    sort: readSort(query, columns),
    limit: readLimit(query, recordLimits),
    after: readCursor(query),
  };
}

export type FileRequest = Omit<RecordsRequest, 'limit' | 'after'>;

/** @throws TerroirError api.*, query.outOfRange, query.unknownField */
export function readFile(query: Query, columns: readonly ApiColumn[]): FileRequest {
  return {
    where: readConditions(query, columns, fileSettings),
    select: readFields(query, columns),
    sort: readSort(query, columns),
  };
}

function readConditions(query: Query, columns: readonly ApiColumn[], settings: readonly string[]): readonly string[] {
  const filters = readFilters(query, columns, settings);
  const words = last(query, 'q');
  const [bbox, near] = [last(query, 'bbox'), last(query, 'near')];
  const place = bbox === null && near === null ? null : placeColumn(columns);
  return [
    ...filters,
    ...(words === null ? [] : [quoted(words)]),
    ...(bbox === null ? [] : [boxCondition(`\`${place}\``, 'bbox', bbox)]),
    ...(near === null ? [] : [nearCondition(`\`${place}\``, 'near', near)]),
    ...textsOf(query['where']).filter((text) => text.trim() !== ''),
  ];
}

/** Shapes before points: they say more. @throws TerroirError api.noPlaces */
function placeColumn(columns: readonly ApiColumn[]): string {
  const found = columns.find(({ type }) => type === 'geojson') ?? columns.find(({ type }) => type === 'geopoint');
  if (found === undefined) throw new TerroirError('api.noPlaces');
  return found.name;
}

function readFields(query: Query, columns: readonly ApiColumn[]): string | null {
  const names = textsOf(query['fields']).flatMap(split);
  if (names.length === 0) return null;
  return names.map((name) => `\`${known(name, columns, 'fields').name}\``).join(', ');
}

function readSort(query: Query, columns: readonly ApiColumn[]): readonly Sort[] {
  return textsOf(query['sort'])
    .flatMap(split)
    .map((text) => {
      const descending = text.startsWith('-');
      const column = known(text.replace(/^[-+]/, ''), columns, 'sort');
      if (column.type === 'geopoint' || column.type === 'geojson')
        throw outOfRange('sort', text, 'columns that are no places');
      return { field: column.name, descending };
    });
}

/** @throws TerroirError api.columnUnknown */
function known(name: string, columns: readonly ApiColumn[], parameter: string): ApiColumn {
  const found = columns.find((column) => column.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name.slice(0, 60),
    columns.map((column) => column.name),
  );
  throw new TerroirError('api.columnUnknown', { name: name.slice(0, 100), parameter, nearest: near });
}

/** The order as ODSQL. */
export function orderText(sort: readonly Sort[]): string {
  return sort.map(({ field, descending }) => `\`${field}\` ${descending ? 'desc' : 'asc'}`).join(', ');
}

function readLimit(query: Query, { usual, most }: { readonly usual: number; readonly most: number }): number {
  const text = last(query, 'limit');
  if (text === null) return usual;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw outOfRange('limit', text, `1 <= limit <= ${most}`);
  return number;
}

function readCursor(query: Query): number | null {
  const text = last(query, 'cursor');
  if (text === null) return null;
  const number = /^after-[0-9a-z]{1,8}$/.test(text) ? Number.parseInt(text.slice(6), 36) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw outOfRange('cursor', text, 'the cursor of a `next` link');
  return number;
}

/** The cursor of the page after the record, or the group, of that number. */
export function cursorAfter(number: number): string {
  return `after-${number.toString(36)}`;
}

/** The number of a version; null for the current one. @throws TerroirError query.outOfRange */
export function readVersion(query: Query): number | null {
  const text = last(query, 'version');
  if (text === null) return null;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number < 1) throw outOfRange('version', text, 'the number of a version, from 1');
  return number;
}

export type GroupsRequest = {
  readonly where: readonly string[];
  /** The columns of the answer, in ODSQL. */
  readonly select: string;
  readonly groupBy: string | null;
  readonly orderBy: string | null;
  /** Names of parts of dates: they are numbers, which the query language tells as texts. */
  readonly parts: readonly string[];
  readonly limit: number;
  readonly offset: number;
};

/** Parts of dates that make groups: `group=jour__year`. */
export const dateParts = ['year', 'month', 'day', 'hour'] as const;

/**
 * `group=commune&sum=montant&count=*&sort=-sum_montant`: the answer's columns are the groups, then `count`, `sum_montant` …
 * Without any function, rows are counted.
 * @throws TerroirError api.*, query.outOfRange
 */
export function readGroups(query: Query, columns: readonly ApiColumn[]): GroupsRequest {
  const groups = textsOf(query['group'])
    .flatMap(split)
    .map((text) => readGroup(text, columns));
  const values = functions.flatMap((name) =>
    textsOf(query[name])
      .flatMap(split)
      .map((of) => readFunction(name, of, columns)),
  );
  const computed = values.length === 0 ? [readFunction('count', '*', columns)] : values;
  const names = [...groups, ...computed].map(({ name }) => name);
  const order = textsOf(query['sort'])
    .flatMap(split)
    .map((text) => {
      const name = text.replace(/^[-+]/, '');
      if (!names.includes(name)) throw outOfRange('sort', text, names.join(', '));
      return { name, descending: text.startsWith('-'), computed: computed.some((each) => each.name === name) };
    })
    // The query language wants aggregates before groups.
    .toSorted((a, b) => Number(b.computed) - Number(a.computed));
  return {
    where: readConditions(query, columns, groupSettings),
    select: [...groups, ...computed].map(({ sql, name }) => `${sql} as \`${name}\``).join(', '),
    groupBy: groups.length === 0 ? null : groups.map(({ sql, name }) => `${sql} as \`${name}\``).join(', '),
    orderBy:
      order.length === 0 || groups.length === 0
        ? null
        : order.map(({ name, descending }) => `\`${name}\` ${descending ? 'desc' : 'asc'}`).join(', '),
    parts: groups.filter(({ sql }) => !sql.startsWith('`')).map(({ name }) => name),
    limit: readLimit(query, groupLimits),
    offset: readCursor(query) ?? 0,
  };
}

type Computed = { readonly sql: string; readonly name: string };

function readGroup(text: string, columns: readonly ApiColumn[]): Computed {
  const part = dateParts.find((each) => text.endsWith(`__${each}`));
  if (part === undefined || columns.some(({ name }) => name === text)) {
    const { name, type } = known(text, columns, 'group');
    if (type === 'geopoint' || type === 'geojson') throw outOfRange('group', text, 'columns that are no places');
    return { sql: `\`${name}\``, name };
  }
  const column = known(text.slice(0, -part.length - 2), columns, 'group');
  if (column.type !== 'date' && column.type !== 'datetime')
    throw outOfRange('group', text, `a column of dates before __${part}`);
  return { sql: `${part}(\`${column.name}\`)`, name: text };
}

function readFunction(name: (typeof functions)[number], of: string, columns: readonly ApiColumn[]): Computed {
  if (name === 'count' && of === '*') return { sql: 'count(*)', name: 'count' };
  const column = known(of, columns, name);
  const numeric = column.type === 'integer' || column.type === 'number';
  if (name !== 'count' && !numeric && !((name === 'min' || name === 'max') && /^date/.test(column.type)))
    throw outOfRange(name, of, 'a column of numbers');
  return { sql: `${name}(\`${column.name}\`)`, name: `${name}_${column.name}` };
}

function split(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function last(query: Query, name: string): string | null {
  const text = textsOf(query[name]).at(-1)?.trim();
  return text === undefined || text === '' ? null : text;
}
