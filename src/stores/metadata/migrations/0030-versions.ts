// The life of versions: the fixes they are made with, restores, purges after a privacy incident, second readings.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const versions: Migration = {
  async up(db) {
    for (const statements of [columns, purges, readings]) await sql.raw(statements).execute(db);
  },
};

const columns = `
alter table version
  add steps jsonb not null default '[]',
  add set_aside_rows bigint not null default 0,
  add restored_from integer,
  -- Set once and for all when what it held was destroyed: see purge.
  add purge_id bigint;

alter table dataset add verified_at timestamptz;
alter table organization add approval boolean not null default false;
`;

const purges = `
create table purge (
  id bigint generated always as identity primary key,
  dataset_id text not null references dataset (id),
  versions integer[] not null check (cardinality(versions) > 0),
  reason text not null,
  actor text not null,
  at timestamptz not null,
  -- What is destroyed (files with their sha256), and the originals that stay because something else needs them.
  destroyed jsonb not null,
  kept jsonb not null,
  -- The version folders and the originals (by sha256) that are to go.
  folders text[] not null,
  originals text[] not null,
  -- Null as long as some file may still be there: whoever starts next finishes it.
  finished_at timestamptz
);
create index purge_dataset on purge (dataset_id, id);
create index purge_unfinished on purge (id) where finished_at is null;

create function refuse_purge_change() returns trigger language plpgsql as $$
begin
  if old.finished_at is not null or (to_jsonb(new) - 'finished_at') is distinct from (to_jsonb(old) - 'finished_at') then
    raise exception 'purge % is kept as it was written', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger purge_immutable before update on purge for each row execute function refuse_purge_change();
create trigger purge_kept before delete on purge for each row execute function refuse_change();

alter table version add foreign key (purge_id) references purge (id);

-- A version may change in two ways, each once: from not yet published to published; and a purge takes away all that it
-- says of its content (LAW-16: nothing of it stays in the history), never what it was: number, dates, sha256, size.
create or replace function refuse_version_change() returns trigger language plpgsql as $$
declare
  content constant text[] := array['purge_id', 'file_name', 'fields', 'profiles', 'geometry', 'problems', 'steps',
    'dropped_source_rows'];
begin
  if old.purge_id is null and new.purge_id is not null
    and (to_jsonb(new) - content) is not distinct from (to_jsonb(old) - content)
    and new.file_name = '' and new.geometry is null
    and '[]'::jsonb = all (array[new.fields, new.profiles, new.problems, new.steps, new.dropped_source_rows]) then
    return new;
  end if;
  if old.purge_id is not null or old.published_at is not null or new.published_at is null
    or (to_jsonb(new) - 'published_at') is distinct from (to_jsonb(old) - 'published_at') then
    raise exception 'version % of % is immutable', old.number, old.dataset_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
`;

const readings = `
-- Where the organization asks for it, a second person reads before a version is published.
create table second_reading (
  dataset_id text not null,
  version_number integer not null,
  state text not null check (state in ('waiting', 'approved', 'returned')),
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  reason text,
  primary key (dataset_id, version_number),
  foreign key (dataset_id, version_number) references version (dataset_id, number),
  check ((state = 'waiting') = (decided_at is null))
);
create index second_reading_waiting on second_reading (asked_at) where state = 'waiting';
create trigger second_reading_kept before delete on second_reading for each row execute function refuse_change();
`;
