// Opendatasoft's search interface of version 1 over HTTP, by GET or by POST; JSON, JSONP and files.
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import type { Context, ContextOf } from '../../context.ts';
import { type ExportFormat, factsOf } from '../../data/export/formats.ts';
import { errorRegistry } from '../../lib/error-registry.ts';
import { errorSentence, TerroirError } from '../../lib/errors.ts';
import { refusalOf } from '../../web/errors.tsx';
import { feedTypes } from './feeds.ts';
import { flag, lastText, type Query } from './parameters.ts';
import type { Place } from './rows.ts';
import {
  analyze,
  boundingbox,
  downloadFormat,
  downloadRows,
  geocluster,
  geopolygon,
  geopreview,
  readDataset,
  readRow,
  searchDatasets,
  searchRows,
  streamRecords,
} from './service.ts';
import { csvOf } from './shapes.ts';

export type SearchV1RoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

type Reading = (context: Context, query: Query, reply: FastifyReply, place: Place) => Promise<FastifyReply>;

const json = 'application/json; charset=utf-8';
const csv = 'text/csv; charset=utf-8';
const open = { additionalProperties: true } as const;
const hidden = { schema: { hide: true } } as const;

export async function searchV1Routes(server: FastifyInstance, options: SearchV1RoutesOptions): Promise<void> {
  const { contextOf, publicUrl } = options;
  await server.register(async (api) => {
    api.setValidatorCompiler(() => (value) => ({ value }));
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    api.addHook('onRequest', async (_request, reply) => {
      reply
        .header('access-control-allow-origin', '*')
        .header('access-control-expose-headers', 'ODS-Analyze-Truncated, Content-Disposition');
    });
    api.setErrorHandler(async (error, request, reply) =>
      refuse(error, await contextOf(request), reply, queryOf(request)),
    );
    const answer = (read: Reading) => async (request: FastifyRequest, reply: FastifyReply) => {
      reply.header('cache-control', 'public, max-age=0, must-revalidate');
      return read(await contextOf(request), questionOf(request), reply, { publicUrl, path: request.url });
    };
    for (const [name, { summary, read }] of Object.entries(readings)) {
      const path = `/api/records/1.0/${name}`;
      const schema: FastifySchema = {
        summary,
        tags: ['Search API v1'],
        querystring: Type.Object({ dataset: Type.String({ description: 'The dataset’s identifier' }) }, open),
      };
      api.get(path, { schema }, answer(read));
      api.post(path, hidden, answer(read));
    }

    const search: Reading = async (context, query, reply, place) => {
      const { format, value } = await searchDatasets(context, query, place);
      return typeof value === 'string' ? reply.type(typeOf(format)).send(value) : send(reply, value, query, format);
    };
    const schema: FastifySchema = { summary: 'The datasets of the catalogue', tags: ['Search API v1'] };
    api.get('/api/datasets/1.0/search', { schema }, answer(search));
    api.post('/api/datasets/1.0/search', hidden, answer(search));
    api.get('/api/datasets/1.0/:id', hidden, async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const read: Reading = async (context, query) => send(reply, await readDataset(context, id, publicUrl), query);
      return answer(read)(request, reply);
    });
    api.get('/api/datasets/1.0/:id/records/:record', hidden, async (request, reply) => {
      const { id, record } = request.params as { readonly id: string; readonly record: string };
      const read: Reading = async (context, query) => send(reply, await readRow(context, id, record, query), query);
      return answer(read)(request, reply);
    });
  });
}

/** Of a text that is no JSON. */
function typeOf(format: string): string {
  return format === 'rss' || format === 'atom' ? feedTypes[format] : csv;
}

const sent =
  (read: (context: Context, query: Query) => Promise<unknown>): Reading =>
  async (context, query, reply) =>
    send(reply, await read(context, query), query);

const readings: Readonly<Record<string, { readonly summary: string; readonly read: Reading }>> = {
  search: {
    summary: 'The records of a dataset: q, refine.F, exclude.F, geofilter.*, sort, rows, start, facet',
    async read(context, query, reply, place) {
      const { format, value } = await searchRows(context, query, place);
      return typeof value === 'string' ? reply.type(typeOf(format)).send(value) : send(reply, value, query, format);
    },
  },
  analyze: {
    summary: 'Groups of records: x, y.S.func, y.S.expr, periodic, precision, sort, maxpoints',
    async read(context, query, reply) {
      const { format, rows, series, truncated } = await analyze(context, query);
      if (truncated) reply.header('ods-analyze-truncated', 'true');
      if (format !== 'csv') return send(reply, rows, query, format);
      const table = rows.map((row) => [plainX(row['x']), ...series.map((name) => row[name])]);
      return reply.type(csv).send(csvOf([['x', ...series], ...table]));
    },
  },
  download: {
    summary: 'All the records that filters leave, as a file: csv unless `format` says otherwise',
    async read(context, query, reply) {
      if (downloadFormat(query) === 'json') return reply.type(json).send(await streamRecords(context, query));
      const file = await downloadRows(context, query);
      const { media, ending } = factsOf(downloadFormat(query) as ExportFormat);
      const name = `${file.dataset.id}.${ending}`;
      reply.header('content-length', file.bytes);
      reply.header(
        'content-disposition',
        `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      );
      return reply.type(media).send(createReadStream(file.path));
    },
  },
  geocluster: { summary: 'Clusters of points: clusterprecision, clusterdistance, clustermode', read: sent(geocluster) },
  geopreview: { summary: 'The shapes of records, each once', read: sent(geopreview) },
  geopolygon: { summary: 'Records gathered by their shape, with series', read: sent(geopolygon) },
  boundingbox: { summary: 'How many records are somewhere, and the box around them', read: sent(boundingbox) },
};

/** A part of a date in a line of text: 2024-05-03. */
function plainX(x: unknown): unknown {
  if (typeof x !== 'object' || x === null) return x;
  return Object.values(x)
    .map((part) => (typeof part === 'number' ? String(part).padStart(2, '0') : part))
    .join('-');
}

function queryOf(request: FastifyRequest): Query {
  return request.query as Query;
}

/** What the address says, and what the body adds, as a form or as JSON. @throws TerroirError query.malformed */
function questionOf(request: FastifyRequest): Query {
  const { body } = request;
  if (typeof body !== 'string' || body.trim() === '') return queryOf(request);
  return { ...queryOf(request), ...(body.trim().startsWith('{') ? fromJson(body) : fromForm(body)) };
}

function fromJson(body: string): Query {
  try {
    return JSON.parse(body) as Query;
  } catch {
    throw new TerroirError('query.malformed', { reason: 'the body is no JSON' });
  }
}

function fromForm(body: string): Query {
  const parameters = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

/** JSON, or a call of the script's own function around it. */
function send(reply: FastifyReply, value: unknown, query: Query, format = lastText(query, 'format')): FastifyReply {
  const written = JSON.stringify(value, null, flag(query, 'pretty_print') ? 4 : undefined);
  const callback = callbackOf(query);
  if (callback === null || (format !== undefined && !['jsonp', 'geojsonp', 'json'].includes(format)))
    return reply.type(json).send(written);
  const safe = written.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return reply.type('application/javascript; charset=utf-8').send(`${callback}(${safe});`);
}

function callbackOf(query: Query): string | null {
  const name = lastText(query, 'callback');
  return name !== undefined && /^[\p{L}_$][\p{L}\p{N}_$.]{0,199}$/u.test(name) ? name : null;
}

/** What is wrong, in English, as this interface says it. */
function refuse(error: unknown, { log }: Context, reply: FastifyReply, query: Query): FastifyReply {
  const refusal = refusalOf(error, log);
  const { status } = errorRegistry[refusal.code];
  const id = refusal.params['id'];
  const unknown = refusal.code === 'dataset.unknown';
  const body = {
    error: unknown ? `Unknown dataset: ${id}` : errorSentence(refusal, 'en'),
    ...(unknown && { dataset: id }),
    ...(refusal.params['clause'] !== undefined && { parameter: refusal.params['clause'] }),
  };
  reply.code(status).header('cache-control', 'no-store').removeHeader('content-length');
  return send(reply, body, query, 'json');
}
