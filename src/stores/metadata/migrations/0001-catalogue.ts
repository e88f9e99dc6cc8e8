// The catalogue: territory, communes, organizations, datasets, versions, deposits, the log of events, and the search index.
import { type Kysely, sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const catalogue: Migration = {
  async up(db) {
    for (const statements of [people, data, immutability, search]) await run(db, statements);
  },
};

async function run(db: Kysely<unknown>, statements: string): Promise<void> {
  await sql.raw(statements).execute(db);
}

const people = `
create table territory (
  only_one boolean primary key default true check (only_one),
  name text not null,
  kind text not null,
  siren text,
  source text not null,
  demo text check (demo in ('installing', 'installed'))
);

create table commune (
  insee text primary key,
  name text not null,
  siren text not null,
  population integer not null,
  population_source text not null,
  postal_codes text[] not null
);

create table organization (
  slug text primary key,
  name text not null,
  kind text not null,
  siret text,
  siren text,
  insee text,
  population integer,
  population_source text,
  description text,
  created_at timestamptz not null
);
create index organization_insee on organization (insee) where insee is not null;
`;

const data = `
create table dataset (
  id text primary key,
  title text not null,
  description text not null,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  state_reason text,
  organization text not null references organization (slug),
  theme text,
  licence text not null,
  frequency text not null,
  keywords text[] not null,
  communes text[] not null,
  demo boolean not null,
  source text,
  created_at timestamptz not null,
  published_at timestamptz,
  withdrawn_at timestamptz,
  modified_at timestamptz not null,

  -- What the current version is, repeated here so that lists and counts read one narrow table.
  version integer,
  format text,
  row_count bigint,
  has_geometry boolean not null default false,
  column_titles text not null default '',
  -- When the next update is expected, and when it is late: null when nothing is expected.
  due_at timestamptz,
  overdue_at timestamptz,

  -- Kept by triggers.
  sort_title text collate "C" not null,
  -- The title, keywords and names alone: small enough to stay in the row, so that many hits are ranked fast.
  head tsvector not null,
  search tsvector not null,
  check ((state = 'withdrawn') = (withdrawn_at is not null)),
  check (state <> 'published' or (version is not null and published_at is not null))
);
-- Long texts leave the row early, so that counting all rows reads few pages.
alter table dataset set (toast_tuple_target = 1024), alter head set storage main;
-- Two identifiers that differ by case alone would be one file name, and one address for most people.
create unique index dataset_id_any_case on dataset (lower(id));
create index dataset_recent on dataset (state, modified_at desc, id);
create index dataset_by_title on dataset (state, sort_title, id);
create index dataset_organization on dataset (organization, state);
create index dataset_communes on dataset using gin (communes);

create table deposit (
  id uuid primary key default gen_random_uuid(),
  organization text not null references organization (slug),
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 text not null,
  state text not null check (state in ('received', 'failed', 'ready', 'published')),
  error_code text,
  dataset_id text,
  version_number integer,
  created_at timestamptz not null,
  closed_at timestamptz
);
create index deposit_sha256 on deposit (file_sha256);

create table version (
  dataset_id text not null references dataset (id),
  number integer not null check (number > 0),
  key text not null unique,
  deposit_id uuid not null references deposit (id),
  created_at timestamptz not null,
  published_at timestamptz,
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 text not null,
  file_format text not null,
  file_encoding text not null,
  file_delimiter text,
  row_count bigint not null,
  fields jsonb not null,
  profiles jsonb not null,
  geometry jsonb,
  problems jsonb not null,
  first_source_row integer not null,
  dropped_source_rows jsonb not null,
  parquet_bytes bigint not null,
  primary key (dataset_id, number)
);
alter table dataset add foreign key (id, version) references version (dataset_id, number) deferrable initially deferred;
alter table deposit add foreign key (dataset_id, version_number) references version (dataset_id, number);

create table dataset_event (
  id bigint generated always as identity primary key,
  dataset_id text not null references dataset (id),
  verb text not null,
  at timestamptz not null,
  actor text not null,
  details jsonb not null
);
create index dataset_event_dataset on dataset_event (dataset_id, id);
`;

const immutability = `
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% % is refused: this row is kept for ever', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

-- A version may change in one way only, once: from not yet published to published.
create function refuse_version_change() returns trigger language plpgsql as $$
begin
  if old.published_at is not null or new.published_at is null
    or (to_jsonb(new) - 'published_at') is distinct from (to_jsonb(old) - 'published_at') then
    raise exception 'version % of % is immutable', old.number, old.dataset_id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function refuse_dataset_id_change() returns trigger language plpgsql as $$
begin
  if new.id <> old.id or new.created_at <> old.created_at then
    raise exception 'the identifier of % never changes', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if old.state <> new.state and (old.state, new.state) not in (('draft', 'published'), ('published', 'withdrawn')) then
    raise exception '% cannot go from % to %', old.id, old.state, new.state using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger version_immutable before update on version for each row execute function refuse_version_change();
create trigger version_kept before delete on version for each row execute function refuse_change();
create trigger dataset_identity before update of id, created_at, state on dataset
  for each row execute function refuse_dataset_id_change();
create trigger dataset_kept before delete on dataset for each row execute function refuse_change();
create trigger dataset_event_append_only before update or delete on dataset_event
  for each row execute function refuse_change();
create trigger deposit_kept before delete on deposit for each row execute function refuse_change();
`;

const search = `
create text search configuration terroir_french (copy = pg_catalog.french);
alter text search configuration terroir_french
  alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with unaccent, french_stem;

-- The same words as they are written, without their endings cut: what the beginning of a word is looked for in.
create text search dictionary terroir_whole_word (template = pg_catalog.simple, stopwords = french);
create text search configuration terroir_words (copy = pg_catalog.simple);
alter text search configuration terroir_words
  alter mapping for asciiword, word, asciihword, hword, hword_asciipart, hword_part with unaccent, terroir_whole_word;

-- ASCII words separated by one space. Everything that is searched or searched for passes here first, so that hyphens,
-- apostrophes and underscores never join words, whatever the locale of the database.
create function terroir_fold(value text) returns text language sql stable strict parallel safe as $$
  select trim(regexp_replace(lower(unaccent(normalize(value, nfc))), '[^a-z0-9]+', ' ', 'g'))
$$;

create function terroir_vector(value text, weight "char") returns tsvector language sql stable strict parallel safe as $$
  select setweight(to_tsvector('terroir_french', folded) || to_tsvector('terroir_words', folded), weight)
  from (select terroir_fold(value) as folded) as text
$$;

create function refresh_dataset_search() returns trigger language plpgsql as $$
declare
  names text;
begin
  select concat_ws(' ', array_to_string(new.keywords, ' '),
    (select name from organization where slug = new.organization),
    (select string_agg(name, ' ') from commune where insee = any (new.communes))) into names;
  new.sort_title := terroir_fold(new.title);
  -- A tsvector holds 1 MB at most: what is beyond these lengths is not searched.
  new.head := terroir_vector(new.title, 'A') || terroir_vector(left(names, 20000), 'B');
  new.search := new.head
    || terroir_vector(left(new.description, 50000), 'C')
    || terroir_vector(left(new.column_titles, 50000), 'D');
  return new;
end $$;
create trigger dataset_search before insert or update of title, keywords, organization, communes, description, column_titles
  on dataset for each row execute function refresh_dataset_search();

create function refresh_organization_search() returns trigger language plpgsql as $$
begin
  update dataset set organization = organization where organization = new.slug;
  return null;
end $$;
create trigger organization_search after update of name on organization
  for each row when (old.name <> new.name) execute function refresh_organization_search();

create function refresh_commune_search() returns trigger language plpgsql as $$
begin
  update dataset set communes = communes where communes @> array[new.insee];
  return null;
end $$;
create trigger commune_search_insert after insert on commune for each row execute function refresh_commune_search();
create trigger commune_search_update after update of name on commune
  for each row when (old.name <> new.name) execute function refresh_commune_search();

create index dataset_search_index on dataset using gin (search);

-- The words of published datasets, folded, and how one of them writes each: what a mistyped word is compared to.
create table search_word (
  word text primary key,
  shown text not null,
  uses integer not null
);
create index search_word_nearest on search_word using gist (word gist_trgm_ops (siglen = 64));
`;
