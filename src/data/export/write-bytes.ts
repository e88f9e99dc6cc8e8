// Has a file of bytes written in a thread of its own, of rows that the engine wrote as lines.
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { TerroirError } from '../../lib/errors.ts';
import { quoteIdentifier } from '../../stores/tables/dialect.ts';
import type { ByteAnswer, ByteColumn, ByteRequest } from './byte-format.ts';
import type { PlaceColumn, TypedColumn } from './request.ts';
import { isoMoment, textValue, wktOf } from './values.ts';
import { writeZip } from './zip.ts';

/** The heap of the thread: it holds a piece of the rows at a time. */
const heapMegabytes = 128;

/** A row as a line: its place in well-known binary (hexadecimal), then its values. */
export function byteLine(columns: readonly TypedColumn[], place: PlaceColumn): string {
  return placedLine(
    columns.map((column) => lineValue(column)),
    place,
  );
}

/** The same with values that are SQL already. */
export function placedLine(values: readonly string[], place: PlaceColumn): string {
  const sql = quoteIdentifier(place.name);
  const geometry = place.kind === 'shape' ? sql : `CAST(${wktOf('point', sql)} AS GEOMETRY)`;
  return `CAST(json_array(${[`hex(ST_AsWKB(${geometry}))`, ...values].join(', ')}) AS VARCHAR)`;
}

function lineValue(column: TypedColumn): string {
  const sql = quoteIdentifier(column.name);
  switch (byteType(column)) {
    case 'boolean':
      return sql;
    case 'integer':
      return `CAST(${sql} AS VARCHAR)`;
    case 'number':
      return `CASE WHEN isfinite(CAST(${sql} AS DOUBLE)) THEN CAST(${sql} AS DOUBLE) END`;
    case 'datetime':
      return isoMoment(sql);
    default:
      return textValue(column.kind, sql);
  }
}

/** What such a file makes of a column. */
export function byteType({ kind, type }: TypedColumn): ByteColumn['type'] {
  if (kind === 'number')
    return /^(U?(TINY|SMALL|BIG)?INT(EGER)?)$/.test(type) && type !== 'UBIGINT' ? 'integer' : 'number';
  if (kind === 'boolean' || kind === 'date' || kind === 'datetime') return kind;
  return 'text';
}

/**
 * Writes the file of `request`. Whatever happens, nothing but it is left.
 * @throws TerroirError export.tooLarge, engine.timeout, engine.memory, engine.failed, disk.full
 */
export async function writeBytes(request: ByteRequest, timeoutSeconds: number): Promise<void> {
  try {
    const answer = await inThread(request, timeoutSeconds);
    if (answer.kind === 'tooLarge')
      throw new TerroirError('export.tooLarge', { format: request.format, max: answer.max });
    if (answer.kind === 'failed' && answer.full) throw new TerroirError('disk.full');
    if (answer.kind === 'failed') throw new TerroirError('engine.failed', { reason: answer.reason });
    if (answer.parts.length > 0) await writeZip(request.path, answer.parts);
  } finally {
    await removeBeside(request.path);
  }
}

/** The files named like it, with more after. */
async function removeBeside(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith(`${basename(path)}-`)) await rm(join(folder, name), { force: true });
}

function inThread(request: ByteRequest, timeoutSeconds: number): Promise<ByteAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ByteAnswer>();
  const worker = new Worker(threadModule(), {
    workerData: request,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes, maxYoungGenerationSizeMb: 16 },
    stderr: true,
  });
  const timer = setTimeout(() => {
    reject(new TerroirError('engine.timeout', { seconds: timeoutSeconds }));
  }, timeoutSeconds * 1000);
  worker.once('message', (answer: ByteAnswer) => resolve(answer));
  worker.once('error', (error: unknown) => {
    const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    reject(memory ? new TerroirError('engine.memory') : error);
  });
  worker.once('exit', () => reject(new TerroirError('engine.failed', { reason: 'the writer stopped' })));
  return promise.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}

/** Beside the bundled server (dist/byte-writer.js), else the source itself, which Node runs by stripping its types. */
function threadModule(): string {
  const bundled = fileURLToPath(new URL('./byte-writer.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./byte-writer.ts', import.meta.url));
}
