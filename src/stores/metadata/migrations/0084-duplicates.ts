// Rows of two producers that seem to be the same thing, and what somebody decided of each pair.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const duplicates: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table duplicate_pair (
  consolidation_id text not null references consolidation (id) on delete cascade,
  -- A row is named by its dataset and by all that it says: as long as it says the same, what was decided holds.
  left_key text not null,
  right_key text not null,
  reason text not null check (reason in ('siret', 'address', 'near', 'identical')),
  -- Metres between the two; null where there are no places.
  distance real,
  -- What the rows say, while both are there: {"producer", "sourceDataset", "sourceRow", "values": {…}}.
  left_row jsonb,
  right_row jsonb,
  present boolean not null,
  found_at timestamptz not null,
  verdict text check (verdict in ('same', 'different')),
  -- Which row stays, of the same thing.
  winner text check (winner in ('left', 'right')),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  primary key (consolidation_id, left_key, right_key),
  check ((verdict = 'same') = (winner is not null) or verdict is null)
);
create index duplicate_pair_waiting on duplicate_pair (consolidation_id) where verdict is null;

-- How many rows were set aside at the last gathering because another one is the same thing.
alter table consolidation add column duplicate_rows integer not null default 0;
`;
