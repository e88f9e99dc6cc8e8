// The only file that knows every room, and registers them by name.
import type { FastifyInstance } from 'fastify';
import { demoPeople } from '../territories/demo/people.ts';
import type { Settings } from './config.ts';
import type { Context, ContextOf, Log } from './context.ts';
import type { App } from './doors.ts';
import { openAccounts } from './features/accounts/open.ts';
import { accountRoutes } from './features/accounts/routes.ts';
import { apiRoutes } from './features/api/routes.ts';
import { catalogRoutes } from './features/catalog/routes.ts';
import { getTerritory, listDatasets } from './features/catalog/service.ts';
import { oldAddressRoutes } from './features/catalog-api/old-routes.ts';
import { catalogApiRoutes } from './features/catalog-api/routes.ts';
import { explorePastRoutes } from './features/catalog-api/v2-routes.ts';
import { ckanRoutes } from './features/ckan/routes.ts';
import { deskRoutes } from './features/desk/routes.ts';
import { followDrafts } from './features/desk/service.ts';
import { discoveryRoutes } from './features/discovery/routes.ts';
import elementNotes from './features/explore/element-notes.json' with { type: 'json' };
import { endingRoutes } from './features/explore/ending-routes.ts';
import { explorePages } from './features/explore/page-routes.ts';
import { exploreRoutes } from './features/explore/routes.ts';
import { faceRoutes } from './features/face/routes.ts';
import { drawTerritory, scoped, territoryDrawing, whiteLabel } from './features/face/service.ts';
import { harmonisationRoutes } from './features/harmonisation/routes.ts';
import { followProducers } from './features/harmonisation/service.ts';
import { intakeRoutes } from './features/intake/routes.ts';
import { mcpRoutes } from './features/mcp/routes.ts';
import { ogcRoutes } from './features/ogc/routes.ts';
import { openingRoutes } from './features/opening/routes.ts';
import { reminderRoutes } from './features/reminders/routes.ts';
import { schemaRoutes } from './features/schemas/routes.ts';
import { withTerritorySchemas } from './features/schemas/service.ts';
import { searchV1Routes } from './features/search-v1/routes.ts';
import { sourceRoutes } from './features/sources/routes.ts';
import { storyRoutes } from './features/stories/routes.ts';
import { newestAnswers, storiesFor, storiesOfCommune } from './features/stories/service.ts';
import { tileRoutes } from './features/tiles/routes.ts';
import { versionRoutes } from './features/versions/routes.ts';
import { followPurges } from './features/versions/service.ts';
import { wasteRoutes } from './features/waste/routes.ts';
import { followWidgets } from './features/widgets/counting.ts';
import { widgetRoutes } from './features/widgets/routes.ts';
import { watchWidgets } from './features/widgets/service.ts';
import { registryOf } from './registry.ts';
import { openSecret } from './stores/secret.ts';
import { buildServer } from './web/server.ts';

export type PortalOptions = {
  /** The server was started as a demonstration: its characters may come in, if the territory is one too. */
  readonly demo: boolean;
};

/** The portal: the shell, then each room, by name. */
export async function buildPortal(
  app: App,
  settings: Settings,
  log: Log,
  { demo }: PortalOptions,
): Promise<FastifyInstance> {
  const anyone: Context = app.contextFor({ kind: 'anyone' });
  const contextOf: ContextOf = async (request) => scoped(app.contextFor(request.visitor.actor), request);
  const secret = settings.authSecret ?? (await openSecret(settings.home));
  const site = async () => {
    const territory = await getTerritory(anyone);
    const drawing = await territoryDrawing(anyone);
    const mark = drawing === null ? null : { path: drawing.mark, width: drawing.width, height: drawing.height };
    return { name: territory?.name ?? null, demo: territory !== null && territory.demo !== null, mark };
  };
  const examples = async () => {
    const { datasets } = await listDatasets(anyone, { limit: 1, offset: 0 });
    return {
      record_id: '1',
      number: '1',
      ...(datasets[0] !== undefined && { dataset_id: datasets[0].id, id: datasets[0].id }),
    };
  };
  const accounts = openAccounts(
    { anyone, machine: app.contextFor({ kind: 'operator' }) },
    { ...settings, secret, demo, demoPeople, siteName: async () => (await site()).name ?? 'Terroir' },
  );
  const shipped = registryOf(settings);
  const schemas = withTerritorySchemas(shipped, app.contextFor({ kind: 'operator' }));
  const server = await buildServer({
    publicUrl: settings.publicUrl,
    log,
    site,
    examples,
    trustedProxies: settings.trustedProxies,
    rateLimit: settings.rateLimit,
    identify: accounts.identify,
  });
  whiteLabel(server, { anyone, publicUrl: settings.publicUrl });
  followWidgets(server, { context: app.contextFor({ kind: 'operator' }), publicUrl: settings.publicUrl });
  await server.register(catalogRoutes, { contextOf, drawing: territoryDrawing, stories: storiesFor });
  await server.register(exploreRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(catalogApiRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(explorePastRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(oldAddressRoutes, { contextOf });
  await server.register(searchV1Routes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(ckanRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(apiRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(endingRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(explorePages, { contextOf });
  await server.register(faceRoutes, {
    contextOf,
    publicUrl: settings.publicUrl,
    answers: newestAnswers,
    storiesOf: storiesOfCommune,
  });
  await server.register(storyRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(discoveryRoutes, {
    contextOf,
    publicUrl: settings.publicUrl,
    siteName: async () => (await site()).name ?? 'Terroir',
    contact: settings.mail.from,
  });
  await server.register(ogcRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(tileRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(mcpRoutes, {
    contextOf,
    publicUrl: settings.publicUrl,
    siteName: async () => (await site()).name ?? 'Terroir',
  });
  await server.register(openingRoutes, { contextOf });
  await server.register(intakeRoutes, { contextOf, context: app.contextFor({ kind: 'operator' }) });
  await server.register(sourceRoutes, { contextOf, context: app.contextFor({ kind: 'operator' }) });
  await server.register(reminderRoutes, { contextOf, context: app.contextFor({ kind: 'operator' }), secret });
  await server.register(versionRoutes, { contextOf });
  await server.register(deskRoutes, { contextOf, schemas });
  await server.register(schemaRoutes, { contextOf, schemas, shipped, contact: settings.mail.from });
  await server.register(harmonisationRoutes, { contextOf, schemas, drawing: territoryDrawing });
  await server.register(wasteRoutes, { contextOf, publicUrl: settings.publicUrl });
  await server.register(widgetRoutes, { contextOf, publicUrl: settings.publicUrl, notes: elementNotes });
  await server.register(accountRoutes, { contextOf, doors: accounts.doors });
  server.addHook('onClose', () => accounts.close());
  const machine = app.contextFor({ kind: 'operator' });
  let lastPurge = '0';
  // Rows that were purged by another process leave the memory of this one.
  repeat(server, log, { seconds: purgeSeconds, failed: 'purges could not be followed' }, async () => {
    lastPurge = await followPurges(machine, lastPurge);
  });
  // Authors are reminded of what they left; what nobody takes up is put away.
  repeat(server, log, { seconds: draftSeconds, failed: 'drafts could not be followed' }, () => followDrafts(machine));
  // What producers publish reaches the datasets that gather it.
  repeat(server, log, { seconds: gatheringSeconds, failed: 'producers could not be followed' }, () =>
    followProducers(machine, schemas),
  );
  // Who looks after a site learns that its widget is no longer seen, or is broken.
  repeat(server, log, { seconds: widgetSeconds, failed: 'widgets could not be watched' }, async () => {
    await watchWidgets(machine);
  });
  // The territory is drawn again when its boundaries are published, or replaced.
  repeat(server, log, { seconds: drawingSeconds, failed: 'the territory could not be drawn' }, async () => {
    await drawTerritory(machine);
  });
  return server;
}

/** How soon a running portal forgets what the command line purged; how often drafts that were left are looked at. */
const purgeSeconds = 5;
const draftSeconds = 3600;
const drawingSeconds = 20;
const gatheringSeconds = 30;
const widgetSeconds = 3600;

/** Work that comes back as long as the portal runs, one turn after the other; a turn that fails is noted, the next one comes. */
function repeat(
  server: FastifyInstance,
  log: Log,
  { seconds, failed }: { readonly seconds: number; readonly failed: string },
  work: () => Promise<void>,
): void {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(work).catch((error: unknown) => log.warn({ error: String(error) }, failed));
  }, seconds * 1000);
  timer.unref();
  server.addHook('onClose', async () => {
    clearInterval(timer);
    await running;
  });
}
