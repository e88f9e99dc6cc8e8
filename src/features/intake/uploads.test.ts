import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { openTestCatalogue, type TestCatalogue } from '../../../test/catalogue.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../model/permission.ts';
import { openDiskStore } from '../../stores/files/files.ts';
import { buildServer } from '../../web/server.ts';
import { intakeRoutes } from './routes.ts';
import { sweepUploads } from './uploads.ts';

let catalogue: TestCatalogue;
let folder: string;
let context: Context;
let server: FastifyInstance;
let url = '';
const secretary: Actor = {
  kind: 'person',
  id: 'a',
  grants: [{ role: 'depositor', organization: 'ville-de-tours' }],
};
const colleague: Actor = { ...secretary, id: 'b' };
/** Who the next requests come from. */
let actor: Actor = secretary;
/** What the clock says beyond the real time, in hours. */
let hoursLater = 0;

beforeAll(async () => {
  catalogue = await openTestCatalogue();
  folder = await mkdtemp(join(tmpdir(), 'terroir-uploads-'));
  context = {
    ...catalogue.operator,
    files: await openDiskStore(folder),
    now: () => new Date(Date.now() + hoursLater * 3_600_000),
    log: { info() {}, warn() {}, error: (facts) => console.error(facts) },
  };
  const site = async () => ({ name: null, demo: false });
  server = await buildServer({ publicUrl: 'http://localhost', log: context.log, site });
  await server.register(intakeRoutes, { contextOf: () => ({ ...context, actor }), context });
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});
beforeEach(async () => {
  actor = secretary;
  hoursLater = 0;
  await catalogue.empty();
  await rm(join(folder, 'uploads'), { recursive: true, force: true });
});
afterAll(async () => {
  await server?.close();
  await catalogue?.close();
  await rm(folder, { recursive: true, force: true });
});

const tus = { 'tus-resumable': '1.0.0' };
const pieces = { ...tus, 'content-type': 'application/offset+octet-stream' };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const metadata = (organization = 'ville-de-tours', name = 'données.csv') =>
  `organization ${base64(organization)},filename ${base64(name)}`;
const left = () => readdirSync(join(folder, 'uploads'));

async function begin(size: number, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(size), 'upload-metadata': metadata(), ...headers },
  });
}
async function begun(size: number): Promise<string> {
  const answer = await begin(size);
  expect(answer.status).toBe(201);
  return url + answer.headers.get('location');
}
const patch = (upload: string, offset: number, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(upload, { method: 'PATCH', headers: { ...pieces, 'upload-offset': String(offset), ...headers }, body });
const offsetOf = async (upload: string) =>
  Number((await fetch(upload, { method: 'HEAD', headers: tus })).headers.get('upload-offset'));

/** Sends the first bytes of a piece that announces more, then the connection is lost. */
function sendAndBreak(upload: string, offset: number, bytes: Uint8Array, announced: number): Promise<void> {
  return new Promise((resolve) => {
    const sent = httpRequest(upload, {
      method: 'PATCH',
      headers: { ...pieces, 'upload-offset': String(offset), 'content-length': String(announced) },
    });
    sent.on('error', () => resolve());
    sent.write(bytes, () => setTimeout(() => sent.destroy(), 5));
    sent.on('close', () => resolve());
  });
}

/** Sends the rest, as a client does: told that it is not at the right place, it asks again. */
async function sendRest(upload: string, file: Uint8Array<ArrayBuffer>): Promise<unknown> {
  for (;;) {
    const at = await offsetOf(upload);
    const answer = await patch(upload, at, file.subarray(at), { accept: 'application/json' });
    if (answer.status !== 409 && answer.status !== 423) return answer.json();
    await answer.body?.cancel();
  }
}

test('what the server understands is told', async () => {
  const answer = await fetch(`${url}/uploads`, { method: 'OPTIONS' });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('tus-version')).toBe('1.0.0');
  expect(answer.headers.get('tus-extension')).toContain('creation');
  expect(answer.headers.get('tus-max-size')).toBe(String(5 * 1024 ** 3));
});

test('a file sent in two pieces becomes a deposit', async () => {
  const file = Buffer.from('Nom;Montant\nÉcole;12\n');
  const upload = await begun(file.length);
  const first = await patch(upload, 0, file.subarray(0, 5));
  expect([first.status, first.headers.get('upload-offset'), first.headers.get('terroir-deposit')]).toEqual([
    204,
    '5',
    null,
  ]);
  expect(new Date(first.headers.get('upload-expires') ?? '').getTime()).toBeGreaterThan(Date.now());
  expect(await offsetOf(upload)).toBe(5);
  const last = await patch(upload, 5, file.subarray(5), { accept: 'application/json' });
  expect(last.status).toBe(200);
  const said = await last.json();
  expect(said).toMatchObject({
    name: 'données.csv',
    size: file.length,
    sha256: sha256(file),
    organization: 'ville-de-tours',
  });
  expect(last.headers.get('terroir-deposit')).toBe(said.deposit);
  expect(readFileSync(context.files.originalPath(sha256(file)))).toEqual(file);
  const noted = await catalogue.db.selectFrom('deposit').selectAll().executeTakeFirstOrThrow();
  expect(noted).toMatchObject({ id: said.deposit, origin: 'upload', author: 'person:a', state: 'received' });
  // The last answer was lost: whoever asks again is told the same, and nothing is received twice.
  expect(await (await fetch(upload, { headers: tus })).json()).toEqual(said);
  expect((await patch(upload, file.length, Buffer.alloc(0))).headers.get('terroir-deposit')).toBe(said.deposit);
  expect(left().filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a whole file may come with its creation', async () => {
  const file = Buffer.from('a;b\n1;2\n');
  const answer = await fetch(`${url}/uploads`, {
    method: 'POST',
    headers: { ...pieces, 'upload-length': String(file.length), 'upload-metadata': metadata() },
    body: file,
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('upload-offset')).toBe(String(file.length));
  expect(answer.headers.get('terroir-deposit')).toMatch(/^[\da-f-]{36}$/);
});

test('cut at any byte and resumed, the file is the same', async () => {
  const file = randomBytes(300_000);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: file.length }), { maxLength: 6 }), async (cuts) => {
      const upload = await begun(file.length);
      for (const cut of cuts.toSorted((a, b) => a - b)) {
        const at = await offsetOf(upload);
        if (cut > at && at < file.length) await sendAndBreak(upload, at, file.subarray(at, cut), file.length - at);
      }
      expect(await sendRest(upload, file)).toMatchObject({ sha256: sha256(file), size: file.length });
    }),
    { numRuns: 15 },
  );
});

test('whoever comes back takes over from their own lost connection', async () => {
  const file = randomBytes(50_000);
  const upload = await begun(file.length);
  // It sends a part and stays open, silent: the server cannot know that nobody is there.
  const silent = httpRequest(upload, {
    method: 'PATCH',
    headers: { ...pieces, 'upload-offset': '0', 'content-length': String(file.length) },
  });
  silent.on('error', () => {});
  silent.write(file.subarray(0, 20_000));
  const part = left().find((name) => name.endsWith('.part')) ?? '';
  await vi.waitFor(() => expect(statSync(join(folder, 'uploads', part)).size).toBe(20_000));
  const at = await offsetOf(upload);
  expect(at).toBe(20_000);
  const last = await patch(upload, at, file.subarray(at), { accept: 'application/json' });
  expect(await last.json()).toMatchObject({ sha256: sha256(file) });
  silent.destroy();
});

test('pieces sent at the same instant never mix', async () => {
  const file = randomBytes(200_000);
  const upload = await begun(file.length);
  const answers = await Promise.allSettled([patch(upload, 0, file), patch(upload, 0, file), patch(upload, 0, file)]);
  for (const answer of answers)
    if (answer.status === 'fulfilled') expect([204, 400, 409, 423]).toContain(answer.value.status);
  expect(await sendRest(upload, file)).toMatchObject({ sha256: sha256(file) });
});

test('what does not follow the protocol is refused with a code', async () => {
  const code = async (answer: Promise<Response>) => ((await (await answer).json()) as { code: string }).code;
  const refusals = {
    version: await code(fetch(`${url}/uploads`, { method: 'POST', headers: { 'upload-length': '3' } })),
    length: await code(begin(3, { 'upload-length': '-1' })),
    deferred: await code(begin(3, { 'upload-defer-length': '1' })),
    metadata: await code(begin(3, { 'upload-metadata': 'organization %%%' })),
    organization: await code(begin(3, { 'upload-metadata': `filename ${base64('a')}` })),
    empty: await code(begin(0)),
    large: await code(begin(5 * 1024 ** 3 + 1)),
    nowhere: await code(begin(3, { 'upload-metadata': metadata('nulle-part') })),
  };
  expect(refusals).toEqual({
    version: 'upload.version',
    length: 'upload.invalid',
    deferred: 'upload.invalid',
    metadata: 'upload.invalid',
    organization: 'upload.invalid',
    empty: 'file.empty',
    large: 'upload.tooLarge',
    nowhere: 'permission.denied',
  });
  const upload = await begun(10);
  expect(await code(patch(upload, 3, Buffer.from('abc')))).toBe('upload.elsewhere');
  expect(await code(patch(upload, 0, Buffer.from('abc'), { 'content-type': 'text/plain' }))).toBe('upload.invalid');
  expect(await code(patch(upload, 0, Buffer.from('abcdefghijk')))).toBe('upload.tooLarge');
  expect(await offsetOf(upload)).toBe(0);
  expect((await fetch(`${url}/uploads/../../etc/passwd`, { method: 'HEAD', headers: tus })).status).toBe(404);
  expect((await fetch(`${url}/uploads/${'0'.repeat(32)}`, { method: 'HEAD', headers: tus })).status).toBe(404);
});

test('more bytes than announced are refused, also when their number is not told', async () => {
  const upload = await begun(4);
  const status = await new Promise((resolve) => {
    const sent = httpRequest(upload, { method: 'PATCH', headers: { ...pieces, 'upload-offset': '0' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on('error', () => resolve('cut'));
    sent.end('abcdef');
  });
  expect([413, 'cut']).toContain(status);
  expect(await offsetOf(upload)).toBe(0);
});

test('an upload is its owner’s alone, and of nobody who may not deposit', async () => {
  const upload = await begun(4);
  actor = colleague;
  expect((await fetch(upload, { method: 'HEAD', headers: tus })).status).toBe(404);
  expect((await patch(upload, 0, Buffer.from('abcd'))).status).toBe(404);
  expect((await fetch(upload, { method: 'DELETE', headers: tus })).status).toBe(404);
  actor = { kind: 'anyone' };
  expect((await begin(4)).status).toBe(403);
  actor = { ...secretary, grants: [] };
  expect((await patch(upload, 0, Buffer.from('abcd'))).status).toBe(403);
});

test('an upload that is given up or forgotten leaves nothing', async () => {
  const given = await begun(4);
  await patch(given, 0, Buffer.from('ab'));
  expect((await fetch(given, { method: 'DELETE', headers: tus })).status).toBe(204);
  expect(left()).toEqual([]);
  const cut = await begun(4);
  await patch(cut, 0, Buffer.from('ab'));
  hoursLater = 25;
  expect(await sweepUploads(context)).toBe(1);
  expect(left()).toEqual([]);
  hoursLater = 0;
  const late = await begun(4);
  hoursLater = 25;
  const answer = await patch(late, 0, Buffer.from('abcd'));
  expect(answer.status).toBe(410);
  expect(left()).toEqual([]);
});

test('an upload that goes on is not forgotten', async () => {
  const upload = await begun(4);
  const [part = ''] = left().filter((name) => name.endsWith('.part'));
  const yesterday = new Date(Date.now() - 23 * 3_600_000);
  await utimes(join(folder, 'uploads', part), yesterday, yesterday);
  expect(await sweepUploads(context)).toBe(0);
  expect(await offsetOf(upload)).toBe(0);
});

test('where a proxy knows no PATCH, the method is told in a header', async () => {
  const upload = await begun(3);
  const answer = await fetch(upload, {
    method: 'POST',
    headers: { ...pieces, 'upload-offset': '0', 'x-http-method-override': 'PATCH' },
    body: 'a\n1',
  });
  expect([answer.status, answer.headers.get('upload-offset')]).toEqual([204, '3']);
});
