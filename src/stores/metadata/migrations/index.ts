// Every migration by name, in order; a released one never changes.
import type { Migrations } from '../migrate.ts';
import { catalogue } from './0001-catalogue.ts';

export const migrations: Migrations = {
  '0001-catalogue': catalogue,
};
