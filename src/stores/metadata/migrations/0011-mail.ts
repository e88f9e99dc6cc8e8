// Messages to people: each waits here until it is sent, alone or grouped with others, and stays a while as a notice.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const mail: Migration = {
  async up(db) {
    await sql
      .raw(`
create table message (
  id bigint generated always as identity primary key,
  -- Null when the address belongs to nobody yet: an invitation.
  person_id uuid references person (id) on delete cascade,
  email text not null,
  language text not null check (language in ('fr', 'en')),
  kind text not null,
  -- What the sentences of this kind need; emptied once sent when it opens a door.
  params jsonb not null,
  link text,
  -- Who else has been told: their names and roles.
  others jsonb not null,
  rhythm text not null check (rhythm in ('instantly', 'daily', 'weekly', 'never')),
  created_at timestamptz not null,
  due_at timestamptz,
  claimed_until timestamptz,
  attempts integer not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,
  check ((rhythm = 'never') = (due_at is null))
);
create index message_waiting on message (due_at) where sent_at is null and failed_at is null;
create index message_person on message (person_id, id);
`)
      .execute(db);
  },
};
