// The addresses of all published datasets, by parts of a sitemap.
import { sql } from 'kysely';
import type { Metadata } from '../../stores/metadata/metadata.ts';

export type Address = { readonly id: string; readonly modifiedAt: Date };

/** For each part of so many datasets, in the order of their ids: when one of them last changed. */
export async function partsOf(db: Metadata, size: number): Promise<readonly Date[]> {
  const { rows } = await sql<{ modified_at: Date }>`
    select max(modified_at) as modified_at
    from (select modified_at, (row_number() over (order by id) - 1) / ${sql.lit(size)} as part
      from dataset where state = 'published') as numbered
    group by part order by part`.execute(db);
  return rows.map((row) => row.modified_at);
}

/** The datasets of one part, from 0. */
export async function addressesOf(db: Metadata, part: number, size: number): Promise<readonly Address[]> {
  const rows = await db
    .selectFrom('dataset')
    .select(['id', 'modified_at'])
    .where('state', '=', 'published')
    .orderBy('id')
    .limit(size)
    .offset(part * size)
    .execute();
  return rows.map((row) => ({ id: row.id, modifiedAt: row.modified_at }));
}
