// How long a request may take to arrive: a form has a minute; a large file has all its time, as long as it goes on arriving.
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a large file, streamed to the disk: it may take hours, but never pauses for long. */
    streamed?: boolean;
  }
}

/** Milliseconds for a whole body, and those that a streamed one may stay silent. */
const patience = 60_000;

/** Ends the connections of requests that do not arrive; Node's own limit knows no difference between a form and 5 GB. */
export function limitSlowBodies(server: FastifyInstance): void {
  server.addHook('onRequest', async (request) => {
    const { raw } = request;
    if (raw.complete || raw.method === 'GET' || raw.method === 'HEAD') return;
    if (isStreamed(request)) {
      raw.setTimeout(patience, () => {
        if (!raw.complete) raw.destroy();
      });
      raw.once('end', () => raw.setTimeout(0));
      return;
    }
    const timer = setTimeout(() => {
      if (!raw.complete) raw.destroy();
    }, patience);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
  });
}

function isStreamed(request: FastifyRequest): boolean {
  return (
    request.routeOptions.config.streamed === true ||
    request.headers['content-type']?.startsWith('multipart/form-data') === true
  );
}
