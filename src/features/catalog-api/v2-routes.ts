// The Explore API v2.0, and its older address /api/v2, over HTTP: the verbs of v2.1 in nested shapes.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context, ContextOf } from '../../context.ts';
import { checkExportFormat, factsOf, formatsFor } from '../../data/export/formats.ts';
import { openFile } from '../../stores/files/file-stream.ts';
import { closeExplore, prepareExplore, sendJson } from '../../web/explore-shell.ts';
import {
  exportDataset,
  findVersion,
  getRecord,
  type Query,
  queryFacets,
  queryNumbered,
  readExportQuery,
  readFacetsQuery,
  readRecordQuery,
  readRecordsQuery,
} from '../explore/service.ts';
import { exportLinks, facetsAnswer, fresh, sendCatalogue } from './answers.ts';
import { fileRoutes } from './file-routes.ts';
import { readCatalogueFacets, readCatalogueQuery } from './parameters.ts';
import { describeDataset, facetCatalogue, listDescribed, queryCatalogue } from './service.ts';
import { datasetAddress, datasetEnvelope, pageLinks, recordEnvelope } from './v2-shapes.ts';

type Options = { readonly contextOf: ContextOf; readonly publicUrl: string };

/** Both addresses of the same interface: the second one is in the oldest reuses. */
const bases = ['/api/explore/v2.0', '/api/v2'] as const;

/** What the first programs called otherwise. */
const formerNames: Readonly<Record<string, string>> = { rows: 'limit', start: 'offset', sort: 'order_by' };
/** Formats of then under their names of now. */
const formerFormats: Readonly<Record<string, string>> = { xls: 'xlsx' };

const hidden = { schema: { hide: true } } as const;

export async function explorePastRoutes(server: FastifyInstance, options: Options): Promise<void> {
  for (const base of bases)
    await server.register(
      async (api) => {
        const logOf = async (request: FastifyRequest) => (await options.contextOf(request)).log;
        prepareExplore(api, logOf);
        closeExplore(api, logOf);
        catalogueRoutes(api, base, options);
        recordRoutes(api, base, options);
        exportRoutes(api, base, options);
        fileRoutes(api, { ...options, base, described: false });
      },
      { prefix: base },
    );
}

function catalogueRoutes(api: FastifyInstance, path: string, { contextOf, publicUrl }: Options): void {
  const base = `${publicUrl}${path}`;
  const links = (...names: readonly string[]) =>
    ['', ...names].map((name) => ({ rel: name || 'self', href: `${base}/catalog${name && `/${name}`}` }));
  api.get('/', hidden, async (_request, reply) =>
    sendJson(fresh(reply), {
      links: [{ rel: 'self', href: base }, ...links().map((link) => ({ ...link, rel: 'catalog' }))],
    }),
  );
  api.get('/catalog', hidden, async (_request, reply) =>
    sendJson(fresh(reply), { links: links('datasets', 'aggregates', 'facets', 'exports') }),
  );

  api.get('/catalog/datasets', hidden, async (request, reply) => {
    const query = readCatalogueQuery(asked(request));
    const { total, rows } = await listDescribed(await contextOf(request), query, publicUrl);
    const address = `${publicUrl}${request.url}`;
    return sendJson(fresh(reply), {
      total_count: total,
      links: pageLinks(address, { ...query, total }),
      datasets: rows.map(({ id, answer }) => (id === null ? answer : datasetEnvelope(base, id, answer))),
    });
  });

  api.get('/catalog/datasets/:dataset_id', hidden, async (request, reply) => {
    const { timezone } = readRecordQuery(asked(request));
    const zone = timezone === undefined ? {} : { timezone };
    const { dataset, object } = await describeDataset(await contextOf(request), idOf(request), { publicUrl, ...zone });
    return sendJson(fresh(reply), datasetEnvelope(base, dataset.id, object));
  });

  api.get('/catalog/facets', hidden, async (request, reply) => {
    const facets = await facetCatalogue(await contextOf(request), readCatalogueFacets(asked(request)));
    return sendJson(fresh(reply), facetsAnswer(`${base}/catalog`, facets));
  });

  api.get('/catalog/aggregates', hidden, async (request, reply) => {
    const query = readCatalogueQuery({ limit: '-1', ...asked(request) });
    const { results } = await queryCatalogue(await contextOf(request), query, publicUrl);
    return sendJson(fresh(reply), {
      links: [{ rel: 'self', href: `${base}/catalog/aggregates` }],
      aggregations: results,
    });
  });
}

function recordRoutes(api: FastifyInstance, path: string, { contextOf, publicUrl }: Options): void {
  const base = `${publicUrl}${path}`;
  api.get('/catalog/datasets/:dataset_id/records', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const query = readRecordsQuery(asked(request));
    const { dataset, version } = await findVersion(context, idOf(request), query.version);
    const { results, numbers, total_count } = await queryNumbered(context, version, query);
    const address = `${publicUrl}${request.url}`;
    if (numbers === null) return sendJson(fresh(reply), { links: [{ rel: 'self', href: address }], records: results });
    return sendJson(fresh(reply), {
      total_count,
      links: pageLinks(address, { ...query, total: total_count }),
      records: results.map((fields, i) =>
        recordEnvelope(base, { dataset: dataset.id, number: numbers[i] ?? 0, timestamp: version.createdAt, fields }),
      ),
    });
  });

  api.get('/catalog/datasets/:dataset_id/records/:record_id', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const { record_id } = request.params as { readonly record_id: string };
    const query = readRecordQuery(asked(request));
    const { dataset, version } = await findVersion(context, idOf(request), query.version);
    const fields = await getRecord(context, dataset.id, record_id, query);
    const facts = { dataset: dataset.id, number: Number(record_id), timestamp: version.createdAt, fields };
    return sendJson(fresh(reply), recordEnvelope(base, facts));
  });

  api.get('/catalog/datasets/:dataset_id/aggregates', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const query = readRecordsQuery({ limit: '-1', ...asked(request) });
    const { dataset, version } = await findVersion(context, idOf(request), query.version);
    const { results } = await queryNumbered(context, version, query);
    const self = `${datasetAddress(base, dataset.id)}/aggregates`;
    return sendJson(fresh(reply), { links: [{ rel: 'self', href: self }], aggregations: results });
  });

  api.get('/catalog/datasets/:dataset_id/facets', hidden, async (request, reply) => {
    const context = await contextOf(request);
    const facets = await queryFacets(context, idOf(request), readFacetsQuery(asked(request)));
    return sendJson(fresh(reply), facetsAnswer(datasetAddress(base, idOf(request)), facets));
  });
}

function exportRoutes(api: FastifyInstance, path: string, { contextOf, publicUrl }: Options): void {
  const base = `${publicUrl}${path}`;
  api.get('/catalog/exports', hidden, async (_request, reply) => sendJson(fresh(reply), { links: exportLinks(base) }));

  api.get('/catalog/exports/:format', hidden, async (request, reply) =>
    sendCatalogue(await contextOf(request), asked(request), reply, {
      format: formatOf(request),
      publicUrl,
      withBom: false,
    }),
  );

  api.get('/catalog/datasets/:dataset_id/exports', hidden, async (request, reply) => {
    const { dataset, version } = await findVersion(await contextOf(request), idOf(request));
    const self = `${datasetAddress(base, dataset.id)}/exports`;
    const formats = formatsFor({ places: version.geometry !== null }).map((format) => ({
      rel: format,
      href: `${self}/${format}`,
    }));
    return sendJson(fresh(reply), { links: [{ rel: 'self', href: self }, ...formats] });
  });

  api.get('/catalog/datasets/:dataset_id/exports/:format', hidden, async (request, reply) =>
    sendRecords(await contextOf(request), request, reply, formatOf(request), publicUrl),
  );
}

/** A file of records. Its CSV has no byte order mark and its GPX no extension unless they are asked for: so it was then. */
async function sendRecords(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  format: string,
  site: string,
): Promise<FastifyReply> {
  const query = readExportQuery({ with_bom: 'false', use_extension: 'false', ...asked(request) });
  const known = checkExportFormat(format);
  const file = await exportDataset(context, idOf(request), known, { ...query, site });
  fresh(reply).header('etag', `W/"${file.etag}"`);
  if (request.headers['if-none-match'] === `W/"${file.etag}"`) return reply.code(304).send();
  const { media, ending } = factsOf(known);
  const name = `${file.dataset.id}.${ending}`;
  reply
    .type(media)
    .header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`);
  return reply.send(openFile(file.path));
}

/** The parameters, those of then under their names of now. */
function asked(request: FastifyRequest): Query {
  return Object.fromEntries(
    Object.entries(request.query as Query).map(([name, value]) => [formerNames[name] ?? name, value]),
  );
}

function formatOf(request: FastifyRequest): string {
  const { format } = request.params as { readonly format: string };
  return formerFormats[format] ?? format;
}

function idOf(request: FastifyRequest): string {
  return (request.params as { readonly dataset_id: string }).dataset_id;
}
