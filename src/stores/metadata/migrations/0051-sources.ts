// Links that are read again by themselves, what came of each reading, and the reminders that were sent.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const sources: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table link_source (
  dataset_id text primary key references dataset (id),
  url text not null,
  rhythm text not null check (rhythm in ('daily', 'weekly', 'monthly')),
  -- On the clock of Paris.
  hour smallint not null check (hour between 0 and 23),
  -- 1 Monday to 7 Sunday, for a weekly one; 1 to 28, for a monthly one: every month has that day.
  weekday smallint not null default 1 check (weekday between 1 and 7),
  month_day smallint not null default 1 check (month_day between 1 and 28),
  publish boolean not null,
  table_name text,
  paused boolean not null default false,
  created_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- What the server said of the file that was last taken.
  etag text,
  last_modified text,
  next_at timestamptz not null,
  -- Until when a process reads it; another may take it then.
  claimed_until timestamptz,
  failures integer not null default 0,
  failing_since timestamptz
);
create index link_source_due on link_source (next_at) where not paused;

create table source_run (
  id bigint generated always as identity primary key,
  dataset_id text not null references dataset (id),
  started_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null check (outcome in ('changed', 'unchanged', 'held', 'failed')),
  version_number integer,
  -- Why it failed, or what the version waits for.
  code text,
  params jsonb not null default '{}'
);
create index source_run_dataset on source_run (dataset_id, id desc);

create table reminder (
  dataset_id text primary key references dataset (id),
  -- The date that was reminded of, when, and how many times.
  due_at timestamptz not null,
  sent_at timestamptz not null,
  count integer not null
);
`;
