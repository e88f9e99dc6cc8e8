// Datasets that gather several producers' rows in one table of a schema, and what each of them brings.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const harmonisation: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table consolidation (
  -- The identifier of the dataset that it fills: made with the first rows.
  id text primary key,
  title text not null,
  description text not null,
  organization text not null references organization (slug),
  schema_name text not null,
  theme text,
  keywords text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  built_at timestamptz,
  -- Names what it was built from: the versions and mappings of all contributions.
  built_from text
);

create table contribution (
  consolidation_id text not null references consolidation (id) on delete cascade,
  dataset_id text not null references dataset (id),
  mapping jsonb not null,
  -- suggested: nobody looked yet; validated: its rows are taken; broken: a column vanished, the last good rows stay.
  state text not null check (state in ('suggested', 'validated', 'broken')),
  -- The columns that vanished.
  missing_columns text[] not null default '{}',
  decided_by text,
  decided_at timestamptz,
  -- What the rows kept were made from, and what came of it.
  kept_from text,
  kept_version integer,
  kept_rows integer not null default 0,
  rejected_rows integer not null default 0,
  reasons jsonb not null default '[]',
  added_at timestamptz not null,
  primary key (consolidation_id, dataset_id)
);
create index contribution_dataset on contribution (dataset_id);
`;
