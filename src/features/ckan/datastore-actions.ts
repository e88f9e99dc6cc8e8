// Actions about rows: what a resource holds, and its rows a page at a time. There is no datastore_search_sql.
import { TerroirError } from '../../lib/errors.ts';
import type { RecordObject } from '../explore/schemas.ts';
import { findVersion, queryNumbered, queryVersion, type ReadableVersion, recordsAfter } from '../explore/service.ts';
import { columnsOf, type DataQuery, dataType, readDataQuery, toldRecords } from './datastore.ts';
import { type Given, mustText, text } from './given.ts';
import { findPackage } from './package-actions.ts';
import type { Action, Asked } from './site.ts';

/** More are read at once; fewer, page by page, through what is remembered. */
const manyRows = 500;

const searchHelp = `Search a DataStore resource.

:param resource_id: id of the resource (the name of its dataset will do)
:param filters: {"column": value or [values]}
:param q: words to look for, anywhere or {"column": "words"}
:param distinct: return only distinct rows of fields
:param plain: treat as plain text query (default true)
:param language: accepted, changes nothing
:param limit: the most rows to return (default 100, at most 32000)
:param offset: offset this number of rows
:param fields: fields to return (default all)
:param sort: fields with ordering, "fieldname1, fieldname2 desc"
:param include_total: return the total record count (default true)
:param records_format: objects, lists, csv or tsv (default objects)
:rtype: dictionary with keys fields, records, total, _links`;

export const datastoreActions = {
  datastore_search: { help: searchHelp, run: search },
  datastore_info: {
    help: 'Return detailed metadata about a resource.\n\n:param id: id of the resource (the name of its dataset will do)\n:rtype: dictionary with keys meta and fields',
    async run(asked) {
      const name = text(asked.given, 'resource_id') === null ? 'id' : 'resource_id';
      const { id, found } = await resourceOf(asked, name);
      const { dataset, version } = found;
      return {
        meta: {
          id,
          aliases: [dataset.id],
          count: version.rows,
          table_type: 'BASE TABLE',
          size: version.parquetBytes,
          db_size: version.parquetBytes,
          idx_size: 0,
        },
        fields: columnsOf(version).map((column) => ({
          id: column.name,
          type: dataType(column),
          info: { label: column.title },
          schema: {
            native_type: dataType(column),
            notnull: false,
            index_name: null,
            is_index: false,
            uniquekey: false,
          },
        })),
      };
    },
  },
} as const satisfies Readonly<Record<string, Action>>;

/** The version that a resource is made of. @throws TerroirError ckan.field, ckan.notFound, dataset.* */
async function resourceOf(
  asked: Asked,
  name: string,
): Promise<{ readonly id: string; readonly found: ReadableVersion }> {
  const id = mustText(asked.given, name);
  const resource = (await asked.packages()).resources.get(id);
  const one = resource?.package ?? (await findPackage(asked, id).catch(notResource));
  return { id, found: await findVersion(asked.context, one.name) };
}

function notResource(error: unknown): never {
  if (error instanceof TerroirError && error.code === 'dataset.unknown')
    throw new TerroirError('ckan.notFound', { what: 'Resource' });
  throw error;
}

/** The resource that is asked about, and what of it. @throws TerroirError ckan.field, ckan.notFound, dataset.* */
export async function openResource(asked: Asked) {
  const { id, found } = await resourceOf(asked, 'resource_id');
  return { id, found, query: readDataQuery(asked.given, found.version) };
}

export type Row = RecordObject;

/** Rows read at once of a whole resource. */
const blockRows = 1000;

/** The rows that a query finds, block by block, however many. @throws TerroirError query.*, engine.* */
export async function* rowsOfQuery(
  asked: Asked,
  found: ReadableVersion,
  query: DataQuery,
): AsyncGenerator<readonly Row[], void> {
  let { offset, limit: left } = query;
  // Row after row where rows have numbers in the order asked for: each block costs the same.
  const plainly = query.ids === null && !query.distinct && !query.backwards && offset === 0;
  let after: number | null = null;
  while (left > 0) {
    const limit = Math.min(blockRows, left);
    let rows: readonly Row[];
    if (plainly) {
      const page = await recordsAfter(asked.context, found.version, query.query, { keys: query.keys, after, limit });
      rows = numberedRows(page.results, page.numbers);
      after = page.numbers.at(-1) ?? null;
    } else rows = (await recordsOf(asked, found, { ...query, limit, offset })).records;
    yield rows;
    if (rows.length < limit) return;
    offset += rows.length;
    left -= rows.length;
  }
}

async function search(asked: Asked): Promise<unknown> {
  const { given } = asked;
  const { id, found, query } = await openResource(asked);
  const { records, total } = await recordsOf(asked, found, query);
  return {
    include_total: query.total,
    limit: query.limit,
    ...(query.offset > 0 && { offset: query.offset }),
    ...echoed(given),
    records_format: query.format,
    resource_id: id,
    total_estimation_threshold: null,
    records: toldRecords(records, query.columns, query.format),
    fields: query.columns,
    _links: linksOf(given, query),
    ...(query.total && { total, total_was_estimated: false }),
  };
}

type Rows = { readonly records: readonly RecordObject[]; readonly total: number };

async function recordsOf(asked: Asked, { version }: ReadableVersion, query: DataQuery): Promise<Rows> {
  const { context } = asked;
  const { limit, offset } = query;
  if (query.ids !== null) return byIds(asked, { version }, query, query.ids);
  if (query.distinct) {
    const { results, total_count } = await queryVersion(context, version, { ...query.query, limit, offset });
    return { records: results, total: total_count };
  }
  if (!query.backwards && offset === 0 && limit > manyRows) {
    const { results, numbers, total_count } = await recordsAfter(context, version, query.query, {
      keys: query.keys,
      after: null,
      limit,
    });
    return { records: numberedRows(results, numbers), total: total_count };
  }
  if (!query.backwards) {
    const { results, numbers, total_count } = await queryNumbered(context, version, { ...query.query, limit, offset });
    return { records: numberedRows(results, numbers ?? []), total: total_count };
  }
  const { total_count: total } = await queryVersion(context, version, { ...query.query, limit: 0 });
  const end = Math.max(0, total - offset);
  const start = Math.max(0, end - limit);
  const page = { ...query.query, limit: end - start, offset: start };
  const { results, numbers } = await queryNumbered(context, version, page);
  return { records: numberedRows(results, numbers ?? []).toReversed(), total };
}

/** Rows by their numbers: each is where its number says. */
async function byIds(
  { context }: Asked,
  { version }: Pick<ReadableVersion, 'version'>,
  { query, limit, offset, backwards }: DataQuery,
  ids: readonly number[],
): Promise<Rows> {
  const there = [...new Set(ids)].filter((id) => id >= 1 && id <= version.rows).toSorted((a, b) => a - b);
  const wanted = (backwards ? there.toReversed() : there).slice(offset, offset + limit);
  const { order_by: _order, ...plain } = query;
  const records = await Promise.all(
    wanted.map(async (id) => {
      const { results, numbers } = await queryNumbered(context, version, { ...plain, limit: 1, offset: id - 1 });
      return numberedRows(results, numbers ?? []);
    }),
  );
  return { records: records.flat(), total: there.length };
}

function numberedRows(results: readonly RecordObject[], numbers: readonly number[]): readonly RecordObject[] {
  return results.map((record, i) => ({ _id: numbers[i] ?? null, ...record }));
}

/** What was asked is told again. */
function echoed(given: Given): Given {
  const names = ['q', 'filters', 'sort', 'plain', 'language', 'distinct', 'fields'];
  return Object.fromEntries(names.filter((name) => name in given).map((name) => [name, given[name]]));
}

/** The same question from its beginning, and its next page. */
function linksOf(given: Given, { limit, offset }: DataQuery) {
  const address = (from: number) => {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...given, limit, offset: from })) {
      if (name === 'offset' && from === 0) continue;
      parameters.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
    return `/api/3/action/datastore_search?${parameters}`;
  };
  return { start: address(0), next: address(offset + limit) };
}
