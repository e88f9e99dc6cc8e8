// What one request may take: its time, and nothing more once its client has left. Refusals for want of room say when to come back.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TerroirError } from '../lib/errors.ts';
import { type RequestScope, withinRequest } from '../lib/request-scope.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where what was begun is ended: pages, and all that writes. */
    scope: RequestScope | null;
  }
}

/** Seconds that one reading may keep the engines working, all its statements together; a file to download has its own. */
const readingSeconds = 60;

/** The interfaces for programs: their readings are given up with their client. */
const interfaces = /^\/(?:api|ogc|mcp|explore|tiles)(?:[/?]|$)/;

/** Opens a scope for each reading of the interfaces; what works for it finds the scope by itself (lib/request-scope.ts). */
export function boundRequests(server: FastifyInstance): void {
  server.decorateRequest('scope', null);
  server.addHook('onRequest', (request, reply, done) => {
    if (!isReading(request)) return done();
    const left = new AbortController();
    const scope = { signal: left.signal, endsAt: performance.now() + readingSeconds * 1000 };
    reply.raw.once('close', () => {
      if (!reply.raw.writableEnded) left.abort(new TerroirError('request.left'));
    });
    request.scope = scope;
    return withinRequest(scope, done);
  });
  // The body's events are Node's own: what follows them is brought back into the scope.
  server.addHook('preValidation', (request, _reply, done) =>
    request.scope === null ? done() : withinRequest(request.scope, done),
  );
  server.addHook('onError', async (_request, reply, error) => {
    const seconds = retryAfter(error);
    if (seconds !== null) reply.header('retry-after', String(seconds));
  });
}

function isReading({ method, url }: FastifyRequest): boolean {
  if (!interfaces.test(url)) return false;
  return (
    method === 'GET' || method === 'HEAD' || (method === 'POST' && /^\/(?:mcp|api\/(?:3\/)?action)(?:[/?]|$)/.test(url))
  );
}

const comeBack: readonly string[] = ['request.tooMany', 'request.busy'];

/** Seconds after which a refused request may succeed; null when time changes nothing. */
function retryAfter(error: unknown): number | null {
  if (!(error instanceof TerroirError) || !comeBack.includes(error.code)) return null;
  const { seconds } = error.params;
  return typeof seconds === 'number' ? seconds : null;
}
