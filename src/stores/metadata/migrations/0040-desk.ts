// The deposit desk: what a person has begun to publish, kept at each step so that it can be taken up again.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const desk: Migration = {
  async up(db) {
    await sql.raw(drafts).execute(db);
  },
};

const drafts = `
create table desk_draft (
  id uuid primary key default gen_random_uuid(),
  organization text not null references organization (slug),
  -- The dataset that gets a new version; known from the start, or once it is published.
  dataset_id text references dataset (id),
  version_number integer,
  author text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Grows each time what is examined changes: an examination that ends late is known to be of another time.
  revision integer not null default 0,
  -- The furthest step that was reached: one of seven.
  reached smallint not null default 1 check (reached between 1 and 7),
  -- What it is, in words of the job: a key of the cards of the first step.
  kind text,
  -- The file, the table of it, the schema it is checked against ('' for none chosen on purpose), the fixes.
  deposit_id uuid references deposit (id),
  table_name text,
  schema_name text,
  -- A PDF, a picture or a text that is published as it is.
  as_document boolean not null default false,
  steps jsonb not null default '[]',
  -- What was learnt of that file with those fixes (null: not looked at yet), or why it could not be read.
  examination jsonb,
  refusal jsonb,
  review_id uuid references opening_review (id),
  -- What is said of it: title, description, licence, frequency …
  said jsonb not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'secondReading', 'abandoned')),
  -- When its author was reminded of it, and told that it would be put away.
  reminded_at timestamptz,
  warned_at timestamptz,
  check (examination is null or refusal is null)
);
create index desk_draft_author on desk_draft (author, updated_at desc) where state = 'draft';
create index desk_draft_organization on desk_draft (organization, updated_at desc) where state = 'draft';
create index desk_draft_touched on desk_draft (updated_at) where state = 'draft';
create index desk_draft_review on desk_draft (review_id) where review_id is not null;
create index desk_draft_deposit on desk_draft (deposit_id) where deposit_id is not null;
`;
