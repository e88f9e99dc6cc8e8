// What a request may take: its scope ends with its client, and refusals for want of room say when to come back.
import { request as ask } from 'node:http';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { TerroirError } from '../lib/errors.ts';
import { type RequestScope, requestScope } from '../lib/request-scope.ts';
import { boundRequests } from './budget.ts';

let server: FastifyInstance;
afterEach(() => server?.close());

/** Answers with the scope that a handler sees, after something awaited. */
async function scopeSeen(method: 'GET' | 'POST', url: string): Promise<RequestScope | null | undefined> {
  server = Fastify();
  boundRequests(server);
  let seen: RequestScope | null | undefined;
  server.route({
    method,
    url: '/*',
    handler: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      seen = requestScope();
      return 'ok';
    },
  });
  await server.inject({ method, url, ...(method === 'POST' && { payload: { a: 1 } }) });
  return seen;
}

test.each([
  ['GET', '/api/explore/v2.1/catalog/datasets/a/records'],
  ['GET', '/ogc/collections'],
  ['POST', '/mcp'],
  ['POST', '/api/3/action/package_search'],
] as const)('%s %s is given up with its client', async (method, url) => {
  expect(await scopeSeen(method, url)).toMatchObject({ signal: { aborted: false }, endsAt: expect.any(Number) });
});

test.each([
  ['GET', '/datasets/a'],
  ['GET', '/apiculture'],
  ['POST', '/desk/drafts'],
  ['POST', '/api/auth/sign-in'],
] as const)('%s %s goes to its end', async (method, url) => {
  expect(await scopeSeen(method, url)).toBe(null);
});

test('a client that leaves ends what works for it; one that is answered does not', async () => {
  server = Fastify();
  boundRequests(server);
  const { promise: begun, resolve: begin } = Promise.withResolvers<AbortSignal>();
  const { promise: gone, resolve: end } = Promise.withResolvers<unknown>();
  server.get('/api/slow', async () => {
    const { signal } = requestScope() as RequestScope;
    begin(signal);
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        end(signal.reason);
        reject(signal.reason);
      });
    });
  });
  let quick: AbortSignal | undefined;
  server.get('/api/quick', async () => {
    quick = requestScope()?.signal;
    return 'ok';
  });
  const origin = await server.listen({ port: 0, host: '127.0.0.1' });
  expect((await fetch(`${origin}/api/quick`)).status).toBe(200);
  const leaving = ask(`${origin}/api/slow`);
  leaving.on('error', () => undefined);
  leaving.end();
  expect((await begun).aborted).toBe(false);
  leaving.destroy();
  expect(await gone).toMatchObject({ code: 'request.left' });
  expect(quick?.aborted).toBe(false);
});

test('whoever finds no room is told when to come back', async () => {
  server = Fastify();
  boundRequests(server);
  server.setErrorHandler(async (_error, _request, reply) => reply.code(503).send('no'));
  server.get('/busy', async () => {
    throw new TerroirError('request.busy', { seconds: 30 });
  });
  server.get('/wrong', async () => {
    throw new TerroirError('page.unknown');
  });
  expect((await server.inject('/busy')).headers['retry-after']).toBe('30');
  expect((await server.inject('/wrong')).headers['retry-after']).toBe(undefined);
});
