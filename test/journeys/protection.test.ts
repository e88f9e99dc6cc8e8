// What protects everybody from what one client asks: limits per client, work given up with its client, hopeless questions, queues.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AnswerCache, readAnswer } from '../../src/data/query/answer-cache.ts';
import { parseQuery } from '../../src/data/query/parse.ts';
import { planRecords } from '../../src/data/query/plan.ts';
import { openSample } from '../../src/data/query/sample.ts';
import { withinRequest } from '../../src/lib/request-scope.ts';
import type { EngineLimits } from '../../src/stores/tables/engine.ts';
import { openTableEngine } from '../../src/stores/tables/pool.ts';
import { buildServer } from '../../src/web/server.ts';
import { openPortal, type Portal } from './portal.ts';

const limit = 15;
let portal: Portal;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-protection-'));
  vi.stubEnv('RATE_LIMIT', String(limit));
  // What is on this machine is not counted: the test says whom it asks for.
  vi.stubEnv('TRUSTED_PROXIES', 'loopback');
  portal = await openPortal('--empty');
  vi.unstubAllEnvs();
  await portal.cli('organization', 'add', 'ville', '--name', 'Ville d’essai');
  const path = join(folder, 'velos.csv');
  await writeFile(path, 'station;places\nGare;20\nTanneurs;12\n');
  const title = ['--title', 'Vélos en libre-service', '--id', 'velos', '--publish'];
  const answer = await portal.cli('deposit', path, '--organization', 'ville', ...title);
  expect(answer.code, answer.stderr).toBe(0);
}, 120_000);
afterAll(async () => {
  await portal?.close();
  await rm(folder, { recursive: true, force: true });
});

const records = '/api/explore/v2.1/catalog/datasets/velos/records';
const askFor = (client: string, path: string, headers: Record<string, string> = {}) =>
  fetch(portal.url + path, { headers: { 'x-forwarded-for': client, ...headers } });

async function exhaust(client: string): Promise<void> {
  for (let i = 0; i < limit; i++) expect((await askFor(client, '/health.json')).status).toBeLessThan(500);
  for (let i = 0; i < limit; i++) await askFor(client, records);
}

test('every answer tells what is left; another client has its own', async () => {
  const first = await askFor('192.0.2.1', records);
  expect(first.status).toBe(200);
  expect(first.headers.get('x-ratelimit-limit')).toBe('15');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('14');
  expect(first.headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(first.headers.get('ratelimit-policy')).toBe('"client";q=15;w=60');
  expect(first.headers.get('ratelimit')).toMatch(/^"client";r=14;t=(60|59)$/);
  expect(first.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Remaining');
  expect((await askFor('192.0.2.1', '/datasets')).headers.get('x-ratelimit-remaining')).toBe('13');
  expect((await askFor('192.0.2.2', records)).headers.get('x-ratelimit-remaining')).toBe('14');
});

test('beyond: 429, in the words of each interface, with the time to come back', async () => {
  await exhaust('192.0.2.3');
  const explore = await askFor('192.0.2.3', records);
  expect(explore.status).toBe(429);
  expect(Number(explore.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await explore.json()).toEqual({
    errorcode: 10002,
    error: expect.stringContaining('many requests'),
    call_limit: 15,
    limit_time_unit: 'minute',
    reset_time: explore.headers.get('x-ratelimit-reset'),
  });
  const problem = await askFor('192.0.2.3', '/datasets.json');
  expect(problem.status).toBe(429);
  expect(problem.headers.get('content-type')).toContain('application/problem+json');
  expect(problem.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await problem.json()).toMatchObject({ status: 429, code: 'request.tooMany' });
  const page = await askFor('192.0.2.3', '/datasets', { accept: 'text/html' });
  expect(page.status).toBe(429);
  expect(await page.text()).toContain('beaucoup de demandes');
  const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const mcp = await fetch(`${portal.url}/mcp`, {
    method: 'POST',
    body: message,
    headers: {
      'x-forwarded-for': '192.0.2.3',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
  });
  expect(mcp.status).toBe(429);
  // The sign of life is not counted, nor is this machine.
  expect((await askFor('192.0.2.3', '/health')).status).toBe(200);
  for (let i = 0; i < 2 * limit; i++) expect((await portal.get(records)).status).toBe(200);
  expect((await portal.get(records)).headers.get('x-ratelimit-limit')).toBe(null);
});

const limits: EngineLimits = {
  children: 1,
  threadsPerChild: 1,
  memoryMegabytes: 100,
  timeoutSeconds: 60,
  folders: [],
  temporaryFolder: join(tmpdir(), `terroir-protection-spill-${process.pid}`),
  waiting: 2,
  answer: { rows: 5000, megabytes: 1 },
};
const endless = { sql: 'SELECT count(*) FROM range(1000000000000) a, range(1000) b WHERE a.range % 7 = b.range % 11' };

async function withEngine(work: (engine: ReturnType<typeof openTableEngine>) => Promise<void>): Promise<void> {
  const engine = openTableEngine(limits);
  try {
    await work(engine);
  } finally {
    await engine.close();
    await rm(limits.temporaryFolder, { recursive: true, force: true });
  }
}

test('the engine stops when the client of a reading leaves, and answers the next one', () =>
  withEngine(async (engine) => {
    const server = await buildServer({
      publicUrl: 'http://localhost',
      log: { error() {} },
      site: async () => ({ name: 'X', demo: false }),
    });
    const { promise: stopped, resolve: stop } = Promise.withResolvers<unknown>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    server.get('/api/endless', async () => {
      const running = readAnswer(engine, 'v1', endless);
      begin();
      return running.catch((error: unknown) => {
        stop(error);
        throw error;
      });
    });
    const origin = await server.listen({ port: 0, host: '127.0.0.1' });
    const leaving = ask(`${origin}/api/endless`);
    leaving.on('error', () => undefined);
    leaving.end();
    await begun;
    leaving.destroy();
    expect(await stopped).toMatchObject({ code: 'request.left' });
    expect((await engine.run([{ sql: 'SELECT 1' }]))[0]?.rows).toEqual([[1]]);
    await server.close();
  }));

test('the waiting room is bounded, and so is the time of a whole request', () =>
  withEngine(async (engine) => {
    const leaving = new AbortController();
    const busy = engine.run([endless], { signal: leaving.signal });
    const waiting = [engine.run([{ sql: 'SELECT 2' }]), engine.run([{ sql: 'SELECT 3' }])];
    await expect(engine.run([{ sql: 'SELECT 4' }])).rejects.toMatchObject({ code: 'request.busy' });
    leaving.abort();
    await expect(busy).rejects.toMatchObject({ name: 'AbortError' });
    expect((await Promise.all(waiting)).map(([answer]) => answer?.rows)).toEqual([[[2]], [[3]]]);
    const { signal } = new AbortController();
    const soon = { signal, endsAt: performance.now() + 300 };
    await expect(withinRequest(soon, () => engine.run([endless]))).rejects.toMatchObject({ code: 'engine.timeout' });
    await expect(withinRequest(soon, () => engine.run([{ sql: 'SELECT 1' }]))).rejects.toMatchObject({
      code: 'engine.timeout',
    });
  }));

test('an answer of too many rows or bytes is refused, and the engine goes on', () =>
  withEngine(async (engine) => {
    const refused = { code: 'engine.answerTooLarge' };
    await expect(engine.run([{ sql: 'SELECT * FROM range(6000)' }])).rejects.toMatchObject(refused);
    await expect(engine.run([{ sql: `SELECT repeat('x', 100000) FROM range(20)` }])).rejects.toMatchObject(refused);
    await expect(engine.run([{ sql: `SELECT [repeat('x', 100000)] FROM range(20)` }])).rejects.toMatchObject(refused);
    // All the statements of a request together.
    const half = { sql: 'SELECT * FROM range(3000)' };
    await expect(engine.run([half, half])).rejects.toMatchObject(refused);
    expect((await engine.run([half]))[0]?.rows).toHaveLength(3000);
  }));

test('a hopeless question is refused before it is asked', async () => {
  const sample = await openSample();
  try {
    const search = Array.from({ length: 100 }, (_, i) => `search(nom, "mot${i} autre${i} encore${i}")`).join(' or ');
    const tree = parseQuery({ where: [search] });
    expect(() => planRecords({ ...sample.version, rows: 10_000_000 }, tree)).toThrow(
      'asks too much work on 10000000 rows',
    );
    expect(() => planRecords(sample.version, tree)).not.toThrow();
  } finally {
    await sample.close();
  }
});

test('one leaves, the others are answered from the same reading', async () => {
  const cache = new AnswerCache(10_000);
  const { promise, resolve } = Promise.withResolvers<string>();
  let reads = 0;
  const read = () => {
    reads++;
    return promise;
  };
  const [a, b] = [new AbortController(), new AbortController()];
  const joined = [a, b].map(({ signal }) =>
    withinRequest({ signal, endsAt: Number.POSITIVE_INFINITY }, () => cache.get('v1', 'q', read, () => 10)),
  );
  a.abort();
  await expect(joined[0]).rejects.toMatchObject({ name: 'AbortError' });
  resolve('answer');
  expect(await joined[1]).toBe('answer');
  expect(await cache.get('v1', 'q', read, () => 10)).toBe('answer');
  expect(reads).toBe(1);
});
