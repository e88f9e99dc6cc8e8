// The shell alone: what it guards, its two endings, its languages, its refusals, told to people and to programs.
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TerroirError } from '../lib/errors.ts';
import { buildServer } from './server.ts';

const logged: Record<string, unknown>[] = [];
let server: FastifyInstance;
beforeAll(async () => {
  server = await buildServer({
    publicUrl: 'https://donnees.example.fr',
    log: { error: (facts) => logged.push(facts) },
    site: async () => ({ name: 'Touraine', demo: false }),
    examples: async () => ({ name: 'amboise' }),
  });
  server.get('/broken', { schema: { hide: true } }, async () => {
    throw new Error('secret detail');
  });
  server.get('/refused', { schema: { hide: true } }, async () => {
    throw new TerroirError('commune.unknown', { insee: '<b>99</b>' });
  });
  const schema = {
    summary: 'A place',
    params: { type: 'object', properties: { name: { type: 'string', description: 'Its name' } } },
    response: { 200: { type: 'object', properties: { place: { type: 'string' } } } },
  };
  server.get('/api/places/:name', { schema }, async (request) => ({
    place: (request.params as { readonly name: string }).name,
  }));
});
afterAll(() => server.close());

test('a page is guarded, in French, with its frame', async () => {
  const answer = await server.inject('/api');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
  expect(answer.body).toContain('<html lang="fr">');
  expect(answer.body.match(/<h1/g)).toHaveLength(1);
  expect(answer.body).toContain('<title>API · Touraine</title>');
  expect(answer.body).toContain('href="#content"');
});

test('the page of the API asks its own examples', async () => {
  const { body } = await server.inject('/api');
  expect(body).toContain('https://donnees.example.fr/api/places/amboise');
  expect(body).toContain('&quot;place&quot;: &quot;amboise&quot;');
  const openapi = (await server.inject('/api/openapi.json')).json();
  expect(openapi.openapi).toBe('3.1.0');
  expect(Object.keys(openapi.paths)).toEqual(['/api/places/{name}']);
});

test('a choice of language is remembered, and only a choice', async () => {
  const chosen = await server.inject('/api?lang=en');
  expect(chosen.body).toContain('<html lang="en">');
  expect(chosen.headers['set-cookie']).toBe('lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly');
  const next = await server.inject({ url: '/api', headers: { cookie: 'a=b; lang=en' } });
  expect(next.body).toContain('<html lang="en">');
  expect(next.headers['set-cookie']).toBeUndefined();
  const back = await server.inject({ url: '/api?lang=fr', headers: { cookie: 'lang=en' } });
  expect(back.body).toContain('<html lang="fr">');
  expect((await server.inject('/api?lang=xx')).headers['set-cookie']).toBeUndefined();
});

test('compressed or not, a page that the reader has is not sent again', async () => {
  const headers = { 'accept-encoding': 'gzip' };
  const first = await server.inject({ url: '/api', headers });
  expect(first.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(first.rawPayload).toString()).toContain('<!doctype html>');
  const etag = String(first.headers['etag']);
  expect(etag).toMatch(/^W\/"/);
  for (const known of [headers, {}]) {
    const again = await server.inject({ url: '/api', headers: { ...known, 'if-none-match': etag } });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  }
});

test('a refusal is a page for people and problem+json for programs, made of the same value', async () => {
  const page = await server.inject('/refused');
  expect(page.statusCode).toBe(404);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).toContain('Aucune commune du territoire n’a le code &lt;b>99&lt;/b>.');
  for (const request of [{ url: '/refused.json' }, { url: '/refused', headers: { accept: 'application/json' } }]) {
    const answer = await server.inject(request);
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 404,
      code: 'commune.unknown',
      title: 'Not Found',
      detail: 'Aucune commune du territoire n’a le code <b>99</b>.',
    });
  }
});

test('what nobody foresaw is logged under the reference that the reader gets, and tells nothing else', async () => {
  logged.length = 0;
  const answer = await server.inject('/broken');
  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain('secret detail');
  const [entry] = logged;
  expect(String(entry?.['error'])).toContain('secret detail');
  expect(answer.body).toContain(String(entry?.['reference']));
});

test('an unknown page helps, an unknown address of the API answers in JSON', async () => {
  const page = await server.inject('/nulle-part');
  expect(page.statusCode).toBe(404);
  expect(page.body).toContain('<form action="/datasets"');
  const api = await server.inject('/api/nowhere');
  expect(api.statusCode).toBe(404);
  expect(api.json()).toMatchObject({ status: 404, code: 'page.unknown' });
  expect(api.headers['access-control-allow-origin']).toBe('*');
});

test('nobody can ask for data by a header that is ours', async () => {
  const answer = await server.inject({ url: '/nulle-part', headers: { 'x-terroir-data': '1' } });
  expect(answer.headers['content-type']).toContain('text/html');
});

test('data that a page carries for search engines cannot end its own element', async () => {
  const { render } = await import('preact-render-to-string');
  const { h } = await import('preact');
  const { Layout } = await import('./layout.tsx');
  const { voices } = await import('./language.ts');
  const site = {
    name: 'Touraine',
    demo: false,
    publicUrl: 'https://donnees.example.fr',
    assetUrl: (name: string) => name,
  };
  const context = { voice: voices.fr, site, path: '/datasets/x', query: '' };
  const html = render(
    h(Layout, { context, title: 'x', jsonLd: { name: '</script><script>alert(1)</script>' }, children: null }),
  );
  expect(html).not.toContain('</script><script>');
});

test('behind a proxy that is trusted, the visitor’s address is the one it tells; else it is the proxy’s', async () => {
  const addressThrough = async (trustedProxies: readonly string[]) => {
    const shell = await buildServer({
      publicUrl: 'https://donnees.example.fr',
      log: { error: (facts) => logged.push(facts) },
      site: async () => ({ name: null, demo: false }),
      trustedProxies,
    });
    shell.get('/who', { schema: { hide: true } }, async (request) => ({ ip: request.ip }));
    const answer = await shell.inject({ url: '/who', headers: { 'x-forwarded-for': '192.0.2.7' } });
    await shell.close();
    return (answer.json() as { readonly ip: string }).ip;
  };
  expect(await addressThrough(['loopback'])).toBe('192.0.2.7');
  expect(await addressThrough([])).toBe('127.0.0.1');
});

test('what writes comes from our own pages, or from a program; the API stays open where no session answers for it', async () => {
  const shell = await buildServer({
    publicUrl: 'https://donnees.example.fr',
    log: { error: (facts) => logged.push(facts) },
    site: async () => ({ name: null, demo: false }),
    identify: async ({ cookie }) =>
      cookie === undefined
        ? { actor: { kind: 'anyone' }, person: null }
        : {
            actor: { kind: 'person', id: '1', grants: [] },
            person: { id: '1', name: 'Ada', language: 'fr', demo: false, session: { id: '1', openedAt: new Date() } },
          },
  });
  for (const url of ['/form', '/api/query', '/api/auth/x'])
    shell.post(url, { schema: { hide: true } }, async () => 'done');
  const send = async (url: string, headers: Readonly<Record<string, string>>) =>
    (await shell.inject({ method: 'POST', url, headers: { host: 'donnees.example.fr', ...headers } })).statusCode;
  const foreign = { origin: 'https://evil.example' };
  const session = { cookie: 'session=1' };
  expect(await send('/form', {})).toBe(200);
  expect(await send('/form', { origin: 'https://donnees.example.fr', ...session })).toBe(200);
  expect(await send('/form', { 'sec-fetch-site': 'same-origin', ...session })).toBe(200);
  expect(await send('/form', foreign)).toBe(403);
  expect(await send('/form', { 'sec-fetch-site': 'same-site' })).toBe(403);
  expect(await send('/form', { origin: 'null' })).toBe(403);
  expect(await send('/api/query', foreign)).toBe(200);
  expect(await send('/api/query', { ...foreign, ...session })).toBe(403);
  expect(await send('/api/auth/x', foreign)).toBe(403);
  await shell.close();
});
