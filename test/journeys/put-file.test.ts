// A producer's script brings its dataset the next file, every night: PUT /api/v1/datasets/{id}/file.
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from './portal.ts';
import { makeKey, openProducer } from './producer.ts';

let portal: Portal;
let publishing = '';
let depositing = '';
let reading = '';
const address = '/api/v1/datasets/arbres/file';

beforeAll(async () => {
  portal = await openPortal('--empty');
  const producer = await openProducer(portal);
  publishing = await makeKey(producer, 'publish');
  depositing = await makeKey(producer, 'deposit');
  reading = await makeKey(producer, 'read');
  const file = join(portal.home, 'arbres.csv');
  await writeFile(file, 'espece;hauteur\nTilleul;12\nPlatane;20\n');
  const said = ['--organization', 'ville-de-tours', '--title', 'Arbres de la ville', '--id', 'arbres', '--publish'];
  expect((await portal.cli('deposit', file, ...said, '--licence', 'lov2')).code).toBe(0);
});
afterAll(() => portal?.close());

type Said = Record<string, unknown> & { counts: Record<string, number>; problems: { cell: string; message: string }[] };

async function put(path: string, body: string, key: string | null = publishing, headers: Record<string, string> = {}) {
  const answer = await fetch(portal.url + path, {
    method: 'PUT',
    body,
    headers: { ...(key !== null && { authorization: `Bearer ${key}` }), ...headers },
  });
  return { status: answer.status, said: (await answer.json()) as Said, type: answer.headers.get('content-type') };
}
const next = 'espece;hauteur\nTilleul;12\nPlatane;20\nÉrable;7\n';

test('the next file becomes a version, online when it is asked for', async () => {
  const first = await put(`${address}?publish=true`, next, publishing, {
    'content-type': 'text/csv',
    'content-disposition': `attachment; filename="arbres.csv"; filename*=UTF-8''arbres%20d%E2%80%99%C3%A9t%C3%A9.csv`,
  });
  expect(first.status).toBe(201);
  expect(first.said).toMatchObject({
    dataset: 'arbres',
    version: 2,
    changed: true,
    published: true,
    waiting: null,
    message: 'La version 2 est en ligne.',
    url: '/datasets/arbres',
    rows: 3,
    columns: 2,
    file: { name: 'arbres d’été.csv', bytes: Buffer.byteLength(next) },
    counts: { error: 0 },
  });
  expect(await portal.json('/api/explore/v2.1/catalog/datasets/arbres/records?limit=0')).toMatchObject({
    total_count: 3,
  });
});

test('the same bytes make no version: nothing has changed', async () => {
  const again = await put(`${address}?publish=true`, next);
  expect([again.status, again.said['changed'], again.said['version']]).toEqual([200, false, 2]);
  expect(again.said['message']).toBe('Rien n’a changé\u00a0: ce fichier est déjà la version 2.');
  const english = await put(address, next, depositing, { 'accept-language': 'en' });
  expect(english.said['message']).toBe('Nothing has changed: this file already is version 2.');
  expect(await portal.json('/datasets/arbres/versions.json')).toMatchObject({
    current: 2,
    verifiedAt: expect.any(String),
  });
});

test('without publish=true, and with a key that may not, a version waits', async () => {
  const body = `${next}Charme;5\n`;
  expect(await put(`${address}?publish=true`, body, depositing)).toMatchObject({
    status: 403,
    said: { code: 'permission.denied' },
    type: expect.stringContaining('application/problem+json'),
  });
  const kept = await put(`${address}?filename=arbres-mars.csv`, body, depositing);
  expect(kept).toMatchObject({
    status: 201,
    said: { version: 3, published: false, waiting: 'publication', file: { name: 'arbres-mars.csv' } },
  });
  expect(await portal.json('/datasets/arbres/versions.json')).toMatchObject({ current: 2 });
  // The same bytes again, by whoever may publish: that version goes online, no other is made.
  const online = await put(`${address}?publish=true`, body);
  expect(online).toMatchObject({ status: 200, said: { version: 3, changed: false, published: true } });
  expect(await portal.json('/datasets/arbres/versions.json')).toMatchObject({ current: 3 });
});

test('a column that begins to show persons waits for somebody to decide', async () => {
  const people = [
    'espece;hauteur;parrain',
    ...Array.from({ length: 30 }, (_, i) => `Tilleul;${i};marie.dupont${i}@gmail.com`),
  ];
  const held = await put(`${address}?publish=true`, `${people.join('\n')}\n`);
  expect(held).toMatchObject({ status: 201, said: { published: false, waiting: 'personalData' } });
  expect(await portal.json('/datasets/arbres/versions.json')).toMatchObject({ current: 3 });
});

test('whoever may not, and what is no file, is refused with a code', async () => {
  const codes = async (...all: ReturnType<typeof put>[]) =>
    (await Promise.all(all)).map(({ status, said }) => [status, said['code']]);
  expect(
    await codes(
      put(address, next, null),
      put(address, next, reading),
      put(address, next, `trr_${'a'.repeat(43)}`),
      put('/api/v1/datasets/nulle-part/file', next),
      put(address, ''),
      put(address, '\u0000\u0001\u0002\u0003 binary \u0000\u0000'),
      put(address, next, publishing, { 'content-type': 'multipart/form-data; boundary=x' }),
      put(`${address}?publish=perhaps`, next),
      put(`${address}?table=Feuille9`, `${next}Hêtre;4\n`),
    ),
  ).toEqual([
    [403, 'permission.denied'],
    [403, 'permission.denied'],
    [401, 'key.unknown'],
    [404, 'dataset.unknown'],
    [422, 'file.empty'],
    [422, 'file.binary'],
    [400, 'upload.rawOnly'],
    [400, 'query.malformed'],
    [422, 'file.tableUnknown'],
  ]);
});

test('a body that is cut leaves nothing', async () => {
  const { port } = new URL(portal.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(
        `PUT ${address} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${publishing}\r\nContent-Length: 500\r\n\r\n${next}`,
        () => setTimeout(() => socket.destroy(), 50),
      );
    });
    socket.on('close', () => resolve());
  });
  const { versions } = (await portal.json('/datasets/arbres/versions.json')) as { versions: unknown[] };
  expect(versions).toHaveLength(3);
});

test('the address is described in the OpenAPI document', async () => {
  const document = (await portal.json('/api/openapi.json')) as {
    paths: Record<string, { put?: { responses: object; parameters: { name: string }[] } }>;
  };
  const operation = document.paths['/api/v1/datasets/{id}/file']?.put;
  expect(Object.keys(operation?.responses ?? {})).toEqual(expect.arrayContaining(['200', '201', '403', '404', '422']));
  expect(operation?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['id', 'publish', 'table', 'filename']),
  );
});
