// Whom to ask about a dataset, the day of the year it is due, and of a version: its table in the file, its schema and key.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const presented: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
alter table dataset
  add contact text check (contact <> ''),
  -- Month and day ("03-31"), for a rhythm counted in years.
  add due_day text check (due_day ~ '^[0-9]{2}-[0-9]{2}$');

alter table version
  -- Of a file that holds several tables: the one that was taken.
  add table_name text,
  add schema_name text,
  -- Names of the columns that its schema says are the key.
  add declared_key jsonb not null default '[]';
`;
