// The catalogue in the Explore API v2.1 over HTTP: an address in, Opendatasoft's shapes out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { ContextOf } from '../../context.ts';
import { licenceById } from '../../model/reference.ts';
import { prepareExplore, sendJson } from '../../web/explore-shell.ts';
import { DatasetSchema, DatasetsSchema, ErrorSchema, LinksSchema, limits } from '../explore/schemas.ts';
import { type Query, readRecordsQuery, texts } from '../explore/service.ts';
import { exportLinks, facetsAnswer, fresh, sendCatalogue } from './answers.ts';
import type { catalogueFormats } from './exports.ts';
import { fileRoutes } from './file-routes.ts';
import { readCatalogueFacets, readCatalogueQuery } from './parameters.ts';
import { describeDataset, facetCatalogue, listDescribed } from './service.ts';
import { datasetLinks, pageLinks } from './v2-shapes.ts';

export type CatalogApiOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

const base = '/api/explore/v2.1';
const errors = { 400: ErrorSchema, 404: ErrorSchema, 410: ErrorSchema };
const tags = ['Explore API v2.1'];
const described = (description: string) => Type.Optional(Type.String({ description }));

const repeated = (description: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())], { description }));
const Filters = {
  where: repeated(
    'A condition in ODSQL on the metas: `theme = "Environnement"`, `search("arbres")`. Several are all required.',
  ),
  refine: repeated('Keeps a value of a facet: `theme:Environnement`, `modified:2024/05`'),
  exclude: repeated('Leaves out a value of a facet'),
};
const FacetsSchema = Type.Object({ facets: Type.Array(Type.Object({}, { additionalProperties: true })) });

/** Registers the catalogue's part of the API; what is not there is answered by the explore room, which holds the prefix. */
export async function catalogApiRoutes(server: FastifyInstance, options: CatalogApiOptions): Promise<void> {
  await server.register(
    async (plain) => {
      const api = plain.withTypeProvider<TypeBoxTypeProvider>();
      prepareExplore(api, async (request) => (await options.contextOf(request)).log);
      linkRoutes(api, options);
      catalogueRoutes(api, options);
      exportRoutes(api, options);
      fileRoutes(api, { ...options, base, described: true });
    },
    { prefix: base },
  );
}

function linkRoutes(api: FastifyInstance, { publicUrl }: CatalogApiOptions): void {
  const hidden = { schema: { hide: true } };
  const root = `${publicUrl}${base}`;
  const links = (path: string, ...names: readonly string[]) => [
    { rel: 'self', href: root + path },
    ...names.map((rel) => ({ rel, href: `${root}${path}/${rel}` })),
  ];
  api.get('/', hidden, async (_request, reply) => sendJson(fresh(reply), { links: links('', 'catalog') }));
  api.get('/catalog', hidden, async (_request, reply) =>
    sendJson(fresh(reply), { links: links('/catalog', 'datasets', 'facets', 'exports') }),
  );
}

function catalogueRoutes(api: FastifyInstance, { contextOf, publicUrl }: CatalogApiOptions): void {
  const listSchema = {
    summary: 'The datasets, most recently modified first',
    tags,
    querystring: Type.Object({
      select: described('Columns, `expression AS name`, `*`, or aggregates'),
      ...Filters,
      group_by: described('Columns, each group an answer'),
      order_by: described('Columns, each followed by `asc` or `desc`'),
      include_links: Type.Optional(
        Type.Boolean({ default: false, description: 'Says where the parts of each dataset are' }),
      ),
      limit: Type.Optional(Type.Integer({ minimum: -1, maximum: limits.maxLimit, default: limits.defaultLimit })),
      offset: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
    }),
    response: { 200: DatasetsSchema, ...errors },
  };
  api.get('/catalog/datasets', { schema: listSchema }, async (request, reply) => {
    const query = readCatalogueQuery(request.query as Query);
    const { total, grouped, rows } = await listDescribed(await contextOf(request), query, publicUrl);
    const linked = isLinked(request);
    return sendJson(fresh(reply), {
      ...(!grouped && { total_count: total }),
      ...(linked && { _links: pageLinks(`${publicUrl}${request.url}`, { ...query, total }) }),
      results: rows.map(({ id, answer }) =>
        linked && id !== null ? { _links: datasetLinks(`${publicUrl}${base}`, id), ...answer } : answer,
      ),
    });
  });

  const oneSchema = {
    summary: 'A dataset: what it is about, its licence, its fields',
    tags,
    params: Type.Object({ dataset_id: Type.String({ description: 'The dataset’s identifier' }) }),
    response: { 200: DatasetSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id', { schema: oneSchema }, async (request, reply) => {
    const { version, timezone } = readRecordsQuery(request.query as Query);
    const asked = { ...(version !== undefined && { version }), ...(timezone !== undefined && { timezone }) };
    const { dataset, object } = await describeDataset(await contextOf(request), idOf(request), { publicUrl, ...asked });
    const licence = licenceById(dataset.licence);
    if (licence !== null) reply.header('link', `<${licence.url}>; rel="license"`);
    const links = isLinked(request) ? { _links: datasetLinks(`${publicUrl}${base}`, dataset.id) } : {};
    return sendJson(fresh(reply), { ...links, ...object });
  });

  const facetsSchema = {
    summary: 'The facets of the catalogue: their values, and how many datasets have each',
    tags,
    querystring: Type.Object({
      facet: repeated('`theme`, or `facet(name="theme", disjunctive=true, sort="-count", limit=20)`'),
      ...Filters,
    }),
    response: { 200: FacetsSchema, ...errors },
  };
  api.get('/catalog/facets', { schema: facetsSchema }, async (request, reply) => {
    const facets = await facetCatalogue(await contextOf(request), readCatalogueFacets(request.query as Query));
    return sendJson(fresh(reply), facetsAnswer(`${publicUrl}${base}/catalog`, facets));
  });
}

function exportRoutes(api: FastifyInstance, { contextOf, publicUrl }: CatalogApiOptions): void {
  const listSchema = {
    summary: 'The formats that the catalogue can be exported in',
    tags,
    response: { 200: LinksSchema, ...errors },
  };
  api.get('/catalog/exports', { schema: listSchema }, async (_request, reply) =>
    sendJson(fresh(reply), { links: exportLinks(`${publicUrl}${base}`) }),
  );

  for (const [format, media] of Object.entries(exportMedia)) {
    const schema = {
      summary: `The catalogue, or the datasets that a condition selects, as ${format}`,
      tags,
      querystring: Type.Object({
        ...(isTable(format) && { select: described('Columns of a table, parts of an object') }),
        ...Filters,
        order_by: described('Columns, each followed by `asc` or `desc`'),
        limit: Type.Optional(Type.Integer({ minimum: -1, default: -1, description: 'How many datasets; -1 for all' })),
        ...(format === 'csv' && {
          delimiter: Type.Optional(Type.String({ default: ';', description: '`;` `,` tab or `|`' })),
          list_separator: Type.Optional(Type.String({ default: ',', description: 'Between the values of a list' })),
        }),
        ...(!isTable(format) && { include_exports: described('The formats of data that are named: `csv,json`') }),
      }),
      response: { 200: { description: 'The file', content: { [media]: { schema: Type.Unsafe({}) } } }, ...errors },
    };
    api.get(`/catalog/exports/${format}`, { schema }, async (request, reply) =>
      sendCatalogue(await contextOf(request), request.query as Query, reply, { format, publicUrl, withBom: true }),
    );
  }
  // What is no format is said to be none.
  api.get('/catalog/exports/:format', { schema: { hide: true } }, async (request, reply) => {
    const { format } = request.params as { readonly format: string };
    return sendCatalogue(await contextOf(request), request.query as Query, reply, { format, publicUrl, withBom: true });
  });
}

const exportMedia: Readonly<Record<(typeof catalogueFormats)[number], string>> = {
  csv: 'text/csv; charset=utf-8',
  'data.json': 'application/json',
  dcat: 'application/rdf+xml',
  dublin_core: 'application/rdf+xml',
  json: 'application/json',
  rdf: 'application/rdf+xml',
  rss: 'application/rss+xml',
  ttl: 'text/turtle; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Whether a format holds what is selected; the others say the same of every dataset. */
function isTable(format: string): boolean {
  return format === 'csv' || format === 'json' || format === 'xlsx';
}

function isLinked(request: FastifyRequest): boolean {
  return texts(request.query as Query, 'include_links').at(-1) === 'true';
}

function idOf(request: FastifyRequest): string {
  return (request.params as { readonly dataset_id: string }).dataset_id;
}
