// Makes a file of a version's rows in any format; made once per (version, query, format), then served from a bounded cache.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { SharedWork } from '../../lib/request-scope.ts';
import { WorkQueue } from '../../lib/work-queue.ts';
import type { TableEngine } from '../../stores/tables/engine.ts';
import { factsOf } from './formats.ts';
import { exportSeconds, makeExport } from './make.ts';
import type { ExportRequest } from './request.ts';

export { exportFormats } from './formats.ts';

export type ExportedFile = { readonly path: string; readonly bytes: number; readonly etag: string };

/** Exports that are being made, by path: the second one who asks waits for the first. */
const inProgress = new Map<string, SharedWork<ExportedFile>>();

/** As many as the machine makes without slowing each other down; those who come when all places are taken are told when to. */
export const exportQueue = new WorkQueue({ atOnce: 2, waiting: 30, comeBackSeconds: 30 });

/**
 * The file of an export, made now or before. Written beside, then renamed: never half there.
 * @throws TerroirError export.noPlaces, export.tooManyRows, export.tooLarge, engine.timeout, engine.memory, disk.full, engine.failed,
 *   request.busy, request.left
 */
export async function exportFile(
  request: ExportRequest,
  tables: TableEngine,
  cache: { readonly folder: string; readonly maxBytes: number },
): Promise<ExportedFile> {
  const { format } = request;
  const hash = createHash('sha256')
    .update(JSON.stringify([request.key, format, optionsOf(request)]))
    .digest('hex');
  const etag = hash.slice(0, 32);
  if (request.stored !== null && format === 'parquet')
    return { path: request.stored, bytes: (await stat(request.stored)).size, etag };
  const path = join(cache.folder, request.version, `${hash}.${factsOf(format).ending}`);
  const kept = await keptFile(path);
  if (kept !== null) return { path, bytes: kept, etag };
  const running = inProgress.get(path);
  if (running !== undefined && !running.givenUp) return running.join();
  // Given up when all who asked for it have left, in the queue too.
  const making = new SharedWork(async () => {
    try {
      const bytes = await exportQueue.take(() => make(request, path, tables, cache));
      return { path, bytes, etag };
    } finally {
      if (inProgress.get(path) === making) inProgress.delete(path);
    }
  });
  inProgress.set(path, making);
  return making.join();
}

/** Its size in bytes when it is there; marked as used now. */
async function keptFile(path: string): Promise<number | null> {
  try {
    const { size } = await stat(path);
    const now = new Date();
    await utimes(path, now, now);
    return size;
  } catch {
    return null;
  }
}

async function make(
  request: ExportRequest,
  path: string,
  tables: TableEngine,
  cache: { readonly folder: string; readonly maxBytes: number },
): Promise<number> {
  const folder = join(cache.folder, request.version);
  await mkdir(folder, { recursive: true });
  const part = join(folder, `part-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    await makeExport(request, part, tables);
    const { size } = await stat(part);
    await makeRoom(cache.folder, cache.maxBytes - size);
    await rename(part, path);
    return size;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** What else decides of the bytes; nothing where the rows alone do. */
function optionsOf({ format, csv, compression, gpx, subject, epsg }: ExportRequest): unknown {
  if (format === 'csv') return csv;
  if (format === 'parquet') return compression;
  if (format === 'json' || format === 'jsonl') return null;
  return [csv.useLabels, subject, format === 'gpx' ? gpx : null, ...(epsg === undefined ? [] : [epsg])];
}

/** Deletes the files used longest ago until the others take `maxBytes` at most, and what killed processes left behind. */
async function makeRoom(folder: string, maxBytes: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name, parentPath }) => {
        const path = join(parentPath, name);
        const facts = await stat(path).catch(() => null);
        return { path, part: name.startsWith('part-'), bytes: facts?.size ?? 0, usedAt: facts?.mtimeMs ?? 0 };
      }),
  );
  const tooOld = Date.now() - 2 * exportSeconds * 1000;
  let kept = 0;
  for (const file of files.sort((a, b) => b.usedAt - a.usedAt)) {
    if (file.part && file.usedAt > tooOld) continue;
    if (!file.part && kept + file.bytes <= maxBytes) kept += file.bytes;
    // On every system we run on, whoever is reading a deleted file reads it to its end.
    else await rm(file.path, { force: true });
  }
}

/** Deletes the exports of a version; one that is being made finds its folder gone and is not kept. */
export async function removeExports(folder: string, version: string): Promise<void> {
  await rm(join(folder, version), { recursive: true, force: true });
}
