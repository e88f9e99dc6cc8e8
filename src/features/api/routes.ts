// Our own API over HTTP, reading side: /api/v1/datasets … Addresses in, answers out; errors are the portal's (problem+json).
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Context, ContextOf } from '../../context.ts';
import { exportFormats, factsOf, formatsFor } from '../../data/export/formats.ts';
import { TerroirError } from '../../lib/errors.ts';
import { licenceById } from '../../model/reference.ts';
import { fileOnDisk, isHeld, sendFile } from '../../web/send-file.ts';
import { urls, withQuery } from '../../web/urls.ts';
import { answerTag } from '../explore/service.ts';
import { citationOf } from './citation.ts';
import { outOfRange, type Query, textsOf } from './filters.ts';
import { openApiOf } from './openapi.ts';
import { groupLimits, recordLimits } from './parameters.ts';
import {
  AggregatesSchema,
  CitationSchema,
  DatasetListSchema,
  DatasetSchema,
  ProblemSchema,
  RecordsPageSchema,
} from './schemas.ts';
import {
  type Asked,
  listDatasets,
  listLimits,
  openAsked,
  openVersion,
  readAggregates,
  readExport,
  readRecordsPage,
  withCommuneFilter,
} from './service.ts';

export type ApiRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Named = { Params: { id: string } };
type Filed = { Params: { id: string; format: string } };
type Numbered = { Params: { id: string; number: string } };

const tags = ['API v1'];
const errors = { 400: ProblemSchema, 404: ProblemSchema, 410: ProblemSchema };
const Id = Type.Object({ id: Type.String({ description: 'The dataset’s identifier' }) });
const described = (description: string) => Type.Optional(Type.String({ description }));
const limitOf = ({ usual, most }: { readonly usual: number; readonly most: number }) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: most, default: usual }));
const Filters = {
  q: described('Words, anywhere in the texts'),
  where: described('A condition in ODSQL'),
  bbox: described('west,south,east,north in degrees'),
  near: described('longitude,latitude,distance: `0.68,47.39,500m`'),
  version: Type.Optional(
    Type.Integer({ minimum: 1, description: 'The number of a version; the current one when absent' }),
  ),
};
const filtersTold =
  '`commune=37261` (code or name) on any dataset that tells communes, whatever its columns are called. Every column is a filter: `commune=37261`, `annee__gte=2020`. Operators, after two underscores: eq, ne, gt, gte, lt, lte, in, contains, starts, isnull, bbox, near. A column of a setting’s name is filtered by `name__eq`.';

export async function apiRoutes(server: FastifyInstance, options: ApiRoutesOptions): Promise<void> {
  await server.register(async (api) => {
    // Each column is a parameter: schemas describe, the room reads.
    api.setValidatorCompiler(() => (value) => ({ value }));
    api.setSerializerCompiler(() => (value) => JSON.stringify(value));
    datasetRoutes(api, options);
    recordRoutes(api, options);
    fileRoutes(api, options);
    versionRoutes(api, options);
  });
}

function datasetRoutes(api: FastifyInstance, { contextOf, publicUrl }: ApiRoutesOptions): void {
  const list = {
    summary: 'The published datasets',
    tags,
    querystring: Type.Object({
      q: described('Words to look for'),
      limit: limitOf(listLimits),
      cursor: described('As `next` gives it'),
    }),
    response: { 200: DatasetListSchema, 400: ProblemSchema },
  };
  api.get(urls.apiDatasets(), { schema: list }, async (request, reply) => {
    const query = queryOf(request);
    refuseOthers(query, ['q', 'limit', 'cursor']);
    const [limit, cursor] = [last(query, 'limit'), last(query, 'cursor')];
    const [size, page] = [Number(limit ?? listLimits.usual), pageOf(cursor)];
    if (!Number.isInteger(size) || size < 1 || size > listLimits.most)
      throw outOfRange('limit', limit ?? '', `1 <= limit <= ${listLimits.most}`);
    const answer = await listDatasets(await contextOf(request), { q: last(query, 'q') ?? '', page, limit: size });
    reply.header('cache-control', 'no-cache');
    return reply.send(withNext(reply, publicUrl, answer));
  });

  const one = {
    summary: 'A dataset: its columns, its addresses',
    tags,
    params: Id,
    response: { 200: DatasetSchema, ...errors },
  };
  api.get<Named>(`${urls.apiDatasets()}/:id`, { schema: one }, async (request, reply) => {
    const query = queryOf(request);
    refuseOthers(query, ['version']);
    const asked = await openAsked(await contextOf(request), request.params.id, query);
    reply.header('cache-control', 'no-cache').header('link', licenceLink(asked));
    return reply.send(describeDataset(asked, publicUrl));
  });

  const openapi = { summary: 'The OpenAPI document of a dataset', tags, params: Id };
  api.get<Named>(`${urls.apiDatasets()}/:id/openapi.json`, { schema: openapi }, async (request, reply) => {
    const context = await contextOf(request);
    refuseOthers(queryOf(request), []);
    const asked = await openAsked(context, request.params.id, {});
    if (isKnown(request, reply, asked, answerTag(context, asked.version, ['openapi', publicUrl])))
      return reply.code(304).send();
    return reply.send(await openApiDocument(context, asked, publicUrl));
  });
}

function recordRoutes(api: FastifyInstance, { contextOf, publicUrl }: ApiRoutesOptions): void {
  const records = {
    summary: 'The records of a dataset, page after page through any size',
    description: filtersTold,
    tags,
    params: Id,
    querystring: Type.Object({
      ...Filters,
      fields: described('The columns wanted, separated by commas'),
      sort: described('Columns separated by commas; after a minus, the greatest first: `-montant`'),
      limit: limitOf(recordLimits),
      cursor: described('As the `next` of a page gives it'),
    }),
    response: { 200: RecordsPageSchema, ...errors },
  };
  api.get<Named>(`${urls.apiDatasets()}/:id/records`, { schema: records }, async (request, reply) => {
    const context = await contextOf(request);
    const asked = await openAsked(context, request.params.id, queryOf(request));
    const query = await withCommuneFilter(context, asked, queryOf(request));
    const page = async () => withNext(reply, publicUrl, await readRecordsPage(context, asked, query));
    return answer(request, reply, { context, asked, question: ['v1', query] }, page);
  });

  const aggregates = {
    summary: 'Counts, sums, averages … of groups of records',
    description: `${filtersTold} Groups are columns, or parts of dates (\`jour__year\`).`,
    tags,
    params: Id,
    querystring: Type.Object({
      group: described('Columns separated by commas'),
      count: described('`*`, or columns'),
      sum: described('Columns of numbers'),
      avg: described('Columns of numbers'),
      min: described('Columns of numbers or dates'),
      max: described('Columns of numbers or dates'),
      median: described('Columns of numbers'),
      sort: described('Names of the answer: `-sum_montant`'),
      limit: limitOf(groupLimits),
      ...Filters,
    }),
    response: { 200: AggregatesSchema, ...errors },
  };
  api.get<Named>(`${urls.apiDatasets()}/:id/aggregates`, { schema: aggregates }, async (request, reply) => {
    const context = await contextOf(request);
    const asked = await openAsked(context, request.params.id, queryOf(request));
    const query = await withCommuneFilter(context, asked, queryOf(request));
    const groups = async () => withNext(reply, publicUrl, await readAggregates(context, asked, query));
    return answer(request, reply, { context, asked, question: ['v1 groups', query] }, groups);
  });
}

function fileRoutes(api: FastifyInstance, { contextOf, publicUrl }: ApiRoutesOptions): void {
  const schema = {
    summary: 'All the records that the filters keep, as a file without limit',
    description: `${filtersTold} Formats: ${exportFormats.join(', ')}. Pieces by Range; 304 by If-None-Match.`,
    tags,
    params: Type.Object({ ...Id.properties, format: Type.String({ description: exportFormats.join(', ') }) }),
    querystring: Type.Object({
      ...Filters,
      fields: described('The columns wanted, separated by commas'),
      sort: described('Columns separated by commas'),
    }),
    response: errors,
  };
  api.get<Filed>(`${urls.apiDatasets()}/:id/export.:format`, { schema, compress: false }, async (request, reply) => {
    const context = await contextOf(request);
    const query = queryOf(request);
    const { id, format } = request.params;
    const asked = await openAsked(context, id, query);
    return sendRows(request, reply, { context, asked, format, publicUrl });
  });
}

function versionRoutes(api: FastifyInstance, { contextOf, publicUrl }: ApiRoutesOptions): void {
  const schema = {
    summary: 'How a version is cited, and its permanent link',
    tags,
    params: Type.Object({ ...Id.properties, number: Type.Integer({ description: 'The number of the version' }) }),
    response: { 200: CitationSchema, ...errors },
  };
  const path = `${urls.apiDatasets()}/:id/versions/:number/citation`;
  for (const ending of ['', '.txt'] as const)
    api.get<Numbered>(path + ending, { schema: ending === '' ? schema : { hide: true } }, async (request, reply) => {
      const { id, number } = request.params;
      const { dataset, version } = await openVersion(await contextOf(request), id, Number(number));
      const citation = citationOf(dataset, version, request.voice, publicUrl);
      const asText = ending === '.txt' || /^text\/plain\b/.test(request.headers.accept ?? '');
      reply.header('vary', 'accept, accept-language').header('cache-control', 'no-cache');
      return asText ? reply.type('text/plain; charset=utf-8').send(`${citation.text}\n`) : reply.send(citation);
    });
}

type Answered = { readonly context: Context; readonly asked: Asked; readonly question: unknown };

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { context, asked, question }: Answered,
  read: () => Promise<unknown>,
): Promise<FastifyReply> {
  if (isKnown(request, reply, asked, answerTag(context, asked.version, question))) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(await read());
}

/** The file of an export; used by the endings of the dataset's page too. */
async function sendRows(
  request: FastifyRequest,
  reply: FastifyReply,
  { context, asked, format, publicUrl }: { context: Context; asked: Asked; format: string; publicUrl: string },
): Promise<FastifyReply> {
  const query = await withCommuneFilter(context, asked, queryOf(request));
  const file = await readExport(context, asked, { format, query, site: publicUrl });
  const facts = exportFormats.find((one) => one === format);
  const { media, ending } =
    facts === undefined ? { media: 'application/octet-stream', ending: format } : factsOf(facts);
  reply.header('link', licenceLink(asked));
  return sendFile(
    request,
    reply,
    fileOnDisk(file.path, {
      bytes: file.bytes,
      tag: file.etag,
      type: media,
      name: `${asked.dataset.id}.${ending}`,
      cache: cacheOf(asked),
    }),
  );
}

/** A version never changes, but a purge may take it away: whoever keeps an answer asks each time whether it still stands. */
function cacheOf({ dataset }: Asked): string {
  return dataset.state === 'published' ? 'public, max-age=0, must-revalidate' : 'private, no-store';
}

/** Weak: the answer travels compressed or not. */
function isKnown(request: FastifyRequest, reply: FastifyReply, asked: Asked, tag: string): boolean {
  reply.header('etag', `W/"${tag}"`).header('cache-control', cacheOf(asked)).header('link', licenceLink(asked));
  reply.header('access-control-expose-headers', 'ETag, Link');
  return isHeld(request.headers['if-none-match'], tag);
}

function licenceLink({ dataset }: Asked): string {
  const licence = licenceById(dataset.licence);
  const described = `<${urls.apiOpenapi(dataset.id)}>; rel="service-desc"`;
  return licence === null ? described : `<${licence.url}>; rel="license", ${described}`;
}

/** The next page as a header too; whole addresses, for programs that follow them blindly. */
function withNext<T extends { readonly next: string | null }>(reply: FastifyReply, publicUrl: string, page: T): T {
  if (page.next === null) return page;
  const next = publicUrl + page.next;
  const before = reply.getHeader('link');
  const links = typeof before === 'string' && before !== '' ? `${before}, ` : '';
  reply.header('link', `${links}<${next}>; rel="next"`);
  return { ...page, next };
}

function describeDataset({ dataset, version, columns }: Asked, publicUrl: string) {
  const { id } = dataset;
  const profiles = new Map(version.profiles.map((profile) => [profile.name, profile]));
  const fields = new Map(version.fields.map((field) => [field.name, field]));
  const places = columns.some(({ type }) => type === 'geopoint' || type === 'geojson');
  return {
    id,
    title: dataset.title,
    description: dataset.description,
    organization: { slug: dataset.organization.slug, name: dataset.organization.name },
    licence: dataset.licence,
    theme: dataset.theme,
    frequency: dataset.frequency,
    keywords: dataset.keywords,
    communes: dataset.communes,
    modifiedAt: dataset.modifiedAt.toISOString(),
    version: version.number,
    versionAt: version.createdAt.toISOString(),
    rows: version.rows,
    columns: columns.map(({ name, type }) => ({
      name,
      title: fields.get(name)?.title ?? name,
      type,
      filled: profiles.get(name)?.filled ?? null,
      min: profiles.get(name)?.min ?? null,
      max: profiles.get(name)?.max ?? null,
    })),
    links: {
      page: publicUrl + urls.dataset(id),
      records: publicUrl + urls.apiRecords(id),
      aggregates: publicUrl + urls.apiAggregates(id),
      openapi: publicUrl + urls.apiOpenapi(id),
      citation: publicUrl + urls.apiCitation(id, version.number),
      permanentLink: publicUrl + urls.version(id, version.number),
      exports: Object.fromEntries(
        formatsFor({ places }).map((format) => [format, publicUrl + urls.apiExport(id, format)]),
      ),
    },
  };
}

async function openApiDocument(context: Context, asked: Asked, publicUrl: string) {
  const records = await readRecordsPage(context, asked, { limit: '2' });
  const worth = asked.version.profiles.find(({ top, distinct }) => top.length > 1 && distinct <= 1000);
  const group = asked.columns.find(
    ({ name, type }) => name === worth?.name && type !== 'geopoint' && type !== 'geojson',
  );
  const answered =
    group === undefined
      ? null
      : await readAggregates(context, asked, { group: group.name, sort: '-count', limit: '3' });
  const whole = (next: string | null) => (next === null ? null : publicUrl + next);
  return openApiOf({
    publicUrl,
    ...asked,
    records: { ...records, next: whole(records.next) },
    groups:
      group === undefined || answered === null
        ? null
        : { column: group.name, answer: { ...answered, next: whole(answered.next) } },
  });
}

function queryOf(request: FastifyRequest): Query {
  return request.query as Query;
}

function last(query: Query, name: string): string | null {
  const text = textsOf(query[name]).at(-1)?.trim();
  return text === undefined || text === '' ? null : text;
}

/** Pages of the list are numbered: its cursor is the number of the last one seen. */
function pageOf(cursor: string | null): number {
  if (cursor === null) return 1;
  const number = /^after-[0-9a-z]{1,5}$/.test(cursor) ? Number.parseInt(cursor.slice(6), 36) : Number.NaN;
  if (Number.isNaN(number)) throw outOfRange('cursor', cursor, 'the cursor of a `next` link');
  return number + 1;
}

/** @throws TerroirError api.parameterUnknown */
function refuseOthers(query: Query, known: readonly string[]): void {
  const other = Object.keys(query).find((name) => !known.includes(name) && !/^(apikey|_|lang|utm_\w+)$/.test(name));
  if (other !== undefined)
    throw new TerroirError('api.parameterUnknown', {
      name: other.slice(0, 100),
      nearest: known[0] ?? withQuery('', {}),
    });
}
