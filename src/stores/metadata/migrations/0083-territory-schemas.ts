// Schemas that the territory writes itself: versions from draft to public comments, a decision, and what is published for ever.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const territorySchemas: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table territory_schema (
  name text primary key,
  -- The schema it began from; null when it began empty.
  based_on text,
  -- Why the territory needs one of its own.
  reason text not null,
  created_by text not null,
  created_at timestamptz not null
);

create table territory_schema_version (
  id bigint generated always as identity primary key,
  schema_name text not null references territory_schema (name),
  -- Of a draft: what it would be called, reckoned again at each change.
  version text not null,
  -- draft → commenting → (amending) → published, or refused.
  state text not null check (state in ('draft', 'commenting', 'amending', 'published', 'refused')),
  descriptor jsonb not null,
  changed_by text not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  -- Days, as texts that sort.
  comments_from text check (comments_from ~ '^\\d{4}-\\d{2}-\\d{2}$'),
  comments_until text check (comments_until ~ '^\\d{4}-\\d{2}-\\d{2}$'),
  decision text check (decision in ('adopted', 'amended', 'refused')),
  decision_reason text,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  published_at timestamptz
);
create unique index territory_schema_published on territory_schema_version (schema_name, version)
  where state = 'published';
-- One version at a time is on its way.
create unique index territory_schema_open on territory_schema_version (schema_name)
  where state in ('draft', 'commenting', 'amending');

create function keep_published_schema() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'a published version of a schema never changes';
  end if;
  return coalesce(new, old);
end $$;
create trigger territory_schema_version_kept before update or delete on territory_schema_version
  for each row execute function keep_published_schema();

create table schema_comment (
  id bigint generated always as identity primary key,
  version_id bigint not null references territory_schema_version (id) on delete cascade,
  -- A person's id, kept so that it can be told who wrote; the name is what they gave then.
  author text not null,
  author_name text not null,
  text text not null,
  created_at timestamptz not null
);
create index schema_comment_version on schema_comment (version_id, id);

-- The version that a consolidated dataset follows; null for the one that is in force.
alter table consolidation add column schema_version text;
-- Fields that the mapping says and the schema has no more, or that it now requires and the mapping does not say.
alter table contribution add column missing_fields text[] not null default '{}';
-- The columns, or fields, that its producer was written to about.
alter table contribution add column told_of text[] not null default '{}';
`;
