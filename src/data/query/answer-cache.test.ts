import { expect, test } from 'vitest';
import { AnswerCache, rowsBytes } from './answer-cache.ts';

test('a value is read once, whoever asks while it is being read', async () => {
  const cache = new AnswerCache(10_000);
  let reads = 0;
  const read = async () => ++reads;
  expect(await Promise.all([cache.get('v1', 'a', read, () => 1), cache.get('v1', 'a', read, () => 1)])).toEqual([1, 1]);
  expect(await cache.get('v1', 'a', read, () => 1)).toBe(1);
  expect(reads).toBe(1);
});

test('what fails is asked again', async () => {
  const cache = new AnswerCache(10_000);
  await expect(
    cache.get(
      'v1',
      'a',
      () => Promise.reject(new Error('no')),
      () => 1,
    ),
  ).rejects.toThrow('no');
  expect(
    await cache.get(
      'v1',
      'a',
      async () => 2,
      () => 1,
    ),
  ).toBe(2);
});

test('the value used longest ago leaves first, and the bound holds', async () => {
  const cache = new AnswerCache(10_000);
  const read = (key: string) =>
    cache.get(
      'v1',
      key,
      async () => key,
      () => 4000,
    );
  await read('a');
  await read('b');
  await read('a');
  await read('c');
  expect(cache.bytes).toBeLessThanOrEqual(10_000);
  let again: string[] = [];
  const probe = (key: string) =>
    cache.get(
      'v1',
      key,
      async () => (again = [...again, key]),
      () => 0,
    );
  await probe('a');
  await probe('c');
  await probe('b');
  expect(again).toEqual(['b']);
});

test('a value larger than the cache is answered and not kept', async () => {
  const cache = new AnswerCache(1000);
  expect(
    await cache.get(
      'v1',
      'large',
      async () => 'x',
      () => 5000,
    ),
  ).toBe('x');
  expect(cache.bytes).toBe(0);
});

test('long texts weigh more than numbers', () => {
  expect(rowsBytes([['x'.repeat(1000)]])).toBeGreaterThan(1000);
  expect(rowsBytes([[1, 2, null, true]])).toBeLessThan(150);
});

test('what is forgotten is read again, also when it was being read', async () => {
  const cache = new AnswerCache(10_000);
  let reads = 0;
  const read = (key: string) =>
    cache.get(
      'v1',
      key,
      async () => ++reads,
      () => 100,
    );
  await read('a 1');
  await cache.get(
    'v2',
    'b 1',
    async () => ++reads,
    () => 100,
  );
  const bytes = cache.bytes;
  const slow = cache.get(
    'v1',
    'a 2',
    () => new Promise<number>((resolve) => setTimeout(() => resolve(7), 20)),
    () => 100,
  );
  cache.forget('v1');
  expect(await slow).toBe(7);
  expect(cache.bytes).toBeLessThan(bytes);
  expect(await read('a 1')).toBe(3);
  expect(await read('a 2')).toBe(4);
  expect(
    await cache.get(
      'v2',
      'b 1',
      async () => ++reads,
      () => 100,
    ),
  ).toBe(2);
});
