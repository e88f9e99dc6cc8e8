// The verbs of exploring: a dataset's records, a record, an export.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import {
  checkExportFormat,
  defaultCsv,
  type ExportedFile,
  exportFile,
  removeExports,
} from '../../data/export/export.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { exportSelect, type OutputColumn, planRecords } from '../../data/query/plan.ts';
import { columnsOf } from '../../data/query/stored-version.ts';
import type { QueryTexts } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { getDataset, getVersion } from '../catalog/service.ts';
import { readerOf, storedVersion } from './reader.ts';
import { type ExportQuery, limits, type RecordObject, type RecordsAnswer, type RecordsQuery } from './schemas.ts';

export { type Query, readExportQuery, readPage, readRecordsQuery, texts } from './parameters.ts';

/** Exports kept on disk, in bytes. */
const exportCacheBytes = 4 * 1024 ** 3;

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
  return {
    total_count: total ?? (await reader.count(stored, plan)),
    results: rows.map((row) => recordOf(plan.columns, row)),
  };
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
      version: stored.key,
      format: known,
      csv: { ...defaultCsv, ...query.csv },
      compression: query.compression ?? 'snappy',
      columns: columns.map(({ name, kind }) => ({ name, kind, label: labels.get(name) ?? name })),
      select: (wrap) => exportSelect(stored, tree, (column, sql) => wrap(column.kind, sql), limit),
      stored: whole ? stored.dataPath : null,
    },
    // The one large child: an export of everything must not hold up those who look at a page.
    context.ingest,
    { folder: exportFolder(context), maxBytes: exportCacheBytes },
  );
  return { ...file, ...found };
}

function exportFolder(context: Context): string {
  return join(context.files.root, 'exports');
}

/** Forgets the rows of a version that were read, and deletes its exports: what was purged is nowhere any more. */
export async function forgetVersion(context: Context, key: string): Promise<void> {
  readerOf(context.tables).forget(key);
  await removeExports(exportFolder(context), key);
}

function textsOf({ select, where = [], order_by }: RecordsQuery): QueryTexts {
  return {
    ...(select !== undefined && { select }),
    where: typeof where === 'string' ? [where] : where,
    ...(order_by !== undefined && { orderBy: order_by }),
  };
}

function recordOf(columns: readonly OutputColumn[], row: readonly unknown[]): RecordObject {
  const record: Record<string, unknown> = {};
  for (const [i, { name, kind }] of columns.entries()) {
    const value = row[i] ?? null;
    // A shape is a feature of its own in this API.
    record[name] = kind === 'shape' && value !== null ? { type: 'Feature', geometry: value, properties: {} } : value;
  }
  return record;
}
