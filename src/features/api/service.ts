// The verbs of our own API, reading side: datasets, records, aggregates, files, citations. The catalogue asks permission first.
import type { Context } from '../../context.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { getVersion, searchCatalog } from '../catalog/service.ts';
import {
  answerVersion,
  columnsOfVersion,
  communeFilter,
  exportDataset,
  findVersion,
  type ReadableVersion,
  readExportQuery,
  recordsAfter,
} from '../explore/service.ts';
import { type ApiColumn, type Query, textsOf } from './filters.ts';
import { cursorAfter, orderText, readFile, readGroups, readRecords, readVersion } from './parameters.ts';
import type { AggregatesAnswer, DatasetList, RecordsPage } from './schemas.ts';

export const listLimits = { usual: 20, most: 100 } as const;

/** Published datasets that words find, most relevant first; by page. */
export async function listDatasets(
  context: Context,
  { q, page, limit }: { readonly q: string; readonly page: number; readonly limit: number },
): Promise<DatasetList> {
  const sort = q === '' ? 'recent' : 'relevance';
  const found = await searchCatalog(context, { q, selected: {}, sort, page, pageSize: limit });
  const more = page * limit < found.total;
  return {
    total: found.total,
    datasets: found.datasets.map((dataset) => ({
      id: dataset.id,
      title: dataset.title,
      description: dataset.description,
      organization: dataset.organization,
      licence: dataset.licence,
      theme: dataset.theme,
      keywords: dataset.keywords,
      rows: dataset.rows,
      places: dataset.hasGeometry,
      modifiedAt: dataset.modifiedAt.toISOString(),
      url: urls.apiDataset(dataset.id),
    })),
    next: more ? withQuery(urls.apiDatasets(), { q, limit, cursor: cursorAfter(page) }) : null,
  };
}

/** A dataset, one of its versions, and the columns that a query on it may name. */
export type Asked = ReadableVersion & { readonly columns: readonly ApiColumn[] };

/**
 * The query with `commune` as a filter of the column that tells communes, whatever it is called; as it is where none does.
 */
export async function withCommuneFilter(context: Context, { version }: Asked, query: Query): Promise<Query> {
  if (query['commune'] === undefined) return query;
  const filter = await communeFilter(context, version.fields, query['commune']);
  if (filter === null) return query;
  const { commune: _commune, ...rest } = query;
  const name = `${filter.column}__eq`;
  return { ...rest, [name]: [...textsOf(query[name]), ...filter.values] };
}

/** @throws TerroirError dataset.*, version.*, query.outOfRange */
export async function openAsked(context: Context, id: string, query: Query): Promise<Asked> {
  const number = readVersion(query);
  const found = await findVersion(context, id, number ?? undefined);
  return { ...found, columns: await columnsOfVersion(context, found.version) };
}

/**
 * A page of records, and the address of the next one, which stays in the same version.
 * @throws TerroirError api.*, query.*, engine.*
 */
export async function readRecordsPage(
  context: Context,
  { dataset, version, columns }: Asked,
  query: Query,
): Promise<RecordsPage> {
  const { where, select, sort, limit, after } = readRecords(query, columns);
  const { total_count, results, numbers } = await recordsAfter(
    context,
    version,
    { where, ...(select !== null && { select }), ...settingsOf(query) },
    // One more than asked tells whether there is a next page.
    { keys: sort, after, limit: limit + 1 },
  );
  const last = results.length > limit ? (numbers[limit - 1] ?? null) : null;
  return {
    dataset: dataset.id,
    version: version.number,
    total: total_count,
    records: results.slice(0, limit),
    next: last === null ? null : nextUrl(urls.apiRecords(dataset.id), query, version, last),
  };
}

/** Groups with what is reckoned of each. @throws TerroirError api.*, query.*, engine.* */
export async function readAggregates(
  context: Context,
  { dataset, version, columns }: Asked,
  query: Query,
): Promise<AggregatesAnswer> {
  const { where, select, groupBy, orderBy, parts, limit, offset } = readGroups(query, columns);
  const { results } = await answerVersion(context, version, {
    where,
    select,
    ...(groupBy !== null && { group_by: groupBy }),
    ...(orderBy !== null && { order_by: orderBy }),
    ...settingsOf(query),
    limit: limit + 1,
    offset,
  });
  const more = results.length > limit;
  return {
    dataset: dataset.id,
    version: version.number,
    results: results.slice(0, limit).map((row) => ({ ...row, ...numbersOf(row, parts) })),
    next: more ? nextUrl(urls.apiAggregates(dataset.id), query, version, offset + limit) : null,
  };
}

function numbersOf(row: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, row[name] === null ? null : Number(row[name])]));
}

/** The file of all the records that the filters keep. @throws TerroirError export.*, api.*, query.*, engine.* */
export async function readExport(
  context: Context,
  { dataset, version, columns }: Asked,
  { format, query, site }: { readonly format: string; readonly query: Query; readonly site: string },
) {
  const { where, select, sort } = readFile(query, columns);
  const { limit, csv, compression, gpx, epsg } = readExportQuery(query);
  return exportDataset(context, dataset.id, format, {
    where,
    ...(select !== null && { select }),
    ...(sort.length > 0 && { order_by: orderText(sort) }),
    ...settingsOf(query),
    ...(limit !== undefined && { limit }),
    ...(csv !== undefined && { csv }),
    ...(compression !== undefined && { compression }),
    ...(gpx !== undefined && { gpx }),
    ...(epsg !== undefined && { epsg }),
    version: version.number,
    site,
  });
}

/** @throws TerroirError dataset.*, version.unknown, version.purged */
export async function openVersion(
  context: Context,
  id: string,
  number: number,
): Promise<{ dataset: Dataset; version: Version }> {
  const { dataset } = await findVersion(context, id);
  return { dataset, version: await getVersion(context, id, number) };
}

function settingsOf(query: Query): { readonly timezone?: string; readonly lang?: string } {
  const { timezone, lang } = readExportQuery({ timezone: query['timezone'], lang: query['lang'] });
  return { ...(timezone !== undefined && { timezone }), ...(lang !== undefined && { lang }) };
}

function nextUrl(path: string, query: Query, version: Version, after: number): string {
  const kept = Object.fromEntries(
    Object.entries(query).filter(
      ([name]) => name !== 'cursor' && name !== 'version' && name.toLowerCase() !== 'apikey',
    ),
  ) as Readonly<Record<string, string | readonly string[]>>;
  return withQuery(path, { ...kept, version: version.number, cursor: cursorAfter(after) });
}
