// Keys of programs end too: a year after they were made, for those that were made before one could say.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const keyEnds: Migration = {
  async up(db) {
    await sql`alter table api_key add ends_at timestamptz`.execute(db);
    await sql`update api_key set ends_at = created_at + interval '1 year'`.execute(db);
    await sql`alter table api_key alter ends_at set not null`.execute(db);
  },
};
