// The pool of DuckDB children: started when needed, one request each at a time, first come first served.
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { requestScope } from '../../lib/request-scope.ts';
import { isAlive } from '../alive.ts';
import { ChildGone, type ChildHandle, type Request, startChild } from './child-handle.ts';
import type { EngineLimits, Rows, TableEngine } from './engine.ts';

/** Idle children beyond the first, and those that keep much memory, are stopped after this. */
const idleMilliseconds = 60_000;
const heavyBytes = 200 * 1024 * 1024;
/** Whoever finds the waiting room full comes back after this, in seconds. */
const comeBackSeconds = 5;

type Waiting = Request & {
  /** When its whole request ends, as performance.now() counts. */
  readonly endsAt: number;
  resolve(results: readonly Rows[]): void;
  reject(error: unknown): void;
};

/**
 * Opens the engine. No process is started before the first request, and none survives this process.
 * Each child reads and writes `limits.folders` only, loads no extension and cannot change its own settings.
 */
export function openTableEngine(limits: EngineLimits): TableEngine {
  const children = new Set<ChildHandle>();
  const exits = new Set<Promise<void>>();
  const waiting: Waiting[] = [];
  let closed = false;
  let swept = false;
  let idleTimer: NodeJS.Timeout | undefined;

  const start = (): ChildHandle => {
    if (!swept) sweepSpills(limits.temporaryFolder);
    swept = true;
    const spill = join(limits.temporaryFolder, `${process.pid}-${randomBytes(4).toString('hex')}`);
    const { promise, resolve } = Promise.withResolvers<void>();
    exits.add(promise);
    const child = startChild(limits, spill, () => {
      children.delete(child);
      exits.delete(promise);
      resolve();
      // Those who wait for a place must not wait for a child that is gone.
      next();
    });
    children.add(child);
    return child;
  };

  const give = (child: ChildHandle, request: Waiting) => {
    // What it waited is part of its time.
    const left = (request.endsAt - performance.now()) / 1000;
    child
      .run({ ...request, timeoutSeconds: Math.max(0, Math.min(request.timeoutSeconds, left)) })
      .then(request.resolve, (error) => {
        if (error instanceof ChildGone && !closed) waiting.unshift(request);
        else request.reject(error);
      })
      .finally(() => {
        next();
        stopIdleLater();
      });
  };

  const next = () => {
    while (waiting.length > 0 && !closed) {
      const free = [...children].find((child) => !child.busy) ?? (children.size < limits.children ? start() : null);
      if (free === null) return;
      const request = waiting.shift();
      if (request === undefined) return;
      give(free, request);
    }
  };

  const stopIdleLater = () => {
    idleTimer ??= setTimeout(() => {
      idleTimer = undefined;
      const old = performance.now() - idleMilliseconds;
      const idle = [...children].filter((child) => !child.busy);
      for (const child of idle) {
        if (child.idleSince > old) stopIdleLater();
        else if (child.weight > heavyBytes || children.size > 1) {
          children.delete(child);
          child.kill();
        }
      }
    }, idleMilliseconds).unref();
  };

  return {
    run(statements, options = {}) {
      if (closed) return Promise.reject(new TerroirError('engine.failed', { reason: 'closed' }));
      const scope = requestScope();
      const { timeoutSeconds = limits.timeoutSeconds, signal = scope?.signal } = options;
      if (signal?.aborted === true) return Promise.reject(signal.reason);
      // Whoever says how long it may take (a file to make) is not held to the time of an answer.
      const endsAt = options.timeoutSeconds === undefined ? (scope?.endsAt ?? Infinity) : Infinity;
      if (endsAt <= performance.now())
        return Promise.reject(new TerroirError('engine.timeout', { seconds: limits.timeoutSeconds }));
      if (waiting.length >= (limits.waiting ?? Infinity))
        return Promise.reject(new TerroirError('request.busy', { seconds: comeBackSeconds }));
      const { promise, resolve, reject } = Promise.withResolvers<readonly Rows[]>();
      const request: Waiting = { statements, timeoutSeconds, endsAt, signal, resolve, reject };
      const leave = () => leaveQueue(waiting, request);
      signal?.addEventListener('abort', leave, { once: true });
      const settled = () => signal?.removeEventListener('abort', leave);
      promise.then(settled, settled);
      waiting.push(request);
      next();
      return promise;
    },
    async close() {
      closed = true;
      clearTimeout(idleTimer);
      for (const request of waiting.splice(0)) request.reject(new TerroirError('engine.failed', { reason: 'closed' }));
      for (const child of children) child.kill();
      await Promise.all(exits);
    },
  };
}

function leaveQueue(waiting: Waiting[], request: Waiting): void {
  const place = waiting.indexOf(request);
  if (place === -1) return;
  waiting.splice(place, 1);
  request.reject(request.signal?.reason);
}

/** Takes away what the children of processes that are gone spilled to disk. */
function sweepSpills(folder: string): void {
  for (const name of namesIn(folder)) {
    const owner = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(owner) && !isAlive(owner)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is made by the first child.
    return [];
  }
}
