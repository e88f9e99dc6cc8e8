// Which published datasets may be about waste: by the schema that they follow, or by columns that only such tables have.
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';

/** Ids in the order of the alphabet. A null list of organizations is all of them. */
export async function wasteDatasetIds(
  db: Metadata,
  schemas: readonly string[],
  columns: readonly string[],
  organizations: readonly string[] | null,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('dataset as d')
    .innerJoin('version as v', (join) => join.onRef('v.dataset_id', '=', 'd.id').onRef('v.number', '=', 'd.version'))
    .select('d.id')
    .where('d.state', '=', 'published')
    .$if(organizations !== null, (query) => query.where('d.organization', 'in', organizations ?? []))
    .where((where) =>
      where.or([
        where('v.schema_name', 'in', schemas),
        ...columns.map((name) => sql<boolean>`v.fields @> ${JSON.stringify([{ name }])}::jsonb`),
      ]),
    )
    .orderBy('d.id')
    .execute();
  return rows.map((row) => row.id);
}

/** Published datasets that say to which intercommunality a commune belongs: their columns name one. */
export async function membershipDatasetIds(db: Metadata, columns: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('dataset as d')
    .innerJoin('version as v', (join) => join.onRef('v.dataset_id', '=', 'd.id').onRef('v.number', '=', 'd.version'))
    .select('d.id')
    .where('d.state', '=', 'published')
    .where((where) => where.or(columns.map((name) => sql<boolean>`v.fields @> ${JSON.stringify([{ name }])}::jsonb`)))
    .orderBy('d.id')
    .limit(5)
    .execute();
  return rows.map((row) => row.id);
}
