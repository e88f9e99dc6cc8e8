// May we open it: what licences ask for, the reviews of openings with every answer that was given, the legal officer's queue.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const opening: Migration = {
  async up(db) {
    for (const statements of [licences, reviews]) await sql.raw(statements).execute(db);
  },
};

const licences = `
-- High-value data (regulation 2023/138) opens with no stricter licence than CC BY; a licence that is not in the decree's
-- list needs the reference of its homologation (CRPA D323-2-2).
alter table dataset
  add hvd_category text,
  add homologation text check (homologation <> ''),
  add constraint dataset_licence_high_value check (hvd_category is null or licence = 'lov2'),
  add constraint dataset_licence_listed check (licence in ('lov2', 'odc-odbl') or homologation is not null);
`;

const reviews = `
create table opening_review (
  id uuid primary key default gen_random_uuid(),
  organization text not null references organization (slug),
  -- What people call it, before it is a dataset.
  title text not null,
  -- Known once it was received, then once it is published.
  deposit_id uuid references deposit (id),
  dataset_id text references dataset (id),
  version_number integer,
  state text not null check (state in ('answering', 'asked', 'returned', 'decided')),
  -- As the scan told it: masked.
  findings jsonb not null,
  outcome text check (outcome in ('open', 'openAfterProcessing', 'restricted', 'notOpen')),
  bases text[] not null default '{}',
  motive text,
  author text not null,
  created_at timestamptz not null,
  asked_by text,
  asked_at timestamptz,
  question text,
  decided_by text,
  decided_as text check (decided_as in ('producer', 'legalOfficer')),
  decided_at timestamptz,
  check ((state = 'decided') = (outcome is not null)),
  check ((outcome is null) = (decided_at is null)),
  check (state <> 'asked' or asked_at is not null),
  foreign key (dataset_id, version_number) references version (dataset_id, number)
);
create index opening_review_dataset on opening_review (dataset_id, version_number) where dataset_id is not null;
create index opening_review_queue on opening_review (asked_at) where state = 'asked';

-- Every answer and every decision on a column that was ever given: the last one counts, none is lost.
create table opening_answer (
  id bigint generated always as identity primary key,
  review_id uuid not null references opening_review (id),
  question text not null,
  answer jsonb not null,
  source text not null check (source in ('person', 'detection', 'previous')),
  author text not null,
  at timestamptz not null
);
create index opening_answer_review on opening_answer (review_id, id);

create table opening_column (
  id bigint generated always as identity primary key,
  review_id uuid not null references opening_review (id),
  name text not null,
  disposition jsonb not null,
  source text not null check (source in ('person', 'previous')),
  author text not null,
  at timestamptz not null
);
create index opening_column_review on opening_column (review_id, id);

create table opening_event (
  id bigint generated always as identity primary key,
  review_id uuid not null references opening_review (id),
  verb text not null,
  author text not null,
  at timestamptz not null,
  details jsonb not null
);
create index opening_event_review on opening_event (review_id, id);

-- A decision is kept as it was taken: afterwards a review only learns which version it became.
create function refuse_opening_change() returns trigger language plpgsql as $$
begin
  if old.state = 'decided' and
    (to_jsonb(new) - array['deposit_id', 'dataset_id', 'version_number'])
      is distinct from (to_jsonb(old) - array['deposit_id', 'dataset_id', 'version_number']) then
    raise exception 'the decision of review % is kept as it was taken', old.id using errcode = 'integrity_constraint_violation';
  end if;
  if old.dataset_id is not null and (new.dataset_id, new.version_number) is distinct from (old.dataset_id, old.version_number) then
    raise exception 'review % belongs to a version already', old.id using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger opening_review_decided before update on opening_review for each row execute function refuse_opening_change();
create trigger opening_review_kept before delete on opening_review for each row execute function refuse_change();
create trigger opening_answer_append_only before update or delete on opening_answer for each row execute function refuse_change();
create trigger opening_column_append_only before update or delete on opening_column for each row execute function refuse_change();
create trigger opening_event_append_only before update or delete on opening_event for each row execute function refuse_change();
`;
