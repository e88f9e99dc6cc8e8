// By which door a file arrived, and who brought it: a depositor reads their own.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const arrivals: Migration = {
  async up(db) {
    await sql`
      alter table deposit
        add author text,
        add origin text check (origin in ('upload', 'paste', 'link', 'api'))`.execute(db);
  },
};
