// The Explore API v2.1 over HTTP: an address in, Opendatasoft's shapes out.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context, ContextOf } from '../../context.ts';
import { checkExportFormat, exportFormats, factsOf, formatsFor } from '../../data/export/formats.ts';
import { targetCodes } from '../../data/export/target-system.ts';
import type { FacetValue } from '../../data/query/facets.ts';
import { languages } from '../../data/query/settings.ts';
import { licenceById } from '../../model/reference.ts';
import { openFile } from '../../stores/files/file-stream.ts';
import { closeExplore, prepareExplore, sendJson } from '../../web/explore-shell.ts';
import { urls } from '../../web/urls.ts';
import { withCommune } from './communes.ts';
import { hasPlaces } from './export-request.ts';
import { type Query, readExportQuery, readFacetsQuery, readRecordQuery, readRecordsQuery } from './parameters.ts';
import { ErrorSchema, FacetsSchema, LinksSchema, limits, RecordSchema, RecordsSchema } from './schemas.ts';
import {
  answerTag,
  answerVersion,
  exportDataset,
  facetsOfVersion,
  findVersion,
  getRecord,
  type ReadableVersion,
} from './service.ts';

export type ExploreRoutesOptions = {
  readonly contextOf: ContextOf;
  readonly publicUrl: string;
};

const base = '/api/explore/v2.1';

const errors = { 400: ErrorSchema, 404: ErrorSchema, 410: ErrorSchema };
const tags = ['Explore API v2.1'];
const described = (description: string) => Type.Optional(Type.String({ description }));
const Id = { dataset_id: Type.String({ description: 'The dataset’s identifier' }) };
const version = Type.Optional(
  Type.Integer({
    minimum: 1,
    description:
      'The number of a version; the current one when absent. Answers about a given version may be kept for ever.',
  }),
);
const Where = Type.Optional(
  Type.Union([Type.String(), Type.Array(Type.String())], {
    description:
      'A condition in ODSQL: comparisons, and / or / not, `in (…)`, `in [a..b]`, `is null`, `like`, `search(…)`, `suggest(…)`, `startswith(…)`, `within_distance(…)`, `in_bbox(…)`, `intersects(…)`, or a quoted text that is looked for everywhere. Several are all required.',
  }),
);
const several = (description: string) =>
  Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())], { description }));
const Settings = {
  lang: described(`The language of names of days and months: ${languages.join(', ')}`),
  timezone: described('Where moments are read and written: `Europe/Paris`; UTC when absent'),
};
const Refinements = {
  commune: several(
    'Rows of a commune, by its INSEE code or its name, on any dataset that tells communes whatever its columns are called',
  ),
  refine: several('`field:value`: rows of this value; values of one field widen, several fields narrow'),
  exclude: several('`field:value`: rows of any other value'),
  qv1: several(
    'A condition in the `q` language of version 1: words, "texts", `field:value`, `#startswith(field, "t")`',
  ),
  ...Settings,
};
const Clauses = {
  select: described(
    'Fields, `expression AS name`, `*`, `include(pop*)`, `exclude(pop*)`, functions (length, lower, ifnull, year …, date_format, distance) or aggregates: avg, count, sum, min, max, median, percentile, envelope, bbox',
  ),
  where: Where,
  group_by: described('Fields, functions of dates, `range(n, 10)`, `range(date, 1 day)`, `geo_cluster(point, zoom)`'),
  order_by: described('Fields, aggregates or `random(seed)`, each followed by `asc` or `desc`'),
  ...Refinements,
  version,
};
const Page = {
  limit: Type.Optional(
    Type.Integer({
      minimum: -1,
      maximum: limits.maxLimit,
      default: limits.defaultLimit,
      description: `How many; -1 for as many as a page may have. Groups: all of them, up to ${limits.maxGroups}`,
    }),
  ),
  offset: Type.Optional(
    Type.Integer({
      minimum: 0,
      default: 0,
      description: `From which one; offset + limit is at most ${limits.maxEnd}, of groups ${limits.maxGroups}`,
    }),
  ),
};
const ExportParameters = {
  ...Clauses,
  limit: Type.Optional(Type.Integer({ minimum: -1, default: -1, description: 'How many rows; -1 for all' })),
};
const CsvParameters = {
  delimiter: Type.Optional(Type.String({ default: ';', description: '`;` `,` tab or `|`' })),
  with_bom: Type.Optional(Type.Boolean({ default: true, description: 'A byte order mark first, for spreadsheets' })),
  quote_all: Type.Optional(Type.Boolean({ default: false })),
  for_spreadsheet: Type.Optional(
    Type.Boolean({
      description: 'Texts that a spreadsheet would run as formulas begin with an apostrophe; false by default',
    }),
  ),
  use_labels: Type.Optional(
    Type.Boolean({ default: false, description: 'The headers of the producer’s file instead of the names of fields' }),
  ),
};
const ParquetParameters = {
  parquet_compression: Type.Optional(Type.Union([Type.Literal('snappy'), Type.Literal('zstd')])),
};
const SystemParameter = {
  epsg: Type.Optional(
    Type.Integer({ default: 4326, description: `The reference system of places: ${targetCodes.join(', ')}` }),
  ),
};
const GpxParameters = {
  name_field: described('The field that names a place; what looks like a name when absent'),
  description_field_list: described('Fields that describe it, separated by commas'),
  use_extension: Type.Optional(Type.Boolean({ default: true, description: 'Every value too, in extensions' })),
};

type Named = { readonly dataset_id: string };

/** Registers the API. Its errors, headers and reading of parameters are its own: it is Opendatasoft's contract, not ours. */
export async function exploreRoutes(server: FastifyInstance, options: ExploreRoutesOptions): Promise<void> {
  await server.register(
    async (plain) => {
      const api = plain.withTypeProvider<TypeBoxTypeProvider>();
      const logOf = async (request: FastifyRequest) => (await options.contextOf(request)).log;
      prepareExplore(api, logOf);
      closeExplore(api, logOf);
      recordRoutes(api, options);
      facetRoutes(api, options);
      exportRoutes(api, options);
    },
    { prefix: base },
  );
}

type Api = FastifyInstance;

function recordRoutes(api: Api, { contextOf }: ExploreRoutesOptions): void {
  const recordsSchema = {
    summary: 'The records of a dataset',
    tags,
    params: Type.Object(Id),
    querystring: Type.Object({ ...Clauses, ...Page }),
    response: { 200: RecordsSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id/records', { schema: recordsSchema }, async (request, reply) => {
    const context = await contextOf(request);
    const query = readRecordsQuery(await communeOf(context, request));
    const found = await findVersion(context, idOf(request), query.version);
    if (isKnown(request, reply, found, answerTag(context, found.version, query))) return notModified(reply);
    return sendJson(reply, await answerVersion(context, found.version, query));
  });

  const recordSchema = {
    summary: 'One record, by its number in the file',
    tags,
    params: Type.Object({ ...Id, record_id: Type.String({ description: 'The record’s number in the file, from 1' }) }),
    querystring: Type.Object({ select: Clauses.select, ...Settings, version }),
    response: { 200: RecordSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id/records/:record_id', { schema: recordSchema }, async (request, reply) => {
    const context = await contextOf(request);
    const { record_id } = request.params as { readonly record_id: string };
    const query = readRecordQuery(request.query as Query);
    const found = await findVersion(context, idOf(request), query.version);
    if (isKnown(request, reply, found, answerTag(context, found.version, [record_id, query])))
      return notModified(reply);
    return sendJson(reply, await getRecord(context, found.dataset.id, record_id, query));
  });
}

function facetRoutes(api: Api, { contextOf, publicUrl }: ExploreRoutesOptions): void {
  const facetsSchema = {
    summary: 'How many records hold each value of some fields',
    tags,
    params: Type.Object(Id),
    querystring: Type.Object({
      facet: several(
        'A field, or `facet(name="f", disjunctive=true, hierarchical=true, separator="/", sort="-count", limit=20)`; fields of few values when absent',
      ),
      where: Where,
      ...Refinements,
      version,
    }),
    response: { 200: FacetsSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id/facets', { schema: facetsSchema }, async (request, reply) => {
    const context = await contextOf(request);
    const query = readFacetsQuery(await communeOf(context, request));
    const found = await findVersion(context, idOf(request), query.version);
    if (isKnown(request, reply, found, answerTag(context, found.version, ['facets', query]))) return notModified(reply);
    const source = `${publicUrl}${urls.exploreDataset(found.dataset.id)}`;
    return sendJson(reply, {
      links: [
        { rel: 'self', href: `${source}/facets` },
        { rel: 'source', href: source },
      ],
      facets: (await facetsOfVersion(context, found.version, query)).map(({ name, facets }) => ({
        name,
        facets: facets.map(facetObject),
      })),
    });
  });
}

/** A value as this interface names it. */
function facetObject({ name, path, count, state, children }: FacetValue): Readonly<Record<string, unknown>> {
  return { name, value: path, count, state, ...(children && { facets: children.map(facetObject) }) };
}

function exportRoutes(api: Api, { contextOf, publicUrl }: ExploreRoutesOptions): void {
  const linksSchema = {
    summary: 'The formats that a dataset can be exported in',
    tags,
    params: Type.Object(Id),
    response: { 200: LinksSchema, ...errors },
  };
  api.get('/catalog/datasets/:dataset_id/exports', { schema: linksSchema }, async (request, reply) => {
    const { dataset, version } = await findVersion(await contextOf(request), idOf(request));
    const self = `${publicUrl}${urls.exploreDataset(dataset.id)}/exports`;
    const formats = formatsFor({ places: hasPlaces(version) }).map((format) => ({
      rel: format,
      href: `${publicUrl}${urls.export(dataset.id, format)}`,
    }));
    reply.header('cache-control', 'public, max-age=0, must-revalidate');
    return sendJson(reply, { links: [{ rel: 'self', href: self }, ...formats] });
  });

  for (const format of exportFormats) {
    const schema = {
      summary: `All the rows of a dataset, or those that a condition selects, as ${format}`,
      tags,
      params: Type.Object(Id),
      querystring: Type.Object({
        ...ExportParameters,
        ...(format === 'csv' && CsvParameters),
        ...(format === 'parquet' && ParquetParameters),
        ...(format === 'gpx' && GpxParameters),
        ...(factsOf(format).systems === true && SystemParameter),
      }),
      response: {
        200: { description: 'The file', content: { [factsOf(format).media]: { schema: Type.Unsafe({}) } } },
        ...errors,
      },
    };
    api.get(`/catalog/datasets/:dataset_id/exports/${format}`, { schema }, async (request, reply) =>
      sendExport(request, reply, await contextOf(request), format, publicUrl),
    );
  }
  // The other formats of Opendatasoft, and what never was one.
  api.get('/catalog/datasets/:dataset_id/exports/:format', { schema: { hide: true } }, async (request, reply) =>
    sendExport(
      request,
      reply,
      await contextOf(request),
      (request.params as { readonly format: string }).format,
      publicUrl,
    ),
  );
}

async function sendExport(
  request: FastifyRequest,
  reply: FastifyReply,
  context: Context,
  format: string,
  site: string,
): Promise<FastifyReply> {
  const query = readExportQuery(await communeOf(context, request));
  const known = checkExportFormat(format);
  const file = await exportDataset(context, idOf(request), known, { ...query, site });
  if (isKnown(request, reply, file, file.etag)) return notModified(reply);
  const { media, ending } = factsOf(known);
  const name = `${file.dataset.id}.${ending}`;
  reply
    .type(media)
    .header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`);
  return reply.send(openFile(file.path));
}

/** The query with its commune found among the columns of the dataset, where it names one. */
async function communeOf(context: Context, request: FastifyRequest): Promise<Query> {
  const query = request.query as Query;
  if (query['commune'] === undefined) return query;
  const { version: number } = readExportQuery({ version: query['version'] });
  const { version } = await findVersion(context, idOf(request), number);
  return withCommune(context, version.fields, query);
}

function idOf(request: FastifyRequest): string {
  return (request.params as Named).dataset_id;
}

/** Sets the headers by which an answer is kept and recognised; true when the reader has this very answer already. */
function isKnown(request: FastifyRequest, reply: FastifyReply, found: ReadableVersion, tag: string): boolean {
  // Weak: the answer travels compressed or not.
  const etag = `W/"${tag}"`;
  // A version never changes, but a purge may take it away: whoever keeps an answer asks each time whether it still stands.
  const shown = found.dataset.state === 'published' ? 'public, max-age=0, must-revalidate' : 'private, no-store';
  reply.header('etag', etag).header('cache-control', shown).header('link', licenceLink(found));
  const held = request.headers['if-none-match'];
  return held?.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${tag}"`) === true;
}

function licenceLink({ dataset }: ReadableVersion): string {
  const licence = licenceById(dataset.licence);
  return licence === null ? '' : `<${licence.url}>; rel="license"`;
}

function notModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}
