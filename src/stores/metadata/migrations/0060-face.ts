// How the territory and its organizations look and who answers there, and the drawing made of the communes' boundaries.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const face: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table face (
  -- The slug of an organization; empty for the territory.
  owner text primary key,
  organization text unique references organization (slug),
  check (owner = coalesce(organization, '')),
  -- « #1d5873 »: what carries the page, and what carries links and buttons; checked for contrast before they are kept.
  ground text check (ground ~ '^#[0-9a-f]{6}$'),
  accent text check (accent ~ '^#[0-9a-f]{6}$'),
  logo bytea,
  logo_type text,
  photo bytea,
  photo_type text,
  -- What the photo shows, for those who do not see it, and whom to thank for it.
  photo_text text,
  photo_credit text,
  mission text,
  contact_name text,
  contact_email text,
  contact_phone text,
  contact_delay text,
  -- The address under which only this organization and the territory show.
  host text unique check (host = lower(host)),
  -- Grows at each change: pictures and colours are kept by browsers under it.
  revision integer not null default 1,
  changed_by text not null,
  changed_at timestamptz not null
);

create table drawing (
  -- There is one territory.
  only_one boolean primary key default true check (only_one),
  dataset_id text not null references dataset (id),
  version_number integer not null,
  modified_at timestamptz not null,
  title text not null,
  source text,
  drawing jsonb not null
);
`;
