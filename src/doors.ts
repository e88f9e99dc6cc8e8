// Opens the doors to machines, as the server and every command need them: stored files, engines, database.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from './config.ts';
import type { Context, Log } from './context.ts';
import { openIngestEngine, openQueryEngine } from './engines.ts';
import { finishPurges } from './features/versions/service.ts';
import type { Actor } from './model/permission.ts';
import { isAlive } from './stores/alive.ts';
import { openFetcher } from './stores/fetch/fetch.ts';
import { type FileStore, openDiskStore } from './stores/files/files.ts';
import { openMetadata } from './stores/metadata/connect.ts';

export type App = {
  contextFor(actor: Actor): Context;
  close(): Promise<void>;
};

/**
 * Opens every door: stored files, engines, and the database with its migrations done.
 * @param options.soonIngests the large engine starts at once, while the database does, for whoever is about to need it
 * @throws TerroirError database.unreachable, storage.failed
 */
export async function openApp(
  settings: Settings,
  log: Log = silent,
  options: { readonly soonIngests?: boolean } = {},
): Promise<App> {
  const files = await openDiskStore(settings.filesFolder);
  const fetcher = openFetcher({ allowedHosts: settings.fetchAllowedHosts });
  await sweepScratch(files);
  const tables = openQueryEngine(files);
  const ingest = openIngestEngine(files);
  // Whoever needs it and cannot have it is told then.
  if (options.soonIngests === true) ingest.run([]).catch(() => undefined);
  const metadata = await openMetadata(settings).catch(async (error: unknown) => {
    await ingest.close();
    throw error;
  });
  const contextFor = (actor: Actor): Context => ({
    db: metadata.db,
    tables,
    ingest,
    files,
    fetcher,
    actor,
    now: () => new Date(),
    log,
  });
  // What a purge killed midway left is destroyed before anyone is served.
  await finishPurges(contextFor({ kind: 'operator' }));
  return {
    contextFor,
    async close() {
      await Promise.all([tables.close(), ingest.close()]);
      await metadata.close();
    },
  };
}

/** Takes away the scratch folders of processes that are gone: a killed journey leaves one behind, worth nothing. */
async function sweepScratch(files: FileStore): Promise<void> {
  for (const name of await readdir(files.scratch)) {
    const owner = /^journey-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner)))
      await rm(join(files.scratch, name), { recursive: true, force: true });
  }
}

const silent: Log = { info() {}, warn() {}, error() {} };
