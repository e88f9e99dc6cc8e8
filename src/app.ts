// The only file that knows every room: opens the doors to machines, and registers the rooms by name.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Settings } from './config.ts';
import type { Context, Log } from './context.ts';
import { openIngestEngine, openQueryEngine } from './engines.ts';
import { catalogRoutes } from './features/catalog/routes.ts';
import { getTerritory, listDatasets } from './features/catalog/service.ts';
import { explorePages } from './features/explore/page-routes.ts';
import { exploreRoutes } from './features/explore/routes.ts';
import { openingRoutes } from './features/opening/routes.ts';
import { versionRoutes } from './features/versions/routes.ts';
import { finishPurges, followPurges } from './features/versions/service.ts';
import type { Actor } from './model/permission.ts';
import { isAlive } from './stores/alive.ts';
import { type FileStore, openDiskStore } from './stores/files/files.ts';
import { openMetadata } from './stores/metadata/connect.ts';
import { buildServer } from './web/server.ts';

export type App = {
  contextFor(actor: Actor): Context;
  close(): Promise<void>;
};

/**
 * Opens every door: stored files, engines, and the database with its migrations done.
 * @throws TerroirError database.unreachable, storage.failed
 */
export async function openApp(settings: Settings, log: Log = silent): Promise<App> {
  const files = await openDiskStore(settings.filesFolder);
  await sweepScratch(files);
  const metadata = await openMetadata(settings);
  const tables = openQueryEngine(files);
  const ingest = openIngestEngine(files);
  const contextFor = (actor: Actor): Context => ({
    db: metadata.db,
    tables,
    ingest,
    files,
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

/** The portal: the shell, then each room, by name. */
export async function buildPortal(app: App, settings: Settings, log: Log): Promise<FastifyInstance> {
  const contextOf = () => app.contextFor({ kind: 'anyone' });
  const site = async () => {
    const territory = await getTerritory(contextOf());
    return { name: territory?.name ?? null, demo: territory !== null && territory.demo !== null };
  };
  const examples = async () => {
    const { datasets } = await listDatasets(contextOf(), { limit: 1, offset: 0 });
    return { record_id: '1', ...(datasets[0] !== undefined && { dataset_id: datasets[0].id }) };
  };
  const server = await buildServer({ publicUrl: settings.publicUrl, log, site, examples });
  await server.register(catalogRoutes, { contextOf });
  await server.register(exploreRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(explorePages, { contextOf });
  await server.register(openingRoutes, { contextOf });
  await server.register(versionRoutes, { contextOf });
  followPurgesOf(app, server, log);
  return server;
}

/** How soon a running portal forgets what the command line purged. */
const purgeSeconds = 5;

/** Rows that were purged by another process leave the memory of this one. */
function followPurgesOf(app: App, server: FastifyInstance, log: Log): void {
  const context = app.contextFor({ kind: 'operator' });
  let last = '0';
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(async () => {
        last = await followPurges(context, last);
      })
      .catch((error: unknown) => log.warn({ error: String(error) }, 'purges could not be followed'));
  }, purgeSeconds * 1000);
  timer.unref();
  server.addHook('onClose', async () => {
    clearInterval(timer);
    await running;
  });
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
