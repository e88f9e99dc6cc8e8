// The engines that the roof opens: how much memory and time each may take. Needs no room, so that a command starts at once.
import { join } from 'node:path';
import type { Settings } from './config.ts';
import { type FileStore, openDiskStore } from './stores/files/files.ts';
import type { TableEngine } from './stores/tables/engine.ts';
import { openTableEngine } from './stores/tables/pool.ts';

/** Memory that one ingest may take, in MB: large enough for ten million rows, small enough for a modest server. */
const ingestMegabytes = 800;
const ingestSeconds = 3600;
const queryMegabytes = 400;
const querySeconds = 30;
/** Questions that wait for a child; what an answer may hold. */
const queryWaiting = 500;
const queryAnswer = { rows: 2_000_000, megabytes: 128 };

/** The engine and the files alone, for commands that need no database. */
export async function openEngineFor(
  settings: Settings,
): Promise<{ files: FileStore; tables: TableEngine; close(): Promise<void> }> {
  const files = await openDiskStore(settings.filesFolder);
  const tables = openIngestEngine(files);
  return { files, tables, close: () => tables.close() };
}

/** For pages and the API: several children, short answers. */
export function openQueryEngine(files: FileStore): TableEngine {
  return openTableEngine({
    children: 2,
    threadsPerChild: 2,
    memoryMegabytes: queryMegabytes,
    timeoutSeconds: querySeconds,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'query'),
    waiting: queryWaiting,
    answer: queryAnswer,
  });
}

/** For files on their way in: one child, long work. */
export function openIngestEngine(files: FileStore): TableEngine {
  return openTableEngine({
    children: 1,
    threadsPerChild: 2,
    memoryMegabytes: ingestMegabytes,
    timeoutSeconds: ingestSeconds,
    folders: [files.root],
    temporaryFolder: join(files.scratch, 'ingest'),
  });
}
