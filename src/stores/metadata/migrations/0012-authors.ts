// Who made a dataset, so that a depositor has rights on their own; nobody's when that person has left.
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const authors: Migration = {
  async up(db) {
    await sql`alter table dataset add author text`.execute(db);
  },
};
