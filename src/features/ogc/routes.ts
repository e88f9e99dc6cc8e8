// OGC API Features over HTTP: an address in, the standard's documents out, as JSON or as a page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { crs84 } from '../../data/query/spatial-crs.ts';
import { prepareOgc, sendDocument } from '../../web/ogc-shell.ts';
import { ogcUrls } from '../../web/ogc-urls.ts';
import type { PageContext } from '../../web/page.ts';
import { withQuery } from '../../web/urls.ts';
import { getTerritory } from '../catalog/service.ts';
import { conformsTo } from './conformance.ts';
import {
  collectionDocument,
  inFormat,
  isLocated,
  type Linker,
  landing,
  linker,
  media,
  schemaDocument,
} from './documents.ts';
import { openApiDocument } from './openapi.ts';
import { CollectionPage, CollectionsPage, ItemPage, ItemsPage, LandingPage, ListPage } from './pages/ogc-pages.tsx';
import { checkNames, itemParameters, type Query, readItemQuery, readItemsQuery, wholeOf } from './parameters.ts';
import { limits } from './schemas.ts';
import { listCollections, openCollection, readItem, readItems } from './service.ts';

export type OgcRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Named = { Params: { id: string } };
type Numbered = { Params: { id: string; feature: string } };

const hidden = { schema: { hide: true } };

export async function ogcRoutes(server: FastifyInstance, options: OgcRoutesOptions): Promise<void> {
  await server.register(
    async (ogc) => {
      const { contextOf, publicUrl } = options;
      prepareOgc(ogc, async (request) => (await contextOf(request)).log);
      const link = linker(publicUrl);

      ogc.get('/', hidden, async (request, reply) => {
        checkNames(queryOf(request), []);
        const { title, description } = await aboutOf(await contextOf(request), request);
        const page = (context: PageContext) => LandingPage({ context, address: publicUrl + ogcUrls.home() });
        return sendDocument(request, reply, landing(link, title, description), page);
      });

      ogc.get('/conformance', hidden, async (request, reply) => {
        checkNames(queryOf(request), []);
        const page = (context: PageContext) =>
          ListPage({ context, title: context.voice.say('ogc.conformance'), entries: conformsTo });
        return sendDocument(request, reply, { conformsTo }, page);
      });

      ogc.get('/api', hidden, async (request, reply) => {
        checkNames(queryOf(request), []);
        const context = await contextOf(request);
        const about = await aboutOf(context, request);
        const document = openApiDocument(publicUrl, about, await everyDataset(context));
        const page = (page: PageContext) =>
          ListPage({ context: page, title: page.voice.say('ogc.openapi'), entries: Object.keys(document.paths) });
        return sendDocument(request, reply, document, page, media.openapi);
      });

      ogc.get('/collections', hidden, async (request, reply) => {
        const query = queryOf(request);
        checkNames(query, ['limit', 'offset']);
        const limit = Math.min(limits.collections, wholeOf(query, 'limit', 1) ?? limits.collections);
        const offset = wholeOf(query, 'offset', 0) ?? 0;
        const { datasets, total } = await listCollections(await contextOf(request), { limit, offset });
        const address = (from: number) =>
          withQuery(ogcUrls.collections(), { limit, ...(from > 0 && { offset: from }) });
        const document = {
          links: [
            link({ rel: 'self', path: request.url, type: media.json }),
            link({ rel: 'alternate', path: inFormat(request.url, 'html'), type: media.html }),
            ...(offset + limit < total ? [link({ rel: 'next', path: address(offset + limit), type: media.json })] : []),
          ],
          numberMatched: total,
          numberReturned: datasets.length,
          collections: datasets.map((dataset) => collectionDocument(link, dataset, dataset.version)),
        };
        return sendDocument(request, reply, document, (context) => CollectionsPage({ context, datasets }));
      });

      ogc.get<Named>('/collections/:id', hidden, async (request, reply) => {
        checkNames(queryOf(request), []);
        const { dataset, version } = await openCollection(await contextOf(request), request.params.id);
        const data = { dataset, rows: version.rows, located: isLocated(version) };
        return sendDocument(request, reply, collectionDocument(link, dataset, version), (context) =>
          CollectionPage({ context, data }),
        );
      });

      for (const kind of ['queryables', 'sortables', 'schema'] as const)
        ogc.get<Named>(`/collections/:id/${kind}`, hidden, async (request, reply) => {
          checkNames(queryOf(request), []);
          const collection = await openCollection(await contextOf(request), request.params.id);
          const document = schemaDocument(publicUrl, kind, collection);
          const page = (context: PageContext) =>
            ListPage({ context, title: context.voice.say('ogc.schema'), entries: Object.keys(document.properties) });
          return sendDocument(request, reply, document, page, media.schema);
        });

      ogc.get<Named>('/collections/:id/items', hidden, (request, reply) => sendItems(request, reply, options, link));
      ogc.get<Numbered>('/collections/:id/items/:feature', hidden, (request, reply) =>
        sendItem(request, reply, options, link),
      );
    },
    { prefix: ogcUrls.home() },
  );
}

function queryOf(request: FastifyRequest): Query {
  return request.query as Query;
}

async function aboutOf(context: Context, request: FastifyRequest) {
  const territory = await getTerritory(context);
  return { title: territory?.name ?? 'Terroir', description: request.voice.say('ogc.intro') };
}

async function everyDataset(context: Context) {
  const all = [];
  for (let offset = 0; ; offset += limits.collections) {
    const { total, datasets } = await listCollections(context, { limit: limits.collections, offset });
    all.push(...datasets);
    if (offset + limits.collections >= total) return all;
  }
}

async function sendItems(
  request: FastifyRequest<Named>,
  reply: FastifyReply,
  { contextOf }: OgcRoutesOptions,
  link: Linker,
): Promise<FastifyReply> {
  const context = await contextOf(request);
  const raw = queryOf(request);
  const collection = await openCollection(context, request.params.id, wholeOf(raw, 'version', 1));
  const { dataset, version, table } = collection;
  const query = readItemsQuery(raw, table);
  const found = await readItems(context, collection, query);
  const { next } = found;
  const path = ogcUrls.items(dataset.id);
  const given = Object.fromEntries(
    Object.entries(raw).filter(([name]) => !['offset', 'after', 'version'].includes(name)),
  ) as Record<string, string>;
  const nextPath =
    next === null
      ? null
      : // The next page is of the same version, whatever is published meanwhile.
        withQuery(path, { ...given, offset: next.offset, after: next.after, version: version.number });
  const before = Math.max(0, query.offset - query.limit);
  const previousPath =
    query.offset === 0
      ? null
      : withQuery(path, { ...given, ...(before > 0 && { offset: before }), version: version.number });
  const document = {
    type: 'FeatureCollection',
    timeStamp: context.now().toISOString(),
    numberMatched: found.matched,
    numberReturned: found.features.length,
    features: found.features,
    links: [
      link({ rel: 'self', path: request.url, type: media.geojson }),
      link({ rel: 'alternate', path: inFormat(request.url, 'html'), type: media.html }),
      link({ rel: 'collection', path: ogcUrls.collection(dataset.id), type: media.json }),
      ...(nextPath === null ? [] : [link({ rel: 'next', path: nextPath, type: media.geojson })]),
      ...(previousPath === null ? [] : [link({ rel: 'prev', path: previousPath, type: media.geojson })]),
    ],
  };
  reply
    .header('content-crs', `<${query.crs.uri}>`)
    .header('ogc-numbermatched', found.matched)
    .header('ogc-numberreturned', found.features.length);
  const properties = table.columns.filter(({ name }) => query.properties.includes(name));
  const data = { dataset, ...found, properties, previous: previousPath, next: nextPath };
  return sendDocument(request, reply, document, (page) => ItemsPage({ context: page, data }), media.geojson);
}

async function sendItem(
  request: FastifyRequest<Numbered>,
  reply: FastifyReply,
  { contextOf }: OgcRoutesOptions,
  link: Linker,
): Promise<FastifyReply> {
  const context = await contextOf(request);
  const raw = queryOf(request);
  checkNames(raw, itemParameters);
  const { id, feature: number } = request.params;
  const collection = await openCollection(context, id, wholeOf(raw, 'version', 1));
  const { dataset, table } = collection;
  const query = readItemQuery(raw, table);
  const feature = await readItem(context, collection, number, query);
  const document = {
    ...feature,
    links: [
      link({ rel: 'self', path: request.url, type: media.geojson }),
      link({ rel: 'alternate', path: inFormat(request.url, 'html'), type: media.html }),
      link({ rel: 'collection', path: ogcUrls.collection(dataset.id), type: media.json }),
    ],
  };
  reply.header('content-crs', `<${query.crs?.uri ?? crs84.uri}>`);
  const properties = table.columns.filter(({ name }) => query.properties.includes(name));
  const data = { dataset, feature, properties };
  return sendDocument(request, reply, document, (page) => ItemPage({ context: page, data }), media.geojson);
}
