// The name of what the database holds: as long as nobody writes it is the same, so what was read under it stays true.
import { type Driver, type LogEvent, PostgresDialect, type PostgresDialectConfig, sql } from 'kysely';
import type { Metadata } from './metadata.ts';

/** What another process writes is seen after this at the latest; what this one writes, at once. */
const trustedMilliseconds = 100;

type Asked = { readonly writes: number; readonly at: number; readonly name: Promise<string> };

/** Counts the writes of this process, and remembers the last name that was asked. */
export type Writes = { count: number; asked: Asked | null };

const watched = new WeakMap<Metadata, Writes>();

export function newWrites(): Writes {
  return { count: 0, asked: null };
}

/** From now on the names of this database are trusted for a moment. @param writes told of each write, by `watchWrites` */
export function trustSnapshots(db: Metadata, writes: Writes): void {
  watched.set(db, writes);
}

/** Tells `writes` of each statement that may change something, for Kysely's log. */
export function watchStatement(writes: Writes): (event: LogEvent) => void {
  return ({ query }) => {
    const reads = query.query.kind === 'SelectQueryNode' || /^\s*select\b/i.test(query.sql);
    if (!reads) writes.count++;
  };
}

/** PostgreSQL by Kysely, telling `writes` of each transaction that may have changed something, once it is over. */
export class WatchedDialect extends PostgresDialect {
  readonly #writes: Writes;

  constructor(config: PostgresDialectConfig, writes: Writes) {
    super(config);
    this.#writes = writes;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const writes = this.#writes;
    const readOnly = new WeakSet<object>();
    const [begin, commit] = [driver.beginTransaction.bind(driver), driver.commitTransaction.bind(driver)];
    driver.beginTransaction = (connection, settings) => {
      if (settings.accessMode === 'read only') readOnly.add(connection);
      else readOnly.delete(connection);
      return begin(connection, settings);
    };
    driver.commitTransaction = async (connection) => {
      try {
        await commit(connection);
      } finally {
        if (!readOnly.has(connection)) writes.count++;
      }
    };
    return driver;
  }
}

/**
 * The name of the database's present state. Asked of the database at most every tenth of a second, and again after each
 * write of this process.
 */
export function readSnapshot(db: Metadata): Promise<string> {
  const writes = watched.get(db);
  if (writes === undefined) return askSnapshot(db);
  const { asked, count } = writes;
  const now = performance.now();
  if (asked !== null && asked.writes === count && now - asked.at < trustedMilliseconds) return asked.name;
  const name = askSnapshot(db);
  writes.asked = { writes: count, at: now, name };
  name.catch(() => {
    writes.asked = null;
  });
  return name;
}

async function askSnapshot(db: Metadata): Promise<string> {
  const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(db);
  return rows[0]?.snapshot ?? '';
}
