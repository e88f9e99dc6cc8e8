// The characters of the demonstration in the database, and whether this territory is one.
import type { Metadata } from '../../stores/metadata/metadata.ts';

/** Whether the territory says of itself that it is a demonstration. */
export async function readTerritoryDemo(db: Metadata): Promise<boolean> {
  const row = await db.selectFrom('territory').select('demo').executeTakeFirst();
  return row !== undefined && row.demo !== null;
}
