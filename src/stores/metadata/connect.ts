// Opens the catalogue's database, embedded or yours, by one way: a pool, typed queries, migrations done.
import { Kysely } from 'kysely';
import { Pool } from 'pg';
import { TerroirError } from '../../lib/errors.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import type { Metadata } from './metadata.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { newWrites, trustSnapshots, WatchedDialect, watchStatement } from './snapshot.ts';
import type { Tables } from './tables.ts';

export type OpenMetadata = {
  readonly db: Metadata;
  /** The address that was connected to. */
  readonly url: string;
  /** Closes the connections; the last process that uses the embedded server stops it. */
  close(): Promise<void>;
};

const connections = 10;
const connectMilliseconds = 10_000;

/**
 * Opens the database of `databaseUrl`, or the embedded one of `home`, and brings it up to date.
 * @throws TerroirError database.unreachable, database.notEmbedded, database.tooOld, database.encoding,
 *   database.extension, database.newer, home.unusable, disk.full
 */
export async function openMetadata(settings: {
  readonly home: string;
  readonly databaseUrl: string | null;
}): Promise<OpenMetadata> {
  const embedded = settings.databaseUrl === null ? await openEmbedded(settings.home) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  const db = openPool(url);
  const close = () => closeAll(db, embedded);
  try {
    await answer(db);
    await migrate(db, migrations);
    return { db, url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openPool(url: string): Kysely<Tables> {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMilliseconds,
    idleTimeoutMillis: 30_000,
    application_name: `terroir ${process.pid}`,
  });
  // A server that restarts breaks idle connections: the pool drops them and opens others when they are needed.
  pool.on('error', () => {});
  const writes = newWrites();
  const db = new Kysely<Tables>({ dialect: new WatchedDialect({ pool }, writes), log: watchStatement(writes) });
  trustSnapshots(db, writes);
  return db;
}

/** Tells a database that cannot be reached from one that refuses what is asked of it later. */
async function answer(db: Kysely<Tables>): Promise<void> {
  try {
    await db.connection().execute(async () => {});
  } catch (error) {
    const reason =
      error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error);
    throw new TerroirError('database.unreachable', { reason }, { cause: error });
  }
}

async function closeAll(db: Kysely<Tables>, embedded: Embedded | null): Promise<void> {
  await db.destroy();
  await embedded?.close();
}
