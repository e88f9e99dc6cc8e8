import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { clientOf, limitRate, RequestCounter } from './rate-limit.ts';

test('a minute at a time, from the first request on', () => {
  const counter = new RequestCounter(2);
  expect(counter.count('a', 0)).toEqual({ left: 1, resetsIn: 60, refused: false });
  expect(counter.count('a', 30_500)).toEqual({ left: 0, resetsIn: 30, refused: false });
  expect(counter.count('a', 59_999)).toEqual({ left: 0, resetsIn: 1, refused: true });
  expect(counter.count('b', 59_999)).toMatchObject({ refused: false });
  expect(counter.count('a', 60_000)).toEqual({ left: 1, resetsIn: 60, refused: false });
});

test('what is remembered is bounded, and leaves with its minute', () => {
  const counter = new RequestCounter(1);
  for (let i = 0; i < 60_000; i++) counter.count(`client ${i}`, 0);
  expect(counter.size).toBe(50_000);
  counter.count('late', 60_000);
  expect(counter.size).toBe(1);
});

test.each([
  ['127.0.0.1', null],
  ['127.8.9.1', null],
  ['::1', null],
  ['::ffff:127.0.0.1', null],
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (ip, client) => {
  expect(clientOf(ip)).toBe(client);
});

async function ask(limit: number | null, remoteAddress: string, url = '/') {
  const server = Fastify();
  limitRate(server, limit, () => Date.UTC(2026, 0, 2, 3, 4, 5));
  server.get('/*', async () => 'ok');
  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await server.inject({ url, remoteAddress }));
  return answers;
}

test('headers tell what is left, in both ways; the third is refused', async () => {
  const [first, second, third] = await ask(2, '192.0.2.7');
  expect(first?.headers).toMatchObject({
    'ratelimit-policy': '"client";q=2;w=60',
    ratelimit: '"client";r=1;t=60',
    'x-ratelimit-limit': '2',
    'x-ratelimit-remaining': '1',
    'x-ratelimit-reset': '2026-01-02T03:05:05Z',
  });
  expect(second?.statusCode).toBe(200);
  expect(third?.statusCode).not.toBe(200);
  expect(third?.headers['x-ratelimit-remaining']).toBe('0');
});

test('not on this machine, not for files of our pages, not when it is off', async () => {
  for (const [limit, ip, url] of [
    [2, '127.0.0.1', '/'],
    [2, '192.0.2.7', '/assets/a.js'],
    [2, '192.0.2.7', '/health'],
    [null, '192.0.2.7', '/'],
  ] as const) {
    const answers = await ask(limit, ip, url);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(answers[0]?.headers['x-ratelimit-limit']).toBe(undefined);
  }
});
