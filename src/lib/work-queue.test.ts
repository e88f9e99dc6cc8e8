import { expect, test } from 'vitest';
import { TerroirError } from './errors.ts';
import { withinRequest } from './request-scope.ts';
import { WorkQueue } from './work-queue.ts';

/** Work that lasts until it is told to end. */
function task() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let begun = false;
  return {
    end: resolve,
    isBegun: () => begun,
    work: async () => {
      begun = true;
      await promise;
      return 'done';
    },
  };
}

test('two at once, two who wait, the fifth is told when to come back', async () => {
  const queue = new WorkQueue({ atOnce: 2, waiting: 2, comeBackSeconds: 30 });
  const tasks = [task(), task(), task(), task()];
  const answers = tasks.map(({ work }) => queue.take(work));
  await expect(queue.take(task().work)).rejects.toMatchObject({ code: 'request.busy', params: { seconds: 30 } });
  expect(tasks.map(({ isBegun }) => isBegun())).toEqual([true, true, false, false]);
  tasks[1]?.end();
  expect(await answers[1]).toBe('done');
  await Promise.resolve();
  expect(tasks.map(({ isBegun }) => isBegun())).toEqual([true, true, true, false]);
  for (const { end } of tasks) end();
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'done']);
});

test('work that fails gives its place to the next', async () => {
  const queue = new WorkQueue({ atOnce: 1, waiting: 5, comeBackSeconds: 1 });
  const failing = queue.take(() => Promise.reject(new Error('no')));
  const next = queue.take(async () => 'next');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('next');
});

test('whoever leaves while waiting makes room', async () => {
  const queue = new WorkQueue({ atOnce: 1, waiting: 1, comeBackSeconds: 1 });
  const first = task();
  const running = queue.take(first.work);
  const leaving = new AbortController();
  const scope = { signal: leaving.signal, endsAt: Number.POSITIVE_INFINITY };
  const gone = task();
  const left = withinRequest(scope, () => queue.take(gone.work));
  leaving.abort(new TerroirError('request.left'));
  await expect(left).rejects.toMatchObject({ code: 'request.left' });
  const other = queue.take(async () => 'other');
  first.end();
  expect(await running).toBe('done');
  expect(await other).toBe('other');
  expect(gone.isBegun()).toBe(false);
});
