// What is known of a file that arrived, and by which door.
import type { Metadata } from '../../stores/metadata/metadata.ts';
import type { Arrival, Origin } from './schemas.ts';

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

export type KnownArrival = Arrival & { readonly author: string | null };

/** @returns null when there is none of that id. A file that the command line brought counts as uploaded. */
export async function findArrival(db: Metadata, deposit: string): Promise<KnownArrival | null> {
  if (!uuid.test(deposit)) return null;
  const row = await db
    .selectFrom('deposit')
    .select(['id', 'organization', 'file_name', 'file_bytes', 'file_sha256', 'origin', 'author'])
    .where('id', '=', deposit)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    deposit: row.id,
    organization: row.organization,
    name: row.file_name,
    size: Number(row.file_bytes),
    sha256: row.file_sha256,
    origin: (row.origin ?? 'upload') satisfies Origin,
    author: row.author,
  };
}

/** Notes by which door the file of a version came, when whoever recorded it did not know. */
export async function noteOrigin(
  db: Metadata,
  { id, version }: { readonly id: string; readonly version: number },
  origin: Origin,
): Promise<void> {
  await db
    .updateTable('deposit')
    .set({ origin })
    .where('dataset_id', '=', id)
    .where('version_number', '=', version)
    .where('origin', 'is', null)
    .execute();
}
