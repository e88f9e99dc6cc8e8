// The search also finds what the columns of a dataset hold: the most frequent words of the version that is shown.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const searchValues: Migration = {
  async up(db) {
    await sql.raw(statements).execute(db);
  },
};

const statements = `
alter table dataset add column column_values text not null default '';

-- At most ten values of each column are known; those that are words, not too long, and 20 000 characters in all.
create function terroir_values(profiles jsonb) returns text language sql immutable strict parallel safe as $$
  select coalesce(left(string_agg(value, ' '), 20000), '')
  from (
    select distinct top ->> 'value' as value
    from jsonb_array_elements(profiles) as profile, jsonb_array_elements(profile -> 'top') as top
    where length(top ->> 'value') between 3 and 80 and top ->> 'value' ~ '[[:alpha:]]{3}'
    order by 1
  ) as told
$$;

create or replace function refresh_dataset_search() returns trigger language plpgsql as $$
declare
  names text;
begin
  select concat_ws(' ', array_to_string(new.keywords, ' '),
    (select name from organization where slug = new.organization),
    (select string_agg(name, ' ') from commune where insee = any (new.communes))) into names;
  new.column_values := coalesce((select terroir_values(profiles) from version
    where dataset_id = new.id and number = new.version and purge_id is null), '');
  new.sort_title := terroir_fold(new.title);
  -- A tsvector holds 1 MB at most: what is beyond these lengths is not searched.
  new.head := terroir_vector(new.title, 'A') || terroir_vector(left(names, 20000), 'B');
  new.search := new.head
    || terroir_vector(left(new.description, 50000), 'C')
    || terroir_vector(left(new.column_titles, 50000), 'D')
    || terroir_vector(new.column_values, 'D');
  return new;
end $$;
drop trigger dataset_search on dataset;
create trigger dataset_search
  before insert or update of title, keywords, organization, communes, description, column_titles, version
  on dataset for each row execute function refresh_dataset_search();

update dataset set title = title;
`;
