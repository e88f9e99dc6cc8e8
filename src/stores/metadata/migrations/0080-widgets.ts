// Widgets that communes put on their own sites: what was configured, and how often it was asked for, by day and host alone.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const widgets: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
create table widget_instance (
  -- Stands in the embed code, for all to read: it opens nothing.
  key text primary key,
  organization text not null references organization (slug),
  widget text not null,
  name text not null,
  -- Host names, lower case, each with its subdomains.
  hosts text[] not null,
  attributes jsonb not null,
  -- Who looks after the site: an e-mail address.
  contact text not null,
  language text not null check (language in ('fr', 'en')),
  created_by text not null,
  created_at timestamptz not null,
  retired_at timestamptz,
  -- The trouble that its contact was last written to about; null when there is none.
  told text,
  told_at timestamptz
);
create index widget_instance_organization on widget_instance (organization, created_at);

-- Nothing of who looks: no address, no page, no hour.
create table widget_use (
  key text not null references widget_instance (key) on delete cascade,
  day date not null,
  -- Empty when the browser does not say.
  host text not null,
  uses bigint not null,
  primary key (key, day, host)
);
create index widget_use_day on widget_use (day);
`;
