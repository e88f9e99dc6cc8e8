// Searching, reading and downloading the rows of a dataset, in the words of version 1.
import { Readable } from 'node:stream';
import type { Context } from '../../context.ts';
import { nameColumn } from '../../data/export/request.ts';
import { kinds } from '../../data/query/kinds.ts';
import { pointOf, readCircle } from '../../data/query/q-places.ts';
import { fieldNamed, type KnownFields, quoted, quotedName } from '../../data/query/q-words.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Version } from '../../model/dataset.ts';
import { urls } from '../../web/urls.ts';
import type { RecordObject, RecordsQuery } from '../explore/schemas.ts';
import {
  columnsOfVersion,
  facetsOfVersion,
  findVersion,
  getRecord,
  queryNumbered,
  type ReadableVersion,
  recordsAfter,
} from '../explore/service.ts';
import { type FeedItem, feedFormats, writeFeed } from './feeds.ts';
import {
  conditionsOf,
  echoed,
  type Filters,
  integer,
  lastText,
  oneOf,
  outOfRange,
  prefixed,
  type Query,
  readFilters,
  texts,
} from './parameters.ts';
import { csvOf, facetGroups, featureCollection, type RecordAnswer, recordObject } from './shapes.ts';

const mostRows = 10_000;
/** More are read at once; fewer, page by page, through what is remembered. */
const manyRows = 500;
/** Rows read at once of a download. */
const blockRows = 1000;

/** Where the portal is, and the address of the question on it. */
export type Place = { readonly publicUrl: string; readonly path: string };

/** A dataset that is asked about, and what its rows hold. */
export type Opened = ReadableVersion & {
  readonly fields: KnownFields;
  readonly filters: Filters;
  /** All required. */
  readonly where: readonly string[];
};

/** @throws TerroirError dataset.unknown, dataset.withdrawn, query.* */
export async function openRows(context: Context, query: Query): Promise<Opened> {
  const asked = texts(query, 'dataset');
  const [id] = asked;
  if (id === undefined) throw new TerroirError('query.parameter', { name: 'dataset', reason: 'it is missing' });
  if (asked.length > 1) throw outOfRange('dataset', asked.join(', '), 'one dataset');
  const filters = readFilters(query);
  const found = await findVersion(context, id);
  const fields = await fieldsOf(context, found.version);
  return { ...found, fields, filters, where: conditionsOf(filters, fields, lastText(query, 'geo_field')) };
}

/** The fields of a version, by name. */
export async function fieldsOf(context: Context, version: Version): Promise<KnownFields> {
  const columns = await columnsOfVersion(context, version);
  return new Map(columns.map(({ name, type }) => [name, { name, kind: kinds[type] }]));
}

/** What the filters say of time and language, for a query of the explore room. */
export function settingsOf({ timezone, lang }: Filters): Pick<RecordsQuery, 'timezone' | 'lang'> {
  return { ...(timezone !== null && { timezone }), ...(lang !== null && { lang }) };
}

export const searchFormats = ['json', 'jsonp', 'geojson', 'geojsonp', 'csv', ...feedFormats] as const;

/**
 * /api/records/1.0/search
 * @throws TerroirError dataset.*, query.*, engine.*
 */
export async function searchRows(context: Context, query: Query, { publicUrl, path }: Place) {
  const opened = await openRows(context, query);
  const { dataset, version, fields, filters, where } = opened;
  const format = oneOf(query, 'format', searchFormats, 'json');
  const rows = integer(query, 'rows', 10, { min: -1, max: mostRows });
  const limit = rows === -1 ? mostRows : rows;
  const start = integer(query, 'start', 0, { min: 0, max: mostRows });
  if (rows !== -1 && start + rows > mostRows) throw outOfRange('start', String(start), `start + rows <= ${mostRows}`);
  const facets = texts(query, 'facet');
  const { select, distance } = selectionOf(query, opened);
  const order = orderOf(query, fields) ?? distance;
  const page = { limit: Math.min(limit, mostRows - start), offset: start };
  const plain = {
    ...settingsOf(filters),
    ...(where.length > 0 && { where }),
    ...(select !== null && { select }),
  };
  const asked = { ...plain, ...(order !== null && { order_by: order }) };
  const keys = distance === null ? sortKeys(query, fields) : null;
  const {
    total_count: nhits,
    results,
    numbers,
  } = keys !== null && start === 0 && page.limit > manyRows
    ? await recordsAfter(context, version, plain, { keys, after: null, limit: page.limit })
    : await queryNumbered(context, version, { ...asked, ...page });
  const records = results.map((row, i) =>
    recordObject(withDistance(row), fields, {
      dataset: dataset.id,
      number: numbers?.[i] ?? 0,
      timestamp: version.createdAt,
    }),
  );
  if (format === 'geojson' || format === 'geojsonp')
    return { format, value: featureCollection(records, results, fields) };
  if (format === 'csv') return { format, value: tableOf(results, fields) };
  if (format === 'rss' || format === 'atom') {
    const feed = {
      url: `${publicUrl}${urls.dataset(dataset.id)}`,
      self: `${publicUrl}${path}`,
      title: dataset.title,
      author: dataset.organization.name,
      updated: version.createdAt,
      items: records.map((record) => itemOf(record, fields, publicUrl)),
    };
    return { format, value: writeFeed(format, feed) };
  }
  const said = {
    dataset: dataset.id,
    rows,
    start,
    ...(facets.length > 0 && { facet: facets }),
    format,
    timezone: filters.timezone ?? 'UTC',
  };
  const groups = facets.length === 0 ? {} : { facet_groups: await countRows(context, query, opened, facets) };
  return { format, value: { nhits, parameters: echoed(query, said), records, ...groups } };
}

/** A record as people read it: its name, then every value that it has. */
function itemOf(
  { datasetid, recordid, record_timestamp, fields: values, geometry }: RecordAnswer,
  fields: KnownFields,
  publicUrl: string,
): FeedItem {
  const columns = Object.keys(values).map((name) => ({ name, label: name, kind: fields.get(name)?.kind ?? 'text' }));
  const named = nameColumn(columns);
  const told = columns.filter(({ kind }) => kind !== 'shape').map(({ name }) => `${name}: ${plainText(values[name])}`);
  const at = geometry?.coordinates as readonly [number, number] | undefined;
  return {
    url: `${publicUrl}/api/datasets/1.0/${encodeURIComponent(datasetid)}/records/${recordid}`,
    title: named === null ? `${datasetid} ${recordid}` : plainText(values[named.name]),
    text: told.join('\n'),
    updated: new Date(record_timestamp),
    place: at === undefined ? null : [at[1], at[0]],
  };
}

function plainText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The distance is a text of metres there. */
function withDistance(row: RecordObject): RecordObject {
  return typeof row['dist'] === 'number' ? { ...row, dist: String(row['dist']) } : row;
}

/** The fields asked for, and how far each row is where a circle narrows. */
function selectionOf(query: Query, { fields, filters }: Opened) {
  const asked = texts(query, 'fields').flatMap((text) => text.split(','));
  const names = asked.map((name) => name.trim()).filter((name) => name !== '');
  const columns = names.map((name) => quotedName(fieldNamed(fields, name, 'fields').name));
  const circle = filters.geofilters.find(({ name }) => name === 'distance');
  const centre = circle === undefined ? null : readCircle(circle.value);
  const point = pointOf(fields);
  if (centre === null || point === null || fields.has('dist'))
    return { select: columns.length === 0 ? null : columns.join(', '), distance: null };
  const distance = `distance(${quotedName(point.name)}, geom'POINT(${centre[1]} ${centre[0]})')`;
  return { select: `${columns.length === 0 ? '*' : columns.join(', ')}, ${distance} as dist`, distance };
}

/** `-f` ascends, `f` descends. @throws TerroirError query.unknownField */
export function sortKeys(query: Query, fields: KnownFields) {
  return texts(query, 'sort')
    .flatMap((text) => text.split(',').map((key) => key.trim()))
    .filter((key) => key !== '' && key !== '-')
    .map((key) => ({
      field: fieldNamed(fields, key.replace(/^[-+]/, ''), 'sort').name,
      descending: !key.startsWith('-'),
    }));
}

/** The same as ODSQL; null for the order of the file. @throws TerroirError query.unknownField */
export function orderOf(query: Query, fields: KnownFields): string | null {
  const orders = sortKeys(query, fields).map(
    ({ field, descending }) => `${quotedName(field)} ${descending ? 'desc' : 'asc'}`,
  );
  return orders.length === 0 ? null : orders.join(', ');
}

function tableOf(rows: readonly RecordObject[], fields: KnownFields): string {
  const names = rows[0] === undefined ? [...fields.keys()] : Object.keys(rows[0]);
  const cell = (name: string, value: unknown) => {
    const kind = fields.get(name)?.kind;
    if (kind === 'point' && value) {
      const { lat, lon } = value as { lat: number; lon: number };
      return `${lat},${lon}`;
    }
    return value;
  };
  return csvOf([names, ...rows.map((row) => names.map((name) => cell(name, row[name])))]);
}

async function countRows(context: Context, query: Query, opened: Opened, names: readonly string[]) {
  const { version, fields, filters } = opened;
  const { refine, exclude, disjunctive } = filters;
  // What narrows twice by one facet is a condition: facets only widen by theirs.
  const twice = [...Map.groupBy(refine, ({ field }) => field)].filter(
    ([field, chosen]) => chosen.length > 1 && !disjunctive.has(field),
  );
  const kept = { ...filters, refine: twice.flatMap(([, chosen]) => chosen), exclude: [] };
  const sorts = new Map(prefixed(query, 'facetsort.').map(({ field, value }) => [field, value]));
  const facets = names.map((name) => {
    fieldNamed(fields, name, 'facet');
    const sort = sorts.get(name);
    const options = [
      `name=${quoted(name)}`,
      ...(disjunctive.has(name) ? ['disjunctive=true'] : []),
      ...(sort === undefined ? [] : [`sort=${quoted(sort)}`]),
    ];
    return `facet(${options.join(', ')})`;
  });
  const chosen = (list: Filters['refine']) => list.map(({ field, value }) => `${quotedName(field)}:${value}`);
  const where = conditionsOf(kept, fields, lastText(query, 'geo_field'));
  return facetGroups(
    await facetsOfVersion(context, version, {
      ...settingsOf(filters),
      facets,
      ...(where.length > 0 && { where }),
      ...(refine.length > 0 && { refine: chosen(refine) }),
      ...(exclude.length > 0 && { exclude: chosen(exclude) }),
    }),
  );
}

/** /api/datasets/1.0/{id}/records/{rid} @throws TerroirError dataset.*, record.unknown, query.* */
export async function readRow(context: Context, id: string, recordId: string, query: Query) {
  const { dataset, version } = await findVersion(context, id);
  const fields = await fieldsOf(context, version);
  const row = await getRecord(context, dataset.id, recordId, settingsOf(readFilters(query)));
  return recordObject(row, fields, { dataset: dataset.id, number: Number(recordId), timestamp: version.createdAt });
}

/** All the records, a block at a time, as one JSON list: memory holds one block. @throws TerroirError query.*, engine.* */
export async function streamRecords(context: Context, query: Query): Promise<Readable> {
  const opened = await openRows(context, query);
  const { dataset, version, fields, filters, where } = opened;
  const limit = integer(query, 'rows', -1, { min: -1, max: 2 ** 31 });
  const names = texts(query, 'fields').flatMap((text) => text.split(',').map((name) => name.trim()));
  const columns = names
    .filter((name) => name !== '')
    .map((name) => quotedName(fieldNamed(fields, name, 'fields').name));
  const asked = {
    ...settingsOf(filters),
    ...(where.length > 0 && { where }),
    ...(columns.length > 0 && { select: columns.join(', ') }),
  };
  const keys = sortKeys(query, fields);
  const block = (after: number | null, left: number) =>
    recordsAfter(context, version, asked, { keys, after, limit: Math.min(blockRows, left) });
  // Refused before anything is sent.
  const first = await block(null, limit === -1 ? blockRows : limit);
  async function* pieces() {
    yield '[';
    let [page, sent] = [first, 0];
    for (;;) {
      const written = page.results.map((row, i) => {
        const facts = { dataset: dataset.id, number: page.numbers[i] ?? 0, timestamp: version.createdAt };
        return JSON.stringify(recordObject(row, fields, facts));
      });
      if (written.length > 0) yield `${sent > 0 ? ',' : ''}${written.join(',')}`;
      sent += written.length;
      const left = limit === -1 ? blockRows : limit - sent;
      const last = page.numbers.at(-1);
      if (written.length < blockRows || left <= 0 || last === undefined) break;
      page = await block(last, left);
    }
    yield ']';
  }
  return Readable.from(pieces());
}
