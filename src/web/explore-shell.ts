// What all addresses of Opendatasoft's interfaces share: open to other sites' scripts, parameters as they stand, its own refusals.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorRegistry } from '../lib/error-registry.ts';
import { TerroirError } from '../lib/errors.ts';
import { refusalOf } from './errors.tsx';
import { apiError } from './explore-error.ts';

type Log = { error(facts: Record<string, unknown>, sentence: string): void };
type LogOf = (request: FastifyRequest) => Promise<Log>;

export const jsonType = 'application/json; charset=utf-8';

const exposed = [
  'Link',
  'ETag',
  'Content-Disposition',
  'ODS-Explore-API-Deprecation',
  'X-RateLimit-Remaining',
  'X-RateLimit-Limit',
  'X-RateLimit-Reset',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
].join(', ');

/** Prepares a room's part of an interface: its errors, headers and reading of parameters are Opendatasoft's contract, not ours. */
export function prepareExplore(api: FastifyInstance, logOf: LogOf): void {
  // Schemas describe; each room reads, and answers in Opendatasoft's own sentences.
  api.setValidatorCompiler(() => (value) => ({ value }));
  api.setErrorHandler(async (error, request, reply) => refuse(error, await logOf(request), reply));
  api.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', exposed);
  });
}

/** What one room says for the whole of a prefix: what is not there, and what a script may ask. */
export function closeExplore(api: FastifyInstance, logOf: LogOf): void {
  api.setNotFoundHandler(async (request, reply) =>
    refuse(new TerroirError('page.unknown'), await logOf(request), reply),
  );
  api.options('/*', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, HEAD, OPTIONS')
      .header('access-control-allow-headers', 'Authorization, Accept, Content-Type, If-None-Match')
      .header('access-control-max-age', '86400')
      .send(),
  );
}

/** Sent as text: the columns are the tables' own, no schema knows them. */
export function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.type(jsonType).send(JSON.stringify(value));
}

function refuse(error: unknown, log: Log, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error, log);
  reply.code(errorRegistry[refusal.code].status).header('cache-control', 'no-store').removeHeader('etag');
  return sendJson(reply, apiError(refusal));
}
