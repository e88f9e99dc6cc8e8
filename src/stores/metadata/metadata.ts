// The door to PostgreSQL: the typed connection that queries.ts files use. Tables are described beside, migrations in migrations/.
import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

export type Metadata = Kysely<Tables>;
