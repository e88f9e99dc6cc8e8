// The verbs of the OGC interfaces: a dataset as a collection, its features page by page, one feature.
import type { Context } from '../../context.ts';
import { answersOf, readAnswer } from '../../data/query/answer-cache.ts';
import { compileCql2 } from '../../data/query/cql2-compile.ts';
import { featureCount, featurePage } from '../../data/query/feature-plan.ts';
import { type FeatureTable, featureTable } from '../../data/query/feature-table.ts';
import { fromDegrees, moved } from '../../data/query/spatial-crs.ts';
import { findPlaces, placeGeometry } from '../../data/query/spatial-found.ts';
import { FoundCache } from '../../data/query/spatial-found-cache.ts';
import { openStoredVersion } from '../../data/query/stored-version.ts';
import { TerroirError } from '../../lib/errors.ts';
import { apart } from '../../lib/request-scope.ts';
import type { Dataset, Version } from '../../model/dataset.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { getDataset, getVersion, listDatasets } from '../catalog/service.ts';
import type { Collection, Feature, ItemsAnswer, ItemsQuery } from './schemas.ts';

/** Rows found by spatial tests and counts, kept in memory. */
const foundBytes = 24 * 1024 * 1024;
const keptTables = 1000;
/** Features read at once; a page of heavy shapes ends early, with a next one. */
const batchRows = 1000;
const pagePositions = 400_000;

type Memory = { readonly tables: Map<string, Promise<FeatureTable>>; readonly found: FoundCache };

/** What is remembered lives and dies with the engine. */
const memories = new WeakMap<TableEngine, Memory>();

function memoryOf(tables: TableEngine): Memory {
  const known = memories.get(tables) ?? { tables: new Map(), found: new FoundCache(foundBytes) };
  memories.set(tables, known);
  return known;
}

/**
 * A page of the datasets that have data, most recently modified first.
 * @throws TerroirError permission.denied
 */
export async function listCollections(
  context: Context,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly total: number; readonly datasets: readonly (Dataset & { readonly version: Version })[] }> {
  const { total, datasets } = await listDatasets(context, page);
  return { total, datasets: datasets.filter(hasVersion) };
}

function hasVersion(dataset: Dataset): dataset is Dataset & { readonly version: Version } {
  return dataset.version !== null;
}

/**
 * A dataset's current version, or a given one, as a table of features. The catalogue asks permission.
 * @throws TerroirError dataset.unknown, dataset.withdrawn, version.unknown, version.purged, engine.*
 */
export async function openCollection(context: Context, id: string, number?: number): Promise<Collection> {
  const dataset = await getDataset(context, id);
  const version =
    number === undefined || number === dataset.version?.number
      ? dataset.version
      : await getVersion(context, id, number);
  if (version === null) throw new TerroirError('dataset.unknown', { id });
  return { dataset, version, table: await tableOf(context, version) };
}

/** Versions never change: each one's files are looked at once. */
function tableOf(context: Context, version: Version): Promise<FeatureTable> {
  const { tables } = memoryOf(context.tables);
  const known = tables.get(version.key);
  if (known !== undefined) return known;
  const opening = apart(() =>
    openStoredVersion(version, context.files.versionFolder(version.key), context.tables).then(featureTable),
  );
  if (tables.size >= keptTables) tables.delete(tables.keys().next().value ?? '');
  tables.set(version.key, opening);
  opening.catch(() => tables.delete(version.key));
  return opening;
}

/**
 * The features that a query selects.
 * @throws TerroirError query.*, filter.*, engine.*
 */
export async function readItems(context: Context, { table }: Collection, query: ItemsQuery): Promise<ItemsAnswer> {
  const { found: cache } = memoryOf(context.tables);
  const { filter } = query;
  // Refused before anything is read.
  if (filter !== null) compileCql2(filter, table, () => '?');
  const found = filter === null ? null : await findPlaces(filter, table, context.tables, cache);
  const counting =
    filter === null
      ? Promise.resolve(table.stored.rows)
      : cache
          .get(table.stored.key, `count ${JSON.stringify(filter)}`, async () => {
            const [answer] = await context.tables.run([featureCount(table, filter, found)]);
            return String(answer?.rows[0]?.[0] ?? 0);
          })
          .then(Number);
  const reading = readPage(context, table, query, (page) => featurePage(table, { ...query, found }, page));
  const [matched, { rows, more }] = await Promise.all([counting, reading]);
  const last = rows.at(-1)?.[0];
  return {
    matched,
    features: rows.map((row) => featureOf(row, table, query)),
    next:
      more && typeof last === 'number'
        ? { offset: query.offset + rows.length, after: query.order.length === 0 ? last : null }
        : null,
  };
}

type Row = readonly unknown[];

/** Reads until the page is full, or heavy; tells whether there is more. */
async function readPage(
  context: Context,
  table: FeatureTable,
  query: ItemsQuery,
  statement: (page: { limit: number; offset: number; after: number | null }) => ReturnType<typeof featurePage>,
): Promise<{ readonly rows: readonly Row[]; readonly more: boolean }> {
  const rows: Row[] = [];
  let positions = 0;
  const light = table.geometry?.kind !== 'shape' || !query.geometry;
  for (;;) {
    // One more than the page: then it is known whether another follows.
    const wanted = query.limit + 1 - rows.length;
    const limit = light ? wanted : Math.min(wanted, batchRows);
    const last = rows.at(-1)?.[0] as number | undefined;
    const inOrder = query.order.length === 0;
    const { rows: batch } = await readAnswer(
      context.tables,
      table.stored.key,
      statement({
        limit,
        offset: query.offset + rows.length,
        after: inOrder ? (last ?? query.after) : null,
      }),
    );
    for (const row of batch) {
      if (rows.length === query.limit || (positions > pagePositions && rows.length > 0)) return { rows, more: true };
      rows.push(row);
      if (!light) positions += positionsIn(row.at(-1));
    }
    if (batch.length < limit) return { rows, more: false };
  }
}

function positionsIn(value: unknown): number {
  if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return 1;
    return value.reduce<number>((sum, part) => sum + positionsIn(part), 0);
  }
  if (typeof value !== 'object' || value === null) return 0;
  return 'coordinates' in value
    ? positionsIn(value.coordinates)
    : 'geometries' in value
      ? positionsIn(value.geometries)
      : 0;
}

function featureOf(row: Row, table: FeatureTable, query: Pick<ItemsQuery, 'properties' | 'geometry' | 'crs'>): Feature {
  const place = query.geometry && table.geometry !== null ? (row.at(-1) ?? null) : null;
  const move = fromDegrees(query.crs);
  const stored: GeoJsonGeometry | null = place === null ? null : placeGeometry(place, table.geometry ?? undefined);
  return {
    type: 'Feature',
    id: row[0] as number,
    geometry: stored === null || move === null ? stored : moved(stored, move),
    properties: Object.fromEntries(query.properties.map((name, i) => [name, row[i + 1] ?? null])),
  };
}

/**
 * One feature by its number in the file, from 1.
 * @throws TerroirError record.unknown, engine.*
 */
export async function readItem(
  context: Context,
  collection: Collection,
  feature: string,
  query: Pick<ItemsQuery, 'properties' | 'geometry' | 'crs'>,
): Promise<Feature> {
  const { table, dataset } = collection;
  const number = /^\d{1,15}$/.test(feature) ? Number(feature) : 0;
  if (number < 1 || number > table.stored.rows)
    throw new TerroirError('record.unknown', { id: feature.slice(0, 60), dataset: dataset.id });
  const page = { limit: 1, offset: number - 1, after: null };
  const statement = featurePage(table, { ...query, filter: null, found: null, order: [] }, page);
  const [row] = (await readAnswer(context.tables, table.stored.key, statement)).rows;
  if (row === undefined) throw new TerroirError('record.unknown', { id: feature, dataset: dataset.id });
  return featureOf(row, table, query);
}

/** Forgets all that was read of a version: it was purged. */
export function forgetFeatures(context: Context, key: string): void {
  answersOf(context.tables).forget(key);
  const memory = memories.get(context.tables);
  memory?.tables.delete(key);
  memory?.found.forget(key);
}
