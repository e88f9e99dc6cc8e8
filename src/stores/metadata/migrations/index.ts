// Every migration by name, in order; a released one never changes.
import type { Migrations } from '../migrate.ts';
import { catalogue } from './0001-catalogue.ts';
import { formats } from './0002-formats.ts';

export const migrations: Migrations = {
  '0001-catalogue': catalogue,
  '0002-formats': formats,
};
