// The verbs of exploring: a dataset's records, a record, an export, and the catalogue as the Explore API shows it.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { checkExportFormat, defaultCsv, type ExportedFile, exportFile } from '../../data/export/export.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { exportSelect, planRecords, type RecordsPlan } from '../../data/query/plan.ts';
import { columnsOf, openStoredVersion, type StoredVersion } from '../../data/query/stored-version.ts';
import type { Node, QueryTexts } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { getDataset, getVersion, listDatasets, searchCatalog } from '../catalog/service.ts';
import { BlockCache, rowsBytes } from './block-cache.ts';
import { type ExportQuery, limits, type RecordObject, type RecordsAnswer, type RecordsQuery } from './schemas.ts';

/** Rows kept in memory for the next reader, and exports kept on disk. */
const cacheBytes = 48 * 1024 * 1024;
const exportCacheBytes = 4 * 1024 ** 3;
/** About how many values are read at once, more than a page: the next pages are then in memory. */
const blockValues = 6000;

/** A version of a dataset that the actor may read. */
export type ReadableVersion = { readonly dataset: Dataset; readonly version: Version };

/**
 * The version a query is about. The catalogue asks permission: a draft is unknown to all but the operator.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, version.unknown
 */
export async function findVersion(context: Context, id: string, number?: number): Promise<ReadableVersion> {
  const dataset = await getDataset(context, id);
  const version =
    number === undefined || number === dataset.version?.number
      ? dataset.version
      : await getVersion(context, id, number);
  if (version === null) throw new TerroirError('dataset.unknown', { id });
  return { dataset, version };
}

/** Names an answer: the same version asked the same question always answers the same bytes. */
export function answerTag(version: Version, question: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([version.key, question]))
    .digest('base64url')
    .slice(0, 27);
}

/**
 * The records that a query selects, in the words of the Explore API. Points are {lon, lat}, dates "YYYY-MM-DD", moments
 * ISO 8601 with offset.
 * @throws TerroirError dataset.*, version.unknown, query.*, engine.*
 */
export async function queryRecords(context: Context, id: string, query: RecordsQuery): Promise<RecordsAnswer> {
  const { version } = await findVersion(context, id, query.version);
  return queryVersion(context, version, query);
}

/** The same for a version that findVersion gave. */
export async function queryVersion(context: Context, version: Version, query: RecordsQuery): Promise<RecordsAnswer> {
  const stored = await storedVersion(context, version);
  const plan = planRecords(stored, parseQuery(textsOf(query)));
  const { limit = limits.defaultLimit, offset = 0 } = query;
  const reader = readerOf(context.tables);
  const { rows, total } = await reader.rows(stored, query, plan, { offset, limit });
  const names = plan.columns.map((column) => column.name);
  return { total_count: total ?? (await reader.count(stored, plan)), results: rows.map((row) => recordOf(names, row)) };
}

/**
 * One record by its number in the file: 1 is the first below the header.
 * @throws TerroirError record.unknown, dataset.*, version.unknown, query.*, engine.*
 */
export async function getRecord(
  context: Context,
  id: string,
  recordId: string,
  query: RecordsQuery,
): Promise<RecordObject> {
  const { version } = await findVersion(context, id, query.version);
  const number = /^\d{1,15}$/.test(recordId) ? Number(recordId) : 0;
  if (number < 1 || number > version.rows) throw new TerroirError('record.unknown', { id: recordId, dataset: id });
  const { select } = query;
  const { results } = await queryVersion(context, version, {
    ...(select !== undefined && { select }),
    limit: 1,
    offset: number - 1,
  });
  const [record] = results;
  if (record === undefined) throw new TerroirError('record.unknown', { id: recordId, dataset: id });
  return record;
}

/**
 * A file of all the rows that a query selects; made once, then kept for a while.
 * @throws TerroirError export.formatUnknown, dataset.*, version.unknown, query.*, engine.*, disk.full
 */
export async function exportDataset(
  context: Context,
  id: string,
  format: string,
  query: ExportQuery,
): Promise<ExportedFile & ReadableVersion> {
  const found = await findVersion(context, id, query.version);
  const known = checkExportFormat(format);
  const stored = await storedVersion(context, found.version);
  const tree = parseQuery(textsOf(query));
  const { limit = null } = query;
  const { columns } = exportSelect(stored, tree, (_column, sql) => sql, limit);
  const labels = new Map(columnsOf(stored).map((column) => [column.name, column.title]));
  const whole = tree.select === null && tree.where === null && tree.orderBy.length === 0 && limit === null;
  const file = await exportFile(
    {
      key: JSON.stringify([stored.key, tree, limit]),
      format: known,
      csv: { ...defaultCsv, ...query.csv },
      compression: query.compression ?? 'snappy',
      columns: columns.map(({ name, kind }) => ({ name, kind, label: labels.get(name) ?? name })),
      select: (wrap) => exportSelect(stored, tree, (column, sql) => wrap(column.kind, sql), limit),
      stored: whole ? stored.dataPath : null,
    },
    // The one large child: an export of everything must not hold up those who look at a page.
    context.ingest,
    { folder: join(context.files.root, 'exports'), maxBytes: exportCacheBytes },
  );
  return { ...file, ...found };
}

/**
 * A page of the catalogue: every dataset with its fields. `where` is quoted full text.
 * @throws TerroirError query.*
 */
export async function listForApi(
  context: Context,
  query: { readonly where: readonly string[]; readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly datasets: readonly Dataset[] }> {
  const { limit, offset } = query;
  const tree = parseQuery({ where: query.where });
  if (tree.where === null) return listDatasets(context, { limit, offset });
  const q = catalogueWords(tree.where);
  if (limit === 0) {
    const none = await searchCatalog(context, { q, selected: {}, sort: 'relevance', page: 1, pageSize: 1 });
    return { total: none.total, datasets: [] };
  }
  // The catalogue answers whole pages: an offset inside one takes the end of it and the beginning of the next.
  const page = Math.floor(offset / limit) + 1;
  const search = (number: number) =>
    searchCatalog(context, { q, selected: {}, sort: 'relevance', page: number, pageSize: limit });
  const pages = offset % limit === 0 ? [await search(page)] : await Promise.all([search(page), search(page + 1)]);
  const ids = pages
    .flatMap((p) => p.datasets.map((dataset) => dataset.id))
    .slice(offset % limit, (offset % limit) + limit);
  const datasets = await Promise.all(ids.map((id) => getDataset(context, id)));
  return { total: pages[0]?.total ?? 0, datasets };
}

/** The words of a condition on the catalogue. @throws TerroirError query.unknownField for anything else than full text */
function catalogueWords(node: Node): string {
  if (node.kind === 'text') return node.value;
  if (node.kind === 'and') return node.items.map(catalogueWords).join(' ');
  const text =
    node.kind === 'call' && (node.name === 'search' || node.name === 'suggest') ? node.args.at(-1) : undefined;
  if (text?.kind === 'text') return text.value;
  const field = node.kind === 'compare' && node.left.kind === 'field' ? node.left.name : node.kind;
  throw new TerroirError('query.unknownField', { name: field, clause: 'where' });
}

function textsOf({ select, where = [], order_by }: RecordsQuery): QueryTexts {
  return {
    ...(select !== undefined && { select }),
    where: typeof where === 'string' ? [where] : where,
    ...(order_by !== undefined && { orderBy: order_by }),
  };
}

function recordOf(names: readonly string[], row: readonly unknown[]): RecordObject {
  const record: Record<string, unknown> = {};
  for (let i = 0; i < names.length; i++) record[names[i] as string] = row[i];
  return record;
}

type Range = { readonly offset: number; readonly limit: number };

type Rows = readonly (readonly unknown[])[];

type Reader = {
  readonly versions: Map<string, Promise<StoredVersion>>;
  /** The rows of a page; the total when it is known without counting. */
  rows(
    version: StoredVersion,
    query: RecordsQuery,
    plan: RecordsPlan,
    range: Range,
  ): Promise<{ readonly rows: Rows; readonly total: number | null }>;
  count(version: StoredVersion, plan: RecordsPlan): Promise<number>;
};

/** One reader, with its cache, per engine: it lives and dies with it. */
const readers = new WeakMap<TableEngine, Reader>();

function readerOf(tables: TableEngine): Reader {
  const known = readers.get(tables);
  if (known !== undefined) return known;
  const reader = openReader(tables);
  readers.set(tables, reader);
  return reader;
}

function openReader(tables: TableEngine): Reader {
  const cache = new BlockCache(cacheBytes);
  const questionOf = (version: StoredVersion, { select, where, order_by }: RecordsQuery) =>
    JSON.stringify([version.key, select, where, order_by]);

  const block = (question: string, plan: RecordsPlan, range: Range) =>
    cache.get(
      `${question}@${range.offset}+${range.limit}`,
      async () => (await tables.run([plan.page(range.offset, range.limit)]))[0]?.rows ?? [],
      rowsBytes,
    );

  return {
    versions: new Map(),
    async rows(version, query, plan, { offset, limit }) {
      const { total } = plan;
      if (limit === 0 || (total !== null && offset >= total)) return { rows: [], total };
      const size = blockSize(plan);
      const question = questionOf(version, query);
      const first = Math.floor(offset / size);
      const last = Math.floor((offset + limit - 1) / size);
      const numbers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      const blocks = await Promise.all(numbers.map((n) => block(question, plan, { offset: n * size, limit: size })));
      const rows = blocks.flat().slice(offset - first * size, offset - first * size + limit);
      // A block that is not full is the end: nothing needs to be counted.
      const end = blocks.findIndex((b) => b.length < size);
      const ended = end !== -1 && (end > 0 || first === 0 || (blocks[end]?.length ?? 0) > 0);
      return { rows, total: total ?? (ended ? (first + end) * size + (blocks[end]?.length ?? 0) : null) };
    },
    count: (version, plan) =>
      cache.get(
        `count ${version.key} ${plan.countKey}`,
        async () => Number((await tables.run([plan.count()]))[0]?.rows[0]?.[0] ?? 0),
        () => 8,
      ),
  };
}

/** Rows read at once: several pages of a narrow table, one of a wide one. */
function blockSize(plan: RecordsPlan): number {
  const rows = Math.floor(blockValues / Math.max(1, plan.columns.length) / 100) * 100;
  return Math.min(500, Math.max(100, rows));
}

/** Versions never change: each is looked at once. */
function storedVersion(context: Context, version: Version): Promise<StoredVersion> {
  const { versions } = readerOf(context.tables);
  const known = versions.get(version.key);
  if (known !== undefined) return known;
  const opening = openStoredVersion(version, context.files.versionFolder(version.key), context.tables);
  if (versions.size >= 1000) versions.delete(versions.keys().next().value ?? '');
  versions.set(version.key, opening);
  opening.catch(() => versions.delete(version.key));
  return opening;
}
