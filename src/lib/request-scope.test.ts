import { expect, test } from 'vitest';
import { TerroirError } from './errors.ts';
import { apart, type RequestScope, requestScope, SharedWork, withinRequest } from './request-scope.ts';

function client(): { readonly scope: RequestScope; leave(): void } {
  const controller = new AbortController();
  return {
    scope: { signal: controller.signal, endsAt: Number.POSITIVE_INFINITY },
    leave: () => controller.abort(new TerroirError('request.left')),
  };
}

/** Work that ends when told, and knows whether it was given up. */
function work() {
  const { promise, resolve } = Promise.withResolvers<string>();
  let signal: AbortSignal | undefined;
  const begin = () => {
    signal = requestScope()?.signal;
    return promise;
  };
  return { begin, end: () => resolve('done'), isGivenUp: () => signal?.aborted };
}

test('a scope reaches what is awaited, and nothing else', async () => {
  const { scope } = client();
  expect(requestScope()).toBe(null);
  await withinRequest(scope, async () => {
    await Promise.resolve();
    expect(requestScope()).toBe(scope);
    apart(() => expect(requestScope()).toBe(null));
  });
  expect(requestScope()).toBe(null);
});

test('one leaves, the other still gets the answer', async () => {
  const [a, b] = [client(), client()];
  const { begin, end, isGivenUp } = work();
  const shared = withinRequest(a.scope, () => new SharedWork(begin));
  const answers = [a, b].map(({ scope }) => withinRequest(scope, () => shared.join()));
  a.leave();
  await expect(answers[0]).rejects.toMatchObject({ code: 'request.left' });
  expect(isGivenUp()).toBe(false);
  end();
  expect(await answers[1]).toBe('done');
});

test('all leave: the work is given up', async () => {
  const [a, b] = [client(), client()];
  const { begin, isGivenUp } = work();
  const shared = withinRequest(a.scope, () => new SharedWork(begin));
  const answers = [a, b].map(({ scope }) => withinRequest(scope, () => shared.join()));
  a.leave();
  b.leave();
  await Promise.allSettled(answers);
  expect(isGivenUp()).toBe(true);
  expect(shared.givenUp).toBe(true);
});

test('a job that waits keeps the work alive', async () => {
  const a = client();
  const { begin, end, isGivenUp } = work();
  const shared = withinRequest(a.scope, () => new SharedWork(begin));
  const left = withinRequest(a.scope, () => shared.join());
  const job = shared.join();
  a.leave();
  await expect(left).rejects.toMatchObject({ code: 'request.left' });
  expect(isGivenUp()).toBe(false);
  end();
  expect(await job).toBe('done');
});
