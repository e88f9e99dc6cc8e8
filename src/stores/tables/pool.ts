// The pool of DuckDB children: started when needed, one request each at a time, first come first served.
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TerroirError } from '../../lib/errors.ts';
import { isAlive } from '../alive.ts';
import { ChildGone, type ChildHandle, type Request, startChild } from './child-handle.ts';
import type { EngineLimits, Rows, TableEngine } from './engine.ts';

/** Idle children beyond the first, and those that keep much memory, are stopped after this. */
const idleMilliseconds = 60_000;
const heavyBytes = 200 * 1024 * 1024;

type Waiting = Request & { resolve(results: readonly Rows[]): void; reject(error: unknown): void };

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
    child
      .run(request)
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
      if (options.signal?.aborted === true) return Promise.reject(options.signal.reason);
      const { promise, resolve, reject } = Promise.withResolvers<readonly Rows[]>();
      const { timeoutSeconds = limits.timeoutSeconds, signal } = options;
      const request: Waiting = { statements, timeoutSeconds, signal, resolve, reject };
      signal?.addEventListener('abort', () => leaveQueue(waiting, request), { once: true });
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
