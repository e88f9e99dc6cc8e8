// Reading datasets: whole, with their organization and version, or as lists show them; versions, tombstones, identifiers.
import { sql } from 'kysely';
import type { Dataset, DatasetState, Version } from '../../model/dataset.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import { organizationColumns, toOrganization } from './people-queries.ts';
import type { DatasetSummary, Tombstone } from './schemas.ts';
import { storable } from './storable.ts';

/** The states that whoever asks may see. */
export type SeenStates = readonly DatasetState[];

/** Datasets whole, in the order of their ids. */
export async function datasetsByIds(db: Metadata, ids: readonly string[]): Promise<readonly Dataset[]> {
  if (ids.length === 0) return [];
  const rows = await selectDatasets(db).where('d.id', 'in', ids.map(storable)).execute();
  const found = new Map(rows.map((row) => [row.id, toDataset(row)]));
  return ids.map((id) => found.get(id)).filter((dataset) => dataset !== undefined);
}

/** What rights on a dataset depend on; null when there is no such dataset. */
export async function datasetRights(
  db: Metadata,
  id: string,
): Promise<{ readonly state: DatasetState; readonly organization: string; readonly author: string | null } | null> {
  const row = await db
    .selectFrom('dataset')
    .select(['state', 'organization', 'author'])
    .where('id', '=', storable(id))
    .executeTakeFirst();
  return row ?? null;
}

/** A page of datasets whole, most recent first, and how many there are. */
export async function datasetPage(
  db: Metadata,
  states: SeenStates,
  page: { readonly limit: number; readonly offset: number },
  organizations: readonly string[] | null = null,
): Promise<{ readonly total: number; readonly datasets: readonly Dataset[] }> {
  const seen = db
    .selectFrom('dataset')
    .where('state', 'in', states)
    .$if(organizations !== null, (query) => query.where('organization', 'in', organizations ?? []));
  const count = seen.select(db.fn.countAll<string>().as('total'));
  const ids = seen.select('id').orderBy('modified_at', 'desc').orderBy('id').limit(page.limit).offset(page.offset);
  const [{ total }, rows] = await Promise.all([count.executeTakeFirstOrThrow(), ids.execute()]);
  const datasets =
    rows.length === 0
      ? []
      : await datasetsByIds(
          db,
          rows.map((row) => row.id),
        );
  return { total: Number(total), datasets };
}

function selectDatasets(db: Metadata) {
  return db
    .selectFrom('dataset as d')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .leftJoin('commune as c', 'c.insee', 'o.insee')
    .leftJoin('version as v', (join) => join.onRef('v.dataset_id', '=', 'd.id').onRef('v.number', '=', 'd.version'))
    .select([
      'd.id',
      'd.title',
      'd.description',
      'd.state',
      'd.state_reason',
      'd.theme',
      'd.licence',
      'd.hvd_category',
      'd.homologation',
      'd.frequency',
      'd.due_day',
      'd.contact',
      'd.keywords',
      'd.communes',
      'd.demo',
      'd.source',
      'd.created_at as dataset_created_at',
      'd.published_at',
      'd.modified_at',
      'd.verified_at',
    ])
    .select(organizationColumns)
    .select(versionColumns);
}

type DatasetRow = Awaited<ReturnType<ReturnType<typeof selectDatasets>['execute']>>[number];

function toDataset(row: DatasetRow): Dataset {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    state: row.state,
    stateReason: row.state_reason,
    organization: toOrganization(row),
    theme: row.theme,
    licence: row.licence,
    hvdCategory: row.hvd_category,
    homologation: row.homologation,
    frequency: row.frequency,
    dueDay: row.due_day,
    contact: row.contact,
    keywords: row.keywords,
    communes: row.communes,
    demo: row.demo,
    source: row.source,
    createdAt: row.dataset_created_at,
    publishedAt: row.published_at,
    modifiedAt: row.modified_at,
    verifiedAt: row.verified_at,
    version: row.number === null ? null : toVersion(row as VersionRow),
  };
}

const versionColumns = [
  'v.number',
  'v.key',
  'v.created_at',
  'v.file_name',
  'v.file_bytes',
  'v.file_sha256',
  'v.file_format',
  'v.file_encoding',
  'v.file_delimiter',
  'v.row_count',
  'v.fields',
  'v.profiles',
  'v.geometry',
  'v.problems',
  'v.first_source_row',
  'v.dropped_source_rows',
  'v.parquet_bytes',
  'v.steps',
  'v.set_aside_rows',
  'v.restored_from',
  'v.table_name',
  'v.schema_name',
  'v.declared_key',
] as const;

function selectVersions(db: Metadata) {
  return db.selectFrom('version as v').select(versionColumns);
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['execute']>>[number];

function toVersion(row: VersionRow): Version {
  return {
    number: row.number,
    key: row.key,
    createdAt: row.created_at,
    file: {
      name: row.file_name,
      bytes: Number(row.file_bytes),
      sha256: row.file_sha256,
      format: row.file_format,
      encoding: row.file_encoding,
      delimiter: row.file_delimiter,
    },
    rows: Number(row.row_count),
    fields: row.fields,
    profiles: row.profiles,
    geometry: row.geometry,
    problems: row.problems,
    firstSourceRow: row.first_source_row,
    droppedSourceRows: row.dropped_source_rows,
    parquetBytes: Number(row.parquet_bytes),
    steps: row.steps,
    setAsideRows: Number(row.set_aside_rows),
    restoredFrom: row.restored_from,
    table: row.table_name,
    schema: row.schema_name,
    declaredKey: row.declared_key,
  };
}

/** The versions of a dataset, newest first; those that were never published only when asked for. */
export async function versionsOf(
  db: Metadata,
  id: string,
  filter: { readonly unpublishedToo: boolean; readonly number?: number },
): Promise<readonly Version[]> {
  // What was purged is no version any more: see purge-queries.ts.
  let query = selectVersions(db)
    .where('v.dataset_id', '=', storable(id))
    .where('v.purge_id', 'is', null)
    .orderBy('v.number', 'desc');
  if (!filter.unpublishedToo) query = query.where('v.published_at', 'is not', null);
  if (filter.number !== undefined) query = query.where('v.number', '=', filter.number);
  return (await query.execute()).map(toVersion);
}

export async function findTombstone(db: Metadata, id: string): Promise<Tombstone | null> {
  const row = await db
    .selectFrom('dataset as d')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select(['d.id', 'd.title', 'd.state_reason', 'd.published_at', 'd.withdrawn_at', 'o.slug', 'o.name'])
    .where('d.id', '=', storable(id))
    .where('d.state', '=', 'withdrawn')
    .executeTakeFirst();
  if (row === undefined || row.published_at === null || row.withdrawn_at === null) return null;
  return {
    id: row.id,
    title: row.title,
    organization: { slug: row.slug, name: row.name },
    reason: row.state_reason ?? '',
    publishedAt: row.published_at,
    withdrawnAt: row.withdrawn_at,
  };
}

/** Those of the identifiers that some dataset has or had, whatever their case. */
export async function takenIds(db: Metadata, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const lower = sql<string>`lower(id)`;
  const rows = await db
    .selectFrom('dataset')
    .select(lower.as('id'))
    .where(
      lower,
      'in',
      ids.map((id) => id.toLowerCase()),
    )
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** What a list shows of each dataset. */
const summaryColumns = [
  'd.id',
  'd.title',
  'd.description',
  'd.state',
  'd.theme',
  'd.licence',
  'd.frequency',
  'd.keywords',
  'd.communes',
  'd.demo',
  'd.modified_at',
  'd.published_at',
  'd.format',
  'd.row_count',
  'd.has_geometry',
  'o.slug',
  'o.name',
] as const;

function selectSummaries(db: Metadata) {
  return db
    .selectFrom('dataset as d')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select(summaryColumns);
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof selectSummaries>['execute']>>[number];

/** Summaries in the order of their ids. */
export async function summariesByIds(db: Metadata, ids: readonly string[]): Promise<readonly DatasetSummary[]> {
  if (ids.length === 0) return [];
  const rows = await selectSummaries(db).where('d.id', 'in', ids).execute();
  const found = new Map(rows.map((row) => [row.id, toSummary(row)]));
  return ids.map((id) => found.get(id)).filter((summary) => summary !== undefined);
}

function toSummary(row: SummaryRow): DatasetSummary {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    state: row.state,
    theme: row.theme,
    licence: row.licence,
    frequency: row.frequency,
    keywords: row.keywords,
    communes: row.communes,
    demo: row.demo,
    modifiedAt: row.modified_at,
    publishedAt: row.published_at,
    organization: { slug: row.slug, name: row.name },
    rows: row.row_count === null ? null : Number(row.row_count),
    format: row.format,
    hasGeometry: row.has_geometry,
  };
}
