// A DuckDB in a process of its own, that can be killed: reads and writes the given folders, nothing else. Run by pool.ts.
// Runs as bundled JavaScript or under Node's type stripping: it imports files with .ts endings and erasable syntax only.
import { mkdirSync } from 'node:fs';
import {
  BIGINT,
  DOUBLE,
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { quoteLiteral } from './dialect.ts';
import type { EngineLimits, Rows, SqlValue, Statement } from './engine.ts';
import type { FromChild, ToChild } from './protocol.ts';
import { appendRows } from './values.ts';

const weighEveryMilliseconds = 100;

let connection: DuckDBConnection | null = null;
/** Requests may come before the engine is open: they wait for it. */
let opening: Promise<void> = Promise.resolve();
let running: number | null = null;

// Ctrl-C and a service's stop reach the whole group of processes: only the parent decides when the work here ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// The parent is gone: nobody will read the answer. SIGKILL, because native code may hold up an ordinary exit.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToChild) => {
  if (message.kind === 'open') opening = open(message.limits, message.spillFolder);
  else if (message.kind === 'run') void run(message.id, message.statements);
  else if (message.id === running) connection?.interrupt();
});

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}

async function open(limits: EngineLimits, spillFolder: string): Promise<void> {
  try {
    mkdirSync(spillFolder, { recursive: true });
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(limits.threadsPerChild),
      memory_limit: `${limits.memoryMegabytes}MB`,
      temp_directory: spillFolder,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      preserve_insertion_order: 'true',
    });
    connection = await instance.connect();
    const folders = [...limits.folders, spillFolder].map((folder) => quoteLiteral(folder)).join(', ');
    await connection.run(`SET allowed_directories = [${folders}]`);
    // Versions never change: their Parquet footers are read once.
    await connection.run('SET parquet_metadata_cache = true');
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    tell({ kind: 'ready' });
  } catch (error) {
    tell({ kind: 'failed', id: null, reason: reasonOf(error) });
  }
}

async function run(id: number, statements: readonly Statement[]): Promise<void> {
  await opening;
  running = id;
  tell({ kind: 'begun', id });
  const weighing = setInterval(
    () => tell({ kind: 'weight', bytes: process.memoryUsage.rss() }),
    weighEveryMilliseconds,
  );
  try {
    const results: Rows[] = [];
    for (const statement of statements) {
      if (connection === null) throw new Error('the engine is not open');
      results.push(await runOne(connection, statement));
    }
    tell({ kind: 'done', id, results });
  } catch (error) {
    tell({ kind: 'failed', id, reason: reasonOf(error) });
  } finally {
    clearInterval(weighing);
    running = null;
  }
}

async function runOne(on: DuckDBConnection, { sql, params = [] }: Statement): Promise<Rows> {
  const result =
    params.length === 0
      ? await on.run(sql)
      : await on.run(sql, params.map(boundValue), params.map(boundType) as DuckDBType[]);
  const names = result.columnNames();
  const types = result.columnTypes();
  const rows: unknown[][] = [];
  for (const chunk of await result.fetchAllChunks()) appendRows(chunk, types, rows);
  return { columns: names.map((name, index) => ({ name, type: String(types[index]) })), rows };
}

/** Whole numbers are bound as BIGINT: bound as DOUBLE they would hide the column's statistics from the engine. */
function boundValue(value: SqlValue): DuckDBValue {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function boundType(value: SqlValue): DuckDBType | undefined {
  if (typeof value !== 'number') return undefined;
  return Number.isSafeInteger(value) ? BIGINT : DOUBLE;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
