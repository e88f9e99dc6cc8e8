// Vector tiles over HTTP: OGC API Tiles, and TileJSON for the maps of web pages.
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { prepareOgc, sendDocument } from '../../web/ogc-shell.ts';
import { ogcUrls } from '../../web/ogc-urls.ts';
import { matrixSet, matrixSets, tileJson, tileset, tilesets, webMercator } from './documents.ts';
import { TilesPage } from './pages/tiles-page.tsx';
import { openMapped, readTile, tileProperties, tileTag } from './service.ts';

export type TileRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Named = { Params: { id: string } };
type Placed = { Params: { id: string; tms: string; zoom: string; row: string; column: string } };

const hidden = { schema: { hide: true } };
const media = 'application/vnd.mapbox-vector-tile';
const decompress = promisify(gunzip);

export async function tileRoutes(server: FastifyInstance, { contextOf, publicUrl }: TileRoutesOptions): Promise<void> {
  await server.register(
    async (ogc) => {
      prepareOgc(ogc, async (request) => (await contextOf(request)).log);

      ogc.get('/tileMatrixSets', hidden, async (request, reply) =>
        sendDocument(request, reply, matrixSets(publicUrl), (context) =>
          TilesPage({
            context,
            title: context.voice.say('ogc.matrixSets'),
            links: [[webMercator, ogcUrls.tileMatrixSet(webMercator)]],
          }),
        ),
      );

      ogc.get<{ Params: { tms: string } }>('/tileMatrixSets/:tms', hidden, async (request, reply) => {
        checkMatrixSet(request.params.tms);
        const document = matrixSet();
        return sendDocument(request, reply, document, (context) =>
          TilesPage({ context, title: document.title, links: [[document.uri, document.uri]] }),
        );
      });

      ogc.get<Named>('/collections/:id/tiles', hidden, async (request, reply) => {
        const { dataset } = await openMapped(await contextOf(request), request.params.id);
        return sendDocument(request, reply, tilesets(publicUrl, dataset), (context) =>
          TilesPage({ context, title: dataset.title, links: [['TileJSON', ogcUrls.tileJson(dataset.id)]] }),
        );
      });

      ogc.get<{ Params: { id: string; tms: string } }>(
        '/collections/:id/tiles/:tms',
        hidden,
        async (request, reply) => {
          checkMatrixSet(request.params.tms);
          const collection = await openMapped(await contextOf(request), request.params.id);
          return sendDocument(request, reply, tileset(publicUrl, collection), (context) =>
            TilesPage({
              context,
              title: collection.dataset.title,
              links: [['TileJSON', ogcUrls.tileJson(collection.dataset.id)]],
            }),
          );
        },
      );

      ogc.get<Named>('/collections/:id/tiles/WebMercatorQuad/tilejson', hidden, async (request, reply) => {
        const collection = await openMapped(await contextOf(request), request.params.id);
        const asked = propertiesOf(request);
        const document = tileJson(publicUrl, collection, tileProperties(collection, asked), asked);
        return reply.type('application/json').header('cache-control', 'no-cache').send(JSON.stringify(document));
      });

      ogc.get<Placed>(
        '/collections/:id/tiles/:tms/:zoom/:row/:column',
        // Tiles are kept compressed.
        { ...hidden, compress: false },
        (request, reply) => sendTile(request, reply, contextOf),
      );
    },
    { prefix: ogcUrls.home() },
  );
}

function checkMatrixSet(tms: string): void {
  if (tms !== webMercator) throw new TerroirError('tile.unknown', { tile: tms.slice(0, 60) });
}

function propertiesOf(request: FastifyRequest): string | undefined {
  const { properties } = request.query as Readonly<Record<string, unknown>>;
  if (properties === undefined) return undefined;
  if (typeof properties !== 'string')
    throw new TerroirError('query.parameter', { name: 'properties', reason: 'given more than once' });
  return properties;
}

async function sendTile(
  request: FastifyRequest<Placed>,
  reply: FastifyReply,
  contextOf: ContextOf,
): Promise<FastifyReply> {
  const { id, tms, zoom, row, column } = request.params;
  checkMatrixSet(tms);
  const tile = { zoom: whole(zoom), row: whole(row), column: whole(column.replace(/\.(mvt|pbf)$/, '')) };
  const context = await contextOf(request);
  const collection = await openMapped(context, id);
  const properties = tileProperties(collection, propertiesOf(request));
  const shown = collection.dataset.state === 'published' ? 'public, max-age=0, must-revalidate' : 'private, no-store';
  const etag = `W/"${tileTag(collection, tile, properties)}"`;
  reply.header('etag', etag).header('cache-control', shown).header('vary', 'accept-encoding');
  const held = request.headers['if-none-match'];
  if (held?.split(',').some((one) => one.trim() === etag) === true) return reply.code(304).send();
  const bytes = await readTile(context, collection, tile, properties);
  if (bytes.length === 0) return reply.code(204).send();
  reply.type(media);
  if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
    return reply.header('content-encoding', 'gzip').header('content-length', bytes.length).send(bytes);
  return reply.send(await decompress(bytes));
}

/** A whole number; what is none is the number of no tile. */
function whole(text: string): number {
  return /^\d{1,8}$/.test(text) ? Number(text) : -1;
}
