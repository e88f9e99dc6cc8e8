// What tells that the catalogue changed, read from PostgreSQL in a few milliseconds.
import { sql } from 'kysely';
import type { DatasetState } from '../../model/dataset.ts';
import type { Metadata } from '../../stores/metadata/metadata.ts';

/**
 * A name of the state of all datasets, organizations and communes: another one as soon as any of them was written. Each row
 * has the number of the transaction that wrote it last, and these numbers only grow.
 */
export async function catalogueRevision(db: Metadata): Promise<string> {
  const { rows } = await sql<{ revision: string }>`
    select concat_ws(' ',
      (select concat_ws(':', count(*), sum(xmin::text::bigint)) from dataset),
      (select concat_ws(':', count(*), sum(xmin::text::bigint)) from organization),
      (select concat_ws(':', count(*), sum(xmin::text::bigint)) from commune)) as revision`.execute(db);
  return rows[0]?.revision ?? '';
}

export type DatasetMark = { readonly id: string; readonly mark: string };

/** The datasets of some states, most recently modified first, each with a mark that changes when it is written. */
export async function datasetMarks(db: Metadata, states: readonly DatasetState[]): Promise<readonly DatasetMark[]> {
  return db
    .selectFrom('dataset as d')
    .innerJoin('organization as o', 'o.slug', 'd.organization')
    .select(['d.id', sql<string>`concat_ws(' ', d.xmin::text, o.xmin::text)`.as('mark')])
    .where('d.state', 'in', states)
    .orderBy('d.modified_at', 'desc')
    .orderBy('d.id')
    .execute();
}

/** What the communes are called, by code. */
export async function communeNames(db: Metadata): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('commune').select(['insee', 'name']).execute();
  return new Map(rows.map(({ insee, name }) => [insee, name]));
}
