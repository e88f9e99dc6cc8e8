import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { Actor, OrganizationRole } from '../../model/permission.ts';
import { openFetcher } from '../../stores/fetch/fetch.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { buildServer } from '../../web/server.ts';
import { openArrival, receiveFile, receiveLink, receivePaste, saveForm } from './service.ts';

let catalogue: TestCatalogue;
let folder: string;
let context: Context;
let elsewhere: Server;
let link = '';
beforeAll(async () => {
  catalogue = await openTestCatalogue();
  folder = await mkdtemp(join(tmpdir(), 'terroir-intake-'));
  elsewhere = createServer((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (request.url === '/named')
      response.writeHead(200, { 'content-disposition': 'attachment; filename="arbres 2026.csv"' }).end('a;b\n1;2\n');
    else response.writeHead(200).end('x;y\n3;4\n');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  link = `http://${host}`;
  context = {
    ...catalogue.operator,
    files: await openDiskStore(folder),
    fetcher: openFetcher({ allowedHosts: [host] }),
    log: { info() {}, warn() {}, error() {} },
  };
});
beforeEach(() => catalogue.empty());
// Whatever happened, no scratch file stays.
afterEach(() => expect(readdirSync(context.files.scratch)).toEqual([]));
afterAll(async () => {
  elsewhere.close();
  await catalogue?.close();
  await rm(folder, { recursive: true, force: true });
});

const refused = (code: string) => expect.objectContaining({ code });
const as = (actor: Actor): Context => ({ ...context, actor });
const member = (role: OrganizationRole, id = '1') =>
  as({ kind: 'person', id, grants: [{ role, organization: 'ville-de-tours' }] });
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const original = (sha: string) => readFileSync(context.files.originalPath(sha));

async function given(bytes: string | Uint8Array): Promise<string> {
  const path = join(folder, `given-${Math.random().toString(36).slice(2)}`);
  await writeFile(path, bytes);
  return path;
}

test('a file is kept byte for byte under the name it was given, and nobody looks inside', async () => {
  const broken = Buffer.from('PK\x03\x04 this is no archive', 'latin1');
  const path = await given(broken);
  const arrival = await receiveFile(member('depositor'), {
    organization: 'ville-de-tours',
    name: 'C:\\Users\\mairie\\subventions 2025.xlsx',
    path,
    origin: 'upload',
  });
  expect(arrival).toEqual({
    deposit: expect.stringMatching(/^[\da-f-]{36}$/),
    organization: 'ville-de-tours',
    name: 'subventions 2025.xlsx',
    size: broken.length,
    sha256: sha256(broken),
    origin: 'upload',
  });
  expect(original(arrival.sha256)).toEqual(broken);
  expect(readFileSync(path)).toEqual(broken);
  const opened = await openArrival(member('depositor'), arrival.deposit);
  expect(opened.arrival).toEqual(arrival);
  expect(readFileSync(opened.file.path)).toEqual(broken);
});

test('a file of ours is moved, not copied', async () => {
  const path = await given('a;b\n1;2\n');
  await receiveFile(context, { organization: 'ville-de-tours', name: 'a.csv', path, origin: 'api', take: true });
  expect(() => readFileSync(path)).toThrow(/ENOENT/);
  expect(original(sha256('a;b\n1;2\n')).toString()).toBe('a;b\n1;2\n');
});

test('whoever may not deposit brings nothing', async () => {
  const path = await given('a\n1\n');
  const request = { organization: 'ville-de-tours', name: 'a.csv', path, origin: 'upload' } as const;
  await expect(receiveFile(catalogue.anyone, request)).rejects.toEqual(refused('permission.denied'));
  await expect(receiveFile(member('reader'), request)).rejects.toEqual(refused('permission.denied'));
  await expect(receiveFile(member('pilot'), { ...request, organization: 'departement' })).rejects.toEqual(
    refused('permission.denied'),
  );
  const paste = { organization: 'departement', text: 'a\tb', name: '' };
  await expect(receivePaste(member('pilot'), paste)).rejects.toEqual(refused('permission.denied'));
  const away = { organization: 'departement', url: link };
  await expect(receiveLink(member('pilot'), away)).rejects.toEqual(refused('permission.denied'));
  await expect(receiveFile(context, { ...request, organization: 'nulle-part' })).rejects.toEqual(
    refused('organization.unknown'),
  );
});

test('an empty file is refused', async () => {
  const request = { organization: 'ville-de-tours', name: 'vide.csv', origin: 'upload' } as const;
  await expect(receiveFile(context, { ...request, path: await given('') })).rejects.toEqual(refused('file.empty'));
  const taken = { ...request, path: await given(''), take: true };
  await expect(receiveFile(context, taken)).rejects.toEqual(refused('file.empty'));
});

test('a depositor reads their own arrivals, not those of another; a reader of the organization does', async () => {
  const request = {
    organization: 'ville-de-tours',
    name: 'a.csv',
    path: await given('a\n1\n'),
    origin: 'upload',
  } as const;
  const { deposit } = await receiveFile(member('depositor', '1'), request);
  await expect(openArrival(member('depositor', '2'), deposit)).rejects.toEqual(refused('deposit.unknown'));
  await expect(openArrival(catalogue.anyone, deposit)).rejects.toEqual(refused('deposit.unknown'));
  await expect(openArrival(context, 'not-an-id')).rejects.toEqual(refused('deposit.unknown'));
  expect((await openArrival(member('reader', '3'), deposit)).arrival.deposit).toBe(deposit);
});

test('cells copied from a spreadsheet become a .tsv in UTF-8', async () => {
  const text = '\ufeffAssociation\tMontant\r\nÉcole d’été\t1 200,50\r\n\r\n';
  const arrival = await receivePaste(context, { organization: 'ville-de-tours', text, name: 'subventions.xlsx' });
  expect(arrival).toMatchObject({ name: 'subventions.tsv', origin: 'paste' });
  expect(original(arrival.sha256).toString('utf8')).toBe('Association\tMontant\nÉcole d’été\t1 200,50\n');
});

test('a paste of nothing, or of more than 20 MB, is refused', async () => {
  const paste = (text: string) => receivePaste(context, { organization: 'ville-de-tours', text, name: 'x' });
  await expect(paste(' \n\n ')).rejects.toEqual(refused('file.empty'));
  await expect(paste('é'.repeat(10 * 1024 * 1024))).rejects.toEqual(
    expect.objectContaining({ code: 'paste.tooLarge', params: { max: 20 } }),
  );
});

test('a link brings the file under the name that its server gives, else that of its address', async () => {
  const named = await receiveLink(context, { organization: 'ville-de-tours', url: ` ${link}/named ` });
  expect(named).toMatchObject({ name: 'arbres 2026.csv', size: 8, origin: 'link' });
  const bare = await receiveLink(context, { organization: 'ville-de-tours', url: `${link}/files/bancs.csv?v=2` });
  expect(bare).toMatchObject({ name: 'bancs.csv', sha256: sha256('x;y\n3;4\n') });
});

test('a link into a private network is refused, also by a detour', async () => {
  const from = (url: string) => receiveLink(context, { organization: 'ville-de-tours', url });
  await expect(from('http://127.0.0.1:1/a.csv')).rejects.toEqual(refused('fetch.refused'));
  await expect(from(`${link}/moved`)).rejects.toEqual(refused('fetch.refused'));
  await expect(from('file:///etc/passwd')).rejects.toEqual(refused('fetch.refused'));
});

/** A server with one route that reads a form, as a room does. */
async function formServer(limit?: number) {
  const server = await buildServer({
    publicUrl: 'http://localhost',
    log: context.log,
    site: async () => ({ name: null, demo: false }),
  });
  server.post('/form', async (request) => {
    const form = await saveForm(request, context, limit === undefined ? {} : { limit });
    try {
      const size = form.file === null ? null : readFileSync(form.file.path).length;
      return { fields: Object.fromEntries(form.fields), name: form.file?.name ?? null, size };
    } finally {
      await form.done();
    }
  });
  const url = await server.listen({ port: 0, host: '127.0.0.1' });
  return { url: `${url}/form`, port: (server.server.address() as AddressInfo).port, close: () => server.close() };
}

test('a form with a file is read whole, whatever its size', async () => {
  const server = await formServer();
  try {
    const form = new FormData();
    form.set('title', 'Été à Tours');
    form.set('file', new File(['x'.repeat(3_000_000)], '../../étang.csv'));
    const answer = await fetch(server.url, { method: 'POST', body: form });
    expect(await answer.json()).toEqual({ fields: { title: 'Été à Tours' }, name: 'étang.csv', size: 3_000_000 });
    const none = new FormData();
    none.set('title', 'sans fichier');
    none.set('file', new File([], ''));
    expect(await (await fetch(server.url, { method: 'POST', body: none })).json()).toEqual({
      fields: { title: 'sans fichier' },
      name: null,
      size: null,
    });
  } finally {
    await server.close();
  }
});

test('a file larger than the limit is refused with a sentence, and nothing is left', async () => {
  const server = await formServer(1024 * 1024);
  try {
    const form = new FormData();
    form.set('file', new File(['x'.repeat(1024 * 1024 + 1)], 'a.csv'));
    const answer = await fetch(server.url, { method: 'POST', body: form, headers: { accept: 'application/json' } });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'upload.tooLarge' });
  } finally {
    await server.close();
  }
});

test('a form that ends too early is refused, and nothing is left', async () => {
  const server = await formServer();
  try {
    const body =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\na;b\n1;';
    const answer = await fetch(server.url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b', accept: 'application/json' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'upload.cut' });
    // The connection itself is cut: nobody is left to answer, and nothing stays.
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n${body}`,
    );
    await until(() => readdirSync(context.files.scratch).length === 1);
    socket.destroy();
    await until(() => readdirSync(context.files.scratch).length === 0);
  } finally {
    await server.close();
  }
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 10));
}
