// CKAN's Action API over HTTP: `/api/3/action/{name}` and `/api/action/{name}`, by GET or by POST; every action only reads.
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify';
import { Type } from 'typebox';
import type { ContextOf } from '../../context.ts';
import { TerroirError } from '../../lib/errors.ts';
import { refusalOf } from '../../web/errors.tsx';
import { urls } from '../../web/urls.ts';
import { refused } from './envelope.ts';
import type { Given } from './given.ts';
import { actionNames, dumpResource, runAction } from './service.ts';

export type CkanRoutesOptions = { readonly contextOf: ContextOf; readonly publicUrl: string };

const json = 'application/json; charset=utf-8';
const open = { additionalProperties: true } as const;
const tags = ['CKAN Action API'];

export async function ckanRoutes(server: FastifyInstance, options: CkanRoutesOptions): Promise<void> {
  await server.register(async (api) => {
    // Schemas describe; actions read what they are given, and refuse it in CKAN's own words.
    api.setValidatorCompiler(() => (value) => ({ value }));
    readAnyBody(api);
    api.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*');
    });
    api.setErrorHandler(async (error, request, reply) => {
      const { log } = await options.contextOf(request);
      return refuse(refusalOf(error, log), request, reply, options);
    });
    api.get('/api/3', { schema: { hide: true } }, async (_request, reply) => reply.send({ version: 3 }));
    const dump = {
      summary: 'All the rows of a resource as a file',
      tags,
      params: Type.Object({ id: Type.String({ description: 'The id of a resource' }) }),
      querystring: Type.Object(
        {},
        { ...open, description: 'format (csv, tsv, json, xml), bom, and what datastore_search takes' },
      ),
    };
    api.get(urls.ckanDump(':id'), { schema: dump }, async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const given = { ...(request.query as Given), resource_id: id };
      const { type, name, body } = await dumpResource(await options.contextOf(request), given, options.publicUrl);
      reply
        .header('cache-control', 'public, max-age=0, must-revalidate')
        .header('content-disposition', `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"`);
      return reply.type(type).send(body);
    });
    const schema = {
      summary: 'An action of CKAN’s that reads',
      tags,
      params: Type.Object({ name: Type.String({ description: actionNames.join(', ') }) }),
      querystring: Type.Object({}, { ...open, description: 'What the action takes; help_show tells it' }),
      response: {
        200: Type.Object({ help: Type.String(), success: Type.Boolean(), result: Type.Unknown() }, open),
      },
    };
    for (const path of [urls.ckanAction(':name'), '/api/action/:name']) {
      const described: { readonly schema: FastifySchema } =
        path === urls.ckanAction(':name') ? { schema } : { schema: { hide: true } };
      api.get(path, described, async (request, reply) => answer(request, reply, request.query as Given, options));
      api.post(path, { schema: { hide: true } }, async (request, reply) =>
        answer(request, reply, bodyOf(request.body), options),
      );
      api.options(path, { schema: { hide: true } }, async (_request, reply) =>
        reply
          .code(204)
          .header('access-control-allow-methods', 'GET, HEAD, POST, OPTIONS')
          .header('access-control-allow-headers', 'Authorization, X-CKAN-API-Key, Content-Type, Accept')
          .header('access-control-max-age', '86400')
          .send(),
      );
    }
  });
}

/** Programs send JSON under any name, also as what a form would be. */
function readAnyBody(api: FastifyInstance): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/** @throws TerroirError ckan.request */
function bodyOf(body: unknown): Given {
  const written = typeof body === 'string' ? body.trim() : '';
  if (written === '') return {};
  const value = jsonOf(written) ?? formOf(written);
  if (typeof value !== 'object' || Array.isArray(value))
    throw new TerroirError('ckan.request', { reason: 'Request data JSON needs to be a dictionary.' });
  return value as Given;
}

function jsonOf(written: string): unknown {
  try {
    return JSON.parse(written) as unknown;
  } catch {
    if (/^[[{"]/.test(written)) throw new TerroirError('ckan.request', { reason: 'JSON Error: cannot be read' });
    return null;
  }
}

function formOf(written: string): Given {
  const parameters = new URLSearchParams(written);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  given: Given,
  options: CkanRoutesOptions,
): Promise<FastifyReply> {
  const context = await options.contextOf(request);
  const { callback: _callback, ...rest } = given;
  const result = await runAction(context, nameOf(request), rest, options);
  reply.header('cache-control', 'public, max-age=0, must-revalidate');
  return send(request, reply, { help: helpOf(request, options), success: true, result });
}

function refuse(
  refusal: TerroirError,
  request: FastifyRequest,
  reply: FastifyReply,
  options: CkanRoutesOptions,
): FastifyReply {
  const { status, body } = refused(refusal, helpOf(request, options));
  reply.code(status).header('cache-control', 'no-store');
  return send(request, reply, body);
}

/** JSON, or a call of the script's own function around it. */
function send(request: FastifyRequest, reply: FastifyReply, body: unknown): FastifyReply {
  const written = JSON.stringify(body);
  const { callback } = request.query as Given;
  const isName = typeof callback === 'string' && /^[\p{L}_$][\p{L}\p{N}_$.]{0,199}$/u.test(callback);
  if (request.method !== 'GET' || !isName) return reply.type(json).send(written);
  const safe = written.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return reply.type('application/javascript; charset=utf-8').send(`${callback}(${safe});`);
}

function nameOf(request: FastifyRequest): string {
  return (request.params as { readonly name?: string }).name ?? '';
}

function helpOf(request: FastifyRequest, { publicUrl }: CkanRoutesOptions): string {
  return `${publicUrl}${urls.ckanAction('help_show')}?name=${encodeURIComponent(nameOf(request))}`;
}
