// One DuckDB child as the pool sees it: starts it, gives it one request at a time, stops it when it passes a limit.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TerroirError } from '../../lib/errors.ts';
import type { EngineLimits, Rows, Statement } from './engine.ts';
import { engineError } from './engine-error.ts';
import type { FromChild, ToChild } from './protocol.ts';

export type Request = {
  readonly statements: readonly Statement[];
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
};

export type ChildHandle = {
  readonly busy: boolean;
  /** When it last finished a request, as performance.now() counts. */
  readonly idleSince: number;
  /** Memory in bytes at the end of its last request. */
  readonly weight: number;
  run(request: Request): Promise<readonly Rows[]>;
  kill(): void;
};

/** The child was dead before the request reached it: another child can take it. */
export class ChildGone extends Error {}

/** A statement that does not stop when asked is killed after this. */
const graceMilliseconds = 500;
/** What Node and the engine's code weigh before the first row. */
const emptyMegabytes = 150;

/** Beside the bundled server (dist/child.js), else the source itself, which Node runs by stripping its types. */
function childModule(): string {
  const bundled = fileURLToPath(new URL('./child.js', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./child.ts', import.meta.url));
}

type Pending = {
  readonly id: number;
  begun: boolean;
  resolve(results: readonly Rows[]): void;
  reject(error: unknown): void;
};

/** Starts a child. `onExit` is called once, when it is gone, whatever the reason. */
export function startChild(limits: EngineLimits, spillFolder: string, onExit: () => void): ChildHandle {
  const child: ChildProcess = fork(childModule(), [], {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=4'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const maxBytes = (2 * limits.memoryMegabytes + emptyMegabytes) * 1024 * 1024;
  let pending: Pending | null = null;
  let lastId = 0;
  let idleSince = performance.now();
  let weight = 0;
  let fatal: TerroirError | null = null;

  const send = (message: ToChild) => {
    // A child that died a moment ago: its exit event settles the request.
    if (child.connected) child.send(message, () => {});
  };
  const settle = (act: (p: Pending) => void) => {
    const current = pending;
    pending = null;
    idleSince = performance.now();
    if (current !== null) act(current);
  };
  const killFor = (error: TerroirError) => {
    fatal ??= error;
    child.kill('SIGKILL');
  };

  send({ kind: 'open', limits, spillFolder });
  child.on('message', (message: FromChild) => {
    switch (message.kind) {
      case 'ready':
        return;
      case 'begun':
        if (pending?.id === message.id) pending.begun = true;
        return;
      case 'weight':
        weight = message.bytes;
        if (weight > maxBytes) killFor(new TerroirError('engine.memory'));
        return;
      case 'done':
        if (message.id === pending?.id) settle((p) => p.resolve(message.results));
        return;
      case 'failed':
        // Without an id it could not even open: it is of no use to anyone.
        if (message.id === null) killFor(engineError(message.reason));
        else if (message.id === pending?.id) settle((p) => p.reject(engineError(message.reason)));
    }
  });
  child.on('error', (error) => killFor(new TerroirError('engine.failed', { reason: error.message })));
  child.once('exit', (code, signal) => {
    rmSync(spillFolder, { recursive: true, force: true });
    const death = fatal ?? new TerroirError('engine.failed', { reason: `${signal ?? code}` });
    settle((p) => p.reject(p.begun || fatal !== null ? death : new ChildGone()));
    onExit();
  });
  // A child never keeps its parent alive: only an unanswered request does (through its timer).
  child.unref();
  child.channel?.unref();

  return {
    get busy() {
      return pending !== null;
    },
    get idleSince() {
      return idleSince;
    },
    get weight() {
      return weight;
    },
    kill() {
      // Whoever waits for its end must see it: from now on it keeps the parent alive.
      child.ref();
      child.kill('SIGKILL');
    },
    run({ statements, timeoutSeconds, signal }) {
      const id = ++lastId;
      return new Promise<readonly Rows[]>((resolve, reject) => {
        let killTimer: NodeJS.Timeout | undefined;
        let stoppedFor: unknown;
        const stop = (reason: unknown) => {
          if (stoppedFor !== undefined) return;
          stoppedFor = reason;
          send({ kind: 'interrupt', id });
          killTimer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
        };
        const timer = setTimeout(
          () => stop(new TerroirError('engine.timeout', { seconds: Math.ceil(timeoutSeconds) })),
          timeoutSeconds * 1000,
        );
        const onAbort = () => stop(signal?.reason ?? new DOMException('aborted', 'AbortError'));
        const clear = () => {
          clearTimeout(timer);
          clearTimeout(killTimer);
          signal?.removeEventListener('abort', onAbort);
        };
        pending = {
          id,
          begun: false,
          resolve: (results) => {
            clear();
            resolve(results);
          },
          reject: (error) => {
            clear();
            reject(stoppedFor ?? error);
          },
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        send({ kind: 'run', id, statements });
      });
    },
  };
}
