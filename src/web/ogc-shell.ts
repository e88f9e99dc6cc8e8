// What all addresses of the OGC interfaces share: open to other sites' scripts, JSON or a page as asked, refusals in the same form.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { errorRegistry } from '../lib/error-registry.ts';
import { TerroirError } from '../lib/errors.ts';
import { problemJson, refusalOf } from './errors.tsx';
import type { PageContext } from './page.ts';

type Log = { error(facts: Record<string, unknown>, sentence: string): void };
type Query = Readonly<Record<string, unknown>>;

/** Prepares a room's part of the interface. */
export function prepareOgc(ogc: FastifyInstance, logOf: (request: FastifyRequest) => Promise<Log>): void {
  ogc.addHook('onRequest', async (_request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'Content-Crs, ETag, Link, OGC-NumberMatched, OGC-NumberReturned');
  });
  ogc.setErrorHandler(async (error, request, reply) => {
    const refusal = refusalOf(error, await logOf(request));
    // A page for people, by the shell.
    if (wantsPage(request)) throw refusal;
    const problem = problemJson(refusal, request.voice.lang);
    reply.code(errorRegistry[refusal.code].status).header('cache-control', 'no-store').removeHeader('etag');
    return reply.type('application/problem+json').send({ ...problem, detail: problem.title });
  });
}

/** Whoever asks for nothing in particular gets JSON; browsers say that they want pages. */
function wantsPage(request: FastifyRequest): boolean {
  const { f } = request.query as Query;
  if (f === 'html') return true;
  if (f !== undefined || request.asData) return false;
  const accept = request.headers.accept ?? '';
  return accept.includes('text/html') && !/application\/(geo\+)?json/.test(accept);
}

/** A document, or its page. @throws TerroirError query.parameter for a form that is none */
export function sendDocument(
  request: FastifyRequest,
  reply: FastifyReply,
  document: unknown,
  page: (context: PageContext) => VNode,
  type = 'application/json',
): FastifyReply | Promise<FastifyReply> {
  const { f } = request.query as Query;
  if (f !== undefined && f !== 'json' && f !== 'geojson' && f !== 'html')
    throw new TerroirError('query.parameter', { name: 'f', reason: 'json, html' });
  reply.header('cache-control', 'no-cache').header('vary', 'accept, accept-language, cookie');
  if (wantsPage(request)) return reply.sendPage({ data: document, page });
  return reply.type(type).send(JSON.stringify(document));
}
