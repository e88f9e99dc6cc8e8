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
import { answerTooLarge } from './answer-limit.ts';
import { quoteLiteral } from './dialect.ts';
import type { AnswerLimits, EngineLimits, Rows, SqlValue, Statement } from './engine.ts';
import type { FromChild, ToChild } from './protocol.ts';
import { appendRows } from './values.ts';

const weighEveryMilliseconds = 100;

let connection: DuckDBConnection | null = null;
/** Requests may come before the engine is open: they wait for it. */
let opening: Promise<void> = Promise.resolve();
let running: number | null = null;
let answerLimits: AnswerLimits = { rows: Number.POSITIVE_INFINITY, megabytes: Number.POSITIVE_INFINITY };

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
    if (limits.answer !== undefined) answerLimits = limits.answer;
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
    const room = { rows: answerLimits.rows, bytes: answerLimits.megabytes * 1024 * 1024 };
    for (const statement of statements) {
      if (connection === null) throw new Error('the engine is not open');
      results.push(await runOne(connection, statement, room));
    }
    tell({ kind: 'done', id, results });
  } catch (error) {
    tell({ kind: 'failed', id, reason: reasonOf(error) });
  } finally {
    clearInterval(weighing);
    running = null;
  }
}

/** What the answer may still hold, all its statements together. */
type Room = { rows: number; bytes: number };

async function runOne(on: DuckDBConnection, { sql, params = [] }: Statement, room: Room): Promise<Rows> {
  const result =
    params.length === 0
      ? await on.run(sql)
      : await on.run(sql, params.map(boundValue), params.map(boundType) as DuckDBType[]);
  const names = result.columnNames();
  const types = result.columnTypes();
  const rows: unknown[][] = [];
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const first = rows.length;
    appendRows(chunk, types, rows);
    takeRoom(room, rows, first);
  }
  return { columns: names.map((name, index) => ({ name, type: String(types[index]) })), rows };
}

/** @throws Error answerTooLarge, which engine-error.ts knows */
function takeRoom(room: Room, rows: readonly (readonly unknown[])[], first: number): void {
  room.rows -= rows.length - first;
  if (room.bytes !== Number.POSITIVE_INFINITY)
    for (let at = first; at < rows.length; at++) room.bytes -= weightOf(rows[at]);
  if (room.rows < 0 || room.bytes < 0) throw new Error(answerTooLarge);
}

/** About what a value takes in memory, in bytes. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return 24 + value.length;
  if (typeof value !== 'object' || value === null) return 12;
  let bytes = 40;
  for (const part of Object.values(value)) bytes += weightOf(part);
  return bytes;
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
