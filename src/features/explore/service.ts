// The verbs of exploring: a dataset's records, a record, an export.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { type ExportedFile, exportFile, removeExports } from '../../data/export/export.ts';
import { checkExportFormat } from '../../data/export/formats.ts';
import { afterRow, type SortKey } from '../../data/query/after.ts';
import { recordOf } from '../../data/query/answer.ts';
import { type Facet, planFacet, readFacet } from '../../data/query/facets.ts';
import { kinds } from '../../data/query/kinds.ts';
import { parseQuery } from '../../data/query/parse.ts';
import { planRecords, type RecordsPlan } from '../../data/query/plan.ts';
import { conditionOf } from '../../data/query/q-language.ts';
import { both, readRefinements, refinementCondition } from '../../data/query/refinements.ts';
import { resolveTree } from '../../data/query/resolve.ts';
import { type QuerySettings, usualSettings } from '../../data/query/settings.ts';
import { type Column, columnsOf, type StoredVersion } from '../../data/query/stored-version.ts';
import type { QueryTexts, QueryTree } from '../../data/query/tree.ts';
import { TerroirError } from '../../lib/errors.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import { getDataset, getVersion } from '../catalog/service.ts';
import { facetFields } from './choices.ts';
import { exportRequest } from './export-request.ts';
import { readerOf, storedVersion } from './reader.ts';
import {
  type ExportQuery,
  type FacetsQuery,
  limits,
  type RecordObject,
  type RecordsAnswer,
  type RecordsQuery,
} from './schemas.ts';
import { removeWords, wordsFor } from './words.ts';

export { facetFields, readChoices, readVersion, whereOf } from './choices.ts';
export { communeFilter, withCommune } from './communes.ts';
export {
  type Query,
  readExportQuery,
  readFacetsQuery,
  readRecordQuery,
  readRecordsQuery,
  texts,
} from './parameters.ts';
export { chartOf, placesOf } from './views.ts';

/** Exports kept on disk, in bytes. */
const exportCacheBytes = 4 * 1024 ** 3;

/** Facets of one question: each is a scan. */
const mostFacets = 30;

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

/** Names an answer: the same version asked the same question always answers the same bytes, unless it asks what time it is. */
export function answerTag(context: Context, version: Version, question: unknown): string {
  const text = JSON.stringify(question);
  const moment = /\bnow\s*\(/i.test(text) ? context.now().getTime() : null;
  return createHash('sha256')
    .update(JSON.stringify([version.key, text, moment]))
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
  const { stored, tree, settings } = await openQuery(context, version, query);
  const plan = planRecords(stored, tree, settings);
  const { rows, total } = await rowsOf(context, stored, plan, query);
  return {
    total_count: total ?? (await readerOf(context.tables).count(stored, plan)),
    results: rows.map((row) => recordOf(plan, row)),
  };
}

/** The same as the Explore API answers it: groups are not counted. */
export async function answerVersion(
  context: Context,
  version: Version,
  query: RecordsQuery,
): Promise<RecordsAnswer | Pick<RecordsAnswer, 'results'>> {
  if (query.group_by === undefined) return queryVersion(context, version, query);
  const { stored, tree, settings } = await openQuery(context, version, query);
  const plan = planRecords(stored, tree, settings);
  const { rows } = await rowsOf(context, stored, plan, query);
  return { results: rows.map((row) => recordOf(plan, row)) };
}

/** The row's number as the engine counts it, from 0; no field has such a name. */
const rowNumber = 'file_row_number';

/**
 * The same with the number of each record in its file, from 1, for the interfaces that name records; null of what is no
 * record: groups and aggregates.
 */
export async function queryNumbered(
  context: Context,
  version: Version,
  query: RecordsQuery,
): Promise<RecordsAnswer & { readonly numbers: readonly number[] | null }> {
  const opened = await openQuery(context, version, query);
  const { stored, tree, settings } = opened;
  const plain = planRecords(stored, tree, settings);
  if (plain.grouped || plain.aggregated) {
    const { rows, total } = await rowsOf(context, stored, plain, query);
    const results = rows.map((row) => recordOf(plain, row));
    return { total_count: total ?? rows.length, results, numbers: null };
  }
  const plan = numberedPlan(opened);
  const { rows, total } = await rowsOf(context, stored, plan, query);
  return {
    total_count: total ?? (await readerOf(context.tables).count(stored, plain)),
    ...numberedRecords(plan, rows),
  };
}

/** Records with their numbers in their last column. */
function numberedPlan({ stored, tree, settings }: OpenQuery): RecordsPlan {
  const numbered = {
    ...stored,
    made: [...stored.made, { name: rowNumber, title: rowNumber, type: 'integer' as const }],
  };
  const node = { kind: 'field', at: 0, name: rowNumber } as const;
  // `*` has it already, and so has what exclude() alone leaves.
  const has = tree.select === null || tree.select.every((item) => item.kind === 'pattern' && !item.keeps);
  const item = { kind: 'value', node, alias: null, written: rowNumber } as const;
  return planRecords(numbered, has ? tree : { ...tree, select: [...(tree.select ?? []), item] }, settings);
}

function numberedRecords(plan: RecordsPlan, rows: readonly (readonly unknown[])[]) {
  const records = rows.map((row) => recordOf(plan, row));
  return {
    results: records.map(({ [rowNumber]: _number, ...record }) => record),
    numbers: records.map((record) => Number(record[rowNumber]) + 1),
  };
}

/** Records in an order, from the one after a given number on. */
export type PageAfter = { readonly keys: readonly SortKey[]; readonly after: number | null; readonly limit: number };

/**
 * The records after the one of number `after` (from 1) in the order of `keys`: readers come through any size, each page
 * costing the same. The total is that of the conditions alone.
 * @throws TerroirError query.*, engine.*
 */
export async function recordsAfter(
  context: Context,
  version: Version,
  query: Pick<RecordsQuery, 'select' | 'where' | 'timezone' | 'lang'>,
  { keys, after, limit }: PageAfter,
): Promise<RecordsAnswer & { readonly numbers: readonly number[] }> {
  const orderBy = keys.map(({ field, descending }) => `\`${field}\` ${descending ? 'desc' : 'asc'}`).join(', ');
  const opened = await openQuery(context, version, { ...query, ...(orderBy !== '' && { order_by: orderBy }) });
  const { stored, tree, settings } = opened;
  const whole = planRecords(stored, tree, settings);
  // In the file's own order the next rows are known by their numbers.
  const plainly = after === null || (tree.where === null && keys.length === 0);
  const where = plainly ? tree.where : both(tree.where, afterRow(stored, keys, after - 1));
  const plan = numberedPlan({ ...opened, tree: { ...tree, where } });
  const reader = readerOf(context.tables);
  const rows = await reader.exactly(stored, plan, { offset: plainly ? (after ?? 0) : 0, limit });
  return {
    total_count: whole.total ?? (await reader.count(stored, whole)),
    ...numberedRecords(plan, rows),
  };
}

/** The columns that a query on a version may name, those made of its places too. */
export async function columnsOfVersion(context: Context, version: Version): Promise<readonly Column[]> {
  return columnsOf(await storedVersion(context, version));
}

function rowsOf(context: Context, stored: StoredVersion, plan: RecordsPlan, { limit, offset = 0 }: RecordsQuery) {
  const most = limit ?? (plan.grouped ? limits.maxGroups : limits.defaultLimit);
  return readerOf(context.tables).rows(stored, plan, { offset, limit: most });
}

type OpenQuery = { readonly stored: StoredVersion; readonly tree: QueryTree; readonly settings: QuerySettings };

/** A query checked and ready to be planned: refinements are conditions, what must be looked for is found. */
async function openQuery(context: Context, version: Version, query: RecordsQuery): Promise<OpenQuery> {
  const stored = await storedVersion(context, version);
  const settings = settingsOf(context, query);
  const parsed = parseQuery(textsOf(query, columnsOf(stored)));
  const refined = both(parsed.where, refinementCondition(readRefinements(stored, query)));
  const tree = { ...parsed, where: refined };
  // Refused before anything is looked for.
  planRecords(stored, tree, settings);
  const words = await wordsFor(context, stored, tree);
  const resolver = {
    version: stored,
    tables: context.tables,
    cache: readerOf(context.tables).found,
    settings,
    ...(words !== undefined && { words }),
  };
  return { stored, settings, tree: await resolveTree(tree, resolver) };
}

/**
 * How many rows hold each value of some fields, with what is refined and excluded said; values below others where they
 * are dates or paths. Fields that are worth it when none is asked for.
 * @throws TerroirError dataset.*, version.unknown, query.*, engine.*
 */
export async function queryFacets(context: Context, id: string, query: FacetsQuery): Promise<readonly Facet[]> {
  const { version } = await findVersion(context, id, query.version);
  return facetsOfVersion(context, version, query);
}

/** The same for a version that findVersion gave. */
export async function facetsOfVersion(
  context: Context,
  version: Version,
  query: FacetsQuery,
): Promise<readonly Facet[]> {
  const { facets = [], refine, exclude, ...conditions } = query;
  const names =
    facets.length > 0 ? facets : facetFields(version.fields, version.profiles).map(({ name }) => `\`${name}\``);
  if (names.length > mostFacets) throw new TerroirError('query.tooManyValues', { max: mostFacets, clause: 'facet' });
  const specs = names.map(readFacet);
  const { stored, tree, settings } = await openQuery(context, version, conditions);
  const refinements = readRefinements(stored, { ...(refine && { refine }), ...(exclude && { exclude }) });
  const plans = specs.map((spec) => planFacet(stored, spec, { where: tree.where, refinements, settings }));
  const reader = readerOf(context.tables);
  return Promise.all(
    plans.map(async ({ plan, limit, read }) => read((await reader.rows(stored, plan, { offset: 0, limit })).rows)),
  );
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
  const { select, timezone, lang } = query;
  const { results } = await queryVersion(context, version, {
    ...(select !== undefined && { select }),
    ...(timezone !== undefined && { timezone }),
    ...(lang !== undefined && { lang }),
    limit: 1,
    offset: number - 1,
  });
  const [record] = results;
  if (record === undefined) throw new TerroirError('record.unknown', { id: recordId, dataset: id });
  return record;
}

/**
 * A file of all the rows that a query selects; made once, then kept for a while.
 * @throws TerroirError export.*, dataset.*, version.unknown, query.*, engine.*, disk.full
 */
export async function exportDataset(
  context: Context,
  id: string,
  format: string,
  query: ExportQuery,
): Promise<ExportedFile & ReadableVersion> {
  const found = await findVersion(context, id, query.version);
  const known = checkExportFormat(format);
  const opened = await openQuery(context, found.version, query);
  const file = await exportFile(
    exportRequest({ ...opened, dataset: found.dataset, format: known, query }),
    // The one large child: an export of everything must not hold up those who look at a page.
    context.ingest,
    { folder: exportFolder(context), maxBytes: exportCacheBytes },
  );
  return { ...file, ...found };
}

function exportFolder(context: Context): string {
  return join(context.files.root, 'exports');
}

/** Forgets the rows of a version that were read, and deletes its exports and its words: what was purged is nowhere any more. */
export async function forgetVersion(context: Context, key: string): Promise<void> {
  readerOf(context.tables).forget(key);
  await removeWords(context, key);
  await removeExports(exportFolder(context), key);
}

function textsOf(
  { select, where = [], qv1 = [], group_by, order_by }: RecordsQuery,
  columns: readonly Column[],
): QueryTexts {
  const fields = new Map(columns.map(({ name, type }) => [name, { name, kind: kinds[type] }]));
  const words = qv1.map((text) => conditionOf(text, fields)).filter((condition) => condition !== null);
  return {
    ...(select !== undefined && { select }),
    where: [...(typeof where === 'string' ? [where] : where), ...words],
    ...(group_by !== undefined && { groupBy: group_by }),
    ...(order_by !== undefined && { orderBy: order_by }),
  };
}

function settingsOf(context: Context, { timezone, lang }: RecordsQuery): QuerySettings {
  const usual = usualSettings();
  return { now: context.now(), timezone: timezone ?? usual.timezone, lang: lang ?? usual.lang };
}
