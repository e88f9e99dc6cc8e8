// Stories: pages that a steward or an editor writes, with live blocks made of published data; answers are short ones.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const stories: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table story (
  -- Its address, for ever.
  slug text primary key,
  kind text not null check (kind in ('story', 'answer')),
  -- Whose words these are; null for the territory's.
  organization text references organization (slug),
  title text not null,
  lead text not null,
  -- Markdown.
  body text not null,
  datasets text[] not null default '{}',
  -- The INSEE code of the commune that an answer is about.
  commune text,
  state text not null check (state in ('draft', 'published', 'withdrawn')),
  state_reason text,
  demo boolean not null default false,
  -- Goes up by one at each writing: who wrote from an older one is told.
  version integer not null default 1,
  -- The words of title, lead and text, folded: what searches look in.
  words text not null,
  created_by text not null,
  created_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  -- The first time.
  published_at timestamptz
);
create index story_published on story (published_at desc, slug) where state = 'published';
create index story_commune on story (commune) where state = 'published';
`;
