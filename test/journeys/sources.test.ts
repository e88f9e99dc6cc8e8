// A dataset that updates itself: its pilot gives an address, the platform reads it, tells what came of it, and when it fails.

import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openReader } from './browser.ts';
import { openPortal, type Portal } from './portal.ts';
import { openProducer, type Producer } from './producer.ts';

let portal: Portal;
let pilot: Producer;
let sig: Server;
let address = '';
/** What the server of maps answers, and what it was asked. */
let handle = (_request: IncomingMessage, response: ServerResponse): void => void response.end();
const asked: (string | undefined)[] = [];
const page = '/desk/datasets/bancs/source';

type Facts = {
  source: { running: boolean; paused: boolean; failures: number; nextAt: string | null } | null;
  runs: { outcome: string; version: number | null; code: string | null; sentence: string }[];
};

beforeAll(async () => {
  sig = createServer((request, response) => {
    asked.push(request.headers['if-none-match']);
    handle(request, response);
  });
  await new Promise<void>((resolve) => sig.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(sig.address() as AddressInfo).port}`;
  address = `http://${host}/bancs.csv`;
  process.env['FETCH_ALLOWED_HOSTS'] = host;
  portal = await openPortal('--empty');
  delete process.env['FETCH_ALLOWED_HOSTS'];
  pilot = await openProducer(portal);
  const file = join(portal.home, 'bancs.csv');
  await writeFile(file, 'numero;rue\n1;Nationale\n');
  const said = ['--organization', 'ville-de-tours', '--title', 'Bancs publics', '--id', 'bancs', '--publish'];
  expect((await portal.cli('deposit', file, ...said, '--licence', 'lov2')).code).toBe(0);
});
afterAll(async () => {
  sig?.close();
  await portal?.close();
});

const facts = async () => JSON.parse((await pilot.reader.get(`${page}.json`)).body) as Facts;

/** Waits until so many readings were noted. */
async function readings(count: number): Promise<Facts> {
  for (let tries = 0; tries < 400; tries++) {
    const now = await facts();
    if (now.runs.length >= count) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`fewer than ${count} readings`);
}
const form = (said: Record<string, string> = {}) => ({
  url: address,
  rhythm: 'daily',
  hour: '5',
  weekday: '1',
  monthDay: '1',
  publish: 'yes',
  table: '',
  ...said,
});

test('the page is the producer’s alone', async () => {
  expect((await openReader(portal).get(page)).location).toMatch(/^\/sign-in/);
  expect((await openReader(portal).get(`${page}.json`)).status).toBe(403);
  const shown = await pilot.reader.get(page);
  expect(shown.status).toBe(200);
  expect(shown.body).toContain('Mise à jour automatique');
  expect(await facts()).toMatchObject({ source: null, runs: [] });
});

test('an address that cannot be is said where it was given, and what was typed stays', async () => {
  const refused = await pilot.reader.post(page, form({ url: 'bancs.csv', hour: '7' }));
  expect(refused.status).toBe(422);
  expect(refused.body).toContain('role="alert"');
  expect(refused.body).toContain('value="bancs.csv"');
  expect((await facts()).source).toBeNull();
});

test('the file is read at once and put online', async () => {
  handle = (request, response) =>
    request.headers['if-none-match'] === '"1"'
      ? response.writeHead(304).end()
      : response.writeHead(200, { etag: '"1"' }).end('numero;rue\n1;Nationale\n2;Colbert\n');
  const saved = await pilot.reader.post(page, form());
  expect([saved.status, saved.location]).toEqual([303, `${page}?done=saved`]);
  const { runs, source } = await readings(1);
  expect(runs[0]).toMatchObject({
    outcome: 'changed',
    version: 2,
    sentence: expect.stringContaining('la version 2 est en ligne'),
  });
  expect(new Date(source?.nextAt ?? 0).getTime()).toBeGreaterThan(Date.now());
  expect(await portal.json('/datasets/bancs/versions.json')).toMatchObject({ current: 2 });
  expect((await pilot.reader.get(page)).body).toContain('Prochaine lecture');
});

test('what did not change is only noted: by the server’s word, and by the bytes', async () => {
  await pilot.reader.post(`${page}/run`, {});
  await readings(2);
  expect(asked.at(-1)).toBe('"1"');
  // Another tag, the same bytes.
  handle = (_request, response) => response.writeHead(200, { etag: '"2"' }).end('numero;rue\n1;Nationale\n2;Colbert\n');
  await pilot.reader.post(`${page}/run`, {});
  const { runs } = await readings(3);
  expect(runs.slice(0, 2).map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
  expect(await portal.json('/datasets/bancs/versions.json')).toMatchObject({ current: 2, verifiedAt: null });
});

test('without « mettre en ligne », a version waits for its producer', async () => {
  handle = (_request, response) => response.end('numero;rue\n1;Nationale\n2;Colbert\n3;Royale\n');
  await pilot.reader.post(page, form({ publish: 'no' }));
  const { runs } = await readings(4);
  expect(runs[0]).toMatchObject({ outcome: 'changed', version: 3, code: 'publication' });
  expect(await portal.json('/datasets/bancs/versions.json')).toMatchObject({ current: 2 });
});

/** What the pilot was told of the source. */
async function notices(): Promise<readonly { kind: string }[]> {
  const account = JSON.parse((await pilot.reader.get('/account.json')).body) as {
    account: { notices: { kind: string }[] };
  };
  return account.account.notices.filter(({ kind }) => kind.startsWith('source.'));
}

test('what fails leaves the last good version, and is told after the third time', async () => {
  handle = (_request, response) => response.writeHead(503).end();
  await pilot.reader.post(page, form());
  await readings(5);
  handle = (_request, response) => response.end(Buffer.alloc(3000));
  await pilot.reader.post(`${page}/run`, {});
  await readings(6);
  expect(await notices()).toEqual([]);
  handle = (request) => request.socket.destroy();
  await pilot.reader.post(`${page}/run`, {});
  const { runs, source } = await readings(7);
  expect(runs.slice(0, 3).map(({ outcome, code }) => [outcome, code])).toEqual([
    ['failed', 'fetch.failed'],
    ['failed', 'file.binary'],
    ['failed', 'fetch.status'],
  ]);
  expect(source?.failures).toBe(3);
  const shown = await pilot.reader.get(page);
  expect(shown.body).toContain('La dernière bonne version reste en ligne');
  expect(await portal.json('/datasets/bancs/versions.json')).toMatchObject({ current: 2 });
  // Letters keep quiet at night: what is told stands on the account's page at once.
  expect(await notices()).toMatchObject([{ kind: 'source.failed', params: { about: 'Bancs publics' }, link: page }]);
});

test('it can be paused, taken up again and stopped; what was read stays known', async () => {
  await pilot.reader.post(`${page}/pause`, {});
  expect((await facts()).source).toMatchObject({ paused: true, nextAt: null });
  await pilot.reader.post(`${page}/resume`, {});
  expect((await facts()).source?.paused).toBe(false);
  expect((await pilot.reader.post(`${page}/remove`, {})).location).toBe(`${page}?done=removed`);
  expect((await pilot.reader.post(`${page}/run`, {})).status).toBe(404);
  const { source, runs } = await facts();
  expect(source).toBeNull();
  expect(runs.length).toBeGreaterThanOrEqual(7);
});

test('the same as an API, described in the OpenAPI document', async () => {
  const api = '/api/v1/datasets/bancs/source';
  const cookie = [...pilot.reader.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (method: string, path = api, body?: object) => {
    const answer = await fetch(portal.url + path, {
      method,
      headers: { cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, said: (await answer.json()) as Record<string, unknown> };
  };
  expect((await fetch(portal.url + api)).status).toBe(403);
  handle = (_request, response) => response.end('numero;rue\n1;Nationale\n2;Colbert\n3;Royale\n4;Zola\n');
  const set = await ask('PUT', api, { url: address, rhythm: 'monthly', monthDay: 15 });
  expect(set).toMatchObject({
    status: 200,
    said: { dataset: 'bancs', source: { url: address, rhythm: 'monthly', monthDay: 15, hour: 5, publish: true } },
  });
  await readings(8);
  const read = (await ask('GET')).said as { runs: { message: string; outcome: string }[] };
  expect(read.runs[0]).toMatchObject({ outcome: 'changed', message: expect.stringContaining('est en ligne') });
  expect(await ask('PUT', api, { url: 'x' })).toMatchObject({ status: 422, said: { code: 'source.urlInvalid' } });
  expect((await ask('PUT', api, { url: address, hour: 99 })).status).toBe(400);
  expect((await ask('POST', `${api}/run`)).status).toBe(200);
  await readings(9);
  expect(await ask('DELETE')).toMatchObject({ status: 200, said: { source: null } });
  expect((await ask('DELETE')).status).toBe(404);
  const document = (await portal.json('/api/openapi.json')) as { paths: Record<string, object> };
  expect(Object.keys(document.paths['/api/v1/datasets/{id}/source'] ?? {})).toEqual(['get', 'put', 'delete']);
});

test('an address inside the private network is refused when it is read', async () => {
  await pilot.reader.post(page, form({ url: 'http://127.0.0.1:9/secret.csv' }));
  const { runs } = await readings(10);
  expect(runs[0]).toMatchObject({ outcome: 'failed', code: 'fetch.refused' });
});
