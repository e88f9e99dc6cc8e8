import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { openFetcher } from './fetch.ts';

let server: Server;
let here = '';
let host = '';
let folder = '';
let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terroir-fetch-'));
  server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  here = `http://${host}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const open = () => openFetcher({ allowedHosts: [host] });

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '198.18.0.1',
  '192.0.2.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '2001::1',
  '2001:db8::1',
  '::10.0.0.1',
  'localhost',
  '',
])('%s is not the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '185.75.143.24', '2606:4700:4700::1111', '2a00:1450:4007:80c::200e'])(
  '%s is public',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://localhost:80/',
])('%s is refused', async (url) => {
  await expect(openFetcher().get(url)).rejects.toMatchObject({ code: 'fetch.refused' });
});

test.each([
  'ftp://example.org/a.csv',
  'file:///etc/passwd',
  'gopher://x',
  'data:text/plain,a',
  'http://u:p@example.org/',
  'x',
])('%s is no address that may be read', async (url) => {
  await expect(openFetcher().get(url)).rejects.toMatchObject({ code: 'fetch.refused' });
});

test('a name that answers a private address is refused, even among public ones', async () => {
  const fetcher = openFetcher({ resolve: async () => ['93.184.215.14', '10.0.0.7'] });
  await expect(fetcher.get('https://example.org/')).rejects.toMatchObject({ code: 'fetch.refused' });
});

test('the address that was judged is the one that is used', async () => {
  let asked = 0;
  handle = (request, response) => response.end(`host ${request.headers.host}`);
  const port = host.split(':')[1];
  const name = `sig.example:${port}`;
  const fetcher = openFetcher({
    allowedHosts: [name],
    resolve: async () => {
      asked++;
      return ['127.0.0.1'];
    },
  });
  const answer = await fetcher.get(`http://${name}/`);
  expect(answer.body.toString()).toBe(`host ${name}`);
  expect(asked).toBe(1);
});

test('a redirection to a private address is refused', async () => {
  handle = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
  await expect(open().get(here)).rejects.toMatchObject({ code: 'fetch.refused' });
});

test('redirections are followed, but not for ever', async () => {
  handle = (request, response) =>
    request.url === '/end' ? response.end('arrived') : response.writeHead(301, { location: '/end' }).end();
  expect(await open().get(`${here}/start`)).toMatchObject({ url: `${here}/end`, bytes: 7 });
  handle = (_, response) => response.writeHead(302, { location: '/again' }).end();
  await expect(open().get(here)).rejects.toMatchObject({ code: 'fetch.refused' });
});

test('too many bytes are refused, announced or not, and leave no file', async () => {
  handle = (_, response) => response.writeHead(200, { 'content-length': '5000' }).end('x'.repeat(5000));
  await expect(open().get(here, { maxBytes: 1000 })).rejects.toMatchObject({ code: 'fetch.tooLarge' });
  handle = (_, response) => {
    response.write('x'.repeat(600));
    response.end('x'.repeat(600));
  };
  const saveTo = join(folder, 'large.csv');
  await expect(open().get(here, { maxBytes: 1000, saveTo })).rejects.toMatchObject({ code: 'fetch.tooLarge' });
  expect(await readdir(folder)).toEqual([]);
});

test('a server that never ends is left', async () => {
  handle = (_, response) => response.write('a');
  await expect(open().get(here, { timeoutSeconds: 0.2 })).rejects.toMatchObject({ code: 'fetch.timeout' });
});

test('an answer that is no success is told with its status', async () => {
  handle = (_, response) => response.writeHead(503).end();
  await expect(open().get(here)).rejects.toMatchObject({ code: 'fetch.status', params: { status: 503 } });
});

test('a server that is not there is told', async () => {
  await expect(openFetcher({ allowedHosts: ['127.0.0.1:1'] }).get('http://127.0.0.1:1/')).rejects.toMatchObject({
    code: 'fetch.failed',
  });
});

test('what did not change is not sent again', async () => {
  handle = (request, response) =>
    request.headers['if-none-match'] === '"v1"'
      ? response.writeHead(304, { etag: '"v1"' }).end()
      : response.writeHead(200, { etag: '"v1"', 'content-type': 'text/csv' }).end('a;b');
  const first = await open().get(`${here}/x.csv`);
  expect(first).toMatchObject({
    notModified: false,
    etag: '"v1"',
    contentType: 'text/csv',
    fileName: 'x.csv',
    bytes: 3,
  });
  expect(await open().get(`${here}/x.csv`, { etag: first.etag })).toMatchObject({ notModified: true, bytes: 0 });
});

test('the answer can be saved, under the name that the server gives, never a path', async () => {
  handle = (_, response) =>
    response.writeHead(200, { 'content-disposition': 'attachment; filename="../../été.csv"' }).end('a;b');
  const saveTo = join(folder, 'kept.csv');
  const answer = await open().get(`${here}/download`, { saveTo });
  expect(await readFile(saveTo, 'utf8')).toBe('a;b');
  expect(answer.fileName.includes('/')).toBe(false);
});
