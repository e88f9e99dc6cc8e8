// The SQL of harmonisation: consolidated datasets, what each producer brings to them, what the rows were made from.

import { sql } from 'kysely';
import type { FieldMapping } from '../../model/mapping.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Consolidation, ConsolidationRequest, Contribution, ContributionState, Fault } from './schemas.ts';

export async function insertConsolidation(
  db: Metadata,
  { schema, ...request }: ConsolidationRequest,
  by: { readonly actor: string; readonly now: Date; readonly schemaVersion: string | null },
): Promise<boolean> {
  const done = await db
    .insertInto('consolidation')
    .values({
      ...request,
      schema_name: schema,
      schema_version: by.schemaVersion,
      created_by: by.actor,
      created_at: by.now,
      built_at: null,
      built_from: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function readConsolidations(db: Metadata, id?: string): Promise<readonly Consolidation[]> {
  const all = db.selectFrom('consolidation').selectAll().orderBy('title');
  const rows = await (id === undefined ? all : all.where('id', '=', id)).execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    description: row.description,
    organization: row.organization,
    schema: row.schema_name,
    schemaVersion: row.schema_version,
    theme: row.theme,
    keywords: row.keywords,
    createdAt: row.created_at,
    builtAt: row.built_at,
    builtFrom: row.built_from,
    duplicateRows: row.duplicate_rows,
  }));
}

export async function readContributions(db: Metadata, id: string): Promise<readonly Contribution[]> {
  const rows = await db
    .selectFrom('contribution as c')
    .innerJoin('dataset as d', 'd.id', 'c.dataset_id')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select(['c.dataset_id', 'd.title', 'o.slug', 'o.name', 'o.insee', 'c.mapping', 'c.state', 'c.missing_columns'])
    .select(['c.missing_fields', 'c.told_of'])
    .select(['c.kept_version', 'c.kept_from', 'c.kept_rows', 'c.rejected_rows', 'c.reasons'])
    .where('c.consolidation_id', '=', id)
    .orderBy('o.name')
    .orderBy('c.dataset_id')
    .execute();
  return rows.map((row) => ({
    datasetId: row.dataset_id,
    title: row.title,
    organization: { slug: row.slug, name: row.name, insee: row.insee },
    mapping: row.mapping,
    state: row.state,
    missingColumns: row.missing_columns,
    missingFields: row.missing_fields,
    toldOf: row.told_of,
    keptVersion: row.kept_version,
    keptFrom: row.kept_from,
    keptRows: row.kept_rows,
    rejectedRows: row.rejected_rows,
    reasons: row.reasons,
  }));
}

export async function insertContribution(
  db: Metadata,
  id: string,
  contribution: {
    readonly datasetId: string;
    readonly mapping: readonly FieldMapping[];
    readonly state: ContributionState;
    readonly now: Date;
  },
): Promise<boolean> {
  const done = await db
    .insertInto('contribution')
    .values({
      consolidation_id: id,
      dataset_id: contribution.datasetId,
      mapping: JSON.stringify(contribution.mapping),
      state: contribution.state,
      decided_by: null,
      decided_at: null,
      kept_from: null,
      kept_version: null,
      added_at: contribution.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

export async function writeMapping(
  db: Metadata,
  at: { readonly id: string; readonly datasetId: string },
  mapping: readonly FieldMapping[],
  by: { readonly actor: string; readonly now: Date },
): Promise<boolean> {
  const done = await db
    .updateTable('contribution')
    .set({
      mapping: JSON.stringify(mapping),
      state: 'validated',
      missing_columns: [],
      missing_fields: [],
      told_of: [],
      decided_by: by.actor,
      decided_at: by.now,
    })
    .where('consolidation_id', '=', at.id)
    .where('dataset_id', '=', at.datasetId)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function writeBroken(
  db: Metadata,
  at: { readonly id: string; readonly datasetId: string },
  missing: { readonly columns?: readonly string[]; readonly fields?: readonly string[] },
): Promise<void> {
  await db
    .updateTable('contribution')
    .set({
      state: 'broken',
      ...(missing.columns !== undefined && { missing_columns: missing.columns }),
      ...(missing.fields !== undefined && { missing_fields: missing.fields }),
    })
    .where('consolidation_id', '=', at.id)
    .where('dataset_id', '=', at.datasetId)
    .execute();
}

export async function writeKept(
  db: Metadata,
  at: { readonly id: string; readonly datasetId: string },
  kept: {
    readonly from: string;
    readonly version: number;
    readonly rows: number;
    readonly rejected: number;
    readonly reasons: readonly Fault[];
  },
): Promise<void> {
  await db
    .updateTable('contribution')
    .set({
      // Columns that came back are as good as ever.
      state: 'validated',
      missing_columns: [],
      told_of: [],
      kept_from: kept.from,
      kept_version: kept.version,
      kept_rows: kept.rows,
      rejected_rows: kept.rejected,
      reasons: JSON.stringify(kept.reasons),
    })
    .where('consolidation_id', '=', at.id)
    .where('dataset_id', '=', at.datasetId)
    .execute();
}

/** Notes what a producer is about to be told. @returns whether it was not told already */
export async function writeTold(
  db: Metadata,
  at: { readonly id: string; readonly datasetId: string },
  of: readonly string[],
): Promise<boolean> {
  const done = await db
    .updateTable('contribution')
    .set({ told_of: of })
    .where('consolidation_id', '=', at.id)
    .where('dataset_id', '=', at.datasetId)
    .where(sql<boolean>`told_of is distinct from ${of}::text[]`)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

export async function writeSchemaVersion(db: Metadata, id: string, version: string | null): Promise<void> {
  await db.updateTable('consolidation').set({ schema_version: version }).where('id', '=', id).execute();
}

export async function writeBuilt(
  db: Metadata,
  id: string,
  built: { readonly from: string; readonly duplicateRows: number; readonly now: Date },
): Promise<void> {
  await db
    .updateTable('consolidation')
    .set({ built_at: built.now, built_from: built.from, duplicate_rows: built.duplicateRows })
    .where('id', '=', id)
    .execute();
}

export async function deleteContribution(db: Metadata, id: string, datasetId: string): Promise<boolean> {
  const done = await db
    .deleteFrom('contribution')
    .where('consolidation_id', '=', id)
    .where('dataset_id', '=', datasetId)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** The mappings that people validated for a schema, whatever the consolidated dataset. */
export async function validatedMappings(db: Metadata, schema: string): Promise<readonly (readonly FieldMapping[])[]> {
  const rows = await db
    .selectFrom('contribution as c')
    .innerJoin('consolidation as t', 't.id', 'c.consolidation_id')
    .select('c.mapping')
    .where('t.schema_name', '=', schema)
    .where('c.state', '=', 'validated')
    .orderBy('c.added_at')
    .execute();
  return rows.map(({ mapping }) => mapping);
}

/** What every producer's mapping onto a schema says, whatever the consolidated dataset. */
export async function readMappingsOnto(
  db: Metadata,
  schema: string,
): Promise<
  readonly {
    readonly consolidation: string;
    readonly title: string;
    readonly producer: string;
    readonly mapping: readonly FieldMapping[];
  }[]
> {
  const rows = await db
    .selectFrom('contribution as c')
    .innerJoin('consolidation as t', 't.id', 'c.consolidation_id')
    .innerJoin('dataset as d', 'd.id', 'c.dataset_id')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select(['t.id', 't.title', 'o.name', 'c.mapping'])
    .where('t.schema_name', '=', schema)
    .where('c.state', '<>', 'suggested')
    .orderBy('t.title')
    .orderBy('o.name')
    .execute();
  return rows.map(({ id, title, name, mapping }) => ({ consolidation: id, title, producer: name, mapping }));
}
