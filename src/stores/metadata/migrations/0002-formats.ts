// Files that are not text: a version's file may have no encoding.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const formats: Migration = {
  async up(db) {
    await sql`alter table version alter column file_encoding drop not null`.execute(db);
  },
};
