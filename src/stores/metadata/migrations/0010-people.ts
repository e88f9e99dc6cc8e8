// People: who they are, how they prove it, what they may do, who invited them, what they left behind, and keys for programs.
import { type Kysely, sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const people: Migration = {
  async up(db) {
    for (const statements of [persons, rights, comings, traces]) await run(db, statements);
  },
};

async function run(db: Kysely<unknown>, statements: string): Promise<void> {
  await sql.raw(statements).execute(db);
}

// The tables named person, person_session, person_credential, person_verification and person_passkey hold what better-auth
// reads and writes, under our names; a test asks better-auth itself whether anything is missing.
const persons = `
create table person (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  -- In lower case: better-auth folds it before it asks.
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  language text not null default 'fr' check (language in ('fr', 'en')),
  rhythm text not null default 'daily' check (rhythm in ('never', 'instantly', 'daily', 'weekly')),
  -- The name of a character of the demonstration; null for a real person.
  demo text unique,
  seen_at timestamptz,
  -- When a message last came back for good: the address is to be checked.
  bounced_at timestamptz
);

create table person_session (
  id uuid primary key default gen_random_uuid(),
  token text not null unique,
  person_id uuid not null references person (id) on delete cascade,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text
);
create index person_session_person on person_session (person_id);

create table person_credential (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_credential_person on person_credential (person_id);
create index person_credential_account on person_credential (provider_id, account_id);

create table person_verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_verification_identifier on person_verification (identifier);

create table person_passkey (
  id uuid primary key default gen_random_uuid(),
  name text,
  public_key text not null,
  person_id uuid not null references person (id) on delete cascade,
  credential_id text not null,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz,
  aaguid text
);
create index person_passkey_person on person_passkey (person_id);
create unique index person_passkey_credential on person_passkey (credential_id);

-- A link that opens one door once: only its hash is kept.
create table one_time_link (
  sha256 text primary key,
  purpose text not null check (purpose in ('administrator')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Attempts counted by what they are about (a hash), so that guessing is slow whatever process answers.
create table attempt (
  subject text primary key,
  count integer not null,
  since timestamptz not null
);
`;

const rights = `
alter table organization
  add membership text not null default 'active'
    check (membership in ('invited', 'requested', 'verified', 'signed', 'active', 'suspended', 'left')),
  add membership_since timestamptz not null default now(),
  add membership_reason text;

create table role_grant (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references person (id) on delete cascade,
  role text not null,
  organization text references organization (slug),
  given_by text not null,
  given_at timestamptz not null,
  ends_at timestamptz not null,
  renewed_at timestamptz,
  reminded_at timestamptz,
  ended_at timestamptz,
  ended_by text,
  check (case when organization is null
    then role in ('steward', 'legalOfficer', 'accessOfficer', 'facilitator', 'moderator', 'operator', 'federationPeer')
    else role in ('pilot', 'deputy', 'editor', 'depositor', 'reader') end)
);
create unique index role_grant_once on role_grant (person_id, role, coalesce(organization, '')) where ended_at is null;
create index role_grant_organization on role_grant (organization) where ended_at is null;

create table api_key (
  id uuid primary key default gen_random_uuid(),
  organization text not null references organization (slug),
  name text not null,
  scopes text[] not null check (scopes <@ array['read', 'deposit', 'publish'] and cardinality(scopes) > 0),
  -- Its first letters, to tell it from others; the whole key is shown once and never kept.
  prefix text not null,
  sha256 text not null unique,
  created_by text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create index api_key_organization on api_key (organization);
`;

const comings = `
-- An invitation by a member, or a request by a person: the same questions, asked from two sides.
create table joining (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('invitation', 'request')),
  organization text not null references organization (slug),
  role text not null check (role in ('pilot', 'deputy', 'editor', 'depositor', 'reader')),
  email text not null,
  person_id uuid references person (id) on delete cascade,
  message text not null default '',
  state text not null check (state in ('pending', 'accepted', 'refused', 'cancelled')),
  token_sha256 text unique,
  made_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  check ((state = 'pending') = (closed_at is null)),
  check (kind = 'invitation' or person_id is not null)
);
create unique index joining_once on joining (organization, email) where state = 'pending';

create table handover (
  id uuid primary key default gen_random_uuid(),
  organization text not null references organization (slug),
  person_id uuid references person (id) on delete set null,
  person_name text not null,
  role text not null,
  reason text not null check (reason in ('left', 'ended', 'removed')),
  successor text,
  made_at timestamptz not null,
  -- The sheet as it was written that day: datasets, due dates, contacts, keys, open questions.
  sheet jsonb not null
);
create index handover_organization on handover (organization, made_at desc);
`;

const traces = `
create table people_event (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  -- A person's id, a key's id, 'operator', 'person' (oneself, not yet known) or 'clock'.
  actor text not null,
  verb text not null,
  organization text,
  person_id uuid,
  details jsonb not null
);
create index people_event_organization on people_event (organization, id);
create trigger people_event_kept before update or delete on people_event
  for each row execute function refuse_change();
`;
