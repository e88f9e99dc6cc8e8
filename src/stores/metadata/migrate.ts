// Brings a database up to date: forward only, each migration once, one process at a time.
import { type Kysely, sql } from 'kysely';
import { TerroirError } from '../../lib/errors.ts';

export type Migration = { up(db: Kysely<unknown>): Promise<void> };
export type Migrations = Readonly<Record<string, Migration>>;

/** "MIGR" in ASCII; the lock goes with its connection, so a killed process blocks nobody. */
const migrationLock = 0x4d_49_47_52;
const oldestServer = 15;
const extensions = ['unaccent', 'pg_trgm'] as const;

/**
 * Checks the server, makes the extensions, then runs what is missing in the order of the names; each migration is one
 * transaction.
 * @returns the names of those that ran.
 * @throws TerroirError database.tooOld, database.encoding, database.extension, database.newer
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<readonly string[]> {
  return await db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${migrationLock})`.execute(connection);
    try {
      await checkServer(connection);
      for (const extension of extensions) await makeExtension(connection, extension);
      return await runMissing(connection.withTables<Record<never, never>>() as Kysely<unknown>, migrations);
    } finally {
      await sql`select pg_advisory_unlock(${migrationLock})`.execute(connection);
    }
  });
}

async function runMissing(db: Kysely<unknown>, migrations: Migrations): Promise<readonly string[]> {
  await sql`create table if not exists migration (name text primary key, applied_at timestamptz not null default now())`.execute(
    db,
  );
  const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
  const applied = rows.map((row) => row.name);
  const newer = applied.find((name) => !Object.hasOwn(migrations, name));
  if (newer !== undefined) throw new TerroirError('database.newer', { migration: newer });
  const missing = Object.entries(migrations)
    .filter(([name]) => !applied.includes(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, migration] of missing) {
    await db.transaction().execute(async (transaction) => {
      await migration.up(transaction);
      await sql`insert into migration (name) values (${name})`.execute(transaction);
    });
  }
  return missing.map(([name]) => name);
}

async function checkServer<T>(db: Kysely<T>): Promise<void> {
  const { rows } = await sql<{ number: string; encoding: string }>`
    select current_setting('server_version_num') as number, current_setting('server_encoding') as encoding`.execute(db);
  const version = Math.floor(Number(rows[0]?.number) / 10_000);
  if (version < oldestServer) throw new TerroirError('database.tooOld', { version, min: oldestServer });
  const encoding = rows[0]?.encoding ?? '';
  if (encoding !== 'UTF8') throw new TerroirError('database.encoding', { encoding });
}

async function makeExtension<T>(db: Kysely<T>, extension: string): Promise<void> {
  try {
    await sql`create extension if not exists ${sql.id(extension)}`.execute(db);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TerroirError('database.extension', { extension, reason }, { cause: error });
  }
}
